/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/log_metrics.h"
#include "sim/log_writer.h"
#include "sim/policy.h"
#include "sim/settings.h"

struct log {
    struct log_sql *sql;
    struct log_writer *writer;
    struct sim_log_def def;
    size_t held;
    int64_t agents_before;       /* in the file: ids of this simulation come on top */
    const char *module;          /* what learns, or NULL */
    struct log_genomes genomes;
    struct sim_totals totals;    /* of the step before */
    double node_goods, shared_before;        /* likewise */
    double shared;               /* ever */
};

#define WHOLE(value) ((union log_cell){.whole = (int64_t)(value)})
#define REAL(value) ((union log_cell){.real = (double)(value)})
#define UNITS(hundredths) ((union log_cell){.real = (hundredths) / 100.0})
#define TEXT(string) ((union log_cell){.text = (string)})
#define ROW(log, table, ...) log_writer_row((log)->writer, table, (const union log_cell[]){__VA_ARGS__})

static union log_cell agent_cell(const struct log *log, uint32_t id)
{
    return WHOLE(id == EVENTS_NOBODY ? LOG_NOTHING : id + log->agents_before);
}

static void log_settings(struct log *log, const struct sim_def *def)
{
    char *json = NULL, value[4096];
    size_t length;
    FILE *out = open_memstream(&json, &length);
    const char *before = "{";
    for (size_t i = 0; setting_at(i); i++) {
        setting_get(def, setting_at(i), value, sizeof value);
        fprintf(out, "%s\"%s\": \"", before, setting_at(i)->key);
        for (const char *c = value; *c; c++)
            fprintf(out, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
        fputs("\"", out);
        before = ", ";
    }
    fputs("}", out);
    fclose(out);
    log_sql_config(log->sql, json);
    free(json);
}

struct log *log_open(const struct sim_def *def, char problem[256])
{
    struct log *log = calloc(1, sizeof *log);
    struct log_writer_rules rules = {def->log.buffer, (double)def->log.flush_seconds,
                                     def->log.transaction == SIM_TRANSACTION_STEP, def->log.async};
    snprintf(problem, 256, "not enough memory for the log");
    if (!log)
        return NULL;
    log->def = def->log;
    log->held = log_writer_bytes(&rules);
    const struct policy *policy = policy_find(def->policy);
    log->module = policy->learn && def->learn.train != SIM_TRAIN_NEVER ? policy->name : NULL;
    log->sql = log_sql_open(def->log.path, def->log.where == SIM_LOG_MEMORY, def->log.pragmas, def->log.index_after,
                            def->seed);
    if (log->sql && !*log_sql_problem(log->sql)) {
        log_settings(log, def);
        log->agents_before = log_sql_agents_before(log->sql);
        log->writer = log_writer_open(log->sql, &rules);
    }
    if (log->writer)
        return log;
    if (log->sql && *log_sql_problem(log->sql))
        snprintf(problem, 256, "%s", log_sql_problem(log->sql));
    log_sql_close(log->sql);
    free(log);
    return NULL;
}

static void log_agent(struct log *log, const struct agent *a, int32_t goods, int32_t health, uint32_t parent)
{
    ROW(log, LOG_AGENTS, agent_cell(log, a->id), WHOLE(a->born), TEXT(sim_type_names[a->type]), REAL(a->x), REAL(a->y),
        UNITS(goods), UNITS(health), WHOLE(a->ancestors), agent_cell(log, parent));
}

static void log_state(struct log *log, const struct sim *world, const struct agent *a)
{
    ROW(log, LOG_AGENT_STATES, WHOLE(world->step), agent_cell(log, a->id), REAL(a->x), REAL(a->y), UNITS(a->goods),
        UNITS(a->health), WHOLE(a->defense_steps > 0), WHOLE(a->hungry_steps), REAL(a->rewards),
        WHOLE(world->step - a->born));
}

static void log_act(struct log *log, int64_t step, const struct act_event *e)
{
    const char *action = sim_action_names[e->action];
    bool person = e->target && (e->action == SIM_ATTACK || e->action == SIM_SHARE);
    union log_cell target = person ? agent_cell(log, e->target) : WHOLE(e->target ? e->target : LOG_NOTHING);
    union log_cell id = agent_cell(log, e->id);
    ROW(log, LOG_ACTIONS, WHOLE(step), id, TEXT(action), target, WHOLE(e->done), UNITS(e->goods_before),
        UNITS(e->goods_after), REAL(e->reward));
    if (e->target)
        ROW(log, LOG_INTERACTIONS, WHOLE(step), TEXT("agent"), id, TEXT(person ? "agent" : "resource"), target,
            TEXT(action), UNITS(e->amount));
    if (person)
        ROW(log, LOG_SOCIAL, WHOLE(step), id, target, TEXT(action), TEXT(e->done ? "success" : "failure"),
            UNITS(e->action == SIM_SHARE ? e->amount : 0), UNITS(e->goods_before), UNITS(e->goods_after));
    if (log->module)
        ROW(log, LOG_EXPERIENCES, WHOLE(step), id, TEXT(log->module), WHOLE(e->action), TEXT(action), REAL(e->reward));
    log->shared += e->action == SIM_SHARE && e->done ? e->amount / 100.0 : 0;
}

static void log_birth(struct log *log, const struct sim *world, const struct birth_event *e)
{
    if (e->child != EVENTS_NOBODY)
        log_agent(log, &world->agents[e->child_slot], world->def.birth_gift, world->def.start_health, e->parent);
    ROW(log, LOG_REPRODUCTION, WHOLE(world->step), agent_cell(log, e->parent), agent_cell(log, e->child),
        WHOLE(e->child != EVENTS_NOBODY), TEXT(e->reason), UNITS(e->parent_goods_before), UNITS(e->parent_goods_after));
}

static void log_health(struct log *log, int64_t step, const struct health_event *e)
{
    const char *cause = e->after > e->before ? "defence" : e->cause == EVENTS_NOBODY ? "starvation" : "attack";
    ROW(log, LOG_HEALTH, WHOLE(step), agent_cell(log, e->id), UNITS(e->before), UNITS(e->after), TEXT(cause),
        agent_cell(log, e->cause));
}

static void log_figures(struct log *log, const struct sim *world)
{
    struct log_metrics m;
    log_metrics_take(world, &log->genomes, &m);
    const struct sim_totals *now = &world->totals, *before = &log->totals;
    double shared = log->shared, consumed = log->node_goods > m.node_goods ? log->node_goods - m.node_goods : 0;
    double most = world->def.nodes * (world->def.node_max / 100.0);
    uint64_t deaths = now->deaths_of_hunger + now->deaths_by_force - before->deaths_of_hunger - before->deaths_by_force;
    ROW(log, LOG_STEPS, WHOLE(world->step), WHOLE(m.agents), WHOLE(m.by_type[SIM_SYSTEM]),
        WHOLE(m.by_type[SIM_INDEPENDENT]), WHOLE(m.by_type[SIM_CONTROL]), REAL(m.node_goods), REAL(m.goods),
        REAL(consumed), WHOLE(now->births - before->births), WHOLE(deaths), WHOLE(m.max_generation),
        REAL(most > 0 ? m.node_goods / most : 0), REAL(m.entropy), REAL(m.health), REAL(m.age), REAL(m.reward),
        WHOLE(now->tried[SIM_ATTACK]), WHOLE(now->done[SIM_ATTACK]), REAL(shared),
        WHOLE(now->tried[SIM_ATTACK] - before->tried[SIM_ATTACK]),
        WHOLE(now->done[SIM_ATTACK] - before->done[SIM_ATTACK]), REAL(shared - log->shared_before), REAL(m.diversity),
        REAL(m.dominance));
    log->totals = *now;
    log->node_goods = m.node_goods;
    log->shared_before = shared;
}

/* Births come first, so that every row finds the agent that it names. */
__attribute__((noinline)) void database_log(struct log *log, const struct sim *world, const struct events *events)
{
    int64_t step = (int64_t)world->step;
    for (uint32_t i = 0; i < events->birth_count; i++)
        log_birth(log, world, &events->births[i]);
    for (uint32_t i = 0; i < events->act_count; i++)
        log_act(log, step, &events->acts[i]);
    for (uint32_t i = 0; i < events->health_count; i++)
        log_health(log, step, &events->healths[i]);
    for (uint32_t i = 0; i < events->death_count; i++)
        ROW(log, LOG_DEATHS, agent_cell(log, events->deaths[i].id), WHOLE(step),
            TEXT(events->deaths[i].cause == DEATH_HUNGER ? "starvation" : "attack"));
    for (uint32_t i = 0; i < world->slots; i++)
        if (world->agents[i].alive)
            log_state(log, world, &world->agents[i]);
    for (uint32_t i = 0; i < world->def.nodes; i++)
        ROW(log, LOG_RESOURCE_STATES, WHOLE(step), WHOLE(i + 1), UNITS(world->nodes[i].goods),
            REAL(world->nodes[i].x), REAL(world->nodes[i].y));
    log_figures(log, world);
    log_writer_step(log->writer);
}

void log_start(struct log *log, const struct sim *world)
{
    for (uint32_t i = 0; i < world->slots; i++)
        log_agent(log, &world->agents[i], world->agents[i].goods, world->agents[i].health, EVENTS_NOBODY);
    database_log(log, world, &(struct events){0});
}

struct log_stats log_stats(const struct log *log)
{
    struct log_writer_counts c = log_writer_counts(log->writer);
    return (struct log_stats){c.rows, c.flushes, c.transactions, c.full, c.old, c.threaded, c.waits, c.bytes,
                              log->held + log->genomes.room * (sizeof(uint64_t) + sizeof(uint32_t))};
}

bool log_close(struct log *log, const struct sim *world, char problem[256])
{
    char summary[256];
    const struct sim_totals *t = &world->totals;
    snprintf(summary, sizeof summary, "{\"births\": %" PRIu64 ", \"deaths_of_hunger\": %" PRIu64
             ", \"deaths_by_force\": %" PRIu64 ", \"hash\": \"%016" PRIx64 "\"}", t->births, t->deaths_of_hunger,
             t->deaths_by_force, sim_hash(world));
    log_writer_close(log->writer);
    log_sql_finish(log->sql, world->step, summary);
    if (log->def.where == SIM_LOG_MEMORY)
        log_sql_save(log->sql, log->def.path);
    snprintf(problem, 256, "%s", log_sql_problem(log->sql));
    log_sql_close(log->sql);
    log_genomes_release(&log->genomes);
    free(log);
    return !*problem;
}
