/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A learner: a network that acts, a slowly following one that judges (the target), what it remembers, and how much it
 * still tries out. Knows nothing of worlds.
 *
 * Training takes `batch` memories at random and moves the network towards reward + gamma * best value of what was seen
 * then, as the target network judges it; errors count linearly beyond 1 (Huber). Adam, or plain gradient descent.
 */
#ifndef SIM_DQN_H
#define SIM_DQN_H

#include "sim/net_train.h"
#include "sim/replay.h"

#define DQN_MOST_BATCH 1024

enum dqn_optimiser { DQN_ADAM, DQN_SGD };

struct dqn_rules {
    enum dqn_optimiser optimiser;
    float rate, gamma;
    float epsilon, epsilon_least, epsilon_decay;     /* the share of tries falls by the factor in each step */
    float tau;                   /* how far the target moves towards the network ... */
    uint32_t target_every;       /* ... at every so many trainings */
    uint32_t memory, batch;
};

/* What really happened. */
struct dqn_counts {
    uint64_t decisions, explored, inferred;  /* decisions = explored + inferred */
    uint64_t stored, trained, targets_moved;
};

struct dqn {
    float *weights;              /* without learning the only thing that is there */
    float *target, *mean, *square;   /* mean, square: Adam's moments */
    float mean_power, square_power;
    struct replay replay;
    float epsilon;
    struct rng rng;
    struct dqn_counts counts;
};

/* Scratch that learners trained one after the other share. */
struct dqn_bench {
    struct net_trainer trainer;
    float *seen, *then, *errors, *gradient;
};

/* A learner with drawn weights; `learns`: with all that training needs. False: out of memory. */
bool dqn_init(struct dqn *d, const struct net *net, const struct dqn_rules *rules, bool learns, struct rng rng);
void dqn_release(struct dqn *d);
bool dqn_bench_init(struct dqn_bench *b, const struct net *net, uint32_t batch);
void dqn_bench_release(struct dqn_bench *b);

/* Memory of a learner: its networks with their moments, and apart what it remembers. */
size_t dqn_network_bytes(const struct net *net, bool learns);
size_t dqn_memory_bytes(const struct net *net, const struct dqn_rules *rules);

/* Starts over as a child of `parent`: as settled as it, its weights, some of them mutated, and nothing remembered. How
 * many were mutated. */
size_t dqn_inherit(struct dqn *child, const struct dqn *parent, const struct net *net, const struct dqn_rules *rules,
                   float mutation_rate, float mutation_strength, struct rng rng);

/* Starts over with drawn weights. */
void dqn_restart(struct dqn *d, const struct net *net, const struct dqn_rules *rules, struct rng rng);

/* True when enough is remembered for a batch. */
bool dqn_ready(const struct dqn *d, const struct dqn_rules *rules);

/* One batch; the mean loss. */
float dqn_train(struct dqn *d, const struct net *net, const struct dqn_rules *rules, struct dqn_bench *bench);

/* Once in a step: fewer tries from now on. */
void dqn_calm(struct dqn *d, const struct dqn_rules *rules);

/* The allowed action (bit a of `allowed`) of the highest value, the first of equals; at least one must be. */
uint32_t dqn_best(const float *values, uint32_t actions, uint32_t allowed);

/* One of the allowed actions, all equally likely. */
uint32_t dqn_any(uint32_t actions, uint32_t allowed, struct rng *rng);

#endif
