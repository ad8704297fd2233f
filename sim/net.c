/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/net_kernel.h"
#include "sim/net_train.h"

static void add_layer(struct net *net, bool conv, uint32_t in, uint32_t out)
{
    struct net_layer *layer = &net->layers[net->count++];
    uint32_t area = conv ? net->shape.side * net->shape.side : 1;
    *layer = (struct net_layer){.conv = conv, .rectified = true, .in = in, .out = out, .weights = net->weights,
                                .bias = net->weights + (size_t)in * out * (conv ? 9 : 1), .cells = out * area};
    net->weights = layer->bias + out;
}

struct net net_plan(struct net_shape shape)
{
    uint32_t area = shape.side * shape.side;
    struct net net = {.shape = shape, .inputs = shape.channels * area};
    if (shape.kind == NET_MLP) {
        add_layer(&net, false, net.inputs, shape.hidden);
        add_layer(&net, false, shape.hidden, shape.outputs);
    } else {
        add_layer(&net, true, shape.channels, 32);
        add_layer(&net, true, 32, 64);
        add_layer(&net, true, 64, 64);
        add_layer(&net, false, 64 * area, 512);
        add_layer(&net, false, 512, 256);
        add_layer(&net, false, 256, shape.outputs);
    }
    net.layers[net.count - 1].rectified = false;
    return net;
}

void net_draw(const struct net *net, float *weights, struct rng *rng)
{
    memset(weights, 0, net->weights * sizeof(float));
    for (uint32_t l = 0; l < net->count; l++) {
        const struct net_layer *layer = &net->layers[l];
        float bound = sqrtf(6.0f / (float)(layer->in * (layer->conv ? 9 : 1)));
        for (size_t i = layer->weights; i < layer->bias; i++)
            weights[i] = (2 * rng_unit(rng) - 1) * bound;
    }
}

size_t net_mutate(const struct net *net, float *weights, float rate, float strength, struct rng *rng)
{
    size_t changed = 0;
    for (size_t i = 0; i < net->weights; i++) {
        if (rng_unit(rng) >= rate)
            continue;
        weights[i] *= 1 + strength * (2 * rng_unit(rng) - 1);
        changed++;
    }
    return changed;
}

static size_t values_needed(const struct net *net)
{
    size_t cells = net->shape.kind == NET_CONV ? net->inputs : 0;
    for (uint32_t l = 0; l < net->count; l++)
        cells += net->layers[l].cells;
    return cells;
}

size_t net_scratch_bytes(const struct net *net, uint32_t batch)
{
    return (values_needed(net) * batch + net_train_columns(net)) * sizeof(float) + batch * sizeof(float *);
}

bool net_scratch_init(struct net_scratch *s, const struct net *net, uint32_t batch)
{
    *s = (struct net_scratch){malloc(values_needed(net) * batch * sizeof(float)),
                              malloc((net_train_columns(net) + 1) * sizeof(float)), malloc(batch * sizeof(float *)),
                              batch};
    if (s->values && s->columns && s->rows)
        return true;
    net_scratch_release(s);
    return false;
}

void net_scratch_release(struct net_scratch *s)
{
    free(s->values);
    free(s->columns);
    free(s->rows);
    *s = (struct net_scratch){0};
}

static void infer_dense(const struct net_layer *layer, const float *weights, const float *const *in, uint32_t count,
                        float *out)
{
    const float *w = weights + layer->weights;
    for (uint32_t n = 0; n < count; n++)
        memcpy(out + (size_t)n * layer->out, weights + layer->bias, layer->out * sizeof(float));
    for (uint32_t n = 0; n < count; n += 2) {
        float *sums[2] = {out + (size_t)n * layer->out, out + (size_t)(n + 1) * layer->out};
        net_kernel_add(w, layer->in, layer->out, in + n, sums, count - n < 2 ? 1 : 2);
    }
}

static void infer_mlp(const struct net *net, const float *weights, const float *const *in, uint32_t count,
                      struct net_scratch *s, float *out)
{
    const struct net_layer *first = &net->layers[0];
    infer_dense(first, weights, in, count, s->values);
    for (size_t i = 0; i < (size_t)count * first->out; i++)
        s->values[i] = s->values[i] > 0 ? s->values[i] : 0;
    for (uint32_t n = 0; n < count; n++)
        s->rows[n] = s->values + (size_t)n * first->out;
    infer_dense(first + 1, weights, s->rows, count, out);
}

static void infer_conv(const struct net *net, const float *weights, const float *const *in, uint32_t count,
                       struct net_scratch *s, float *out)
{
    float *source = s->values;
    for (uint32_t n = 0; n < count; n++)
        memcpy(source + (size_t)n * net->inputs, in[n], net->inputs * sizeof(float));
    float *target = source + (size_t)count * net->inputs;
    for (uint32_t l = 0; l < net->count; l++) {
        const struct net_layer *layer = &net->layers[l];
        net_train_layer(net, layer, weights, source, count, s->columns, l + 1 < net->count ? target : out);
        source = target;
        target += (size_t)count * layer->cells;
    }
}

void net_infer(const struct net *net, const float *weights, const float *const *in, uint32_t count,
               struct net_scratch *s, float *out)
{
    while (count) {
        uint32_t now = count < s->batch ? count : s->batch;
        (net->shape.kind == NET_MLP ? infer_mlp : infer_conv)(net, weights, in, now, s, out);
        in += now;
        out += (size_t)now * net->shape.outputs;
        count -= now;
    }
}
