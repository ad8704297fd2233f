/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/rng.h"

uint32_t rng_next(struct rng *r)
{
    uint64_t old = r->state;
    r->state = old * 6364136223846793005u + r->stream;
    uint32_t shifted = (uint32_t)(((old >> 18) ^ old) >> 27), turn = (uint32_t)(old >> 59);
    return shifted >> turn | shifted << (-turn & 31);
}

void rng_init(struct rng *r, uint64_t seed, uint64_t stream)
{
    r->state = 0;
    r->stream = stream << 1 | 1;
    rng_next(r);
    r->state += seed;
    rng_next(r);
}

/* Draws below 2^32 mod limit are thrown away: the rest is a whole number of times limit. */
uint32_t rng_below(struct rng *r, uint32_t limit)
{
    uint32_t least = -limit % limit, drawn;
    do
        drawn = rng_next(r);
    while (drawn < least);
    return drawn % limit;
}

float rng_unit(struct rng *r)
{
    return (float)(rng_next(r) >> 8) * 0x1p-24f;
}
