/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of phase 4: what a program does over time, how it grows with a parameter, and how large it may get.
 */
#ifndef DB_STUDY_SYSTEM_H
#define DB_STUDY_SYSTEM_H

#include "db/scale/set.h"
#include "db/scale/verdict.h"
#include "db/study/grid.h"

/* Memory, CPU by core, threads, disk and steps of each run of a point, over its time; findings where memory leaks or
 * steps slow down. */
void system_course(struct study_results *r, const struct study_point *p);

/* The chart of it, of the point's last run. */
void system_course_chart(struct study_results *r, const struct study_point *p, const char *name);

/* The runs of an option of a grid by size, judged; released by scale_set_close. False: there are not two sizes. */
bool system_set(const struct study_results *r, const struct grid *g, size_t option, struct scale_set *out);

/* Classes of the program, of its components, and of the functions and lines that matter; red flags; charts. */
void system_growth(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set);

/* Verdicts by the study's "thresholds", or by those of `farmdb scale`, about the largest size or the only point. */
void system_verdicts(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set);

/* The study's "capacity": {"by": "agents", "limits": [{"metric": "steps_per_s", "at_least": 10}]}. The largest size
 * within each limit and all of them, and what the program needs there. */
void system_capacity(struct study_results *r, const struct grid *g, size_t option);

#endif
