/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Starting commands and waiting for them: the one interface through which record, sweep and study run anything, so that
 * another launcher (another machine, a batch system) can take the local one's place.
 */
#ifndef DB_LAUNCH_H
#define DB_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>

struct outcome {
    bool started;                /* false: argv[0] could not be run; error_number says why */
    int error_number;
    int status;                  /* as from waitpid */
    bool timed_out;
    int64_t started_ns;          /* realtime clock */
    int64_t wall_ns;
    struct rusage usage;         /* with all descendants that were waited for */
};

struct job {
    char *const *argv;           /* argv[0] is looked up in PATH */
    char *const *environment;    /* on top of ours: NAME=VALUE sets, NAME alone takes away; NULL-terminated */
    int in, out, err;            /* descriptors; -1: ours */
    double time_limit;           /* seconds until its whole process group is ended; 0: none */
    bool own_group;              /* a process group of its own, which a terminal's Ctrl-C does not reach */
    struct outcome outcome;
};

struct launcher {
    /* False: outcome says why it did not start. */
    bool (*start)(struct launcher *l, struct job *job);

    /* A job that ended, with its outcome; NULL: milliseconds went by (negative: no limit), or a signal came. */
    struct job *(*wait)(struct launcher *l, int milliseconds);

    /* Sends a signal to all jobs: to their groups where they have one. */
    void (*send)(struct launcher *l, int signal);

    /* The signal that came for us since we asked last, 0: none. INT, QUIT, TERM and HUP do not end us while a launcher
     * is open. *typed: it came from the terminal, which sent it to jobs without a group of their own as well. */
    int (*asked)(struct launcher *l, bool *typed);
    void (*close)(struct launcher *l);
};

/* On this machine; one at a time. Closed by its own `close`. */
struct launcher *launch_local(void);

#endif
