/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decisions alone, then steps with their learning: one by one and batched, by width and kind of network, one network
 * per type and per agent, when and how often trained.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/bench.h"
#include "sim/policy.h"
#include "sim/scenario.h"

static struct sim_def plan(const char *policy, uint32_t agents)
{
    struct sim_def def = sim_default();
    def.policy = policy;
    scenario_split(&def, agents);
    def.nodes = agents * 2 / 3;
    def.max_agents = agents;
    def.starvation = 1000000;
    def.phase_end[0] = def.phase_end[1] = 0;
    def.learn.explore = def.learn.explore_least = 0;
    def.learn.train = SIM_TRAIN_NEVER;
    return def;
}

static struct sim *make(const struct sim_def *def)
{
    struct sim *world = sim_new(def);
    if (world)
        return world;
    fputs("farmsim: not enough memory for the bench\n", stderr);
    exit(4);
}

static void describe(const struct sim *world, const struct sim_counters *before, struct bench_row *row)
{
    static const char *const trains[] = {"never", "at-once", "deferred"};
    const struct sim_def *def = &world->def;
    struct sim_counters c = sim_counters(world);
    struct sim_bytes bytes = sim_bytes(world);
    bool each = def->learn.decide == SIM_EACH;
    snprintf(row->setting, sizeof row->setting, "%s hidden=%u %s=%u per-%s train=%s/%u cap=%u %s", def->policy,
             def->learn.hidden, each ? "each" : "batch", each ? 1 : def->learn.batch,
             def->learn.networks == SIM_PER_AGENT ? "agent" : "type", trains[def->learn.train], def->learn.train_every,
             def->learn.train_cap, def->learn.optimiser == SIM_SGD ? "sgd" : "adam");
    snprintf(row->switched, sizeof row->switched,
             "forwards=%llu passes=%llu explored=%llu trainings=%llu deferred=%llu skipped=%llu network_kb=%zu",
             (unsigned long long)(c.forwards - before->forwards), (unsigned long long)(c.passes - before->passes),
             (unsigned long long)(c.explored - before->explored), (unsigned long long)(c.trainings - before->trainings),
             (unsigned long long)(c.trainings_deferred - before->trainings_deferred),
             (unsigned long long)(c.trainings_skipped - before->trainings_skipped), bytes.networks / 1024);
}

/* All agents decide on what they see after a few steps; a time is that of a round of all. */
static void decide_round(struct sim *world, const float *const *views, const uint32_t *who, uint8_t *actions,
                         uint32_t count)
{
    uint32_t most = world->def.learn.decide == SIM_EACH ? 1 : world->def.learn.batch;
    for (uint32_t at = 0; at < count; at += most) {
        struct batch batch = {count - at < most ? count - at : most, 0, who + at, views + at, actions + at,
                              SIM_ALL_ACTIONS};
        world->policy->decide(world, &batch);
    }
}

static void measure_decisions(const struct bench_mode *mode, const char *group, const struct sim_def *def,
                              uint32_t repeats)
{
    struct sim *world = make(def);
    struct bench_times times = {0};
    uint32_t slots = world->slots, count = 0;
    const float **views = calloc(slots, sizeof *views);
    uint32_t *who = calloc(slots, sizeof *who);
    uint8_t *actions = calloc(slots, 1);
    float *seen = calloc(slots * world->sight.floats, sizeof *seen);
    if (!views || !who || !actions || !seen)
        exit(4);
    for (struct sim_id id = sim_next(world, (struct sim_id){0}); id.index; id = sim_next(world, id)) {
        who[count] = id.index - 1;
        views[count] = seen + count * world->sight.floats;
        sim_observe(world, id, seen + count * world->sight.floats);
        count++;
    }
    struct sim_counters before = sim_counters(world);
    for (uint32_t i = 0; i < repeats; i++) {
        double start = bench_now();
        decide_round(world, views, who, actions, count);
        bench_add(&times, bench_now() - start);
    }
    struct bench_row row = {.group = group, .operations = count};
    describe(world, &before, &row);
    bench_print(mode, &row, &times);
    free(views);
    free(who);
    free(actions);
    free(seen);
    sim_free(world);
}

/* Whole steps, learning included; a time is that of a step. */
static void measure_steps(const struct bench_mode *mode, const char *group, const struct sim_def *def, uint32_t repeats)
{
    struct sim *world = make(def);
    struct bench_times times = {0};
    for (int i = 0; i < 5; i++)
        sim_step(world);
    struct sim_counters before = sim_counters(world);
    for (uint32_t i = 0; i < repeats; i++) {
        double start = bench_now();
        sim_step(world);
        bench_add(&times, bench_now() - start);
    }
    struct bench_row row = {.group = group, .operations = 1};
    describe(world, &before, &row);
    bench_print(mode, &row, &times);
    sim_free(world);
}

static void decisions(const struct bench_mode *mode)
{
    static const uint32_t hiddens[] = {24, 64, 256};
    for (int h = 0; h < 3; h++) {
        struct sim_def def = plan("mlp", 200);
        def.learn.hidden = hiddens[h];
        def.learn.decide = SIM_EACH;
        measure_decisions(mode, "width", &def, mode->repeats);
        def.learn.decide = SIM_TOGETHER;
        for (def.learn.batch = 8; def.learn.batch <= 200; def.learn.batch *= 5)
            measure_decisions(mode, "width", &def, mode->repeats);
    }
    for (int own = 0; own < 2; own++) {
        struct sim_def def = plan("mlp", 200);
        def.learn.networks = own ? SIM_PER_AGENT : SIM_PER_TYPE;
        measure_decisions(mode, "networks", &def, mode->repeats);
    }
    static const char *const policies_compared[] = {"random", "forager", "mlp", "conv"};
    for (int p = 0; p < 4; p++) {
        struct sim_def def = plan(policies_compared[p], 30);
        uint32_t repeats = p == 3 ? (mode->repeats + 19) / 20 : mode->repeats;
        def.learn.decide = SIM_EACH;
        measure_decisions(mode, "policy", &def, repeats);
        def.learn.decide = SIM_TOGETHER;
        measure_decisions(mode, "policy", &def, repeats);
    }
}

static void learning(const struct bench_mode *mode)
{
    struct sim_def def = plan("mlp", 200);
    measure_steps(mode, "train", &def, mode->repeats);
    for (def.learn.train = SIM_TRAIN_AT_ONCE; def.learn.train <= SIM_TRAIN_DEFERRED; def.learn.train++)
        measure_steps(mode, "train", &def, mode->repeats);
    def.learn.train = SIM_TRAIN_DEFERRED;
    for (def.learn.train_cap = 1; def.learn.train_cap <= 16; def.learn.train_cap *= 4)
        measure_steps(mode, "cap", &def, mode->repeats / 2);
    def.learn.train_cap = 0;
    for (def.learn.train_every = 4; def.learn.train_every <= 256; def.learn.train_every *= 8)
        measure_steps(mode, "every", &def, mode->repeats / 4);
    def = plan("mlp", 200);
    def.learn.train = SIM_TRAIN_DEFERRED;
    for (def.learn.optimiser = SIM_ADAM; def.learn.optimiser <= SIM_SGD; def.learn.optimiser++)
        measure_steps(mode, "optimiser", &def, mode->repeats);
    def = plan("conv", 30);
    def.learn.train = SIM_TRAIN_DEFERRED;
    measure_steps(mode, "conv", &def, (mode->repeats + 19) / 20);
}

static int run(const struct bench_mode *mode)
{
    decisions(mode);
    learning(mode);
    return 0;
}

const struct bench bench_decision = {"decision", "networks by width, batch, owner and training", run};
