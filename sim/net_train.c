/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/net_train.h"

#include <stdlib.h>
#include <string.h>

#include "sim/net_blas.h"

static size_t cells_in_all(const struct net *net)
{
    size_t cells = 0;
    for (uint32_t l = 0; l < net->count; l++)
        cells += net->layers[l].cells;
    return cells;
}

size_t net_train_columns(const struct net *net)
{
    uint32_t widest = 0;
    for (uint32_t l = 0; l < net->count; l++)
        if (net->layers[l].conv && net->layers[l].in > widest)
            widest = net->layers[l].in;
    return (size_t)widest * 9 * net->shape.side * net->shape.side;
}

size_t net_trainer_bytes(const struct net *net, uint32_t batch)
{
    return 2 * (cells_in_all(net) * batch + net_train_columns(net)) * sizeof(float);
}

bool net_trainer_init(struct net_trainer *t, const struct net *net, uint32_t batch)
{
    size_t cells = cells_in_all(net) * batch, columns = net_train_columns(net) + 1;
    *t = (struct net_trainer){calloc(cells, sizeof(float)), calloc(cells, sizeof(float)),
                              calloc(columns, sizeof(float)), calloc(columns, sizeof(float)), batch};
    if (t->values && t->errors && t->columns && t->column_errors)
        return true;
    net_trainer_release(t);
    return false;
}

void net_trainer_release(struct net_trainer *t)
{
    free(t->values);
    free(t->errors);
    free(t->columns);
    free(t->column_errors);
    *t = (struct net_trainer){0};
}

/* Visits the rows of squares that a 3x3 kernel's nine positions see: to columns, or with `back` added from them. */
static void spread_columns(const struct net *net, uint32_t channels, float *planes, float *columns, bool back)
{
    int side = (int)net->shape.side;
    for (uint32_t row = 0; row < channels * 9; row++) {
        int dy = (int)(row % 9) / 3 - 1, dx = (int)(row % 3) - 1;
        float *plane = planes + (size_t)(row / 9) * (size_t)(side * side);
        float *column = columns + (size_t)row * (size_t)(side * side);
        if (!back)
            memset(column, 0, (size_t)(side * side) * sizeof(float));
        int first = dx < 0 ? 1 : 0, last = dx > 0 ? side - 1 : side;
        for (int y = dy < 0 ? 1 : 0; y < (dy > 0 ? side - 1 : side); y++) {
            float *at = column + y * side, *from = plane + (y + dy) * side + dx;
            for (int x = first; x < last; x++) {
                if (back)
                    from[x] += at[x];
                else
                    at[x] = from[x];
            }
        }
    }
}

static void convolve(const struct net *net, const struct net_layer *layer, const float *weights, const float *in,
                     float *columns, float *out)
{
    uint32_t area = net->shape.side * net->shape.side;
    spread_columns(net, layer->in, (float *)in, columns, false);
    for (uint32_t o = 0; o < layer->out; o++)
        for (uint32_t i = 0; i < area; i++)
            out[o * area + i] = weights[layer->bias + o];
    net_blas_multiply((struct net_matrix){weights + layer->weights, false}, (struct net_matrix){columns, false},
                      layer->out, area, layer->in * 9, 1, out);
}

static void multiply_dense(const struct net_layer *layer, const float *weights, const float *in, uint32_t count,
                           float *out)
{
    for (uint32_t n = 0; n < count; n++)
        memcpy(out + (size_t)n * layer->out, weights + layer->bias, layer->out * sizeof(float));
    net_blas_multiply((struct net_matrix){in, false}, (struct net_matrix){weights + layer->weights, false}, count,
                      layer->out, layer->in, 1, out);
}

void net_train_layer(const struct net *net, const struct net_layer *layer, const float *weights, const float *in,
                     uint32_t count, float *columns, float *out)
{
    size_t area = (size_t)net->shape.side * net->shape.side;
    if (layer->conv)
        for (uint32_t n = 0; n < count; n++)
            convolve(net, layer, weights, in + n * layer->in * area, columns, out + (size_t)n * layer->cells);
    else
        multiply_dense(layer, weights, in, count, out);
    if (!layer->rectified)
        return;
    for (size_t i = 0; i < (size_t)count * layer->cells; i++)
        out[i] = out[i] > 0 ? out[i] : 0;
}

const float *net_train_forward(const struct net *net, const float *weights, const float *in, struct net_trainer *t)
{
    float *out = t->values;
    for (uint32_t l = 0; l < net->count; l++) {
        net_train_layer(net, &net->layers[l], weights, in, t->batch, t->columns, out);
        in = out;
        out += (size_t)net->layers[l].cells * t->batch;
    }
    return in;
}

static void back_dense(const struct net_layer *layer, const float *weights, const float *in, const float *errors,
                       uint32_t count, float *gradient, float *in_errors)
{
    net_blas_multiply((struct net_matrix){in, true}, (struct net_matrix){errors, false}, layer->in, layer->out, count,
                      0, gradient + layer->weights);
    memset(gradient + layer->bias, 0, layer->out * sizeof(float));
    for (uint32_t n = 0; n < count; n++)
        for (uint32_t o = 0; o < layer->out; o++)
            gradient[layer->bias + o] += errors[(size_t)n * layer->out + o];
    if (in_errors)
        net_blas_multiply((struct net_matrix){errors, false}, (struct net_matrix){weights + layer->weights, true},
                          count, layer->in, layer->out, 0, in_errors);
}

static void back_convolution(const struct net *net, const struct net_layer *layer, const float *weights,
                             const float *in, const float *errors, struct net_trainer *t, float *gradient,
                             float *in_errors)
{
    uint32_t area = net->shape.side * net->shape.side, inner = layer->in * 9;
    memset(gradient + layer->weights, 0, (size_t)layer->out * inner * sizeof(float));
    memset(gradient + layer->bias, 0, layer->out * sizeof(float));
    if (in_errors)
        memset(in_errors, 0, (size_t)t->batch * layer->in * area * sizeof(float));
    for (uint32_t n = 0; n < t->batch; n++) {
        const float *e = errors + (size_t)n * layer->cells;
        spread_columns(net, layer->in, (float *)in + (size_t)n * layer->in * area, t->columns, false);
        net_blas_multiply((struct net_matrix){e, false}, (struct net_matrix){t->columns, true}, layer->out, inner, area,
                          1, gradient + layer->weights);
        for (uint32_t i = 0; i < layer->cells; i++)
            gradient[layer->bias + i / area] += e[i];
        if (!in_errors)
            continue;
        net_blas_multiply((struct net_matrix){weights + layer->weights, true}, (struct net_matrix){e, false}, inner,
                          area, layer->out, 0, t->column_errors);
        spread_columns(net, layer->in, in_errors + (size_t)n * layer->in * area, t->column_errors, true);
    }
}

void net_train_back(const struct net *net, const float *weights, const float *in, const float *out_errors,
                    struct net_trainer *t, float *gradient)
{
    size_t end = cells_in_all(net) * t->batch;
    const struct net_layer *last = &net->layers[net->count - 1];
    size_t out = (size_t)last->cells * t->batch;
    memcpy(t->errors + end - out, out_errors, out * sizeof(float));
    for (uint32_t l = net->count; l-- > 0;) {
        const struct net_layer *layer = &net->layers[l];
        size_t size = (size_t)layer->cells * t->batch, before = l ? (size_t)layer[-1].cells * t->batch : 0;
        float *errors = t->errors + end - size;
        const float *values = t->values + end - size;
        for (size_t i = 0; layer->rectified && i < size; i++)
            errors[i] = values[i] > 0 ? errors[i] : 0;
        const float *source = l ? values - before : in;
        float *in_errors = l ? errors - before : NULL;
        if (layer->conv)
            back_convolution(net, layer, weights, source, errors, t, gradient, in_errors);
        else
            back_dense(layer, weights, source, errors, t->batch, gradient, in_errors);
        end -= size;
    }
}
