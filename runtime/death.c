/* SPDX-License-Identifier: MIT
 *
 * How the process ends, as far as it can say so itself; other ends are the helper's to note. Counts need nothing of
 * this: the mapping stays until the very end and the kernel keeps the file.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "runtime/internal.h"
#include "runtime/lines.h"
#include "runtime/room.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

void farm_finish(enum farm_state state, int64_t value)
{
    if (!farm_it.header || (int)farm_sys(SYS_getpid) != farm_it.pid)
        return;                  /* a vfork child's end is not its parent's */
    if (!__atomic_exchange_n(&farm_it.finished, true, __ATOMIC_ACQ_REL) && !farm_it.sandboxed) {
        if (state == FARM_EXITED || state == FARM_EXITED_FAST)
            farm_lines_finish();
        farm_helper_stop();
        farm_perf_drain();
        farm_room_tell();
    }
    farm_usage_own();
    farm_it.header->end_value = value;
    farm_it.header->end_ns = farm_it.header->last_ns;
    if (state != FARM_EXITED_FAST || farm_it.header->state != FARM_EXITED)       /* a static exit() ends in our _exit */
        __atomic_store_n(&farm_it.header->state, state, __ATOMIC_RELEASE);
}

static void note_status(int status, void *unused)
{
    farm_it.exit_status = status & 0xff;
}

/* quick_exit does not tell its status; the helper reads it when the process is gone. */
static void at_quick_end(void)
{
    if (!farm_it.header || (int)farm_sys(SYS_getpid) != farm_it.pid)
        return;
    farm_usage_own();
    farm_it.header->end_ns = farm_it.header->last_ns;
    __atomic_store_n(&farm_it.header->state, FARM_EXITED_FAST, __ATOMIC_RELEASE);
}

/* Lowest priority that programs may have: after their own destructors. */
__attribute__((destructor(101))) static void at_end(void)
{
    if (farm_it.on && !farm_it.options.off)
        farm_finish(FARM_EXITED, farm_it.exit_status);
}

/* Weak, so that a program's own definition stands. They do what libc's do. */
_Noreturn static void end_now(int status)
{
    if (farm_it.on && !farm_it.options.off)
        farm_finish(FARM_EXITED_FAST, status & 0xff);
    while (true)
        farm_sys(SYS_exit_group, status);
}

_Noreturn FARM_PUBLIC __attribute__((weak)) void _exit(int status)
{
    end_now(status);
}

_Noreturn FARM_PUBLIC __attribute__((weak)) void _Exit(int status)
{
    end_now(status);
}

/* Notes the end, then lets the signal do what it would have done: same status, same core. */
static void at_fault(int number, siginfo_t *info, void *context)
{
    int saved = errno;
    struct sigaction plain = {.sa_handler = SIG_DFL};
    farm_finish(FARM_SIGNALED, number);
    sigaction(number, &plain, NULL);
    if (info->si_code <= 0)      /* somebody sent it; a fault comes again by itself */
        farm_sys(SYS_rt_tgsigqueueinfo, farm_sys(SYS_getpid), farm_sys(SYS_gettid), number, info);
    errno = saved;
}

/* exec: the mapping goes with the program, so the record is completed before. The helper sees the rest. */
bool farm_exec_begins(void)
{
    if (!farm_it.header || (int)farm_sys(SYS_getpid) != farm_it.pid)
        return false;
    farm_usage_own();
    farm_it.header->end_ns = farm_it.header->last_ns;
    __atomic_store_n(&farm_it.header->state, FARM_EXECED, __ATOMIC_RELEASE);
    return true;
}

void farm_exec_failed(void)
{
    farm_it.header->end_ns = 0;
    __atomic_store_n(&farm_it.header->state, FARM_RUNNING, __ATOMIC_RELEASE);
}

/* Only signals that mean a fault: libraries look at SIGINT, SIGTERM and the like before they set a handler of their
 * own, and must find the default. */
void farm_death_init(void)
{
    static const int faults[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};
    struct sigaction ours = {.sa_sigaction = at_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK}, old;
    sigfillset(&ours.sa_mask);
    for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++)
        if (sigaction(faults[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL && !(old.sa_flags & SA_SIGINFO))
            sigaction(faults[i], &ours, NULL);
    on_exit(note_status, NULL);
    at_quick_exit(at_quick_end);
}
