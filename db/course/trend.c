/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/course/trend.h"

#include <math.h>
#include <stdlib.h>

#include "base/str.h"

static int order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, order);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* Lag-1 autocorrelation of what the slope leaves. */
static double autocorrelation(const double *x, const double *y, size_t count, double slope)
{
    double mean = 0, all = 0, lagged = 0, before = 0;
    for (size_t i = 0; i < count; i++)
        mean += (y[i] - slope * x[i]) / (double)count;
    for (size_t i = 0; i < count; i++) {
        double rest = y[i] - slope * x[i] - mean;
        all += rest * rest;
        lagged += i ? rest * before : 0;
        before = rest;
    }
    return all > 0 ? fmin(fmax(lagged / all, 0), 0.9) : 0;
}

static double at_rank(const double *slopes, size_t count, double rank)
{
    double last = (double)count - 1;
    return slopes[(size_t)fmin(fmax(floor(rank + 0.5), 0), last)];
}

bool trend_fit(const double *x, const double *y, size_t count, struct trend *out)
{
    if (count < TREND_POINTS)
        return false;
    size_t pairs = 0;
    double *slopes = xcalloc(count * (count - 1) / 2 + count, sizeof *slopes), *levels = slopes;
    for (size_t i = 0; i < count; i++)
        levels[i] = y[i];
    *out = (struct trend){.level = median(levels, count), .points = count};
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            slopes[pairs++] = (y[k] - y[i]) / (x[k] - x[i]);
    out->slope = median(slopes, pairs);
    double m = (double)count, r = autocorrelation(x, y, count, out->slope);
    double width = 1.96 * sqrt(m * (m - 1) * (2 * m + 5) / 18 * (1 + r) / (1 - r));
    out->low = at_rank(slopes, pairs, ((double)pairs - width) / 2 - 1);
    out->high = at_rank(slopes, pairs, ((double)pairs + width) / 2);
    free(slopes);
    return true;
}

bool trend_floor(const double *x, const double *y, size_t count, struct trend *out)
{
    double low_x[TREND_BLOCKS], low_y[TREND_BLOCKS];
    size_t first = 0, blocks = 0;
    if (count < 2 * TREND_POINTS || x[count - 1] <= x[0])
        return false;
    double start = x[0] + (x[count - 1] - x[0]) / 3, width = (x[count - 1] - start) / TREND_BLOCKS;
    while (x[first] < start)
        first++;
    int before = -1;
    for (size_t i = first; i < count; i++) {
        int block = (int)fmin((x[i] - start) / width, TREND_BLOCKS - 1);
        if (block != before || y[i] < low_y[blocks - 1]) {
            blocks += block != before;
            low_x[blocks - 1] = x[i];
            low_y[blocks - 1] = y[i];
        }
        before = block;
    }
    return trend_fit(low_x, low_y, blocks, out);
}
