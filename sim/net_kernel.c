/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/net_kernel.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef float lanes __attribute__((vector_size(16)));

#define LANES 4u
#define WIDE 6u                  /* vectors whose sums stay in registers: the default network's 24 hidden ones, for two */
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

static void one_wide(const float *w, uint32_t outs, const float *in, const struct stretches *s, float *sum)
{
    lanes part[WIDE];
    memcpy(part, sum, sizeof part);
    for (uint32_t n = 0; n < s->count; n++)
        for (uint32_t i = s->first[n]; i < s->first[n] + STRETCH; i++)
            for (uint32_t k = 0; k < WIDE; k++)
                part[k] += load(w + (size_t)i * outs + LANES * k) * in[i];
    memcpy(sum, part, sizeof part);
}

static void two_wide(const float *w, uint32_t outs, const float *const in[2], const struct stretches *s, float *left,
                     float *right)
{
    lanes a[WIDE], b[WIDE];
    memcpy(a, left, sizeof a);
    memcpy(b, right, sizeof b);
    for (uint32_t n = 0; n < s->count; n++) {
        for (uint32_t i = s->first[n]; i < s->first[n] + STRETCH; i++) {
            for (uint32_t k = 0; k < WIDE; k++) {
                lanes row = load(w + (size_t)i * outs + LANES * k);
                a[k] += row * in[0][i];
                b[k] += row * in[1][i];
            }
        }
    }
    memcpy(left, a, sizeof a);
    memcpy(right, b, sizeof b);
}

/* The outputs from `o` to `end`, for the inputs `from` to `to`. */
static void narrow(const float *w, uint32_t outs, uint32_t o, uint32_t end, const float *in, uint32_t from, uint32_t to,
                   float *sum)
{
    for (; o + LANES <= end; o += LANES) {
        lanes part = load(sum + o);
        for (uint32_t i = from; i < to; i++)
            part += load(w + (size_t)i * outs + o) * in[i];
        memcpy(sum + o, &part, sizeof part);
    }
    for (; o < end; o++)
        for (uint32_t i = from; i < to; i++)
            sum[o] += w[(size_t)i * outs + o] * in[i];
}

static void add_piece(const float *w, uint32_t ins, uint32_t outs, const float *const *in, float *const *sum,
                      uint32_t inputs)
{
    struct stretches s;
    list(in[0], in[inputs - 1], ins, &s);
    uint32_t o = 0;
    for (; o + LANES * WIDE <= outs; o += LANES * WIDE) {
        if (inputs == 2)
            two_wide(w + o, outs, in, &s, sum[0] + o, sum[1] + o);
        else
            one_wide(w + o, outs, in[0], &s, sum[0] + o);
    }
    for (uint32_t n = 0; n < inputs; n++) {
        narrow(w, outs, 0, o, in[n], ins - ins % STRETCH, ins, sum[n]);
        narrow(w, outs, o, outs, in[n], 0, ins, sum[n]);
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
