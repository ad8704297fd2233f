/* SPDX-License-Identifier: MIT
 *
 * The parts of sampling: perf (rings that the kernel fills), the timer (a signal per thread), and the helper.
 */
#ifndef FARM_SAMPLER_H
#define FARM_SAMPLER_H

#include "runtime/internal.h"

void farm_sampler_start(void);
void farm_sampler_fork(void);

/* Opens events and rings for all threads of `pid`, which must be the caller's process or its creator. NULL, or why it
 * cannot be. The descriptors are the calling task's. */
const char *farm_perf_open(int pid);
void farm_perf_unmap(void);
void farm_perf_forget(void);     /* in a forked child, which has none of the parent's rings */
void farm_perf_drain(void);      /* one task at a time */
#define FARM_PERF_START_NS 2000000u
bool farm_perf_waits(void);      /* until it is settled: */
void farm_perf_settle(uint64_t age);     /* by the helper, which is that old in ns */

bool farm_timer_init(void);                                      /* libc */
void farm_timer_attach(struct farm_block *block);
void farm_timer_detach(struct farm_block *block);

/* A task beside the program, not one of its threads: drains the rings, keeps the header fresh, notes silent deaths.
 * With `opens_perf` it opens the events itself, some time later, so that a child that execs at once pays nothing. */
bool farm_helper_start(bool opens_perf);
void farm_helper_stop(void);     /* ends it and waits for it */
void farm_helper_sync(void);     /* waits until it has taken over all samples so far */

/* Descriptors that are opened for the helper: it gets copies of them, the program closes its own. */
void farm_fds_keep(long fd);
void farm_fds_drop(uint32_t from);       /* closes and forgets all but the first `from` */
void farm_fds_close_others(void);

#endif
