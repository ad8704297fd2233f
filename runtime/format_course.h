/* SPDX-License-Identifier: MIT
 *
 * The part of the record (runtime/format.h) that tells a process's course: what the helper saw of it over time, and
 * what it said of itself by farm.h.
 */
#ifndef FARM_FORMAT_COURSE_H
#define FARM_FORMAT_COURSE_H

#include <stdint.h>

/* FARM_SERIES, body: points of arg0 bytes each: farm_point, arg1 farm_core, and FARM_POINT_THREADS uint32_t: the CPU
 * time of the farm_thread of the same number, in FARM_CORE_NS. All since the start of the process. A full table is
 * halved by dropping every second point: one whose time is not above that of the point before is void. */
#define FARM_POINT_THREADS 16
#define FARM_CORE_NS 100000u
struct farm_point {
    uint64_t time_ns, user_ns, sys_ns;
    uint64_t rss_kb, rss_peak_kb, anon_kb, vsz_kb;       /* peak: since the point before; anon: no files, not shared */
    uint64_t read_bytes, write_bytes;    /* from and to the disk */
    uint64_t steps;              /* as in the header */
    uint32_t threads, reserved;
};
struct farm_core {               /* in FARM_CORE_NS; wraps after five days */
    uint32_t own, busy;          /* of the process: its threads, by where they were seen; of all since the boot */
};
/* FARM_THREADS, body: farm_thread[], as the helper saw them; times are since the start of the process. */
struct farm_thread {
    uint64_t tid;
    char name[16];               /* cut, may lack the NUL */
    uint64_t first_ns, last_ns, user_ns, sys_ns, wait_ns;        /* wait: ready to run, without a CPU */
    uint64_t voluntary, involuntary;     /* switches */
};

/* FARM_MARKS, body: rows of block arg0, one behind the other, void unless arg1 is header.resets (parameters stay). A
 * row is a mark of farm.h in one thread; rows of one name and kind add up. Behind its head: for a step
 * uint32_t[FARM_MARK_SLOTS], 16 to a doubling of time from 128 ns on; for a step or metric farm_bin[FARM_MARK_BINS];
 * for a text its bytes with the NUL. */
#define FARM_MARK_NAME 56
#define FARM_MARK_BINS 128
#define FARM_MARK_SLOTS 640
enum farm_mark_kind {
    FARM_MARK_STEP = 1, FARM_MARK_REGION = 2, FARM_MARK_METRIC = 3, FARM_MARK_PARAM = 4, FARM_MARK_TEXT = 5
};
struct farm_mark {
    uint32_t len, kind;          /* of the row with what is behind it */
    char name[FARM_MARK_NAME];   /* cut; ends with NUL */
    uint64_t count;              /* marks of a step, calls of a region, values of a metric */
    uint64_t timed;              /* whole steps; calls of a region that were timed: outermost, no farm_stop between */
    double sum, least, most;     /* wall time in ns of those, or a metric's values */
    double last;                 /* a metric's or parameter's value */
    uint64_t cpu_timed;          /* of timed: with CPU time taken; the rest were thinned out */
    double cpu_wall, cpu_sum;    /* their wall and CPU time in ns */
    double step_sum;             /* of sum: inside of whole steps */
    double open_sum;             /* of sum: inside of step number open_step, which may never be whole */
    uint64_t open_step;
    uint64_t first_ns, last_ns;  /* marked, since the start of the process */
    uint32_t bin_shift, by_step; /* a bin covers 2^bin_shift steps; a metric's bins: 1 by step, 0 by value */
};
struct farm_bin {                /* a step's durations or a metric's values in a range of steps */
    double sum;
    float least, most;
    uint32_t count, reserved;
};

#endif
