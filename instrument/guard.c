/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/proc.h"
#include "instrument/temp.h"

/* What a library exits with is no value of ours. */
enum { STACK_BYTES = 100 << 20, CPU_SECONDS = 300, FIRST_STATUS = 90, VALUES = 10 };

/* Generated expressions may nest thousands deep. The stack of a program's first thread grows up to the limit as it is
 * at that time; Linux leaves at least 128 MB of room for it. */
static void allow_deep_nesting(void)
{
    struct rlimit stack;
    if (getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur >= STACK_BYTES)
        return;
    stack.rlim_cur = stack.rlim_max < STACK_BYTES ? stack.rlim_max : STACK_BYTES;
    setrlimit(RLIMIT_STACK, &stack);
}

static _Noreturn void child(int (*work)(void *), void *context, int loud, const sigset_t *mask)
{
    temp_release_signals();
    sigprocmask(SIG_SETMASK, mask, NULL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    allow_deep_nesting();
    setrlimit(RLIMIT_CPU, &(struct rlimit){CPU_SECONDS, CPU_SECONDS});
    int null = loud ? -1 : open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0)
        dup2(null, 2);
    int value = work(context);
    _exit(FIRST_STATUS + value);
}

int guard_run(int (*work)(void *context), void *context, int loud, struct str *why)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    pid_t pid = fork();
    if (pid == 0)
        child(work, context, loud, &before);
    proc_child = pid > 0 ? pid : 0;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid < 0) {
        str_addf(why, "cannot start a process: %s", strerror(errno));
        return -1;
    }
    int status = proc_wait(pid);
    temp_check_signal();
    int value = WIFEXITED(status) ? WEXITSTATUS(status) - FIRST_STATUS : -1;
    if (value >= 0 && value < VALUES)
        return value;
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
        str_addf(why, "the rewriter was stopped (%s)", strsignal(WTERMSIG(status)));
    else if (WIFSIGNALED(status))
        str_addf(why, "the rewriter crashed (%s)", strsignal(WTERMSIG(status)));
    else
        str_addf(why, "the rewriter ended with status %d", WEXITSTATUS(status));
    return -1;
}
