/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What policies with networks have in common: one learner per type of agent or per agent, decisions by them,
 * experiences for them. brain.c decides, brain_learn.c learns; policy/mlp.c and policy/conv.c only choose the network.
 */
#ifndef SIM_BRAIN_H
#define SIM_BRAIN_H

#include "sim/dqn.h"
#include "sim/policy.h"

struct learner {
    struct dqn dqn;
    bool made;
    uint32_t since;              /* experiences since the last training */
};

/* What an agent did last and does not yet know the outcome of. */
struct recall {
    uint8_t *frames;             /* what it saw then and what it sees now; which is which flips */
    bool flipped, pending;
    uint8_t action;
    float reward;
};

/* What a thread decides with. */
struct mind {
    struct net_scratch scratch;
    float *values;               /* of the actions, by decision */
    const float **views;
    uint32_t *which;             /* of the batch are decided together */
    uint64_t decisions, explored, forwards, passes;      /* forwards: decisions by network; passes: calls for them */
};

struct brain {
    struct net net;
    struct dqn_rules rules;
    struct learner *learners;    /* by type, or by slot */
    uint32_t learner_count;
    bool learns;
    struct recall *recalls;      /* by slot, where the brain learns */
    struct mind *minds;          /* by thread */
    struct dqn_bench bench;
    uint32_t turn;               /* whose turn it is to be trained, where there is a cap */
    uint32_t trained_now;        /* trainings in this step */
    uint64_t stored, trained, deferred, skipped, inherited, mutated, targets_moved;
};

/* The functions of struct policy. */
bool brain_open(struct sim *world, enum net_kind kind);
void brain_close(struct sim *world);
void brain_decide(struct sim *world, const struct batch *batch);
void brain_acted(struct sim *world, const struct outcome *outcome);
void brain_born(struct sim *world, uint32_t child, uint32_t parent);
void brain_died(struct sim *world, uint32_t who);
void brain_learn(struct sim *world);
uint64_t brain_hash(const struct sim *world, uint64_t hash);
void brain_account(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters);

/* The learner that decides for an agent. */
struct learner *brain_learner(const struct sim *world, uint32_t slot);

/* Keeps what an agent sees now; by the thread that decides for it. */
void brain_see(struct brain *brain, uint32_t slot, const float *view);

#endif
