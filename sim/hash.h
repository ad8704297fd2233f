/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A 64-bit hash fed with words, with the round and the final mix of XXH64. Fed field by field and never with whole
 * structs, so that padding has no say.
 */
#ifndef SIM_HASH_H
#define SIM_HASH_H

#include <stdint.h>
#include <string.h>

static inline uint64_t hash_add(uint64_t hash, uint64_t word)
{
    hash += word * 0xC2B2AE3D27D4EB4Fu;
    hash = hash << 31 | hash >> 33;
    return hash * 0x9E3779B185EBCA87u;
}

static inline uint64_t hash_add_float(uint64_t hash, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return hash_add(hash, bits);
}

static inline uint64_t hash_end(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * 0xC2B2AE3D27D4EB4Fu;
    hash = (hash ^ hash >> 29) * 0x165667B19E3779F9u;
    return hash ^ hash >> 32;
}

#endif
