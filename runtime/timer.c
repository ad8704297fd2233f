/* SPDX-License-Identifier: MIT
 *
 * Sampling where perf is not to be had: each thread has a timer on its own CPU clock, whose signal finds the thread at
 * work. The kernel's tick bounds it to some 250 a second. A clock of CPU time never interrupts a call that waits.
 */
#include <signal.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "runtime/internal.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

static void at_tick(int number, siginfo_t *info, void *context)
{
    const greg_t *regs = ((const ucontext_t *)context)->uc_mcontext.gregs;
    struct farm_block *block = farm_block_mine();
    struct farm_stack s = {.pc = (uint64_t)regs[REG_RIP], .sp = (uint64_t)regs[REG_RSP], .bp = (uint64_t)regs[REG_RBP]};
    if (info->si_code != SI_TIMER || !block || farm_it.finished || !*farm_it.born_here)
        return;
    s.bytes = (const char *)s.sp;
    s.len = farm_stack_len(s.sp);
    s.live = true;
    if (!farm_modules_at(s.pc))
        __atomic_fetch_add(&farm_it.unknown_pcs, 1, __ATOMIC_RELAXED);
    farm_tree_add(block->frames, farm_scan(&s, block->frames), farm_clock(CLOCK_MONOTONIC));
}

static bool is_free(int number)
{
    struct sigaction old;
    return sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_DFL && !(old.sa_flags & SA_SIGINFO);
}

/* SIGPROF is made for this; where the program has it, a real-time signal that nobody has. */
bool farm_timer_init(void)
{
    struct sigaction ours = {.sa_sigaction = at_tick, .sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK};
    int number = SIGPROF;
    sigfillset(&ours.sa_mask);
    if (!is_free(number))
        for (number = SIGRTMAX; number >= SIGRTMIN && !is_free(number); number--)
            ;
    if (number < SIGRTMIN && number != SIGPROF)
        return false;
    sigaction(number, &ours, NULL);
    farm_it.signo = number;
    return true;
}

static struct timespec in_time(uint64_t ns)
{
    return (struct timespec){(time_t)(ns / FARM_SECOND), (long)(ns % FARM_SECOND)};
}

/* The kernel looks at the timer at its tick only, and the thread starts anywhere between two of them. So the first hit
 * is at the end of a tick, counted in ticks and drawn by lot: then each moment of the thread is equally likely to be
 * hit, its first millisecond too. */
static uint64_t draw_first(uint64_t period)
{
    struct timespec tick = {0, 0};
    uint64_t lot = 0;
    farm_sys(SYS_clock_getres, CLOCK_MONOTONIC_COARSE, &tick);
    uint64_t tick_ns = (uint64_t)tick.tv_nsec, choices = tick_ns ? period / tick_ns : 0;
    if (choices < 2)
        return 1;
    farm_sys(SYS_getrandom, &lot, sizeof lot, 0);
    return 1 + lot % choices * tick_ns;
}

void farm_timer_attach(struct farm_block *block)
{
    if (!farm_it.signo || block->timed)
        return;
    struct sigevent event;
    farm_zero(&event, sizeof event);
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = farm_it.signo;
    event._sigev_un._tid = block->tid;
    if (farm_sys(SYS_timer_create, CLOCK_THREAD_CPUTIME_ID, &event, &block->timer) < 0)
        return;
    uint64_t period = FARM_SECOND / farm_it.options.hz;
    struct itimerspec spec = {in_time(period), in_time(draw_first(period))};
    farm_sys(SYS_timer_settime, block->timer, 0, &spec, NULL);
    block->timed = true;
}

void farm_timer_detach(struct farm_block *block)
{
    if (block->timed)
        farm_sys(SYS_timer_delete, block->timer);
    block->timed = false;
}
