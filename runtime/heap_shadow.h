/* SPDX-License-Identifier: MIT
 *
 * Where each live pointer came from: one byte for each sixteen of address space, in leaves that are made when the first
 * pointer falls into them. No locks: the bytes of a block's memory belong to whoever owns the block. A forked child
 * starts without any, by the kernel's doing, so that the parent's memory is not counted for it when it is freed.
 *
 * A block's note begins at the byte of its address and takes no more bytes than its memory has:
 *   2  the number of a kind: a site together with a small size, or a site whose size follows
 *   2  that size; FARM_SHADOW_LARGE: it follows in ten more
 * Numbers are written in seven bits a byte. The lowest bit is set in a note's first byte and in no other, so whatever
 * lay there, an address that has no note does not seem to have one.
 *
 * What fits no note is in heap_wide.c: pointers that are odd multiples of 8, blocks of one byte of shadow, and those
 * for which there are no numbers any more.
 */
#ifndef FARM_HEAP_SHADOW_H
#define FARM_HEAP_SHADOW_H

#include "runtime/heap.h"

#define FARM_SHADOW_GRAIN 4u     /* bits of an address within a byte, */
#define FARM_SHADOW_LEAF 24u     /* within a leaf (of 1 MiB), */
#define FARM_SHADOW_TOP 47u      /* and in all */
#define FARM_SHADOW_SMALL 48u    /* bytes of a block: up to here a kind says how many */
#define FARM_SHADOW_COLUMNS 64u
#define FARM_SHADOW_VARIES 63u   /* the column of the others */
#define FARM_SHADOW_LARGE 16383u
#define FARM_SHADOW_KINDS 16384u /* numbers, of which 0 is none */

typedef uint16_t farm_note16 __attribute__((aligned(1), may_alias));
typedef uint32_t farm_note32 __attribute__((aligned(1), may_alias));

struct farm_heap_kind {
    uint32_t offset;             /* of the site's row */
    uint16_t site, size;         /* FARM_SHADOW_VARIES: it follows */
};
FARM_HIDDEN extern struct farm_heap_kind *farm_shadow_kinds;     /* by the first two bytes of a note, shifted by 1 */
FARM_HIDDEN extern uint16_t *farm_shadow_kind_of;    /* those two bytes by site and column; 0: none yet */

#define FARM_INLINE static inline __attribute__((always_inline))

FARM_INLINE uint32_t farm_shadow_spread(uint32_t number)
{
    return (number << 1 & 0xfe) | (number << 2 & 0xfe00);
}

FARM_INLINE uint32_t farm_shadow_gather(uint32_t bytes)
{
    return (bytes & 0xfe) >> 1 | (bytes & 0xfe00) >> 2;
}

/* The place of an address where the thread was before; NULL: ask farm_shadow_find. */
FARM_INLINE uint8_t *farm_shadow_near(const struct farm_heap_thread *t, uint64_t address)
{
    uint64_t tag = (address >> FARM_SHADOW_LEAF) + 1;
    const struct farm_heap_leaf *leaf = &t->leaves[tag % FARM_HEAP_LEAVES];
    if (__builtin_expect(leaf->tag != tag || address & 15, 0))
        return NULL;
    uint8_t *at = (uint8_t *)(leaf->base + (address >> FARM_SHADOW_GRAIN));
    if (!at)
        __builtin_unreachable();
    return at;
}

/* False: farm_shadow_put does it. */
FARM_INLINE bool farm_shadow_put_fast(const struct farm_heap_thread *t, uint64_t address, uint32_t site, uint64_t size)
{
    uint8_t *at = farm_shadow_near(t, address);
    bool small = size <= FARM_SHADOW_SMALL;
    uint32_t kind = farm_shadow_kind_of[site * FARM_SHADOW_COLUMNS + (small ? size : FARM_SHADOW_VARIES)];
    if (__builtin_expect(!at || *at & 1 || !kind || size >= FARM_SHADOW_LARGE, 0))
        return false;
    if (small)
        *(farm_note16 *)at = (uint16_t)kind;
    else
        *(farm_note32 *)at = kind | farm_shadow_spread((uint32_t)size) << 16;
    return true;
}

/* NULL: farm_shadow_take does it. Else what is forgotten now, and its size. */
FARM_INLINE const struct farm_heap_kind *farm_shadow_take_fast(const struct farm_heap_thread *t, uint64_t address,
                                                               uint32_t *size)
{
    uint8_t *at = farm_shadow_near(t, address);
    if (__builtin_expect(!at || !(*at & 1), 0))
        return NULL;
    const struct farm_heap_kind *kind = &farm_shadow_kinds[*(farm_note16 *)at >> 1];
    *size = kind->size;
    if (kind->size != FARM_SHADOW_VARIES) {
        *(farm_note16 *)at = 0;
        return kind;
    }
    *size = farm_shadow_gather(*(farm_note32 *)at >> 16);
    if (__builtin_expect(*size == FARM_SHADOW_LARGE, 0))
        return NULL;
    *(farm_note32 *)at = 0;
    return kind;
}

/* ---- heap_wide.c: four bytes for each eight, for the rest ---- */
bool farm_wide_put(uint64_t address, struct farm_heap_note note);
struct farm_heap_note farm_wide_take(uint64_t address);

/* ---- heap_shadow.c, for heap_wide.c ---- */
struct farm_shadow_tree {
    unsigned leaf;               /* bits of an address within a leaf */
    size_t leaf_len;             /* bytes of one */
    char ***top;                 /* nodes, and leaves in them; wiped in a forked child */
};
bool farm_shadow_plant(struct farm_shadow_tree *tree);
char *farm_shadow_leaf(const struct farm_shadow_tree *tree, uint64_t address, bool make);     /* NULL: none */

#endif
