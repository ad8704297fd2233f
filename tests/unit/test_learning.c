/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Training pays: over several seeds of one scenario, agents with a trained network gather more per agent and step than
 * agents that act at random, and than the same agents with networks that are never trained; by 99 % confidence
 * intervals of the paired differences.
 */
#include <math.h>

#include "sim/scenario.h"
#include "sim/world.h"
#include "tests/unit/check.h"

enum { SEEDS = 8, TRAINED = 250, MEASURED = 100 };

/* Student's t for 99 % on both sides and SEEDS - 1 degrees of freedom. */
static const double STUDENT = 3.499;

/* Thirty agents among more goods than they can gather; no curriculum, and nobody dies or is born. */
static struct sim_def plenty(const char *policy, enum sim_train train, uint64_t seed)
{
    struct sim_def def = sim_default();
    def.policy = policy;
    def.seed = seed;
    def.nodes = 600;
    def.regrowth_chance = 0.3f;
    def.starvation = 1000000;
    def.attack_damage = 0;
    def.birth_chance = 0;
    def.phase_end[0] = def.phase_end[1] = 0;
    def.sight.radius = 3;
    def.learn.train = train;
    def.learn.train_cap = 3;
    def.learn.discount = 0.8f;
    def.learn.tau = 0.02f;
    def.learn.explore_decay = 0.98f;
    return def;
}

/* Goods gathered by an agent in a step, in whole units, once training is over. */
static double gathered(const char *policy, enum sim_train train, uint64_t seed)
{
    struct sim_def def = plenty(policy, train, seed);
    CHECK_STR(sim_problem(&def), NULL);
    struct sim *world = sim_new(&def);
    for (int i = 0; i < TRAINED; i++)
        sim_step(world);
    struct sim_totals before = sim_totals(world);
    for (int i = 0; i < MEASURED; i++)
        sim_step(world);
    struct sim_totals after = sim_totals(world);
    sim_free(world);
    return (double)(after.gathered - before.gathered) / 100 / (double)(after.acts - before.acts);
}

struct interval {
    double mean, half;
};

static struct interval interval_of(const double *values)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < SEEDS; i++)
        sum += values[i];
    for (int i = 0; i < SEEDS; i++)
        squares += (values[i] - sum / SEEDS) * (values[i] - sum / SEEDS);
    return (struct interval){sum / SEEDS, STUDENT * sqrt(squares / (SEEDS - 1) / SEEDS)};
}

int main(void)
{
    double over_random[SEEDS], over_untrained[SEEDS], trained[SEEDS];
    for (int i = 0; i < SEEDS; i++) {
        uint64_t seed = 1000 + (uint64_t)i;
        trained[i] = gathered("mlp", SIM_TRAIN_DEFERRED, seed);
        over_random[i] = trained[i] - gathered("random", SIM_TRAIN_NEVER, seed);
        over_untrained[i] = trained[i] - gathered("mlp", SIM_TRAIN_NEVER, seed);
    }
    struct interval all = interval_of(trained), first = interval_of(over_random), second = interval_of(over_untrained);
    printf("trained agents gather %.3f +- %.3f a step: %.3f +- %.3f more than at random, "
           "%.3f +- %.3f more than untrained\n", all.mean, all.half, first.mean, first.half, second.mean,
           second.half);
    CHECK(first.mean - first.half > 0);
    CHECK(second.mean - second.half > 0);
    return check_done();
}
