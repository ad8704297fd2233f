/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/run.h"

#include <stdio.h>
#include <time.h>

#include "sim/mark.h"

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void mark_step(const struct sim *world)
{
    const struct sim_totals *t = &world->totals;
    MARK_METRIC("agents", (double)(world->slots - world->vacant_count));
    MARK_METRIC("births", (double)t->births);
    MARK_METRIC("deaths", (double)(t->deaths_of_hunger + t->deaths_by_force));
}

static void step_all(struct sim *world, struct log *log, run_watcher *watch)
{
    for (uint64_t i = 0; i < world->def.steps; i++) {
        sim_step(world);
        mark_step(world);
        if (log) {
            MARK_BEGIN("logging");
            database_log(log, world, &world->events);
            MARK_END("logging");
        }
        if (watch)
            watch(i + 1, &world->def);
    }
}

static void mark_result(const struct run *run, uint64_t steps)
{
    MARK_METRIC("steps_per_s", run->seconds > 0 ? (double)steps / run->seconds : 0);
    MARK_METRIC("log_mb_per_h", run->seconds > 0 ? (double)run->log.bytes / 1e6 / run->seconds * 3600 : 0);
}

bool run_world(const struct sim_def *def, run_watcher *watch, struct run *run, char problem[256])
{
    struct log *log = NULL;
    *run = (struct run){0};
    MARK_PARAM("agents", (double)def->agents[0] + def->agents[1] + def->agents[2]);
    MARK_PARAM("steps", (double)def->steps);
    MARK_PARAM("width", (double)def->width);
    MARK_PARAM("height", (double)def->height);
    MARK_PARAM("threads", (double)def->threads);
    MARK_PARAM("seed", (double)def->seed);
    MARK_TEXT("policy", def->policy);
    struct sim *world = sim_new(def);
    if (!world) {
        snprintf(problem, 256, "not enough memory for this world, or its mapped grid cannot be made");
        return false;
    }
    if (def->log.where != SIM_LOG_OFF && !(log = log_open(&world->def, problem))) {
        sim_free(world);
        return false;
    }
    double start = now(CLOCK_MONOTONIC), cpu_start = now(CLOCK_PROCESS_CPUTIME_ID);
    double own_start = now(CLOCK_THREAD_CPUTIME_ID);
    world->events.listening = log;
    if (log)
        log_start(log, world);
    step_all(world, log, watch);
    run->seconds = now(CLOCK_MONOTONIC) - start;
    run->cpu_seconds = now(CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
    run->own_cpu_seconds = now(CLOCK_THREAD_CPUTIME_ID) - own_start;
    run->totals = sim_totals(world);
    run->counters = sim_counters(world);
    run->bytes = sim_bytes(world);
    run->most_agents = world->slots;
    run->hash = sim_hash(world);
    if (log)
        run->log = log_stats(log);
    run->bytes.log = run->log.held;
    bool good = !log || log_close(log, world, problem);
    mark_result(run, def->steps);
    sim_free(world);
    return good;
}
