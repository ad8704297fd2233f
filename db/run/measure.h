/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One timed run: started by a launcher, with an eye on what else goes on, and turned into what the store keeps of it.
 */
#ifndef DB_MEASURE_H
#define DB_MEASURE_H

#include "base/vec.h"
#include "db/run/launch.h"
#include "db/run/load.h"
#include "db/run/printed.h"
#include "db/run/recorded.h"

/* What timed runs of one farmdb share. */
struct watch {
    struct turn turn;
    struct load_reading earlier; /* for runs too short to be judged alone */
    struct metrics metrics;
    const char *store;           /* its path, for FARM_DB */
    bool beside;                 /* runs of ours go on at the same time: the load is theirs, too */
};

struct measure {
    struct job job;
    struct recorded recorded;    /* complete after measure_end; its texts are ours */
    struct settings found;       /* metrics */
    int out, err;                /* files for what it prints; -1: it goes elsewhere */
    VEC(char *) environment;
    struct load_reading before;
    struct str contaminated;
};

/* Names the run and gives it the variables that its processes read; the caller sets job.argv and what else differs. */
void measure_init(struct measure *m, const struct watch *w);
void measure_release(struct measure *m);
void measure_set(struct measure *m, const char *name, const char *value);      /* NULL: takes the variable away */

/* False: it did not start, and job.outcome says why. turn_take or turn_begin came before, turn_end follows. */
bool measure_start(struct measure *m, struct watch *w, struct launcher *l);

/* Behind turn_end, which said `alone`. */
void measure_end(struct measure *m, struct watch *w, bool alone);

#endif
