/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/dqn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/net_blas.h"

#define MEAN_DECAY 0.9f
#define SQUARE_DECAY 0.999f
#define TINY 1e-8f

void dqn_release(struct dqn *d)
{
    free(d->weights);
    free(d->target);
    free(d->mean);
    free(d->square);
    replay_release(&d->replay);
    *d = (struct dqn){0};
}

bool dqn_init(struct dqn *d, const struct net *net, const struct dqn_rules *rules, bool learns, struct rng rng)
{
    net_blas_start();
    *d = (struct dqn){.weights = calloc(net->weights, sizeof(float))};
    bool good = d->weights;
    if (learns) {
        d->target = calloc(net->weights, sizeof(float));
        d->mean = calloc(net->weights, sizeof(float));
        d->square = calloc(net->weights, sizeof(float));
        good = good && d->target && d->mean && d->square && replay_init(&d->replay, net->inputs, rules->memory);
    }
    if (!good) {
        dqn_release(d);
        return false;
    }
    dqn_restart(d, net, rules, rng);
    return true;
}

bool dqn_bench_init(struct dqn_bench *b, const struct net *net, uint32_t batch)
{
    size_t inputs = (size_t)net->inputs * batch;
    *b = (struct dqn_bench){.seen = calloc(inputs, sizeof(float)), .then = calloc(inputs, sizeof(float)),
                            .errors = calloc((size_t)net->shape.outputs * batch, sizeof(float)),
                            .gradient = calloc(net->weights, sizeof(float))};
    if (net_trainer_init(&b->trainer, net, batch) && b->seen && b->then && b->errors && b->gradient)
        return true;
    dqn_bench_release(b);
    return false;
}

void dqn_bench_release(struct dqn_bench *b)
{
    net_trainer_release(&b->trainer);
    free(b->seen);
    free(b->then);
    free(b->errors);
    free(b->gradient);
    *b = (struct dqn_bench){0};
}

size_t dqn_network_bytes(const struct net *net, bool learns)
{
    return net->weights * sizeof(float) * (learns ? 4 : 1);
}

size_t dqn_memory_bytes(const struct net *net, const struct dqn_rules *rules)
{
    return replay_bytes(net->inputs, rules->memory);
}

/* What is the same for a new learner, however it came by its weights. */
static void start(struct dqn *d, const struct net *net, const struct dqn_rules *rules)
{
    d->epsilon = rules->epsilon;
    d->mean_power = d->square_power = 1;
    d->counts = (struct dqn_counts){0};
    d->replay.count = d->replay.next = 0;
    d->replay.pushed = 0;
    if (!d->target)
        return;
    memcpy(d->target, d->weights, net->weights * sizeof(float));
    memset(d->mean, 0, net->weights * sizeof(float));
    memset(d->square, 0, net->weights * sizeof(float));
}

void dqn_restart(struct dqn *d, const struct net *net, const struct dqn_rules *rules, struct rng rng)
{
    d->rng = rng;
    net_draw(net, d->weights, &d->rng);
    start(d, net, rules);
}

size_t dqn_inherit(struct dqn *child, const struct dqn *parent, const struct net *net, const struct dqn_rules *rules,
                   float mutation_rate, float mutation_strength, struct rng rng)
{
    child->rng = rng;
    memcpy(child->weights, parent->weights, net->weights * sizeof(float));
    size_t changed = net_mutate(net, child->weights, mutation_rate, mutation_strength, &child->rng);
    start(child, net, rules);
    child->epsilon = parent->epsilon;
    return changed;
}

bool dqn_ready(const struct dqn *d, const struct dqn_rules *rules)
{
    return d->target && d->replay.count >= rules->batch;
}

static void adam(struct dqn *d, const float *gradient, size_t count, float rate)
{
    d->mean_power *= MEAN_DECAY;
    d->square_power *= SQUARE_DECAY;
    float step = rate / (1 - d->mean_power), scale = 1 / (1 - d->square_power);
    float *weights = d->weights, *mean = d->mean, *square = d->square;
    for (size_t i = 0; i < count; i++) {
        mean[i] = MEAN_DECAY * mean[i] + (1 - MEAN_DECAY) * gradient[i];
        square[i] = SQUARE_DECAY * square[i] + (1 - SQUARE_DECAY) * (gradient[i] * gradient[i]);
        weights[i] -= step * mean[i] / (sqrtf(square[i] * scale) + TINY);
    }
}

static void descend(struct dqn *d, const float *gradient, size_t count, float rate)
{
    float *weights = d->weights;
    for (size_t i = 0; i < count; i++)
        weights[i] -= rate * gradient[i];
}

static void follow(struct dqn *d, size_t count, float tau)
{
    float *target = d->target;
    const float *weights = d->weights;
    for (size_t i = 0; i < count; i++)
        target[i] = tau < 1 ? target[i] + tau * (weights[i] - target[i]) : weights[i];
    d->counts.targets_moved++;
}

/* What each memory should have been worth, into errors[i * outputs + action]; the rest is zero. */
static void judge(struct dqn *d, const struct net *net, const struct dqn_rules *rules, const uint32_t *picks,
                  struct dqn_bench *b)
{
    uint32_t outputs = net->shape.outputs;
    const float *values = net_train_forward(net, d->target, b->then, &b->trainer);
    memset(b->errors, 0, (size_t)outputs * rules->batch * sizeof(float));
    for (uint32_t n = 0; n < rules->batch; n++) {
        const float *v = values + (size_t)n * outputs;
        float best = v[dqn_best(v, outputs, UINT32_MAX)];
        float worth = d->replay.rewards[picks[n]] + (d->replay.ended[picks[n]] ? 0 : rules->gamma * best);
        b->errors[n * outputs + d->replay.actions[picks[n]]] = worth;
    }
}

/* Turns what should have been into the loss by the outputs; the mean loss. */
static float compare(const struct dqn *d, uint32_t outputs, uint32_t batch, const uint32_t *picks, const float *values,
                     float *errors)
{
    float loss = 0;
    for (uint32_t n = 0; n < batch; n++) {
        uint32_t at = n * outputs + d->replay.actions[picks[n]];
        float off = values[at] - errors[at], size = fabsf(off);
        loss += size < 1 ? off * off / 2 : size - 0.5f;
        errors[at] = (off > 1 ? 1 : off < -1 ? -1 : off) / (float)batch;
    }
    return loss / (float)batch;
}

float dqn_train(struct dqn *d, const struct net *net, const struct dqn_rules *rules, struct dqn_bench *b)
{
    uint32_t picks[DQN_MOST_BATCH];
    for (uint32_t n = 0; n < rules->batch; n++) {
        picks[n] = rng_below(&d->rng, d->replay.count);
        replay_unpack(replay_before(&d->replay, picks[n]), net->inputs, b->seen + (size_t)n * net->inputs);
        replay_unpack(replay_after(&d->replay, picks[n]), net->inputs, b->then + (size_t)n * net->inputs);
    }
    judge(d, net, rules, picks, b);
    const float *values = net_train_forward(net, d->weights, b->seen, &b->trainer);
    float loss = compare(d, net->shape.outputs, rules->batch, picks, values, b->errors);
    net_train_back(net, d->weights, b->seen, b->errors, &b->trainer, b->gradient);
    (rules->optimiser == DQN_ADAM ? adam : descend)(d, b->gradient, net->weights, rules->rate);
    d->counts.trained++;
    if (d->counts.trained % rules->target_every == 0)
        follow(d, net->weights, rules->tau);
    return loss;
}

void dqn_calm(struct dqn *d, const struct dqn_rules *rules)
{
    d->epsilon *= rules->epsilon_decay;
    if (d->epsilon < rules->epsilon_least)
        d->epsilon = rules->epsilon_least;
}

uint32_t dqn_best(const float *values, uint32_t actions, uint32_t allowed)
{
    uint32_t best = actions;
    for (uint32_t a = 0; a < actions; a++)
        if (allowed >> a & 1 && (best == actions || values[a] > values[best]))
            best = a;
    return best;
}

uint32_t dqn_any(uint32_t actions, uint32_t allowed, struct rng *rng)
{
    allowed &= (1u << actions) - 1;
    uint32_t skip = rng_below(rng, (uint32_t)__builtin_popcount(allowed)), a = 0;
    while (!(allowed >> a & 1) || skip--)
        a++;
    return a;
}
