/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/net_kernel.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef float lanes __attribute__((vector_size(16)));

#define LANES 4u
#define WIDE 6u                  /* vectors whose sums stay in registers, for two inputs: 24 outputs */
#define STRETCH 4u               /* inputs looked at together */
#define PIECE 1024u              /* inputs whose stretches are listed at a time */

/* Stretches of a piece of the inputs that are not all zero, by their first input. */
struct stretches {
    uint16_t first[PIECE / STRETCH];
    uint32_t count;
};

static lanes load(const float *from)
{
    lanes value;
    memcpy(&value, from, sizeof value);
    return value;
}

static bool empty(const float *in)
{
    uint64_t bits[2];
    memcpy(bits, in, sizeof bits);
    return !(bits[0] | bits[1]);
}

/* Whole stretches only; what is left of the inputs behind them is short. b may be a. */
static void list(const float *a, const float *b, uint32_t count, struct stretches *s)
{
    s->count = 0;
    for (uint32_t i = 0; i + STRETCH <= count; i += STRETCH) {
        s->first[s->count] = (uint16_t)i;
        s->count += !empty(a + i) || !empty(b + i);
    }
}

/* 4 * wide outputs of one input or of two; with constants for `wide` and `two` the sums stay in registers. */
static inline __attribute__((always_inline)) void add_block(const float *w, uint32_t outs, const float *const in[2],
                                                            const struct stretches *s, float *const sum[2], uint32_t o,
                                                            const uint32_t wide, const bool two)
{
    lanes a[WIDE], b[WIDE];
    memcpy(a, sum[0] + o, wide * sizeof(lanes));
    memcpy(b, sum[two] + o, wide * sizeof(lanes));
    for (uint32_t n = 0; n < s->count; n++) {
        for (uint32_t i = s->first[n]; i < s->first[n] + STRETCH; i++) {
            const float *row = w + (size_t)i * outs + o;
#pragma GCC unroll 6
            for (uint32_t k = 0; k < wide; k++) {
                lanes weights = load(row + LANES * k);
                a[k] += weights * in[0][i];
                if (two)
                    b[k] += weights * in[1][i];
            }
        }
    }
    memcpy(sum[0] + o, a, wide * sizeof(lanes));
    if (two)
        memcpy(sum[1] + o, b, wide * sizeof(lanes));
}

/* All outputs but the last outs % 4; where those start. */
static uint32_t add_blocks(const float *w, uint32_t outs, const float *const in[2], const struct stretches *s,
                           float *const sum[2], bool two)
{
    uint32_t o = 0;
    for (; o + LANES * WIDE <= outs; o += LANES * WIDE) {
        if (two)
            add_block(w, outs, in, s, sum, o, WIDE, true);
        else
            add_block(w, outs, in, s, sum, o, WIDE, false);
    }
    for (; o + LANES * 4 <= outs; o += LANES * 4)
        add_block(w, outs, in, s, sum, o, 4, two);
    for (; o + LANES <= outs; o += LANES)
        add_block(w, outs, in, s, sum, o, 1, two);
    return o;
}

/* The outputs from `o` to `end`, for the inputs `from` to `to`. */
static void add_rest(const float *w, uint32_t outs, uint32_t o, uint32_t end, const float *in, uint32_t from,
                     uint32_t to, float *sum)
{
    for (uint32_t i = from; i < to; i++)
        for (uint32_t k = o; k < end; k++)
            sum[k] += w[(size_t)i * outs + k] * in[i];
}

static void add_piece(const float *w, uint32_t ins, uint32_t outs, const float *const *in, float *const *sum,
                      uint32_t inputs)
{
    struct stretches s;
    bool two = inputs == 2;
    list(in[0], in[two], ins, &s);
    uint32_t o = add_blocks(w, outs, in, &s, sum, two);
    for (uint32_t n = 0; n < inputs; n++) {
        add_rest(w, outs, 0, o, in[n], ins - ins % STRETCH, ins, sum[n]);
        add_rest(w, outs, o, outs, in[n], 0, ins, sum[n]);
    }
}

void net_kernel_add(const float *w, uint32_t ins, uint32_t outs, const float *const *in, float *const *sum,
                    uint32_t inputs)
{
    for (uint32_t at = 0; at < ins; at += PIECE) {
        const float *piece[2] = {in[0] + at, in[inputs - 1] + at};
        add_piece(w + (size_t)at * outs, ins - at < PIECE ? ins - at : PIECE, outs, piece, sum, inputs);
    }
}
