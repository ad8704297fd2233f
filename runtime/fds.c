/* SPDX-License-Identifier: MIT
 *
 * Descriptors for the helper. It starts with copies of all of the program's and keeps only these; the program closes
 * these and keeps its own.
 */
#include "runtime/internal.h"
#include "runtime/sampler.h"
#include "runtime/sys.h"

void farm_fds_keep(long fd)
{
    if (!farm_it.fds)
        farm_it.fds = farm_pages(FARM_FDS_MAX * sizeof *farm_it.fds);
    if (fd < 0 || !farm_it.fds || farm_it.fd_count == FARM_FDS_MAX)
        return;
    farm_it.fds[farm_it.fd_count++] = (int)fd;
}

void farm_fds_drop(uint32_t from)
{
    for (uint32_t i = from; i < farm_it.fd_count; i++)
        farm_sys(SYS_close, farm_it.fds[i]);
    farm_it.fd_count = from;
}

/* The lowest descriptor to keep at or above `from`, -1 where there is none. */
static long next_kept(long from)
{
    long next = -1;
    for (uint32_t i = 0; i < farm_it.fd_count; i++)
        if (farm_it.fds[i] >= from && (next < 0 || farm_it.fds[i] < next))
            next = farm_it.fds[i];
    return next;
}

void farm_fds_close_others(void)
{
    long from = 0, kept;
    for (; (kept = next_kept(from)) >= 0; from = kept + 1)
        if (kept > from)
            farm_sys(SYS_close_range, from, kept - 1, 0);
    farm_sys(SYS_close_range, from, ~0u, 0);
}
