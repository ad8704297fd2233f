/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs what a plan says, one timed run at a time, and keeps each run as soon as it is over. Records are left where they
 * are: they are taken in when timing is over, by the caller. Words go to stderr.
 */
#ifndef DB_RUNNER_H
#define DB_RUNNER_H

#include "db/run/experiment.h"
#include "db/run/launch.h"
#include "db/run/measure.h"
#include "db/store.h"

enum runner_end {
    RUNNER_FINISHED,             /* all runs were made, or skipped for a reason that the store has */
    RUNNER_INTERRUPTED,          /* by a signal; can be gone on with */
    RUNNER_FAILED                /* a command failed, could not be started or ran into its time; the same */
};

struct runner_result {
    enum runner_end end;
    int code;                    /* exit code that tells it: 0, 128 + signal, the failed command's own, 124 for time */
};

/* Whoever wants to know how far it is: told before each run, with its point, and never while one is timed. */
struct listener {
    void (*hear)(struct listener *l, size_t point);
};

/* The runs of `e` that are not made yet. `e` is in the store, which is open; `progress`: also where stderr is no
 * terminal; `listener` may be NULL. */
struct runner_result runner_run(struct store *store, struct experiment *e, struct launcher *l, const struct machine *m,
                                bool progress, struct listener *listener);

/* The exit code that tells of an outcome: the command's own, 128 + signal, 124 for time, 127 where it did not start. */
int runner_code(const struct outcome *o);

/* One run with our own streams, which gets the signals that we get. `m` has its job and is complete afterwards; false:
 * it could not be started. */
bool runner_once(struct measure *m, struct watch *w, struct launcher *l);

#endif
