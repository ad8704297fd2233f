/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/brain.h"

#include <stdio.h>
#include <stdlib.h>

#include "sim/hash.h"

/* Numbers of random streams that networks draw from; agents' streams count up from 1. */
#define NETWORK_STREAMS (1ull << 40)

struct learner *brain_learner(const struct sim *world, uint32_t slot)
{
    struct brain *brain = world->brain;
    bool own = world->def.learn.networks == SIM_PER_AGENT;
    return &brain->learners[own ? slot : world->agents[slot].type];
}

static struct rng stream(const struct sim *world, uint64_t number)
{
    struct rng rng;
    rng_init(&rng, world->def.seed, NETWORK_STREAMS + number);
    return rng;
}

/* Worlds of agents with networks of their own grow while they run; without memory for that the program ends. */
static void make_learner(struct sim *world, struct learner *l, uint64_t number)
{
    struct brain *brain = world->brain;
    if (l->made) {
        dqn_restart(&l->dqn, &brain->net, &brain->rules, stream(world, number));
    } else if (!dqn_init(&l->dqn, &brain->net, &brain->rules, brain->learns, stream(world, number))) {
        fputs("farmsim: not enough memory for one more network\n", stderr);
        exit(4);
    }
    l->made = true;
    l->since = 0;
}

static bool open_minds(struct sim *world)
{
    struct brain *brain = world->brain;
    uint32_t batch = world->def.learn.decide == SIM_TOGETHER ? world->def.learn.batch : 1;
    brain->minds = calloc(world->def.threads, sizeof *brain->minds);
    for (uint32_t t = 0; brain->minds && t < world->def.threads; t++) {
        struct mind *m = &brain->minds[t];
        m->values = calloc((size_t)batch * SIM_ACTIONS, sizeof(float));
        m->views = calloc(batch, sizeof *m->views);
        m->which = calloc(batch, sizeof *m->which);
        if (!net_scratch_init(&m->scratch, &brain->net, batch) || !m->values || !m->views || !m->which)
            return false;
    }
    return brain->minds;
}

bool brain_open(struct sim *world, enum net_kind kind)
{
    const struct sim_learn *l = &world->def.learn;
    struct brain *brain = world->brain = calloc(1, sizeof *brain);
    if (!brain)
        return false;
    brain->net = net_plan((struct net_shape){kind, SIM_CHANNELS, 2 * world->def.sight.radius + 1, l->hidden,
                                             SIM_ACTIONS});
    brain->rules = (struct dqn_rules){
        .optimiser = l->optimiser == SIM_ADAM ? DQN_ADAM : DQN_SGD, .rate = l->rate, .gamma = l->discount,
        .epsilon = l->explore, .epsilon_least = l->explore_least, .epsilon_decay = l->explore_decay, .tau = l->tau,
        .target_every = l->target_every, .memory = l->replay, .batch = l->sample};
    brain->learns = l->train != SIM_TRAIN_NEVER;
    brain->learner_count = l->networks == SIM_PER_AGENT ? world->def.max_agents : SIM_TYPES;
    brain->learners = calloc(brain->learner_count, sizeof *brain->learners);
    if (brain->learns)
        brain->recalls = calloc(world->def.max_agents, sizeof *brain->recalls);
    if (!brain->learners || (brain->learns && !brain->recalls) || !open_minds(world) ||
        (brain->learns && !dqn_bench_init(&brain->bench, &brain->net, l->sample)))
        return false;
    for (uint32_t type = 0; l->networks == SIM_PER_TYPE && type < SIM_TYPES; type++)
        make_learner(world, &brain->learners[type], type);
    return true;
}

void brain_close(struct sim *world)
{
    struct brain *brain = world->brain;
    if (!brain)
        return;
    for (uint32_t i = 0; brain->learners && i < brain->learner_count; i++)
        dqn_release(&brain->learners[i].dqn);
    for (uint32_t i = 0; brain->recalls && i < world->def.max_agents; i++)
        free(brain->recalls[i].frames);
    for (uint32_t t = 0; brain->minds && t < world->def.threads; t++) {
        net_scratch_release(&brain->minds[t].scratch);
        free(brain->minds[t].values);
        free(brain->minds[t].views);
        free(brain->minds[t].which);
    }
    dqn_bench_release(&brain->bench);
    free(brain->learners);
    free(brain->recalls);
    free(brain->minds);
    free(brain);
    world->brain = NULL;
}

/* Decides for those of a batch whose turn in it is `which`; all have the same learner. */
static void decide_together(struct sim *world, const struct batch *batch, const struct learner *l, uint32_t count)
{
    struct brain *brain = world->brain;
    struct mind *m = &brain->minds[batch->thread];
    if (!count)
        return;
    for (uint32_t i = 0; i < count; i++)
        m->views[i] = batch->views[m->which[i]];
    net_infer(&brain->net, l->dqn.weights, m->views, count, &m->scratch, m->values);
    for (uint32_t i = 0; i < count; i++)
        batch->actions[m->which[i]] =
            (uint8_t)dqn_best(m->values + (size_t)i * SIM_ACTIONS, SIM_ACTIONS, batch->allowed);
    m->forwards += count;
    m->passes++;
}

/* True where the agent tries something instead of asking its network. */
static bool explore(struct sim *world, const struct batch *batch, uint32_t i, const struct learner *l)
{
    struct agent *self = &world->agents[batch->who[i]];
    if (rng_unit(&self->rng) >= l->dqn.epsilon)
        return false;
    batch->actions[i] = (uint8_t)policy_draw(self, batch->allowed);
    return true;
}

void brain_decide(struct sim *world, const struct batch *batch)
{
    struct brain *brain = world->brain;
    struct mind *m = &brain->minds[batch->thread];
    bool shared = world->def.learn.networks == SIM_PER_TYPE;
    m->decisions += batch->count;
    for (uint32_t group = 0; group < (shared ? SIM_TYPES : batch->count); group++) {
        const struct learner *l = shared ? &brain->learners[group] : brain_learner(world, batch->who[group]);
        uint32_t count = 0;
        for (uint32_t i = shared ? 0 : group; i < (shared ? batch->count : group + 1); i++) {
            if (shared && world->agents[batch->who[i]].type != group)
                continue;
            if (brain->learns)
                brain_see(brain, batch->who[i], batch->views[i]);
            if (explore(world, batch, i, l))
                m->explored++;
            else
                m->which[count++] = i;
        }
        decide_together(world, batch, l, count);
    }
}

void brain_born(struct sim *world, uint32_t child, uint32_t parent)
{
    struct brain *brain = world->brain;
    if (brain->learns)
        brain->recalls[child].pending = false;
    if (world->def.learn.networks == SIM_PER_TYPE)
        return;
    struct learner *l = brain_learner(world, child);
    uint64_t number = world->agents[child].id;
    make_learner(world, l, number);
    if (parent == UINT32_MAX || !world->def.learn.inherit)
        return;
    brain->mutated += dqn_inherit(&l->dqn, &brain_learner(world, parent)->dqn, &brain->net, &brain->rules,
                                  world->def.mutation_rate, world->def.mutation_size, stream(world, number));
    brain->inherited++;
}

static uint64_t hash_floats(uint64_t hash, const float *values, size_t count)
{
    for (size_t i = 0; values && i < count; i++)
        hash = hash_add_float(hash, values[i]);
    return hash;
}

uint64_t brain_hash(const struct sim *world, uint64_t hash)
{
    const struct brain *brain = world->brain;
    for (uint32_t i = 0; i < brain->learner_count; i++) {
        const struct learner *l = &brain->learners[i];
        if (!l->made || (world->def.learn.networks == SIM_PER_AGENT && !world->agents[i].alive))
            continue;
        hash = hash_floats(hash, l->dqn.weights, brain->net.weights);
        hash = hash_floats(hash, l->dqn.target, brain->net.weights);
        hash = hash_add_float(hash_add(hash, l->dqn.rng.state), l->dqn.epsilon);
        hash = hash_add(hash_add(hash, l->dqn.replay.pushed), l->since);
    }
    for (uint32_t i = 0; brain->recalls && i < world->slots; i++) {
        const struct recall *r = &brain->recalls[i];
        if (world->agents[i].alive && r->pending)
            hash = hash_add_float(hash_add(hash, r->action), r->reward);
    }
    return hash;
}

void brain_account(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters)
{
    const struct brain *brain = world->brain;
    for (uint32_t i = 0; i < brain->learner_count; i++) {
        if (!brain->learners[i].made)
            continue;
        bytes->networks += dqn_network_bytes(&brain->net, brain->learns);
        bytes->replay += brain->learns ? dqn_memory_bytes(&brain->net, &brain->rules) : 0;
    }
    for (uint32_t i = 0; brain->recalls && i < world->slots; i++)
        bytes->replay += brain->recalls[i].frames ? 2 * brain->net.inputs : 0;
    bytes->networks += brain->learns ? net_trainer_bytes(&brain->net, brain->rules.batch) : 0;
    for (uint32_t t = 0; t < world->def.threads; t++) {
        counters->decisions += brain->minds[t].decisions;
        counters->explored += brain->minds[t].explored;
        counters->forwards += brain->minds[t].forwards;
        counters->passes += brain->minds[t].passes;
        bytes->networks += net_scratch_bytes(&brain->net, brain->minds[t].scratch.batch);
    }
    counters->experiences += brain->stored;
    counters->trainings += brain->trained;
    counters->trainings_deferred += brain->deferred;
    counters->trainings_skipped += brain->skipped;
    counters->targets_moved += brain->targets_moved;
    counters->inherited += brain->inherited;
    counters->weights_mutated += brain->mutated;
}
