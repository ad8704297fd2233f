/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Q-networks: what is seen goes in, one value per action comes out. Weights are one array of floats owned by the
 * caller, so that copying, inheriting, mutating and optimising are loops over an array.
 *
 * The mlp is inferred by a kernel of our own that adds in a fixed order, so that one by one and batched, on any number
 * of threads and on any machine, the same bits come out. Training, and all of the conv network, uses matrix products
 * whose last bits are promised for one machine and mode only.
 */
#ifndef SIM_NET_H
#define SIM_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/rng.h"

enum net_kind { NET_MLP, NET_CONV };

struct net_shape {
    enum net_kind kind;
    uint32_t channels, side;     /* seen: channels x side x side */
    uint32_t hidden;             /* of the mlp */
    uint32_t outputs;
};

/* Dense weights are [in][out]; weights of a convolution (3x3, border of zeros) are [out][in * 9]. */
struct net_layer {
    bool conv, rectified;        /* rectified: below zero becomes zero */
    uint32_t in, out;            /* floats, or channels of a convolution */
    size_t weights, bias;        /* where they start in the array */
    uint32_t cells;              /* floats that come out for one input: out, or out * side * side */
};

#define NET_MOST_LAYERS 6

struct net {
    struct net_shape shape;
    struct net_layer layers[NET_MOST_LAYERS];
    uint32_t count;
    uint32_t inputs;             /* floats in */
    size_t weights;              /* floats in all */
};

struct net net_plan(struct net_shape shape);

/* He's uniform initialisation: bounds by the number of inputs, biases zero. */
void net_draw(const struct net *net, float *weights, struct rng *rng);

/* Each weight, with the chance `rate`, is scaled by a factor drawn from 1 - strength .. 1 + strength; how many were. */
size_t net_mutate(const struct net *net, float *weights, float rate, float strength, struct rng *rng);

/* Memory for a thread that infers batches of up to `batch` inputs. */
struct net_scratch {
    float *values;               /* what comes out of each layer, layer after layer */
    float *columns;              /* of a convolution: squares around each square */
    const float **rows;
    uint32_t batch;
};

bool net_scratch_init(struct net_scratch *s, const struct net *net, uint32_t batch);
void net_scratch_release(struct net_scratch *s);
size_t net_scratch_bytes(const struct net *net, uint32_t batch);

/* `in[i]` points to the inputs of the i-th; out is count x outputs. The mlp gives the same bits for any grouping. */
void net_infer(const struct net *net, const float *weights, const float *const *in, uint32_t count,
               struct net_scratch *s, float *out);

#endif
