/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A learner finds the way along a corridor, by each optimiser; tries fade as scheduled; forbidden actions are never
 * chosen; children start where their parents are.
 */
#include <math.h>
#include <stdlib.h>

#include "sim/dqn.h"
#include "tests/unit/check.h"

#define PLACES 9                 /* a corridor: the view is 1 x 3 x 3, one square lit */

static const struct net_shape corridor = {NET_MLP, 1, 3, 16, 2};

static struct dqn_rules default_rules(void)
{
    return (struct dqn_rules){.optimiser = DQN_ADAM, .rate = 0.005f, .gamma = 0.9f, .epsilon = 1,
                              .epsilon_least = 0.05f, .epsilon_decay = 0.99f, .tau = 0.05f, .target_every = 1,
                              .memory = 500, .batch = 32};
}

static void place(uint32_t at, uint8_t *frame)
{
    memset(frame, 0, PLACES);
    frame[at] = 255;
}

static uint32_t greedy(const struct dqn *d, const struct net *net, uint32_t at)
{
    float seen[PLACES] = {0}, values[2];
    const float *row = seen;
    struct net_scratch scratch;
    seen[at] = 1;
    net_scratch_init(&scratch, net, 1);
    net_infer(net, d->weights, &row, 1, &scratch, values);
    net_scratch_release(&scratch);
    return dqn_best(values, 2, 3);
}

/* Walks at random, left (0) or right (1); the right end pays and ends the walk. */
static void learn_corridor(struct dqn *d, const struct net *net, const struct dqn_rules *rules, int steps)
{
    struct dqn_bench bench;
    CHECK(dqn_bench_init(&bench, net, rules->batch));
    uint32_t at = 0;
    uint8_t before[PLACES], after[PLACES];
    for (int i = 0; i < steps; i++) {
        uint32_t action = dqn_any(2, 3, &d->rng), next = action ? at + 1 : at ? at - 1 : 0;
        place(at, before);
        bool ended = next == PLACES;
        if (!ended)
            place(next, after);
        replay_push(&d->replay, before, (uint8_t)action, ended ? 1 : 0, ended ? NULL : after);
        at = ended ? rng_below(&d->rng, PLACES) : next;
        if (dqn_ready(d, rules))
            dqn_train(d, net, rules, &bench);
    }
    dqn_bench_release(&bench);
}

static void check_corridor(enum dqn_optimiser optimiser, float rate)
{
    struct dqn_rules rules = default_rules();
    rules.optimiser = optimiser;
    rules.rate = rate;
    struct net net = net_plan(corridor);
    struct rng rng;
    rng_init(&rng, 5, 5);
    struct dqn d;
    CHECK(dqn_init(&d, &net, &rules, true, rng));
    uint32_t right_before = 0, right = 0;
    for (uint32_t at = 0; at < PLACES; at++)
        right_before += greedy(&d, &net, at);
    learn_corridor(&d, &net, &rules, 4000);
    for (uint32_t at = 0; at < PLACES; at++)
        right += greedy(&d, &net, at);
    CHECK(right_before < PLACES);
    CHECK_INT(right, PLACES);
    CHECK_INT(d.counts.trained, 4000 - 31);
    CHECK_INT(d.counts.targets_moved, d.counts.trained);
    dqn_release(&d);
}

static void test_target_moves_as_often_as_told(void)
{
    struct dqn_rules rules = default_rules();
    rules.target_every = 50;
    rules.tau = 1;
    struct net net = net_plan(corridor);
    struct rng rng = {1, 1};
    struct dqn d;
    CHECK(dqn_init(&d, &net, &rules, true, rng));
    learn_corridor(&d, &net, &rules, 31 + 149);
    CHECK_INT(d.counts.targets_moved, 2);
    CHECK(memcmp(d.target, d.weights, net.weights * sizeof(float)) != 0);
    learn_corridor(&d, &net, &rules, 1);
    CHECK_INT(d.counts.targets_moved, 3);
    CHECK(memcmp(d.target, d.weights, net.weights * sizeof(float)) == 0);
    dqn_release(&d);
}

static void test_tries_fade(void)
{
    struct dqn_rules rules = default_rules();
    struct dqn d = {.epsilon = rules.epsilon};
    int steps = 0;
    for (; d.epsilon > rules.epsilon_least; steps++)
        dqn_calm(&d, &rules);
    CHECK_INT(steps, (int)ceil(log(0.05) / log(0.99)));
    dqn_calm(&d, &rules);
    CHECK(d.epsilon == rules.epsilon_least);
}

static void test_forbidden_actions(void)
{
    const float values[7] = {3, 9, 2, 9, 1, 0, 8};
    CHECK_INT(dqn_best(values, 7, 0x7f), 1);
    CHECK_INT(dqn_best(values, 7, 0x7d), 3);
    CHECK_INT(dqn_best(values, 7, 0x20), 5);
    struct rng rng = {3, 3};
    int drawn[7] = {0};
    for (int i = 0; i < 30000; i++)
        drawn[dqn_any(7, 0x54, &rng)]++;
    CHECK_INT(drawn[0] + drawn[1] + drawn[3] + drawn[5], 0);
    for (int a = 2; a <= 6; a += 2)
        CHECK(drawn[a] > 9700 && drawn[a] < 10300);
}

static void test_children_inherit(void)
{
    struct dqn_rules rules = default_rules();
    struct net net = net_plan(corridor);
    struct rng rng;
    rng_init(&rng, 8, 8);
    struct dqn parent, child;
    CHECK(dqn_init(&parent, &net, &rules, true, rng) && dqn_init(&child, &net, &rules, true, rng));
    learn_corridor(&parent, &net, &rules, 300);
    CHECK_INT(dqn_inherit(&child, &parent, &net, &rules, 0, 0, rng), 0);
    CHECK(memcmp(child.weights, parent.weights, net.weights * sizeof(float)) == 0);
    CHECK(memcmp(child.target, child.weights, net.weights * sizeof(float)) == 0);
    CHECK_INT(child.replay.count, 0);
    CHECK(!dqn_ready(&child, &rules));
    size_t mutated = dqn_inherit(&child, &parent, &net, &rules, 0.5f, 0.1f, rng);
    CHECK(mutated > net.weights / 3 && mutated < net.weights * 2 / 3);
    CHECK(memcmp(child.weights, parent.weights, net.weights * sizeof(float)) != 0);
    dqn_release(&parent);
    dqn_release(&child);
}

int main(void)
{
    check_corridor(DQN_ADAM, 0.005f);
    check_corridor(DQN_SGD, 0.2f);
    test_target_moves_as_often_as_told();
    test_tries_fade();
    test_forbidden_actions();
    test_children_inherit();
    return check_done();
}
