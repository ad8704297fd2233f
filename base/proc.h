/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running other programs. argv ends with NULL and argv[0] is looked up in PATH, as execvp does.
 */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/str.h"

struct proc_result {
    int status;                  /* as from waitpid */
    bool started;                /* false: argv[0] could not be run; error_number says why */
    int error_number;
};

/* The program that proc_run waits for, else 0: a signal handler passes on what it got. */
extern volatile pid_t proc_child;

/* Streams that are not asked for are inherited. `out` and `err` take what the program wrote; NULL = inherited. */
struct proc_result proc_run(char *const argv[], struct str *out, struct str *err);

/* Waits for a child that the caller forked and put into proc_child; its status as from waitpid. */
int proc_wait(pid_t pid);

/* Exit status as a shell gives it: the code, or 128 + signal. 127 where it could not be started. */
int proc_code(struct proc_result r);

/* Ends this process in the way `r` ended: the same code, or the same signal sent to itself. */
_Noreturn void proc_exit_like(struct proc_result r);

#endif
