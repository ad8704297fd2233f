/* SPDX-License-Identifier: MIT
 *
 * Where each live pointer came from: four bytes for each sixteen of address space, in leaves that are made when the
 * first pointer falls into them. No locks: a place belongs to whoever owns the pointer. A forked child starts without
 * any, by the kernel's doing, so that the parent's memory is not counted for it when it is freed.
 *
 * A note is site + size * 65536; for larger sizes it is BIG + site, and the two places behind it, which the allocation
 * covers as well, hold the size. Pointers that are multiples of 8 only have leaves of their own.
 */
#include <sys/mman.h>

#include "runtime/heap.h"
#include "runtime/sys.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif
#define GRAIN_BITS 4u
#define LEAF_BITS 22u            /* of addresses: a leaf is 1 MiB */
#define NODE_BITS 33u
#define TOP_BITS 47u
#define LEAF_LEN ((1ull << (LEAF_BITS - GRAIN_BITS)) * sizeof(uint32_t))
#define NODE_LEN ((1ull << (NODE_BITS - LEAF_BITS)) * sizeof(uint32_t *))
#define PLANE (1ull << (TOP_BITS - NODE_BITS))
#define BIG 0x80000000u
#define SMALL 32768u             /* sizes below it are in the note */

static uint32_t ***top;          /* [plane, address], then [address], then a leaf */

static void *make(size_t len)
{
    void *made = farm_pages(len);
    if (made)
        farm_sys(SYS_madvise, made, len, MADV_DONTFORK);
    return made;
}

bool farm_shadow_init(void)
{
    size_t len = 2 * PLANE * sizeof *top;
    top = farm_pages(len);
    return top && farm_sys(SYS_madvise, top, len, MADV_WIPEONFORK) == 0;
}

/* Another thread may make the same one: then its own stands. */
static void *place(void **at, size_t len)
{
    void *made = make(len), *there = NULL;
    if (!made || __atomic_compare_exchange_n(at, &there, made, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return made;
    farm_sys(SYS_munmap, made, len);
    return there;
}

static inline __attribute__((always_inline)) uint32_t *find(uint64_t address, bool makes)
{
    uint64_t plane = address >> 3 & 1;
    if (address >> TOP_BITS || address & 7)
        return NULL;
    uint32_t ***node_at = &top[plane * PLANE + (address >> NODE_BITS)];
    uint32_t **node = __atomic_load_n(node_at, __ATOMIC_ACQUIRE);
    if (!node && (!makes || !(node = place((void **)node_at, NODE_LEN))))
        return NULL;
    uint32_t **leaf_at = &node[address >> LEAF_BITS & ((1u << (NODE_BITS - LEAF_BITS)) - 1)];
    uint32_t *leaf = __atomic_load_n(leaf_at, __ATOMIC_ACQUIRE);
    if (!leaf && (!makes || !(leaf = place((void **)leaf_at, LEAF_LEN))))
        return NULL;
    return &leaf[address >> GRAIN_BITS & ((1u << (LEAF_BITS - GRAIN_BITS)) - 1)];
}

static bool put_big(uint32_t *at, uint64_t address, struct farm_heap_note note)
{
    uint32_t *low = find(address + 16, true), *high = find(address + 32, true);
    if (!low || !high)
        return false;
    *low = (uint32_t)note.size;
    *high = (uint32_t)(note.size >> 32);
    *at = BIG | note.site;
    return true;
}

bool farm_shadow_put(uint64_t address, struct farm_heap_note note)
{
    uint32_t *at = find(address, true);
    if (!at)
        return false;
    if (note.size >= SMALL)
        return put_big(at, address, note);
    *at = (uint32_t)note.size << 16 | note.site;
    return true;
}

static struct farm_heap_note take_big(uint64_t address, uint32_t site)
{
    uint32_t *low = find(address + 16, false), *high = find(address + 32, false);
    struct farm_heap_note note = {site, *low | (uint64_t)*high << 32};
    *low = *high = 0;
    return note;
}

struct farm_heap_note farm_shadow_take(uint64_t address)
{
    uint32_t *at = find(address, false);
    if (!at || !*at)
        return (struct farm_heap_note){0, 0};
    uint32_t word = *at;
    *at = 0;
    if (word & BIG)
        return take_big(address, word & ~BIG);
    return (struct farm_heap_note){word & 0xffff, word >> 16};
}
