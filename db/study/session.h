/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A study from its build to its reports, on the one runner.
 */
#ifndef DB_STUDY_SESSION_H
#define DB_STUDY_SESSION_H

#include "db/study/phase.h"

struct session_wish {
    struct study_wish study;
    const char *results;         /* folder */
    bool phases[STUDY_PHASES];   /* those that are wanted */
    bool resume, progress;
};

struct session_result {
    int code;                    /* exit code: EXIT_OK, EXIT_UNDECIDED where a point is not done, 128 + signal */
    size_t points, undone;
    size_t living;               /* records of processes that still run */
    int64_t experiments[STUDY_PHASES];   /* in the store; 0: that phase ran nothing */
};

/* Ends the program with a sentence where a study cannot begin: it does not build, the store cannot be written to. The
 * study's `out` and `scratch` are set. */
struct session_result session_run(struct study *study, struct store *store, const struct session_wish *wish);

#endif
