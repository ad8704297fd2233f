/* SPDX-License-Identifier: MIT
 *
 * Where each live pointer came from: four bytes for each sixteen of address space, in leaves that are made when the
 * first pointer falls into them. No locks: a place belongs to whoever owns the pointer. A forked child starts without
 * any, by the kernel's doing, so that the parent's memory is not counted for it when it is freed.
 *
 * A note is site + size * 65536; for larger sizes it is BIG + site, and the two places behind it, which the allocation
 * covers as well, hold the size. Pointers that are multiples of 8 only have leaves of their own.
 */
#ifndef FARM_HEAP_SHADOW_H
#define FARM_HEAP_SHADOW_H

#include "runtime/internal.h"

#define FARM_SHADOW_GRAIN 4u     /* bits of an address within a place, */
#define FARM_SHADOW_LEAF 22u     /* within a leaf (of 1 MiB), */
#define FARM_SHADOW_NODE 33u     /* within what a node of leaves covers, */
#define FARM_SHADOW_TOP 47u      /* and in all */
#define FARM_SHADOW_PLANE (1ull << (FARM_SHADOW_TOP - FARM_SHADOW_NODE))
#define FARM_SHADOW_BIG 0x80000000u
#define FARM_SHADOW_SMALL 32768u /* sizes below it are in the note */

extern uint32_t ***farm_shadow_top;      /* [plane, address], then [address], then a leaf */

/* The place of an address; NULL where there is no leaf for it, or cannot be one. */
static inline __attribute__((always_inline)) uint32_t *farm_shadow_at(uint64_t address)
{
    if (__builtin_expect(address >> FARM_SHADOW_TOP || address & 7, 0))
        return NULL;
    uint32_t **node = __atomic_load_n(
        &farm_shadow_top[(address >> 3 & 1) * FARM_SHADOW_PLANE + (address >> FARM_SHADOW_NODE)], __ATOMIC_ACQUIRE);
    if (__builtin_expect(!node, 0))
        return NULL;
    uint64_t in_node = address >> FARM_SHADOW_LEAF & ((1u << (FARM_SHADOW_NODE - FARM_SHADOW_LEAF)) - 1);
    uint32_t *leaf = __atomic_load_n(&node[in_node], __ATOMIC_ACQUIRE);
    uint64_t in_leaf = address >> FARM_SHADOW_GRAIN & ((1u << (FARM_SHADOW_LEAF - FARM_SHADOW_GRAIN)) - 1);
    return __builtin_expect(leaf != NULL, 1) ? &leaf[in_leaf] : NULL;
}

/* The same where nearly all addresses are: multiples of 16. NULL: ask farm_shadow_at. */
static inline __attribute__((always_inline)) uint32_t *farm_shadow_fast(uint64_t address)
{
    if (__builtin_expect(address & (~0ull << FARM_SHADOW_TOP | 15), 0))
        return NULL;
    uint32_t **node = __atomic_load_n(&farm_shadow_top[address >> FARM_SHADOW_NODE], __ATOMIC_ACQUIRE);
    if (__builtin_expect(!node, 0))
        return NULL;
    uint64_t in_node = address >> FARM_SHADOW_LEAF & ((1u << (FARM_SHADOW_NODE - FARM_SHADOW_LEAF)) - 1);
    uint32_t *leaf = __atomic_load_n(&node[in_node], __ATOMIC_ACQUIRE);
    uint64_t in_leaf = address >> FARM_SHADOW_GRAIN & ((1u << (FARM_SHADOW_LEAF - FARM_SHADOW_GRAIN)) - 1);
    return __builtin_expect(leaf != NULL, 1) ? &leaf[in_leaf] : NULL;
}

static inline uint32_t farm_shadow_note(uint32_t site, uint64_t size)
{
    return (uint32_t)size << 16 | site;
}

#endif
