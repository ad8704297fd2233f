/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The course of the selected processes as tables: memory, CPU, disk and threads over time, and what they said of
 * themselves (farm.h). In short for people, everything for programs.
 */
#ifndef DB_COURSE_H
#define DB_COURSE_H

#include <stdbool.h>

#include "db/doc.h"
#include "db/sql.h"

/* One row a process, cores, threads, memory growth. */
void course_summary(struct sql *db, bool programs, struct doc *d);

/* Steps, regions, metrics, counters of the processor; people get only what there is. */
void course_marks(struct sql *db, bool programs, struct doc *d);

/* The points themselves; by core, thread and step in tables behind the first. */
void course_points(struct sql *db, struct doc *d);

/* What a series has in one process; yours to end with course_series_release. */
struct course_point {
    double time_s, span_s, rss_kb, peak_kb, anon_kb, vsz_kb, user_s, sys_s, read_bytes, write_bytes;
    int64_t threads, steps;
};
struct course_series {
    VEC(struct course_point) points;
};
void course_series_load(struct sql *db, int64_t process, struct course_series *out);
void course_series_release(struct course_series *s);

#endif
