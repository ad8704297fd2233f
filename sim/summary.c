/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/summary.h"

#include <inttypes.h>
#include <stdio.h>

struct pace {
    double steps_per_s, acts_per_s, log_mb_per_h;
};

static struct pace pace_of(const struct run *run)
{
    double seconds = run->seconds > 0 ? run->seconds : 1e-9;
    double steps = (double)run->totals.steps, acts = (double)run->totals.acts, log_mb = (double)run->log.bytes / 1e6;
    return (struct pace){steps / seconds, acts / seconds, log_mb / seconds * 3600};
}

static double kb_per_agent(const struct run *run, size_t bytes)
{
    return run->most_agents ? (double)bytes / 1024 / run->most_agents : 0;
}

static size_t state_bytes(const struct run *run)
{
    const struct sim_bytes *b = &run->bytes;
    return b->state + b->memory + b->index + b->maps + b->log;
}

void summary_text(const struct sim_def *def, const struct run *run)
{
    const struct sim_totals *t = &run->totals;
    struct pace pace = pace_of(run);
    printf("steps    %" PRIu64 " (%.3f s; %.1f steps and %.0f agent-steps per second)\n", t->steps, run->seconds,
           pace.steps_per_s, pace.acts_per_s);
    printf("agents   %" PRIu64 " at the end, %" PRIu64 " born, %" PRIu64 " died (%" PRIu64 " of hunger, %" PRIu64
           " by force)\n",
           t->agents, t->births, t->deaths_of_hunger + t->deaths_by_force, t->deaths_of_hunger, t->deaths_by_force);
    fputs("actions ", stdout);
    for (int a = 0; a < SIM_ACTIONS; a++)
        printf(" %s %" PRIu64 "/%" PRIu64, sim_action_names[a], t->done[a], t->tried[a]);
    printf("\nmemory   %.2f KB per agent for state, memory, index, maps and log buffers; views %.2f, replay %.2f, "
           "networks %.2f\n",
           kb_per_agent(run, state_bytes(run)), kb_per_agent(run, run->bytes.views),
           kb_per_agent(run, run->bytes.replay), kb_per_agent(run, run->bytes.networks));
    if (def->log.where != SIM_LOG_OFF)
        printf("log      %" PRIu64 " rows, %" PRIu64 " transactions, %.1f MB, %.0f MB per hour\n", run->log.rows,
               run->log.transactions, (double)run->log.bytes / 1e6, pace.log_mb_per_h);
    printf("hash     %016" PRIx64 "\n", run->hash);
}

static void print_memory(const struct run *run)
{
    const struct sim_bytes *b = &run->bytes;
    printf("\"kb_per_agent\": %.3f, \"observation_kb_per_agent\": %.3f, \"replay_kb_per_agent\": %.3f, "
           "\"network_kb_per_agent\": %.3f, \"state_bytes\": %zu, \"memory_bytes\": %zu, \"index_bytes\": %zu, "
           "\"map_bytes\": %zu, \"log_bytes\": %zu, ",
           kb_per_agent(run, state_bytes(run)), kb_per_agent(run, b->views), kb_per_agent(run, b->replay),
           kb_per_agent(run, b->networks), b->state, b->memory, b->index, b->maps, b->log);
}

static void print_counters(const struct sim_counters *c)
{
    const struct {
        const char *name;
        uint64_t value;
    } list[] = {
        {"observations", c->observations}, {"views_reused", c->views_reused}, {"queries", c->queries},
        {"visited", c->visited}, {"rebuilds", c->rebuilds}, {"moved_singly", c->moved_singly},
        {"moved_in_batches", c->moved_in_batches}, {"batches", c->batches}, {"dirty_regions", c->dirty_regions},
        {"goods_from_index", c->goods_from_index}, {"goods_from_map", c->goods_from_map},
        {"spread_scalar", c->spread_scalar}, {"spread_vector", c->spread_vector},
        {"spread_nearest", c->spread_nearest}, {"views_differ", c->views_differ}, {"regrow_looks", c->regrow_looks},
        {"decide_calls", c->decide_calls}, {"decisions", c->decisions}, {"explored", c->explored},
        {"forwards", c->forwards}, {"passes", c->passes}, {"experiences", c->experiences},
        {"trainings", c->trainings}, {"trainings_deferred", c->trainings_deferred},
        {"trainings_skipped", c->trainings_skipped}, {"targets_moved", c->targets_moved},
        {"inherited", c->inherited}, {"weights_mutated", c->weights_mutated}, {"busy_threads", c->busy_threads},
        {"map_width", c->map_width}, {"map_height", c->map_height},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        printf("\"%s\": %" PRIu64 ", ", list[i].name, list[i].value);
}

void summary_json(const struct sim_def *def, const struct run *run)
{
    const struct sim_totals *t = &run->totals;
    struct pace pace = pace_of(run);
    printf("{\"schema\": 2, \"policy\": \"%s\", \"index\": \"%s\", \"threads\": %u, \"steps\": %" PRIu64
           ", \"seconds\": %.6f, \"cpu_s\": %.6f, \"first_thread_cpu_s\": %.6f, \"steps_per_s\": %.2f"
           ", \"agent_steps\": %" PRIu64 ", \"agent_steps_per_s\": %.1f, ",
           def->policy, def->spatial.index, def->threads, t->steps, run->seconds, run->cpu_seconds,
           run->own_cpu_seconds, pace.steps_per_s, t->acts, pace.acts_per_s);
    print_memory(run);
    uint64_t deaths = t->deaths_of_hunger + t->deaths_by_force;
    printf("\"agents\": %" PRIu64 ", \"first_agents\": %" PRIu64 ", \"most_agents\": %u, \"births\": %" PRIu64
           ", \"deaths\": %" PRIu64 ", \"deaths_of_hunger\": %" PRIu64 ", \"deaths_by_force\": %" PRIu64
           ", \"goods\": %.2f, \"goods_gathered\": %.2f, ",
           t->agents, t->agents + deaths - t->births, run->most_agents, t->births, deaths, t->deaths_of_hunger,
           t->deaths_by_force, (double)t->goods / 100, (double)t->gathered / 100);
    for (int a = 0; a < SIM_ACTIONS; a++)
        printf("\"%s_tried\": %" PRIu64 ", \"%s_done\": %" PRIu64 ", ", sim_action_names[a], t->tried[a],
               sim_action_names[a], t->done[a]);
    print_counters(&run->counters);
    const struct log_stats *l = &run->log;
    printf("\"log_rows\": %" PRIu64 ", \"log_flushes\": %" PRIu64 ", \"log_flushes_full\": %" PRIu64
           ", \"log_flushes_old\": %" PRIu64 ", \"log_flushes_threaded\": %" PRIu64 ", \"log_waits\": %" PRIu64
           ", \"log_transactions\": %" PRIu64 ", \"log_mb\": %.3f, \"log_mb_per_h\": %.1f, "
           "\"hash\": \"%016" PRIx64 "\"}\n",
           l->rows, l->flushes, l->full, l->old, l->threaded, l->waits, l->transactions, (double)l->bytes / 1e6,
           pace.log_mb_per_h, run->hash);
}
