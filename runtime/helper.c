/* SPDX-License-Identifier: MIT
 *
 * The helper: a task that shares the program's memory and nothing else. It is no thread of the program (libc stays in
 * its single-threaded mode, unshare works) and no child that wait() could see. It has its creator's thread pointer, so
 * everything here is system calls; all signals stay blocked, and one of them, read from a descriptor, wakes it up.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#include "runtime/clock.h"
#include "runtime/marks.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

#define STACK_LEN (256u << 10)
#define WAKE_SIGNAL SIGUSR2
#define TICK_NS 100000000        /* the longest time without a look */
#define LATER_NS 2000000         /* a forked child that lives so long is worth being sampled */

struct helper {
    int pid;                     /* whom it serves */
    bool opens_perf;
    int pidfd, wake_fd, stat_fd, status_fd;
    uint64_t cpu;                /* of the process, when last looked at: no more now means that it sleeps */
    uint64_t start;
    uint64_t filters;            /* of seccomp, at the start */
    uint32_t poll_count;
    uint64_t unknown_seen, search_pause, next_search;
};
static struct helper helper;
static struct pollfd polled[FARM_CPUS_MAX + 2];
static uint32_t sync_wanted, sync_done;

/* The kernel clears that word when the first thread ends, and when the program execs. */
static bool has_cleared_tid(void)
{
    return farm_it.tid_word && __atomic_load_n(farm_it.tid_word, __ATOMIC_ACQUIRE) == 0;
}

static bool program_is_gone(void)
{
    struct pollfd p = {helper.pidfd, POLLIN, 0};
    if (helper.pidfd < 0)
        return farm_sys(SYS_getppid) != helper.pid;
    return farm_sys(SYS_poll, &p, 1, 0) == 1;
}

static void list_polled(void)
{
    polled[0] = (struct pollfd){helper.wake_fd, POLLIN, 0};
    polled[1] = (struct pollfd){helper.pidfd, POLLIN, 0};
    for (uint32_t i = 0; i < farm_it.ring_count; i++)
        polled[2 + i] = (struct pollfd){farm_it.rings[i].fd, POLLIN, 0};
    helper.poll_count = 2 + farm_it.ring_count;
}

/* Until a ring fills, the program ends or execs (its events end with it), or it calls; or until the time is over. */
static void wait_for_work(long ns)
{
    struct timespec tick = {0, ns};
    if (__atomic_load_n(&farm_it.ending, __ATOMIC_ACQUIRE))
        return;
    farm_sys(SYS_ppoll, polled, helper.poll_count, &tick, NULL, FARM_SIGSET_LEN);
    for (uint32_t i = 2; i < helper.poll_count; i++)
        if (polled[i].revents & (POLLHUP | POLLERR))
            polled[i].fd = -1;
}

struct exit_info {               /* struct pidfd_info of Linux 6.15, as far as it is used */
    uint64_t mask, cgroup;
    uint32_t ids[11];
    int32_t exit_code;
};
#define GET_EXIT_INFO 0xc040ff0bu        /* PIDFD_GET_INFO for 64 bytes */
#define HAS_EXIT_CODE 8u

/* The wait status of a process that is gone: from its stat while nobody has reaped it, else from newer kernels. */
static bool find_status(int *status)
{
    char text[1024];
    long len = farm_sys(SYS_pread64, helper.stat_fd, text, sizeof text - 1, 0);
    if (len > 2) {
        const char *at = text + len - 1;
        text[len] = 0;
        while (at > text && at[-1] != ' ')
            at--;
        *status = (int)farm_number(&at, 10);
        return true;
    }
    for (int tries = 0; tries < 20; tries++) {
        struct exit_info info = {.mask = HAS_EXIT_CODE};
        if (farm_sys(SYS_ioctl, helper.pidfd, GET_EXIT_INFO, &info) == 0 && info.mask & HAS_EXIT_CODE) {
            *status = info.exit_code;
            return true;
        }
        struct timespec pause = {0, 50000};
        farm_sys(SYS_nanosleep, &pause, NULL);
    }
    return false;
}

static void note_end(enum farm_state state, int64_t value)
{
    struct farm_header *h = farm_it.header;
    h->end_value = value;
    h->end_ns = farm_clock(CLOCK_REALTIME);
    __atomic_store_n(&h->state, state, __ATOMIC_RELEASE);
}

/* The program is gone and may not have said how. A SIGKILL is nobody's last word: that record stays as it is. */
static void note_death(void)
{
    int status;
    uint64_t state = __atomic_load_n(&farm_it.header->state, __ATOMIC_ACQUIRE);
    bool status_missing = state == FARM_EXITED_FAST && farm_it.header->end_value < 0;
    if ((state != FARM_RUNNING && !status_missing) || !find_status(&status))
        return;
    if ((status & 0x7f) == 0)
        note_end(FARM_EXITED_FAST, status >> 8 & 0xff);
    else if ((status & 0x7f) != SIGKILL)
        note_end(FARM_SIGNALED, status & 0x7f);
}

/* By a way that exec.c does not see; where it does, the record is complete and what it used must not be changed. */
static void note_exec(void)
{
    if (__atomic_load_n(&farm_it.header->state, __ATOMIC_ACQUIRE) == FARM_RUNNING)
        note_end(FARM_EXECED, -1);
}

/* Mode and number of seccomp's filters; it only grows. */
static uint64_t count_filters(void)
{
    char text[4096];
    uint64_t sum = 0;
    long len = farm_sys(SYS_pread64, helper.status_fd, text, sizeof text - 1, 0);
    text[len > 0 ? len : 0] = 0;
    for (const char *at = text; *at; at++) {
        if (!farm_starts(at, "\nSeccomp"))
            continue;
        while (*at && *at != '\t')
            at++;
        at += *at == '\t';
        sum += farm_number(&at, 10);
        at--;
    }
    return sum;
}

/* Code that no file holds (a JIT compiler's) stays unknown: then we look less and less often. */
static void look_for_modules(uint64_t now)
{
    uint64_t unknown = __atomic_load_n(&farm_it.unknown_pcs, __ATOMIC_RELAXED);
    if (unknown == helper.unknown_seen || now < helper.next_search)
        return;
    uint32_t before = farm_it.range_count;
    farm_maps_refresh();
    helper.unknown_seen = unknown;
    helper.search_pause = farm_it.range_count > before ? 0 : 2 * helper.search_pause + TICK_NS;
    helper.next_search = now + helper.search_pause;
}

/* Somebody waits until all that was sampled by now is in the tree. */
static void answer_sync(void)
{
    char info[128];              /* struct signalfd_siginfo */
    uint32_t wanted = __atomic_load_n(&sync_wanted, __ATOMIC_ACQUIRE);
    if (wanted == sync_done || __atomic_load_n(&farm_it.ending, __ATOMIC_ACQUIRE))
        return;
    farm_sys(SYS_read, helper.wake_fd, info, sizeof info);
    farm_perf_drain();
    __atomic_store_n(&sync_done, wanted, __ATOMIC_RELEASE);
}

void farm_helper_sync(void)
{
    struct timespec pause = {0, 50000};
    if (!farm_it.helper)
        return;
    uint32_t wanted = __atomic_add_fetch(&sync_wanted, 1, __ATOMIC_ACQ_REL);
    farm_sys(SYS_kill, farm_it.helper, WAKE_SIGNAL);
    for (int tries = 0; tries < 2000 && (int32_t)(__atomic_load_n(&sync_done, __ATOMIC_ACQUIRE) - wanted) < 0; tries++)
        farm_sys(SYS_nanosleep, &pause, NULL);
}

static long wait_ns(void)
{
    uint64_t now = farm_clock(CLOCK_MONOTONIC), wait = farm_series_wait(now);
    if (farm_perf_waits() && wait > FARM_PERF_START_NS)
        wait = FARM_PERF_START_NS;
    return wait < TICK_NS ? (long)wait : TICK_NS;
}

/* What a process that sleeps cannot have changed is not looked at again. */
static bool look(uint64_t now, uint64_t *next_look, bool cleared)
{
    uint64_t cpu = farm_clock(~farm_it.pid * 8 + 2);
    bool due = now >= *next_look || farm_series_wait(now) == 0, sleeps = cpu && cpu == helper.cpu;
    if (!due && !cleared)
        return true;
    uint64_t start = farm_clock(CLOCK_THREAD_CPUTIME_ID);        /* on a busy machine a look may last much longer */
    if (due && !sleeps && count_filters() > helper.filters)
        farm_it.sandboxed = true;        /* first, because what follows may wait for the disk */
    *next_look = now + TICK_NS / 2;
    helper.cpu = cpu;
    if (sleeps && !cleared)
        farm_usage_stamp();
    else if (farm_usage_of(helper.stat_fd) == FARM_ALIVE && cleared)
        return false;
    look_for_modules(now);
    farm_series_look(now, start);
    return true;
}

static void serve(void)
{
    uint64_t next_look = 0;
    while (!__atomic_load_n(&farm_it.ending, __ATOMIC_ACQUIRE)) {
        wait_for_work(wait_ns());
        uint64_t now = farm_clock(CLOCK_MONOTONIC);
        bool gone = program_is_gone(), cleared = has_cleared_tid();
        farm_perf_settle(now - helper.start);
        if (!gone && !look(now, &next_look, cleared)) {
            farm_perf_drain();
            note_exec();
            return;
        }
        farm_perf_drain();
        farm_timing_refill();
        answer_sync();
        if (gone) {
            note_death();
            return;
        }
    }
    farm_usage_of(helper.stat_fd);       /* for the last point; the program waits for it */
    farm_series_end(farm_clock(CLOCK_MONOTONIC));
}

static void open_perf_later(void)
{
    wait_for_work(LATER_NS);
    if (has_cleared_tid() || program_is_gone() || __atomic_load_n(&farm_it.ending, __ATOMIC_ACQUIRE))
        return;
    farm_pmu_open(helper.pid);
    const char *why = farm_perf_open(helper.pid);
    struct farm_text t = {farm_it.header->sampler_note, 0, sizeof farm_it.header->sampler_note};
    if (why)
        farm_add(&t, why);
    else
        farm_it.header->sampler = FARM_SAMPLER_PERF;
    helper.start = farm_clock(CLOCK_MONOTONIC);
    list_polled();
}

static void helper_main(void)
{
    uint64_t wake = 1ull << (WAKE_SIGNAL - 1);
    farm_fds_close_others();
    farm_sys(SYS_prctl, PR_SET_NAME, "farm-helper");
    helper.wake_fd = (int)farm_sys(SYS_signalfd4, -1, &wake, FARM_SIGSET_LEN, 0);
    list_polled();
    helper.start = farm_clock(CLOCK_MONOTONIC);
    farm_series_start(helper.start);
    if (helper.opens_perf)
        open_perf_later();
    serve();
    farm_it.header->helper = 0;
    farm_sys(SYS_exit_group, 0);
}

bool farm_helper_start(bool opens_perf)
{
    if (!farm_it.helper_stack)
        farm_it.helper_stack = farm_pages(STACK_LEN);
    if (!farm_it.helper_stack)
        return false;
    int *word = NULL;
    farm_sys(SYS_prctl, PR_GET_TID_ADDRESS, &word);
    farm_it.tid_word = word && *word == (int)farm_sys(SYS_gettid) ? word : NULL;
    helper = (struct helper){.pid = farm_it.pid, .opens_perf = opens_perf};
    helper.pidfd = (int)farm_sys(SYS_pidfd_open, helper.pid, 0);
    helper.stat_fd = (int)farm_sys(SYS_openat, AT_FDCWD, "/proc/self/stat", O_RDONLY | O_CLOEXEC, 0);
    helper.status_fd = (int)farm_sys(SYS_openat, AT_FDCWD, "/proc/self/status", O_RDONLY | O_CLOEXEC, 0);
    helper.filters = count_filters();
    sync_wanted = sync_done = 0;
    if (!opens_perf)
        farm_pmu_open(farm_it.pid);
    farm_fds_keep(helper.pidfd);
    farm_fds_keep(helper.stat_fd);
    farm_fds_keep(helper.status_fd);
    uint64_t all = ~0ull, mask;
    farm_sys(SYS_rt_sigprocmask, SIG_BLOCK, &all, &mask, FARM_SIGSET_LEN);
    /* The helper reads the list in memory that is shared: it is only closed here, not forgotten. What the helper adds
     * are numbers of its own, which may be the program's here. */
    uint32_t ours = farm_it.fd_count;
    long id = farm_sys_clone(CLONE_VM | CLONE_UNTRACED, farm_it.helper_stack + STACK_LEN, helper_main);
    farm_sys(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, FARM_SIGSET_LEN);
    for (uint32_t i = 0; i < ours; i++)
        farm_sys(SYS_close, farm_it.fds[i]);
    farm_it.helper = farm_sys_failed(id) ? 0 : (int)id;
    if (farm_it.helper)
        farm_it.header->helper = (uint64_t)id;
    return farm_it.helper;
}

void farm_helper_stop(void)
{
    if (!farm_it.helper)
        return;
    __atomic_store_n(&farm_it.ending, true, __ATOMIC_RELEASE);
    farm_sys(SYS_kill, farm_it.helper, WAKE_SIGNAL);
    while (farm_sys(SYS_wait4, farm_it.helper, NULL, __WCLONE, NULL) == -EINTR)
        ;
    farm_it.helper = 0;
    farm_it.header->helper = 0;
}
