/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A whole run: a world from its first step to its last, timed and, where asked for, logged.
 */
#ifndef SIM_RUN_H
#define SIM_RUN_H

#include "sim/log.h"

struct run {
    struct sim_totals totals;
    struct sim_counters counters;
    struct sim_bytes bytes;
    struct log_stats log;
    uint32_t most_agents;        /* who lived at the same time */
    uint64_t hash;
    double seconds, cpu_seconds; /* of steps and logging, without set-up and clean-up; cpu: of all threads */
    double own_cpu_seconds;      /* of the thread that steps: what is left of the run on cores that have nothing else */
};

/* Told after each step, if not NULL. */
typedef void run_watcher(uint64_t step, const struct sim_def *def);

/* The definition must have no problem. False where memory or the log failed: `problem` says so in one sentence. */
bool run_world(const struct sim_def *def, run_watcher *watch, struct run *run, char problem[256]);

#endif
