/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What runs with different values of a parameter say, as series: one metric of the program, a function or a line, with
 * one value for each run.
 */
#ifndef DB_SCALE_DATA_H
#define DB_SCALE_DATA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/growth/growth.h"
#include "db/sql.h"

enum scale_scope { SCALE_PROGRAM, SCALE_FUNCTION, SCALE_LINE };

struct scale_series {
    enum scale_scope scope;
    char *file, *function;       /* "" of the program */
    int64_t line;                /* of the line, or where the function begins */
    char *metric;                /* its unit ends its name: wall_s, self_s, total_s, calls, hits, time_s, ... */
    bool counted;                /* a count: no rows are a count of 0 */
    double *values;              /* by run; NAN: not known */
    double *samples;             /* by run: how many say so; NULL: it is not sampled */
};

struct scale_data {
    VEC(int64_t) runs;           /* by rising size */
    VEC(double) sizes;           /* of the runs */
    VEC(struct scale_series) series;
    size_t failed;               /* runs that did not end by themselves: left out */
    size_t contaminated;         /* runs beside others: kept */
};

void scale_load(struct sql *db, int side, const char *by, struct scale_data *out);
void scale_data_release(struct scale_data *d);

/* The values of a series by size, for growth_classify. Sizes at which there are too few samples are left out. */
struct scale_points {
    VEC(struct growth_point) points;
    double *values;              /* what the points refer to */
};
void scale_points(const struct scale_data *d, const struct scale_series *s, struct scale_points *out);
void scale_points_release(struct scale_points *p);

size_t scale_sizes(const struct scale_data *d);          /* different ones */

#endif
