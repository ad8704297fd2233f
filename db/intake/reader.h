/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record file (runtime/format.h) as structs. Knows no SQL. Survives any input: what it hands out is in range, or the
 * record is refused with a sentence. A record that was cut off is read up to there, and `cut` is set.
 */
#ifndef DB_READER_H
#define DB_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "runtime/format.h"
#include "runtime/format_course.h"
#include "runtime/format_time.h"

struct record_info {
    const char *key, *value;
};

struct record_module {
    uint32_t index;
    uint64_t bias, low, high;
    char build_id[65];           /* hexadecimal, "" where it has none */
    bool instrumented;
    const char *path;
};

struct record_block {            /* counters of bytes from..from+len of one thread's block */
    uint64_t from, len;
    const char *bytes;
};

struct record_point {            /* of the time series */
    struct farm_point p;
    const struct farm_core *cores;           /* core_count of them */
    const uint32_t *threads;     /* FARM_POINT_THREADS */
    uint32_t core_count;
};

struct record_mark {             /* of farm.h, in one thread */
    struct farm_mark m;
    const uint32_t *slots;       /* FARM_MARK_SLOTS of a step, else NULL */
    const struct farm_bin *bins; /* FARM_MARK_BINS of a step or metric, else NULL */
    const char *text;            /* of a parameter that is one, else NULL */
};

struct record {
    struct farm_header header;   /* its texts end with NUL */
    char uuid[37], parent_uuid[37];          /* parent_uuid "" for a root */
    bool cut;
    VEC(struct record_info) info;
    VEC(struct record_module) modules;       /* module i has index i */
    VEC(struct farm_unit_entry) units;       /* their module is in range */
    VEC(struct record_block) blocks;
    VEC(struct farm_node) nodes;             /* of samples; a parent stands before its children */
    VEC(struct farm_node) heap_nodes;        /* of allocations, likewise */
    bool has_heap;               /* allocations were counted */
    struct farm_heap heap;
    VEC(struct farm_heap_site) heap_sites;   /* their frames are in range */
    VEC(struct record_block) bases;          /* what farm_stop and its like took out, in place of counters */
    VEC(struct record_point) points;         /* by time */
    VEC(struct farm_thread) threads;
    VEC(struct farm_timing) timings;         /* those in use */
    VEC(struct record_mark) marks;           /* void ones left out */
    struct str file;             /* what the pointers above point into */
};

/* The header alone: enough to tell whether the process still lives. */
bool record_peek(const char *path, struct farm_header *header, struct str *err);

/* Reads a file. On false `r` is zero. record_close accepts a zeroed struct. */
bool record_open(const char *path, struct record *r, struct str *err);
void record_close(struct record *r);

/* The same from memory; takes the bytes over from `file`, also on failure. */
bool record_parse(struct str *file, struct record *r, struct str *err);

/* Value of an info key, "" where it is not there. */
const char *record_info(const struct record *r, const char *key);

/* Counters of a unit, summed over the blocks of all threads, as far as they were collected; `sum` has u->counters
 * elements. */
void record_counters(const struct record *r, const struct farm_unit_entry *u, uint64_t *sum);

/* Bytes of one thread's block at an offset, NULL where the piece does not hold them all. */
const char *record_block_bytes(const struct record_block *b, uint64_t offset, uint64_t len);

/* A site's rows of all threads together. */
struct record_heap {
    uint64_t allocs, bytes, frees, freed, temporary;
    int64_t peak;                /* the most live bytes at a time: see farm_heap_row about several threads */
    int64_t at_peak;             /* live bytes when the process had its peak */
};
struct record_heap record_heap_of(const struct record *r, const struct farm_heap_site *site);

/* The module that holds a run-time address, or NULL. */
const struct record_module *record_module_at(const struct record *r, uint64_t pc);

#endif
