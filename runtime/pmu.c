/* SPDX-License-Identifier: MIT
 *
 * Instructions, cycles and cache misses of the process, where the machine has counters for them. Virtual machines often
 * have none: then nothing is said here; `farmdb doctor` says it.
 */
#include <linux/perf_event.h>

#include "runtime/marks.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

static const uint64_t configs[FARM_PMU_COUNT] = {
    [FARM_INSTRUCTIONS] = PERF_COUNT_HW_INSTRUCTIONS,
    [FARM_CYCLES] = PERF_COUNT_HW_CPU_CYCLES,
    [FARM_CACHE_REFERENCES] = PERF_COUNT_HW_CACHE_REFERENCES,
    [FARM_CACHE_MISSES] = PERF_COUNT_HW_CACHE_MISSES,
};
static int fds[FARM_PMU_COUNT];
static bool none;                /* this machine has none: a forked child need not ask again */

static long open_counter(int pid, uint64_t config)
{
    struct perf_event_attr a;
    farm_zero(&a, sizeof a);
    a.size = sizeof a;
    a.type = PERF_TYPE_HARDWARE;
    a.config = config;
    a.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
    a.exclude_kernel = a.exclude_hv = 1;
    a.inherit = a.inherit_thread = a.remove_on_exec = 1;
    return farm_sys(SYS_perf_event_open, &a, pid, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

void farm_pmu_open(int pid)
{
    for (int i = 0; i < FARM_PMU_COUNT; i++)
        fds[i] = -1;
    for (int i = 0; i < FARM_PMU_COUNT && !none; i++) {
        fds[i] = (int)open_counter(pid, configs[i]);
        none = i == FARM_INSTRUCTIONS && fds[i] < 0;
        farm_fds_keep(fds[i]);
    }
}

/* Where there are fewer counters than asked for they take turns: the count is scaled to the whole time. */
static bool read_counter(int fd, uint64_t *count)
{
    uint64_t value[3];           /* count, time enabled, time running */
    if (fd < 0 || farm_sys(SYS_read, fd, value, sizeof value) != (long)sizeof value || !value[2])
        return false;
    *count = value[2] < value[1] ? (uint64_t)((double)value[0] * (double)value[1] / (double)value[2]) : value[0];
    return true;
}

void farm_pmu_read(void)
{
    for (int i = 0; i < FARM_PMU_COUNT; i++)
        if (read_counter(fds[i], &farm_it.header->pmu[i]))
            farm_it.header->pmu_known |= 1u << i;
}
