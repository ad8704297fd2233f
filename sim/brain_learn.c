/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what agents did and what came of it to trainings. An experience is complete when its agent sees the next step,
 * or dies; it then waits in its learner's memory. For every train_every experiences a training is owed, at once or
 * when the step is over; what the cap of a step does not allow is skipped, not piled up.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/brain.h"

static uint8_t *frame(const struct brain *brain, const struct recall *r, bool now)
{
    return r->frames + (size_t)(r->flipped == now) * brain->net.inputs;
}

void brain_see(struct brain *brain, uint32_t slot, const float *view)
{
    struct recall *r = &brain->recalls[slot];
    if (!r->frames && !(r->frames = malloc(2 * (size_t)brain->net.inputs))) {
        fputs("farmsim: not enough memory for what agents remember\n", stderr);
        exit(4);
    }
    replay_pack(view, brain->net.inputs, frame(brain, r, true));
}

static bool capped(const struct sim *world)
{
    const struct brain *brain = world->brain;
    return world->def.learn.train_cap && brain->trained_now >= world->def.learn.train_cap;
}

static bool owed(const struct sim *world, const struct learner *l)
{
    const struct brain *brain = world->brain;
    return l->made && l->since >= world->def.learn.train_every && dqn_ready(&l->dqn, &brain->rules);
}

static void train(struct sim *world, struct learner *l)
{
    struct brain *brain = world->brain;
    uint64_t moved = l->dqn.counts.targets_moved;
    dqn_train(&l->dqn, &brain->net, &brain->rules, &brain->bench);
    l->since -= world->def.learn.train_every;
    brain->targets_moved += l->dqn.counts.targets_moved - moved;
    brain->trained_now++;
    brain->trained++;
}

static void store(struct sim *world, uint32_t slot, const uint8_t *after, float reward)
{
    struct brain *brain = world->brain;
    struct recall *r = &brain->recalls[slot];
    struct learner *l = brain_learner(world, slot);
    replay_push(&l->dqn.replay, frame(brain, r, false), r->action, reward, after);
    r->pending = false;
    l->since++;
    brain->stored++;
    if (world->def.learn.train == SIM_TRAIN_AT_ONCE && owed(world, l) && !capped(world))
        train(world, l);
}

void brain_acted(struct sim *world, const struct outcome *outcome)
{
    struct brain *brain = world->brain;
    if (!brain->learns)
        return;
    struct recall *r = &brain->recalls[outcome->who];
    if (r->pending)
        store(world, outcome->who, frame(brain, r, true), r->reward);
    r->flipped = !r->flipped;
    r->action = (uint8_t)outcome->action;
    r->reward = outcome->reward;
    r->pending = true;
}

void brain_died(struct sim *world, uint32_t who)
{
    struct brain *brain = world->brain;
    if (brain->learns && brain->recalls[who].pending)
        store(world, who, NULL, brain->recalls[who].reward + DEATH_REWARD);
    if (world->def.learn.networks == SIM_PER_AGENT)
        brain_learner(world, who)->since = 0;
}

/* One training for each learner to whom one is owed, then the next round; so a cap treats all alike. */
static void train_deferred(struct sim *world)
{
    struct brain *brain = world->brain;
    for (uint32_t idle = 0; idle < brain->learner_count && !capped(world); brain->turn++) {
        struct learner *l = &brain->learners[brain->turn % brain->learner_count];
        if (owed(world, l)) {
            train(world, l);
            brain->deferred++;
            idle = 0;
        } else {
            idle++;
        }
    }
}

void brain_learn(struct sim *world)
{
    struct brain *brain = world->brain;
    if (world->def.learn.train == SIM_TRAIN_DEFERRED)
        train_deferred(world);
    brain->trained_now = 0;
    for (uint32_t i = 0; i < brain->learner_count; i++) {
        struct learner *l = &brain->learners[i];
        if (!l->made)
            continue;
        dqn_calm(&l->dqn, &brain->rules);
        if (!dqn_ready(&l->dqn, &brain->rules))
            continue;
        brain->skipped += l->since / world->def.learn.train_every;
        l->since %= world->def.learn.train_every;
    }
}
