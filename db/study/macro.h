/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of phase 1 share.
 */
#ifndef DB_STUDY_MACRO_H
#define DB_STUDY_MACRO_H

#include "db/stats/stats.h"
#include "db/study/rows.h"

struct macro_component {
    const char *name;            /* of the study, "other", or "outside": in no instrumented function */
    double *self_ns, *calls, *allocs;    /* by run */
};

struct macro_point {             /* beside the study_point of the same number */
    bool known;                  /* something was recorded */
    struct rows rows;
    VEC(struct macro_component) components;
};

/* Findings: what is a bottleneck by the study's rules. Of each experiment the last point, which is the largest as
 * people write grids, is judged, and what grew since the first. */
void macro_rules(struct study_results *r, const struct macro_point *points);

#endif
