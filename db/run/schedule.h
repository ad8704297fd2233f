/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which run of an experiment comes next, and how many are left.
 */
#ifndef DB_SCHEDULE_H
#define DB_SCHEDULE_H

#include "db/run/experiment.h"

struct schedule {
    const struct experiment *e;
    size_t *order;               /* of the pass that is under way */
    size_t pass, at;
};

void schedule_open(struct schedule *s, const struct experiment *e);
void schedule_close(struct schedule *s);

/* The next run that was not made yet; false: there is none. Points without enough runs are asked for pass after pass,
 * in the order of the plan; in ORDER_GIVEN all points get as many as the one that needs most. */
bool schedule_next(struct schedule *s, size_t *point, size_t *pass);

struct outlook {
    size_t left;                 /* runs, as far as can be told */
    double seconds;              /* their wall time; below 0: nothing is known yet */
};

struct outlook schedule_outlook(const struct experiment *e);

#endif
