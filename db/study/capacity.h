/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How large a program may get within a limit, and what it then needs. Pure. Between measured sizes a figure is taken to
 * follow a power of the size (a line through logarithms); beyond the largest one its model is asked, up to
 * CAPACITY_REACH times that size and no farther.
 */
#ifndef DB_STUDY_CAPACITY_H
#define DB_STUDY_CAPACITY_H

#include <stdbool.h>

#include "base/vec.h"
#include "db/growth/growth.h"

#define CAPACITY_REACH 4.0       /* as far as `farmdb scale` extrapolates unasked */

struct capacity_point {
    double n, value;
};

/* A figure that grows with the size: what should be large (steps a second) is given as 1 / figure. */
struct capacity_curve {
    VEC(struct capacity_point) points;           /* rising n, values > 0 */
    const struct growth_model *model;            /* NULL or without terms: nothing is known beyond the points */
};

enum capacity_end {
    CAPACITY_NONE,               /* not even the smallest size keeps it */
    CAPACITY_BETWEEN,            /* between two sizes that were measured */
    CAPACITY_PREDICTED,          /* beyond the largest, by the model */
    CAPACITY_OPEN                /* at least `n`: the limit is not met as far as can be told */
};

struct capacity {
    enum capacity_end end;
    double n;
};

/* The largest size whose figure is `limit` at most; where the figure rises and falls, below its first crossing. */
struct capacity capacity_within(const struct capacity_curve *c, double limit);

/* The figure at a size; NAN: it is outside of what was measured, and no model reaches it. */
double capacity_at(const struct capacity_curve *c, double n);

#endif
