/* SPDX-License-Identifier: MIT */
#include "runtime/heap_shadow.h"

#include <sys/mman.h>

#include "runtime/heap.h"
#include "runtime/sys.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif
#define LEAF_LEN ((1ull << (FARM_SHADOW_LEAF - FARM_SHADOW_GRAIN)) * sizeof(uint32_t))
#define NODE_LEN ((1ull << (FARM_SHADOW_NODE - FARM_SHADOW_LEAF)) * sizeof(uint32_t *))

uint32_t ***farm_shadow_top;

bool farm_shadow_init(void)
{
    size_t len = 2 * FARM_SHADOW_PLANE * sizeof *farm_shadow_top;
    farm_shadow_top = farm_pages(len);
    return farm_shadow_top && farm_sys(SYS_madvise, farm_shadow_top, len, MADV_WIPEONFORK) == 0;
}

/* Another thread may make the same one: then that stands. */
static void *place(void **at, size_t len)
{
    void *there = __atomic_load_n(at, __ATOMIC_ACQUIRE), *made = there ? NULL : farm_pages(len);
    if (!made)
        return there;
    farm_sys(SYS_madvise, made, len, MADV_DONTFORK);
    if (__atomic_compare_exchange_n(at, &there, made, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return made;
    farm_sys(SYS_munmap, made, len);
    return there;
}

static uint32_t *make(uint64_t address)
{
    uint32_t *at = farm_shadow_at(address);
    if (at || address >> FARM_SHADOW_TOP || address & 7)
        return at;
    void *node_at = &farm_shadow_top[(address >> 3 & 1) * FARM_SHADOW_PLANE + (address >> FARM_SHADOW_NODE)];
    uint32_t **node = place(node_at, NODE_LEN);
    uint64_t in_node = address >> FARM_SHADOW_LEAF & ((1u << (FARM_SHADOW_NODE - FARM_SHADOW_LEAF)) - 1);
    return node && place((void **)&node[in_node], LEAF_LEN) ? farm_shadow_at(address) : NULL;
}

bool farm_shadow_put(uint64_t address, struct farm_heap_note note)
{
    uint32_t *at = make(address);
    if (!at)
        return false;
    if (note.size < FARM_SHADOW_SMALL) {
        *at = farm_shadow_note(note.site, note.size);
        return true;
    }
    uint32_t *low = make(address + 16), *high = make(address + 32);
    if (!low || !high)
        return false;
    *low = (uint32_t)note.size;
    *high = (uint32_t)(note.size >> 32);
    *at = FARM_SHADOW_BIG | note.site;
    return true;
}

struct farm_heap_note farm_shadow_take(uint64_t address)
{
    uint32_t *at = farm_shadow_at(address);
    if (!at || !*at)
        return (struct farm_heap_note){0, 0};
    uint32_t word = *at;
    *at = 0;
    if (!(word & FARM_SHADOW_BIG))
        return (struct farm_heap_note){word & 0xffff, word >> 16};
    uint32_t *low = farm_shadow_at(address + 16), *high = farm_shadow_at(address + 32);
    struct farm_heap_note note = {word & ~FARM_SHADOW_BIG, *low | (uint64_t)*high << 32};
    *low = *high = 0;
    return note;
}
