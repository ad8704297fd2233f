/* SPDX-License-Identifier: MIT
 *
 * What the process has used so far, in the header. At an end the program asks for itself; while it runs the helper
 * looks from outside, because its own figures are those of another process.
 */
#include <sys/resource.h>
#include <time.h>

#include "runtime/clock.h"
#include "runtime/direct.h"
#include "runtime/marks.h"
#include "runtime/sys.h"

#define IS_EXITING 4u            /* of the flags in stat */

static void stamp(void)
{
    farm_it.header->last_ns = farm_clock(CLOCK_REALTIME);
    farm_it.header->wall_ns = farm_clock(CLOCK_MONOTONIC) - farm_it.start_mono;
    farm_it.header->ticks_last = farm_ticks();
}

static uint64_t in_ns(struct timeval t)
{
    return (uint64_t)t.tv_sec * FARM_SECOND + (uint64_t)t.tv_usec * 1000;
}

/* On a CPU, or wanting to be. A thread that was joined may be seen on its last steps. */
static bool runs(int tid)
{
    char path[48], stat[192];
    struct farm_text t = {path, 0, sizeof path};
    farm_add(&t, "/proc/self/task/");
    farm_add_number(&t, (uint64_t)tid);
    farm_add(&t, "/stat");
    long len = farm_read_file(path, stat, sizeof stat);
    const char *at = stat + (len > 0 ? len : 0);
    while (at > stat && *at != ')')
        at--;
    if (at == stat || (at[2] != 'R' && at[2] != 'D'))
        return false;
    for (int field = 2; field < 9 && *at; at++)
        field += *at == ' ';
    return !(farm_number(&at, 10) & IS_EXITING);
}

static bool others_run(void)
{
    int own = (int)farm_sys(SYS_gettid);
    for (uint32_t i = 0; i < farm_it.block_count; i++) {
        const struct farm_block *block = farm_it.blocks[i];
        if (block->tid && block->tid != own && block->pid == farm_it.pid && runs(block->tid))
            return true;
    }
    return false;
}

void farm_usage_own(void)
{
    struct rusage r;
    struct farm_header *h = farm_it.header;
    farm_direct_publish();
    if (farm_it.sandboxed)
        return;                  /* what the helper saw last stands */
    stamp();
    h->cut_short = others_run();
    if (farm_sys(SYS_getrusage, RUSAGE_SELF, &r) < 0)
        return;
    h->user_ns = in_ns(r.ru_utime);
    h->sys_ns = in_ns(r.ru_stime);
    h->max_rss_kb = (uint64_t)r.ru_maxrss;
    h->minor_faults = (uint64_t)r.ru_minflt;
    h->major_faults = (uint64_t)r.ru_majflt;
    h->voluntary_switches = (uint64_t)r.ru_nvcsw;
    h->involuntary_switches = (uint64_t)r.ru_nivcsw;
}

/* stat gives user and system time in ticks of 10 ms; the process's CPU clock gives their sum exactly. */
static void split_cpu(uint64_t user, uint64_t sys)
{
    uint64_t total = farm_clock(~farm_it.pid * 8 + 2);
    if (!total)
        return;
    uint64_t in_user = user + sys ? (uint64_t)((double)total * (double)user / (double)(user + sys)) : total;
    farm_it.header->user_ns = in_user;
    farm_it.header->sys_ns = total - in_user;
}

static void refresh(const uint64_t *field)
{
    struct rusage r;
    stamp();
    split_cpu(field[14], field[15]);
    farm_it.header->minor_faults = field[10];
    farm_it.header->major_faults = field[12];
    if (farm_sys(SYS_getrusage, RUSAGE_SELF, &r) == 0)           /* the memory is shared, and so is its peak */
        farm_it.header->max_rss_kb = (uint64_t)r.ru_maxrss;
}

void farm_usage_stamp(void)
{
    if (__atomic_load_n(&farm_it.header->state, __ATOMIC_ACQUIRE) == FARM_RUNNING)
        stamp();
}

enum farm_life farm_usage_of(int stat_fd)
{
    char text[1024];
    long len = farm_sys(SYS_pread64, stat_fd, text, sizeof text - 1, 0);
    if (len <= 0)
        return FARM_GONE;
    text[len] = 0;
    const char *at = text + len;
    while (at > text && *at != ')')
        at--;
    char state = at[2];
    uint64_t field[16] = {0};
    at += 4;
    for (int i = 4; i < 16 && *at; i++) {
        at += *at == '-';
        field[i] = farm_number(&at, 10);
        at += *at == ' ';
    }
    if (__atomic_load_n(&farm_it.header->state, __ATOMIC_ACQUIRE) == FARM_RUNNING)
        refresh(field);
    return state == 'Z' || state == 'X' || field[9] & IS_EXITING ? FARM_ENDING : FARM_ALIVE;
}
