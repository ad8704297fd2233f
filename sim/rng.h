/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PCG32 (O'Neill): 16 bytes of state, so that every agent can have a stream of its own. What an agent draws then does
 * not depend on how many others drew before it.
 */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include <stdint.h>

struct rng {
    uint64_t state, stream;
};

void rng_init(struct rng *r, uint64_t seed, uint64_t stream);
uint32_t rng_next(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t limit);       /* 0 .. limit - 1, all equally likely; limit > 0 */
float rng_unit(struct rng *r);                           /* 0 <= x < 1, a multiple of 2^-24 */

#endif
