/* SPDX-License-Identifier: MIT
 *
 * Timed calls and lines, and the clock that times them.
 */
#ifndef FARM_CLOCK_H
#define FARM_CLOCK_H

#include "runtime/format_time.h"
#include "runtime/internal.h"

#define FARM_TIMING_CORE 8192u           /* bytes of the chunk that each record begins with */
#define FARM_TIMING_CHUNK 32768u         /* of further ones */
#define FARM_TIMINGS_IN(bytes) (((bytes) - FARM_CHUNK_HEAD) / (uint32_t)sizeof(struct farm_timing))

#define FARM_TIMING_CHUNKS_MAX 224u
#define FARM_CALIBRATION 64u             /* bytes of a block behind FARM_SCRATCH, in front of the units' counters */

struct farm_timings {
    bool tsc;                    /* the TSC is the clock; else ticks are nanoseconds */
    uint64_t thin_ticks;         /* shorter calls are not all timed */
    uint64_t call_ticks, call_ticks_spread;
    struct farm_timing *chunks[FARM_TIMING_CHUNKS_MAX];
    uint32_t chunk_count;
    uint32_t room, taken;        /* entries */
};
extern struct farm_timings farm_timings;

/* timing.c, from which nothing else is called */
enum { FARM_TIMING_FRAME, FARM_TIMING_OUTER, FARM_TIMING_SEEN, FARM_TIMING_MEAN };     /* farm_timing.own: frame and
                                  * list while open; calls at the last end; ticks, lately */
uint64_t farm_ticks(void);
uint64_t farm_timing_enter(const struct __farm_again *a, uint64_t frame);      /* a handle, or 0: it is not timed */
void farm_timing_leave(uint64_t handle);
void farm_timing_drop(struct farm_block *block);                 /* its thread is gone */
struct farm_timing *farm_timing_at(uint32_t number);
FARM_PUBLIC void __farm_call(void);                              /* r10: a __farm_again */

/* clock.c */
void farm_clock_choose(void);
void farm_clock_fill(struct farm_header *h);
void farm_clock_calibrate(void);                                 /* by a thread that has its block */
void farm_timing_place(struct farm_chunk *chunk);                /* takes it into use; the core's is the first */
void farm_timing_refill(void);                                   /* by the helper */
void farm_timing_turn(bool on);                                  /* collection is switched */
void farm_timing_reset(bool on);                                 /* what was timed so far is void */

#endif
