/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What else the machine did while a run was timed, and whether somebody else was timing too.
 */
#ifndef DB_LOAD_H
#define DB_LOAD_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/str.h"

struct load_reading {
    int64_t clock_ns;            /* monotonic; 0: nothing could be read */
    double busy_s;               /* of all processors since boot, with what other systems took from this one */
    double own_s;                /* of this process and of its children that ended */
};

void load_read(struct load_reading *r);

/* Processors that others kept busy between two readings; below 0: not known, the time between them is too short for the
 * kernel's hundredths of seconds. */
double load_others(const struct load_reading *from, const struct load_reading *to);

/* Is that so much that a run which used `own` processors felt it? More than half of what it left free of `cores`. */
bool load_disturbs(double others, double own, int cores);

/* The kernel's average over the last minute. */
double load_average(void);

/* Timed runs of one user, told from each other by locks on one file. Repeated runs wait for other repeated runs; a
 * single run, which may be a server for the day, is not waited for and does not wait, but both are told of it. */
struct turn {
    int fd;                      /* -1: no locks to be had, or we are inside of a recording ourselves */
    struct timespec seen;
    bool alone;
};

void turn_open(struct turn *t);
void turn_close(struct turn *t);

/* Of repeated runs: is it our turn? Asked again and again until it is. */
bool turn_take(struct turn *t);
void turn_begin(struct turn *t);

/* Ends what turn_begin or turn_take began; true: nobody else recorded meanwhile. */
bool turn_end(struct turn *t);

#endif
