/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure of the program over two parameters, as a heat map.
 */
#ifndef DB_SCALE_HEAT_H
#define DB_SCALE_HEAT_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/sql.h"

struct scale_cell {
    double x, y, value;          /* value: the median of the runs */
};

struct scale_heat {
    VEC(struct scale_cell) cells;        /* by x, then y; a pair without runs has none */
    struct { VEC(double) list; } xs, ys; /* different ones, rising */
    double least, most;          /* values */
    bool logarithmic;            /* colours follow the logarithm: the most is far above the least */
};

/* Metric `metric` of the runs of side 0 by the parameters `by` (across) and `with` (up). False, with a sentence: no run
 * has all three. */
bool scale_heat_load(struct sql *db, const char *metric, const char *by, const char *with, struct scale_heat *out,
                     struct str *err);
void scale_heat_release(struct scale_heat *h);

/* Where a value stands between the least (0) and the most (1). */
double scale_heat_level(const struct scale_heat *h, double value);

/* Draws metric `metric` of the runs of side 0 by the parameters `by` (across) and `with` (up) into `path`, whose name
 * ends as db/chart/chart.h has it, .txt apart. False, with a sentence. */
bool scale_heat(struct sql *db, const char *metric, const char *by, const char *with, const char *path,
                struct str *err);

#endif
