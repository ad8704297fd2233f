/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions of a point's runs, with a value for each run: what phases 1 and 3 start from.
 */
#ifndef DB_STUDY_ROWS_H
#define DB_STUDY_ROWS_H

#include "db/study/phase.h"

enum rows_value { ROWS_CALLS, ROWS_SELF_NS, ROWS_TOTAL_NS, ROWS_ALLOCS, ROWS_VALUES };

struct rows_function {
    char *path, *name, *place;   /* place: FILE:LINE, short */
    int64_t file, line, last_line;
    const char *component;       /* borrowed from the study */
    double *values[ROWS_VALUES]; /* by run */
    double median[ROWS_VALUES];
    size_t rank[ROWS_VALUES];    /* from 1, largest first */
};

struct rows {
    VEC(struct rows_function) list;
    VEC(int64_t) runs;           /* those of the point that recorded something */
    VEC(double) cpu_ns;          /* user CPU time, by run; what shares are of */
    VEC(double) steps, step_p50_s, step_p99_s;   /* by run; NAN: not known */
    int64_t samples;             /* of all runs */
    char *folder;                /* that places are short in; "" : none */
};

/* False: nothing of the point was recorded. */
bool rows_load(const struct study_results *r, const struct study_point *p, struct rows *out);
void rows_release(struct rows *rows);

double rows_cpu(const struct rows *rows);        /* median, ns; 0 where nothing was sampled */

/* The values of a function or sums of several, divided by `by` (by run; NULL: by 1) and `scale`, for study_add. */
void rows_values(const struct rows *rows, const double *values, const double *by, double scale,
                 struct study_values *out);

#endif
