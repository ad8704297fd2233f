/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forward with everything kept, and back: gradients of a batch by matrix products.
 */
#ifndef SIM_NET_TRAIN_H
#define SIM_NET_TRAIN_H

#include "sim/net.h"

struct net_trainer {
    float *values;               /* what comes out of each layer for the whole batch, layer after layer */
    float *errors;               /* the loss by those values */
    float *columns, *column_errors;      /* of convolutions, one input at a time */
    uint32_t batch;
};

/* Memory for batches of `batch` inputs. False: out of memory. */
bool net_trainer_init(struct net_trainer *t, const struct net *net, uint32_t batch);
void net_trainer_release(struct net_trainer *t);
size_t net_trainer_bytes(const struct net *net, uint32_t batch);

/* The outputs (batch x outputs) for `in` (batch x inputs), valid until the next call. */
const float *net_train_forward(const struct net *net, const float *weights, const float *in, struct net_trainer *t);

/* After forward with the same weights and inputs: out_errors is the loss by the outputs; *gradient the loss by the
 * weights, overwritten. */
void net_train_back(const struct net *net, const float *weights, const float *in, const float *out_errors,
                    struct net_trainer *t, float *gradient);

/* One layer on `count` inputs, as the conv network's inference uses it too. `columns`: scratch of a convolution. */
void net_train_layer(const struct net *net, const struct net_layer *layer, const float *weights, const float *in,
                     uint32_t count, float *columns, float *out);

/* Floats that a convolution's scratch needs. */
size_t net_train_columns(const struct net *net);

#endif
