/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decisions alone, then steps with their learning: one by one and batched, by width and kind of network, one network
 * per type and per agent, when and how often trained.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/bench.h"
#include "sim/policy.h"
#include "sim/scenario.h"

static const char *const trains[] = {"never", "at-once", "deferred"}, *const networks[] = {"type", "agent"};
static const char *const optimisers[] = {"adam", "sgd"};

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

/* `largest`: decisions in the largest batch that was given; 0: steps were measured. */
static void describe(const struct sim *world, const struct sim_counters *before, uint32_t largest,
                     struct bench_row *row)
{
    const struct sim_def *def = &world->def;
    struct sim_counters c = sim_counters(world);
    struct sim_bytes bytes = sim_bytes(world);
    uint64_t forwards = c.forwards - before->forwards, passes = c.passes - before->passes;
    uint64_t deferred = c.trainings_deferred - before->trainings_deferred, trainings = c.trainings - before->trainings;
    snprintf(row->setting, sizeof row->setting,
             "policy=%s agents=%u hidden=%u batch=%u network=%s train=%s every=%u cap=%u optimiser=%s", def->policy,
             def->max_agents, def->learn.hidden, def->learn.decide == SIM_EACH ? 1 : def->learn.batch,
             networks[def->learn.networks], trains[def->learn.train], def->learn.train_every, def->learn.train_cap,
             optimisers[def->learn.optimiser]);
    snprintf(row->switched, sizeof row->switched,
             "decided_by=%s owner=%s at_once=%u forwards=%llu passes=%llu per_pass=%llu explored=%llu trained=%s "
             "trainings=%llu skipped=%llu network_kb=%zu",
             world->policy->name, !passes ? "nobody" : networks[forwards > passes ? SIM_PER_TYPE : SIM_PER_AGENT],
             largest, (unsigned long long)forwards, (unsigned long long)passes,
             (unsigned long long)(passes ? (forwards + passes - 1) / passes : 0),
             (unsigned long long)(c.explored - before->explored), trains[!trainings ? 0 : deferred ? 2 : 1],
             (unsigned long long)trainings, (unsigned long long)(c.trainings_skipped - before->trainings_skipped),
             bytes.networks / 1024);
}

/* All agents decide on what they see after a few steps; a time is that of a round of all. The largest batch. */
static uint32_t decide_round(struct sim *world, const float *const *views, const uint32_t *who, uint8_t *actions,
                             uint32_t count)
{
    uint32_t most = world->def.learn.decide == SIM_EACH ? 1 : world->def.learn.batch, largest = 0;
    for (uint32_t at = 0; at < count; at += most) {
        struct batch batch = {count - at < most ? count - at : most, 0, who + at, views + at, actions + at,
                              SIM_ALL_ACTIONS};
        world->policy->decide(world, &batch);
        largest = batch.count > largest ? batch.count : largest;
    }
    return largest;
}

static void measure_decisions(const struct bench_mode *mode, const char *group, const struct sim_def *def,
                              uint32_t repeats)
{
    struct sim *world = make(def);
    struct bench_times times = {0};
    uint32_t slots = world->slots, count = 0, largest = 0;
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
        largest = decide_round(world, views, who, actions, count);
        bench_add(&times, bench_now() - start);
    }
    struct bench_row row = {.group = group, .operations = count};
    describe(world, &before, largest, &row);
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
    describe(world, &before, 0, &row);
    size_t end = strlen(row.switched);
    snprintf(row.switched + end, sizeof row.switched - end, " trainings_a_step=%g",
             (double)(sim_counters(world).trainings - before.trainings) / repeats);
    bench_print(mode, &row, &times);
    sim_free(world);
}

/* The same decisions one by one and in batches of several sizes. */
static void widths(const struct bench_mode *mode)
{
    static const struct bench_numbers hiddens = {3, {24, 64, 256}}, batches = {4, {1, 8, 40, 200}};
    struct bench_numbers h = bench_numbers(mode, "hidden", &hiddens), b = bench_numbers(mode, "batch", &batches);
    for (uint32_t i = 0; i < h.count; i++) {
        for (uint32_t k = 0; k < b.count; k++) {
            struct sim_def def = plan("mlp", bench_number(mode, "agents", 200));
            def.learn.hidden = h.list[i];
            def.learn.batch = b.list[k];
            def.learn.decide = b.list[k] > 1 ? SIM_TOGETHER : SIM_EACH;
            measure_decisions(mode, "width", &def, mode->repeats);
        }
    }
}

static void policies_compared(const struct bench_mode *mode)
{
    static const char *const names[] = {"random", "forager", "mlp", "conv"};
    static const struct bench_numbers batches = {2, {1, 64}};
    struct bench_numbers b = bench_numbers(mode, "batch", &batches);
    for (uint32_t i = 0; i < 4 * b.count; i++) {
        const char *name = names[i / b.count];
        struct sim_def def = plan(name, bench_number(mode, "agents", 30));
        def.learn.batch = b.list[i % b.count];
        def.learn.decide = def.learn.batch > 1 ? SIM_TOGETHER : SIM_EACH;
        if (bench_word(mode, "policy", name))
            measure_decisions(mode, "policy", &def, i / b.count == 3 ? (mode->repeats + 19) / 20 : mode->repeats);
    }
}

static void decisions(const struct bench_mode *mode)
{
    if (bench_group(mode, "width"))
        widths(mode);
    for (enum sim_networks own = SIM_PER_TYPE; own <= SIM_PER_AGENT && bench_group(mode, "networks"); own++) {
        struct sim_def def = plan("mlp", bench_number(mode, "agents", 200));
        def.learn.networks = own;
        if (bench_word(mode, "network", networks[own]))
            measure_decisions(mode, "networks", &def, mode->repeats);
    }
    if (bench_group(mode, "policy"))
        policies_compared(mode);
}

/* How often networks are trained. */
static void amounts(const struct bench_mode *mode)
{
    static const struct bench_numbers caps = {3, {1, 4, 16}}, everies = {3, {4, 32, 256}};
    struct sim_def def = plan("mlp", bench_number(mode, "agents", 200));
    def.learn.train = SIM_TRAIN_DEFERRED;
    struct bench_numbers n = bench_numbers(mode, "cap", &caps);
    for (uint32_t i = 0; i < n.count && bench_group(mode, "cap"); i++) {
        def.learn.train_cap = n.list[i];
        measure_steps(mode, "cap", &def, (mode->repeats + 1) / 2);
    }
    def.learn.train_cap = 0;
    n = bench_numbers(mode, "every", &everies);
    for (uint32_t i = 0; i < n.count && bench_group(mode, "every"); i++) {
        def.learn.train_every = n.list[i] ? n.list[i] : 1;
        measure_steps(mode, "every", &def, (mode->repeats + 3) / 4);
    }
}

static void learning(const struct bench_mode *mode)
{
    struct sim_def def = plan("mlp", bench_number(mode, "agents", 200));
    for (def.learn.train = SIM_TRAIN_NEVER; def.learn.train <= SIM_TRAIN_DEFERRED; def.learn.train++)
        if (bench_group(mode, "train") && bench_word(mode, "train", trains[def.learn.train]))
            measure_steps(mode, "train", &def, mode->repeats);
    amounts(mode);
    def.learn.train = SIM_TRAIN_DEFERRED;
    for (def.learn.optimiser = SIM_ADAM; def.learn.optimiser <= SIM_SGD; def.learn.optimiser++)
        if (bench_group(mode, "optimiser") && bench_word(mode, "optimiser", optimisers[def.learn.optimiser]))
            measure_steps(mode, "optimiser", &def, mode->repeats);
    def = plan("conv", bench_number(mode, "agents", 30));
    def.learn.train = SIM_TRAIN_DEFERRED;
    if (bench_group(mode, "conv"))
        measure_steps(mode, "conv", &def, (mode->repeats + 19) / 20);
}

static int run(const struct bench_mode *mode)
{
    decisions(mode);
    learning(mode);
    return 0;
}

const struct bench bench_decision = {"decision", "networks by width, batch, owner and training", run};
