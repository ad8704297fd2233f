/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Policies with networks in a world: switches that must not change history do not, and each switch has the effect that
 * its counter tells.
 */
#include <stdlib.h>

#include "sim/brain.h"
#include "sim/run.h"
#include "sim/scenario.h"
#include "tests/unit/check.h"

/* A small world without a curriculum, so that everything is tried from the first step. */
static struct sim_def small(const char *policy, enum sim_train train)
{
    struct sim_def def = sim_default();
    def.policy = policy;
    def.steps = 40;
    def.width = def.height = 60;
    def.sight.radius = 3;
    def.phase_end[0] = def.phase_end[1] = 0;
    def.start_goods = 2000;
    def.learn.train = train;
    def.learn.explore_decay = 0.9f;
    return def;
}

static struct run done(const struct sim_def *def)
{
    struct run run;
    char problem[256] = "";
    CHECK_STR(sim_problem(def), NULL);
    CHECK(run_world(def, NULL, &run, problem));
    CHECK_STR(problem, "");
    return run;
}

static void test_history_ignores_how_it_is_computed(enum sim_train train, enum sim_networks networks)
{
    struct sim_def def = small("mlp", train);
    def.learn.networks = networks;
    def.learn.decide = SIM_EACH;
    struct run each = done(&def);
    CHECK(each.counters.forwards > 300);
    CHECK_INT(each.counters.passes, each.counters.forwards);
    CHECK_INT(each.counters.decisions, each.counters.forwards + each.counters.explored);
    for (uint32_t batch = 2; batch <= 64; batch += 31) {
        for (uint32_t threads = 1; threads <= 3; threads += 2) {
            def.learn.decide = SIM_TOGETHER;
            def.learn.batch = batch;
            def.threads = threads;
            if (sim_problem(&def))
                continue;
            struct run together = done(&def);
            CHECK(together.hash == each.hash);
            CHECK_INT(together.counters.forwards, each.counters.forwards);
            CHECK_INT(together.counters.trainings, each.counters.trainings);
            if (networks == SIM_PER_TYPE)
                CHECK(together.counters.passes < each.counters.passes);
        }
    }
}

static void test_training(void)
{
    struct sim_def def = small("mlp", SIM_TRAIN_NEVER);
    struct run never = done(&def);
    CHECK_INT(never.counters.trainings + never.counters.experiences + never.counters.targets_moved, 0);
    CHECK_INT(never.bytes.replay, 0);
    def = small("mlp", SIM_TRAIN_DEFERRED);
    struct run deferred = done(&def);
    CHECK_INT(deferred.counters.trainings_deferred, deferred.counters.trainings);
    CHECK(deferred.counters.trainings > 30 && deferred.counters.trainings <= 40);
    CHECK(deferred.counters.trainings_skipped > 0);
    CHECK_INT(deferred.counters.targets_moved, deferred.counters.trainings);
    CHECK(deferred.counters.experiences > 900 && deferred.counters.experiences <= deferred.totals.acts);
    CHECK(deferred.bytes.replay > never.bytes.replay && deferred.bytes.networks > never.bytes.networks);
    CHECK(deferred.hash != never.hash);
    def.learn.train = SIM_TRAIN_AT_ONCE;
    struct run at_once = done(&def);
    CHECK_INT(at_once.counters.trainings_deferred, 0);
    CHECK(at_once.counters.trainings > 30 && at_once.counters.trainings <= 40);
    CHECK(at_once.hash != deferred.hash);
}

/* One training for each `every` experiences, from the moment that there are enough for a batch. */
static void test_training_is_owed_and_capped(void)
{
    struct sim_def def = small("mlp", SIM_TRAIN_DEFERRED);
    def.learn.train_cap = 0;
    def.learn.train_every = 8;
    struct run any = done(&def);
    CHECK(any.counters.trainings >= any.counters.experiences / 8 - 3 * 5);
    CHECK(any.counters.trainings <= any.counters.experiences / 8);
    CHECK_INT(any.counters.trainings_skipped, 0);
    def.learn.train_every = 32;
    struct run rarely = done(&def);
    CHECK(rarely.counters.trainings <= rarely.counters.experiences / 32);
    CHECK(rarely.counters.trainings < any.counters.trainings / 3);
    def.learn.train_every = 1;
    def.learn.train_cap = 2;
    struct run capped = done(&def);
    CHECK(capped.counters.trainings > 60 && capped.counters.trainings <= 80);
    CHECK(capped.counters.trainings_skipped > capped.counters.trainings);
    def.learn.target_every = 10;
    struct run seldom = done(&def);
    CHECK(seldom.counters.targets_moved >= seldom.counters.trainings / 10 - 3);
    CHECK(seldom.counters.targets_moved <= seldom.counters.trainings / 10);
}

static void test_optimisers_differ(void)
{
    struct sim_def def = small("mlp", SIM_TRAIN_DEFERRED);
    struct run adam = done(&def);
    def.learn.optimiser = SIM_SGD;
    struct run sgd = done(&def);
    CHECK(adam.hash != sgd.hash);
    CHECK(adam.counters.trainings > 0 && sgd.counters.trainings > 0);
}

/* How much of a type's network, and of its target, has changed after a run: shares of the weights. Those of squares
 * where nothing was ever seen stay. */
struct moved {
    double weights, target;
};

static struct moved moved(const struct sim_def *def)
{
    CHECK_STR(sim_problem(def), NULL);
    struct sim *world = sim_new(def);
    const struct brain *brain = world->brain;
    const struct dqn *d = &brain->learners[0].dqn;
    size_t count = brain->net.weights, weights = 0, target = 0;
    float *before = malloc(count * sizeof *before);
    memcpy(before, d->weights, count * sizeof *before);
    for (uint64_t i = 0; i < def->steps; i++)
        sim_step(world);
    for (size_t i = 0; i < count; i++) {
        weights += d->weights[i] != before[i];
        target += d->target[i] != before[i];
    }
    free(before);
    sim_free(world);
    return (struct moved){(double)weights / (double)count, (double)target / (double)count};
}

static void test_numbers_of_learning(void)
{
    struct sim_def usual = small("mlp", SIM_TRAIN_DEFERRED), def = usual;
    struct moved all = moved(&usual);
    CHECK(all.weights > 0.1 && all.target > 0.1);
    def.learn.rate = 0;
    struct moved none = moved(&def);
    CHECK(none.weights == 0 && none.target == 0);
    def = usual;
    def.learn.tau = 0;
    struct moved stays = moved(&def);
    CHECK(stays.weights > 0.1 && stays.target == 0);
    struct run base = done(&usual);
    def = usual;
    def.learn.discount = 0.5f;
    CHECK(done(&def).hash != base.hash);
    def = usual;
    def.learn.replay = 64;
    struct run forgetful = done(&def);
    CHECK(forgetful.bytes.replay < base.bytes.replay / 5);
    CHECK(forgetful.hash != base.hash);
    def = usual;
    def.learn.sample = 128;
    CHECK(done(&def).counters.trainings < base.counters.trainings);
    def = usual;
    def.learn.explore_least = 0.9f;
    CHECK(done(&def).counters.explored > 2 * base.counters.explored);
}

static void test_exploring(void)
{
    struct sim_def def = small("mlp", SIM_TRAIN_NEVER);
    def.learn.explore = 1;
    def.learn.explore_decay = 1;
    struct run all = done(&def);
    CHECK_INT(all.counters.forwards, 0);
    CHECK_INT(all.counters.explored, all.counters.decisions);
    def.learn.explore = def.learn.explore_least = 0;
    struct run none = done(&def);
    CHECK_INT(none.counters.explored, 0);
    CHECK(none.counters.forwards > 500);
}

static void test_networks_per_agent(void)
{
    struct sim_def def = small("mlp", SIM_TRAIN_NEVER);
    def.learn.explore_decay = 1;
    struct run shared = done(&def);
    CHECK(shared.totals.births > 3);
    CHECK_INT(shared.counters.inherited, 0);
    def.learn.networks = SIM_PER_AGENT;
    struct run own = done(&def);
    CHECK_INT(own.counters.inherited, own.totals.births);
    CHECK(own.counters.weights_mutated > own.totals.births * 500);
    CHECK(own.bytes.networks > 5 * shared.bytes.networks);
    def.mutation_rate = 0;
    CHECK_INT(done(&def).counters.weights_mutated, 0);
    def.learn.inherit = false;
    struct run fresh = done(&def);
    CHECK_INT(fresh.counters.inherited, 0);
    CHECK(fresh.totals.births > 3);
}

static void test_forbidden_actions(void)
{
    struct sim_def def = small("mlp", SIM_TRAIN_DEFERRED);
    def.phase_end[0] = (uint32_t)def.steps;
    def.phase_actions[0] = 1u << SIM_MOVE | 1u << SIM_GATHER;
    struct run run = done(&def);
    CHECK(run.totals.tried[SIM_MOVE] > 100 && run.totals.tried[SIM_GATHER] > 100);
    CHECK_INT(run.totals.tried[SIM_MOVE] + run.totals.tried[SIM_GATHER], run.totals.acts);
}

static void test_hidden_width(void)
{
    struct sim_def def = small("mlp", SIM_TRAIN_NEVER);
    struct run narrow = done(&def);
    def.learn.hidden = 96;
    struct run wide = done(&def);
    CHECK(wide.bytes.networks > 3 * narrow.bytes.networks);
    CHECK(wide.hash != narrow.hash);
}

static void test_conv(void)
{
    struct sim_def def = small("conv", SIM_TRAIN_DEFERRED);
    def.steps = 14;
    def.sight.radius = 1;
    def.learn.explore_decay = 0.5f;
    struct run one = done(&def), other = done(&def);
    CHECK(one.counters.forwards > 100);
    CHECK(one.counters.trainings > 3);
    CHECK(one.hash == other.hash);
    CHECK(one.bytes.networks > 4 * 3 * 400000);
    def.learn.decide = SIM_EACH;
    struct run each = done(&def);
    CHECK_INT(each.counters.passes, each.counters.forwards);
    CHECK(one.counters.passes < one.counters.forwards / 3);
}

int main(void)
{
    test_history_ignores_how_it_is_computed(SIM_TRAIN_NEVER, SIM_PER_TYPE);
    test_history_ignores_how_it_is_computed(SIM_TRAIN_DEFERRED, SIM_PER_TYPE);
    test_history_ignores_how_it_is_computed(SIM_TRAIN_AT_ONCE, SIM_PER_TYPE);
    test_history_ignores_how_it_is_computed(SIM_TRAIN_NEVER, SIM_PER_AGENT);
    test_history_ignores_how_it_is_computed(SIM_TRAIN_DEFERRED, SIM_PER_AGENT);
    test_training();
    test_training_is_owed_and_capped();
    test_optimisers_differ();
    test_numbers_of_learning();
    test_exploring();
    test_networks_per_agent();
    test_forbidden_actions();
    test_hidden_width();
    test_conv();
    return check_done();
}
