/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amdahl's law for several parts at once (G. Amdahl, AFIPS 1967): how much faster the whole becomes when parts of it
 * do. Pure. Parts do not overlap: amdahl_allot gives each piece of time to one of them.
 */
#ifndef DB_AMDAHL_H
#define DB_AMDAHL_H

#include <stddef.h>
#include <stdint.h>

#include "db/stats/stats.h"

struct amdahl_part {
    double share;                /* of the whole, 0..1; all parts together at most 1 */
    double factor;               /* so many times faster, > 0; INFINITY: gone; below 1: slower */
};

/* Share of the whole that is saved: the sum of share (1 - 1/factor). */
double amdahl_saved(const struct amdahl_part *parts, size_t count);

/* The whole becomes 1 / (1 - saved) times faster; INFINITY where nothing is left. */
double amdahl_speedup(double saved);

/* By what factor a part of this share must become faster for the whole to become `goal` times faster, when `saved` is
 * saved elsewhere: share / (1/goal - (1 - saved - share)). 1: the goal is reached without it. NAN: not even without
 * the part, of which amdahl_speedup(saved + share) is the limit. */
double amdahl_needed(double share, double saved, double goal);

/* Standard error of `saved` that comes of sampling: the parts' samples are multinomial, so with a = 1 - 1/factor it is
 * sqrt((sum a^2 p - (sum a p)^2) / samples). 0 samples: 0. */
double amdahl_error(const struct amdahl_part *parts, size_t count, double samples);

/* Interval of the speed-up (95 %) where `saved` has this standard error. */
struct interval amdahl_interval(double saved, double error);

/* A place in code as reached through its parent, with the time spent right there. */
struct amdahl_node {
    uint32_t parent;             /* index of a node before it; its own index: none */
    int line, self, total;       /* parts that claim it: as this line; as one of the function's own lines; with all
                                  * that the function calls. -1: none */
    double time;
};

/* The part that each node's time belongs to, -1: none. The narrowest claim wins: a line's, then that of the function's
 * own lines, then that of the nearest function on the way up that is claimed with all it calls. */
void amdahl_allot(const struct amdahl_node *nodes, size_t count, int *part);

#endif
