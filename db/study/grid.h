/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The points of an experiment as a table: an option (a setting of all parameters but the one that grows) a row, a size
 * a column. What findings, classes and charts of an experiment start from.
 */
#ifndef DB_STUDY_GRID_H
#define DB_STUDY_GRID_H

#include "db/growth/growth.h"
#include "db/study/best.h"
#include "db/study/phase.h"

struct grid_option {
    char *name;                  /* "index=kd, batch=10"; "" where nothing but the size varies */
    bool in_use;                 /* all its parameters are at the study's defaults */
};

struct grid {
    const struct study_experiment *experiment;
    VEC(struct grid_option) options;
    VEC(double) sizes;           /* rising; one of NAN where there is none */
    const struct study_point **cells;    /* by option, then size; NULL: it was not measured */
};

/* `sized`: values of the experiment's `by` are sizes, as far as they are numbers; else they are options like others. */
void grid_load(const struct study_results *r, const struct study_experiment *e, bool sized, struct grid *out);
void grid_release(struct grid *g);

const struct study_point *grid_cell(const struct grid *g, size_t option, size_t size);
bool grid_sized(const struct grid *g);           /* two sizes at least */

/* A metric of a cell: see study_middle; value NAN: none. */
struct best_option grid_value(const struct study_results *r, const struct study_point *p, const char *metric);

/* Values by size of an option, for growth_classify; sizes without a value above 0 are left out. */
struct grid_series {
    VEC(struct growth_point) points;
    struct study_values *values; /* what they refer to, by size */
    size_t sizes;
    struct summary_runs runs;
};
void grid_series(const struct study_results *r, const struct grid *g, size_t option, const char *metric,
                 struct grid_series *out);
void grid_series_release(struct grid_series *s);

/* The chart of a metric: by size with a line for each option, or a bar for each option. NAME is the file's. */
void grid_chart(struct study_results *r, const struct grid *g, const char *metric, const char *name);

/* "observation radius" as part of a file's name: "observation-radius". Appended. */
void grid_file_name(const char *experiment, struct str *out);

/* The experiments of a phase that have points, in their order. */
struct grid_experiments {
    VEC(const struct study_experiment *) list;
};
void grid_experiments(const struct study_results *r, struct grid_experiments *out);

#endif
