/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Networks: the kernel adds in its order and in no other, batches change nothing, gradients are those of differences,
 * and the two ways through an mlp agree.
 */
#include <math.h>
#include <stdlib.h>

#include "sim/hash.h"
#include "sim/net_blas.h"
#include "sim/net_kernel.h"
#include "sim/net_train.h"
#include "tests/unit/check.h"

static float *drawn(size_t count, float empty, struct rng *rng)
{
    float *values = calloc(count, sizeof(float));
    for (size_t i = 0; i < count; i++)
        values[i] = rng_unit(rng) < empty ? 0 : rng_unit(rng);
    return values;
}

/* Widths around the kernel's blocks, sums in the order that the header promises. */
static void test_kernel_adds_in_order(void)
{
    struct rng rng;
    rng_init(&rng, 7, 1);
    int wrong = 0;
    for (uint32_t outs = 1; outs <= 61; outs++) {
        uint32_t ins = 1 + rng_below(&rng, outs % 8 ? 90 : 3000);
        float *in = drawn(ins, 0.6f, &rng), *other = drawn(ins, 0, &rng), *w = drawn((size_t)ins * outs, 0, &rng);
        float got[64], want[64], two[2][64] = {0};
        for (uint32_t o = 0; o < outs; o++)
            two[1][o] = got[o] = want[o] = (float)o / 7;
        net_kernel_add(w, ins, outs, (const float *[1]){in}, (float *[1]){got}, 1);
        net_kernel_add(w, ins, outs, (const float *[2]){other, in}, (float *[2]){two[0], two[1]}, 2);
        for (uint32_t i = 0; i < ins; i++) {
            for (uint32_t o = 0; o < outs; o++) {
                float product = w[i * outs + o] * in[i];
                want[o] = want[o] + product;
            }
        }
        wrong += memcmp(got, want, outs * sizeof(float)) != 0 || memcmp(two[1], want, outs * sizeof(float)) != 0;
        free(in);
        free(other);
        free(w);
    }
    CHECK_INT(wrong, 0);
}

/* A network with drawn weights and inputs in `batch` rows. */
struct subject {
    struct net net;
    struct rng rng;
    float *weights, *in;
    uint32_t batch;
};

static struct subject subject_new(struct net_shape shape, uint32_t batch, float empty)
{
    struct subject s = {.net = net_plan(shape), .batch = batch};
    rng_init(&s.rng, 99, 3);
    s.weights = calloc(s.net.weights, sizeof(float));
    net_draw(&s.net, s.weights, &s.rng);
    s.in = drawn((size_t)s.net.inputs * batch, empty, &s.rng);
    net_blas_start();
    return s;
}

static void subject_free(struct subject *s)
{
    free(s->weights);
    free(s->in);
}

/* Infers all rows in groups of `group`. */
static float *inferred(const struct subject *s, uint32_t group)
{
    float *out = calloc((size_t)s->batch * s->net.shape.outputs, sizeof(float));
    const float **rows = calloc(s->batch, sizeof *rows);
    struct net_scratch scratch;
    CHECK(net_scratch_init(&scratch, &s->net, group));
    for (uint32_t n = 0; n < s->batch; n++)
        rows[n] = s->in + (size_t)n * s->net.inputs;
    net_infer(&s->net, s->weights, rows, s->batch, &scratch, out);
    net_scratch_release(&scratch);
    free(rows);
    return out;
}

static void test_batches_change_no_bit(void)
{
    static const uint32_t hiddens[] = {1, 7, 24, 61, 256};
    for (size_t h = 0; h < sizeof hiddens / sizeof hiddens[0]; h++) {
        struct subject s = subject_new((struct net_shape){NET_MLP, 13, 13, hiddens[h], 7}, 41, 0.7f);
        float *each = inferred(&s, 1);
        for (uint32_t group = 2; group <= 64; group = group * 2 + 1) {
            float *together = inferred(&s, group);
            CHECK(memcmp(each, together, 41 * 7 * sizeof(float)) == 0);
            free(together);
        }
        free(each);
        subject_free(&s);
    }
}

/* The same on every machine and with every compiler. */
static void test_golden_outputs(void)
{
    struct subject s = subject_new((struct net_shape){NET_MLP, 13, 13, 24, 7}, 8, 0.7f);
    float *out = inferred(&s, 8);
    uint64_t hash = 0;
    for (int i = 0; i < 8 * 7; i++)
        hash = hash_add_float(hash, out[i]);
    char text[20];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash_end(hash));
    CHECK_STR(text, "d8dc9bf633dee1b3");
    free(out);
    subject_free(&s);
}

/* What trains computes the same function as what acts, up to rounding. */
static void check_ways_agree(struct net_shape shape)
{
    struct subject s = subject_new(shape, 5, 0.5f);
    struct net_trainer trainer;
    CHECK(net_trainer_init(&trainer, &s.net, 5));
    const float *trained = net_train_forward(&s.net, s.weights, s.in, &trainer);
    float *acted = inferred(&s, 5);
    int wrong = 0;
    for (uint32_t i = 0; i < 5 * shape.outputs; i++)
        wrong += fabsf(trained[i] - acted[i]) > 1e-4f * (1 + fabsf(acted[i]));
    CHECK_INT(wrong, 0);
    free(acted);
    net_trainer_release(&trainer);
    subject_free(&s);
}

/* Loss: the outputs, each times a fixed factor, added. */
static double loss(const struct subject *s, struct net_trainer *t, const float *factors)
{
    const float *out = net_train_forward(&s->net, s->weights, s->in, t);
    double sum = 0;
    for (uint32_t i = 0; i < s->batch * s->net.shape.outputs; i++)
        sum += (double)out[i] * (double)factors[i];
    return sum;
}

/* Steps that cross the edge of a rectifier are no derivative: the two one-sided differences disagree there. */
static void check_gradient(struct net_shape shape, uint32_t tries)
{
    const float h = 0x1p-8f;
    struct subject s = subject_new(shape, 3, 0.2f);
    struct net_trainer trainer;
    CHECK(net_trainer_init(&trainer, &s.net, 3));
    float *factors = drawn((size_t)3 * shape.outputs, 0, &s.rng), *gradient = calloc(s.net.weights, sizeof(float));
    double at = loss(&s, &trainer, factors);
    net_train_back(&s.net, s.weights, s.in, factors, &trainer, gradient);
    uint32_t compared = 0, wrong = 0, moving = 0;
    for (uint32_t i = 0; i < tries; i++) {
        size_t w = tries < s.net.weights ? rng_below(&s.rng, (uint32_t)s.net.weights) : i % s.net.weights;
        float kept = s.weights[w];
        s.weights[w] = kept + h;
        double above = (loss(&s, &trainer, factors) - at) / (double)h;
        s.weights[w] = kept - h;
        double below = (at - loss(&s, &trainer, factors)) / (double)h;
        s.weights[w] = kept;
        double size = 0.02 + fabs(above);
        if (fabs(above - below) > 0.02 * size)
            continue;
        compared++;
        moving += fabs(above) > 0.02;
        wrong += fabs((double)gradient[w] - (above + below) / 2) > 0.02 * size;
    }
    CHECK_INT(wrong, 0);
    CHECK(compared > tries / 2 && moving > tries / 20);
    free(factors);
    free(gradient);
    net_trainer_release(&trainer);
    subject_free(&s);
}

static void test_sizes(void)
{
    struct net mlp = net_plan((struct net_shape){NET_MLP, 13, 13, 24, 7});
    CHECK_INT(mlp.weights, 2197 * 24 + 24 + 24 * 7 + 7);
    struct net conv = net_plan((struct net_shape){NET_CONV, 13, 13, 0, 7});
    CHECK_INT(conv.weights, 5730631);
    CHECK_INT(conv.layers[3].in, 10816);
}

static void test_mutation(void)
{
    struct subject s = subject_new((struct net_shape){NET_MLP, 13, 13, 24, 7}, 1, 0);
    float *before = malloc(s.net.weights * sizeof(float));
    memcpy(before, s.weights, s.net.weights * sizeof(float));
    CHECK_INT(net_mutate(&s.net, s.weights, 0, 0.2f, &s.rng), 0);
    CHECK(memcmp(before, s.weights, s.net.weights * sizeof(float)) == 0);
    size_t said = net_mutate(&s.net, s.weights, 0.1f, 0.2f, &s.rng), changed = 0, wrong = 0;
    for (size_t i = 0; i < s.net.weights; i++) {
        changed += before[i] != s.weights[i];
        wrong += fabsf(s.weights[i] - before[i]) > 0.2001f * fabsf(before[i]);
    }
    CHECK(said > s.net.weights / 11 && said < s.net.weights / 9);
    CHECK(changed <= said && changed > said * 9 / 10);
    CHECK_INT(wrong, 0);
    free(before);
    subject_free(&s);
}

int main(void)
{
    test_kernel_adds_in_order();
    test_batches_change_no_bit();
    test_golden_outputs();
    check_ways_agree((struct net_shape){NET_MLP, 13, 13, 24, 7});
    check_ways_agree((struct net_shape){NET_CONV, 2, 5, 0, 7});
    check_gradient((struct net_shape){NET_MLP, 3, 5, 9, 7}, 800);
    check_gradient((struct net_shape){NET_CONV, 2, 4, 0, 3}, 800);
    test_sizes();
    test_mutation();
    return check_done();
}
