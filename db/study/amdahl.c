/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/amdahl.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"

#define NORMAL_95 1.959964       /* quantile of the normal distribution */

double amdahl_saved(const struct amdahl_part *parts, size_t count)
{
    double saved = 0;
    for (size_t i = 0; i < count; i++)
        saved += parts[i].share * (1 - 1 / parts[i].factor);
    return saved;
}

double amdahl_speedup(double saved)
{
    return saved < 1 ? 1 / (1 - saved) : INFINITY;
}

double amdahl_needed(double share, double saved, double goal)
{
    double left = 1 / goal - (1 - saved - share);        /* what the part may take, as a share of the whole today */
    if (left >= share)
        return 1;
    return left > 0 ? share / left : NAN;
}

double amdahl_error(const struct amdahl_part *parts, size_t count, double samples)
{
    double mean = 0, square = 0;
    if (samples <= 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        double a = 1 - 1 / parts[i].factor;
        mean += a * parts[i].share;
        square += a * a * parts[i].share;
    }
    double variance = (square - mean * mean) / samples;
    return variance > 0 ? sqrt(variance) : 0;
}

struct interval amdahl_interval(double saved, double error)
{
    return (struct interval){amdahl_speedup(saved - NORMAL_95 * error), amdahl_speedup(saved + NORMAL_95 * error)};
}

void amdahl_allot(const struct amdahl_node *nodes, size_t count, int *part)
{
    int *around = xcalloc(count + 1, sizeof *around);
    for (size_t i = 0; i < count; i++) {
        const struct amdahl_node *n = &nodes[i];
        around[i] = n->total >= 0 ? n->total : n->parent < i ? around[n->parent] : -1;
        part[i] = n->line >= 0 ? n->line : n->self >= 0 ? n->self : around[i];
    }
    free(around);
}
