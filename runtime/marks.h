/* SPDX-License-Identifier: MIT
 *
 * What programs say of themselves (farm.h), and what the helper sees of the process over time.
 */
#ifndef FARM_MARKS_H
#define FARM_MARKS_H

#include "runtime/format_course.h"
#include "runtime/internal.h"

/* ---- what farm.h calls; nothing of it is for signal handlers that interrupt it ---- */
FARM_PUBLIC void __farm_step(const char *name);
FARM_PUBLIC void __farm_enter(const char *name);
FARM_PUBLIC void __farm_leave(const char *name);
FARM_PUBLIC void __farm_metric(const char *name, double value);
FARM_PUBLIC void __farm_param(const char *name, double value);
FARM_PUBLIC void __farm_param_text(const char *name, const char *value);
FARM_PUBLIC void __farm_collect(int on);
FARM_PUBLIC void __farm_reset(void);
FARM_PUBLIC int __farm_dump(const char *label);

/* The calling thread's block, made where there is none; NULL: nothing is recorded. Starts the runtime where no unit has
 * done so (a program of C++ alone). */
struct farm_block *farm_block_for_marks(void);

/* ---- marks.c ---- */
void farm_marks_adopt(struct farm_block *block);         /* a new thread continues it: nothing is open */
void farm_marks_fork(struct farm_block *block);          /* in a forked child: its record is empty */
uint64_t farm_marks_steps(void);                         /* so far, of the step that was marked first */

/* ---- collect.c ---- */
void farm_collect_init(void);
void farm_collect_fork(void);
bool farm_collecting(void);
bool farm_collected(uint64_t time);                      /* was collecting on then? Under tree_lock */
int farm_dump_write(const char *label);                  /* dump.c; under both locks */
uint64_t farm_collect_epoch(void);                       /* changes with each farm_start, farm_stop and farm_reset */

/* ---- series.c, threads.c: by the helper ---- */
void farm_series_start(uint64_t now);
uint64_t farm_series_wait(uint64_t now);                 /* ns until it wants to look */
void farm_series_look(uint64_t now, uint64_t looks_since);       /* the helper's CPU time when it began to look */
void farm_series_end(uint64_t now);

#define FARM_THREADS_MAX 256u
struct farm_core_use {           /* CPU time by the core that the thread was seen on, in FARM_CORE_NS */
    uint32_t *own;
    uint32_t count;
};
void farm_threads_start(void);
void farm_threads_look(long task_dir, uint64_t age, struct farm_core_use use);
void farm_threads_sleep(uint64_t age);                   /* nothing ran since the last look */
uint32_t farm_threads_alive(void);
uint32_t farm_threads_cpu(uint32_t index);               /* in FARM_CORE_NS */

/* ---- tree.c, usage.c ---- */
void farm_tree_clear(void);      /* in a forked child */
void farm_tree_reset(void);      /* no samples so far; under tree_lock */
void farm_usage_stamp(void);     /* by the helper: the time alone */

/* ---- pmu.c ---- */
void farm_pmu_open(int pid);     /* descriptors are kept for the helper */
void farm_pmu_read(void);        /* by the helper */

#endif
