/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One record into the store, inside a transaction of the caller.
 */
#ifndef DB_INTAKE_H
#define DB_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/intake/module.h"
#include "db/intake/reader.h"
#include "db/sql.h"

/* What the steps of taking in one record share. */
struct intake {
    struct sql *db;
    const struct record *record;
    int64_t process;
    struct module *modules;      /* by index, as in the record */
    struct str notes;            /* sentences on what could not be taken in, joined by "; " */
};

/* False where the store has this record already. */
bool intake_record(struct sql *db, const struct record *r);

/* One invocation is one run, in whatever order its processes come: the process goes to its parent's run, and runs of
 * children that came before go with it. A run that FARM_RUN names neither goes anywhere nor keeps a parent. */
void intake_unite(struct sql *db, int64_t process);

/* Adds a sentence to the process's notes. */
void intake_note(struct intake *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

void hits_take(struct intake *in);       /* counters -> hits and calls */
void heap_take(struct intake *in);       /* sites of allocations -> allocations by line */
void samples_take_heap(struct intake *in);       /* tree of allocations -> their call stacks */
void samples_take(struct intake *in);    /* tree of samples -> samples by line and function */
void timings_take(struct intake *in);    /* how long calls took */
void laps_take(struct intake *in);        /* lines that were timed exactly */
void series_take(struct intake *in);     /* what the process was over time, its threads, its PMU counts */
void marks_take(struct intake *in);      /* steps, regions, metrics, parameters */

uint64_t samples_count(const struct record *r);

#endif
