/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a study is: RESULTS/study.json, written anew before each run, so that `farmdb study status` can tell it and
 * --resume can go on.
 */
#ifndef DB_STUDY_STATE_H
#define DB_STUDY_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/study/summary.h"

struct state_point {
    char *experiment, *parameters, *why;         /* parameters as people read them */
    enum summary_state state;
    double runs, wanted;
};

enum state_phase { STATE_LEFT, STATE_RUNNING, STATE_DONE, STATE_INTERRUPTED };

struct state_part {              /* a phase */
    int number;
    enum state_phase state;
    int64_t experiment;          /* in the store; 0: not begun */
    VEC(struct state_point) points;
};

struct state {
    char *study, *file, *store;  /* name, and absolute paths */
    char *hash;                  /* of the file's text: what goes on must be the same study */
    char *started;               /* ISO 8601, UTC */
    bool quick, check;
    char *component, *function;  /* "" : all */
    int64_t pid, pid_started;    /* who works on it; pid 0: nobody */
    double seconds_left;         /* of the phase that runs; below 0: not known */
    VEC(struct state_part) parts;
};

void state_release(struct state *s);

/* RESULTS/study.json. False, with a sentence. */
bool state_write(const struct state *s, const char *results, struct str *err);
bool state_read(struct state *s, const char *results, struct str *err);

/* Is the process that works on it still there? */
bool state_alive(const struct state *s);
int64_t state_process_start(int64_t pid);        /* clock ticks since boot; 0: there is no such process */

#endif
