/* SPDX-License-Identifier: MIT
 *
 * The part of the record (format.h) that tells how long calls and lines took: each farm_timing is of one function and
 * thread.
 */
#ifndef FARM_FORMAT_TIME_H
#define FARM_FORMAT_TIME_H

#include <stdint.h>

#include "runtime/format.h"

enum farm_clock_kind { FARM_CLOCK_NONE = 0, FARM_CLOCK_TSC = 1, FARM_CLOCK_MONOTONIC = 2 };      /* its ticks: ns */

/* A call that is timed stands for itself and for those since the one before:
 * its weight. Only the outermost activation of a recursion is timed. Bin 2i + h holds times from 2^(i+5) * (1 + h/2)
 * ticks; the first one also what is shorter, the last one what is longer. */
#define FARM_TIMING_BINS 64
struct farm_timing {
    uint64_t offset;             /* of the function's counter W, in bytes from the start of every block */
    uint32_t block, period;      /* period: one call in so many is timed at present */
    uint64_t timed;              /* calls */
    uint64_t weight, ticks;      /* sums: of weights, and of weight times ticks */
    uint64_t least, most;        /* ticks of one call */
    uint64_t unseen;             /* timed calls whose end was not seen (longjmp, a thread's end): not in the above */
    uint32_t thinned;            /* 1: not every call was timed */
    uint32_t recursed;           /* 1: a timed call held another one of the same function */
    uint64_t off_at_open;        /* header.off_ticks, with what was going on, at the start of that call: */
    uint64_t open;               /* ticks at the start of the call that is being timed; 0: none */
    uint64_t open_weight;        /* 0: it began while nothing was collected, and will not count */
    uint64_t own[4];             /* the runtime's */
    uint64_t bins[FARM_TIMING_BINS];     /* sums of weights */
};
_Static_assert(sizeof(struct farm_timing) == 640, "entries keep to cache lines: a handle's low bits are its own");

struct farm_lap_state {          /* FARM_LAP_WORDS counters */
    uint64_t frame;              /* address in the frame of the activation that is timed; 0: none */
    uint64_t current;            /* word of the state where the counters of the line at work begin */
    uint64_t since;              /* ticks when it began */
    uint64_t *cost;              /* of the thread: ticks that laps have cost, so far and each */
    uint64_t cost_since;         /* as it was then */
    struct farm_lap_state *outer;        /* activation of another function, begun before */
    uint64_t jumped;             /* ticks when functions may have been left; the activation goes on if since is later */
    uint64_t unused;
    uint64_t prelude[2];         /* in place of a line's counters: before the first lap */
};
_Static_assert(sizeof(struct farm_lap_state) == 8 * FARM_LAP_WORDS, "words are counters");

#endif
