/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of phase 4: what a program does over time, how it grows with a parameter, and how large it may get.
 */
#ifndef DB_STUDY_SYSTEM_H
#define DB_STUDY_SYSTEM_H

#include "db/scale/set.h"
#include "db/scale/verdict.h"
#include "db/study/grid.h"

/* Memory, CPU by core, threads, disk and steps of each run of a point, over its time. `judged`: findings where memory
 * grows and where steps slow down. `cores`: each core's shares, too. */
void system_course(struct study_results *r, const struct study_point *p, bool judged, bool cores);

/* The point by which that is judged, the one with the most steps, or that ran longest where nothing says how many: what
 * fills up at first looks like a leak in a short run. NULL: none was done. */
const struct study_point *system_longest(const struct study_results *r);

/* The chart of it, of the point's last run. */
void system_course_chart(struct study_results *r, const struct study_point *p, const char *name);

/* The runs of an option of a grid by size, judged; released by scale_set_close. False: there are not two sizes. */
bool system_set(const struct study_results *r, const struct grid *g, size_t option, struct scale_set *out);

/* Classes of the program, of its components, and of the functions and lines that matter; red flags; charts. */
void system_growth(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set);

/* The runs behind a grid. */
void system_runs(const struct grid *g, struct summary_runs *out);

/* Verdicts by the study's "thresholds", or by those of `farmdb scale`, about the largest size or the only point: all in
 * the sheet "verdicts", the bad ones as findings. */
void system_verdicts(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set);

/* The study's "capacity": {"by": "agents", "limits": [{"metric": "steps_per_s", "at_least": 10}]}. The largest size
 * within each limit and all of them, and what the program needs there. */
void system_capacity(struct study_results *r, const struct grid *g, size_t option);

#endif
