/* SPDX-License-Identifier: MIT */
#include "runtime/heap_shadow.h"

#include <sys/mman.h>

#include "runtime/sys.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif
#define NODE_BITS 11u            /* of an address, below which is a leaf */
#define NODE_LEN ((1ull << NODE_BITS) * sizeof(char *))
#define LARGE_BYTES 10u
#define LARGE_BITS 7u

struct farm_heap_kind *farm_shadow_kinds;
uint16_t *farm_shadow_kind_of;
static uint32_t kind_count;
static uint64_t least;           /* bytes of a block: what is shorter may have one byte of shadow */

/* ---- leaves ---- */

/* The last note of a leaf may end behind it. */
static struct farm_shadow_tree dense = {FARM_SHADOW_LEAF, (1ull << (FARM_SHADOW_LEAF - FARM_SHADOW_GRAIN)) + FARM_PAGE,
                                        NULL};

bool farm_shadow_plant(struct farm_shadow_tree *tree)
{
    size_t len = (1ull << (FARM_SHADOW_TOP - tree->leaf - NODE_BITS)) * sizeof *tree->top;
    char ***top = farm_pages(len);
    if (!top || farm_sys(SYS_madvise, top, len, MADV_WIPEONFORK) < 0)
        return false;
    __atomic_store_n(&tree->top, top, __ATOMIC_RELEASE);
    return true;
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

char *farm_shadow_leaf(const struct farm_shadow_tree *tree, uint64_t address, bool make)
{
    if (address >> FARM_SHADOW_TOP)
        return NULL;
    void **at = (void **)&tree->top[address >> (tree->leaf + NODE_BITS)];
    char **node = make ? place(at, NODE_LEN) : __atomic_load_n(at, __ATOMIC_ACQUIRE);
    if (!node)
        return NULL;
    at = (void **)&node[address >> tree->leaf & ((1u << NODE_BITS) - 1)];
    return make ? place(at, tree->leaf_len) : __atomic_load_n(at, __ATOMIC_ACQUIRE);
}

/* The place of an address that is a multiple of 16, which the thread then remembers. */
static uint8_t *find(struct farm_heap_thread *t, uint64_t address, bool make)
{
    uint64_t number = address >> FARM_SHADOW_LEAF;
    char *leaf = farm_shadow_leaf(&dense, address, make);
    if (!leaf)
        return NULL;
    struct farm_heap_leaf near = {number + 1,
                                  (uint64_t)leaf - (number << (FARM_SHADOW_LEAF - FARM_SHADOW_GRAIN))};
    t->leaves[near.tag % FARM_HEAP_LEAVES] = near;
    return (uint8_t *)(near.base + (address >> FARM_SHADOW_GRAIN));
}

/* ---- kinds ---- */

static uint32_t make_kind(uint16_t *at, uint32_t site, uint32_t column)
{
    struct farm_hold hold;
    if (farm_lock_is_mine(&farm_it.lock))
        return 0;
    farm_lock(&farm_it.lock, &hold);
    if (!*at && kind_count < FARM_SHADOW_KINDS - 1) {
        uint32_t kind = farm_shadow_spread(++kind_count) | 1;
        farm_shadow_kinds[kind >> 1] =
            (struct farm_heap_kind){farm_site_offsets[site], (uint16_t)site, (uint16_t)column};
        __atomic_store_n(at, (uint16_t)kind, __ATOMIC_RELEASE);
    }
    farm_unlock(&farm_it.lock, &hold);
    return *at;
}

/* 0: it cannot be had. */
static uint32_t kind_for(uint32_t site, uint64_t size)
{
    uint32_t column = size <= FARM_SHADOW_SMALL ? (uint32_t)size : FARM_SHADOW_VARIES;
    uint16_t *at = &farm_shadow_kind_of[site * FARM_SHADOW_COLUMNS + column];
    if (size < least)
        return 0;
    return *at ? *at : make_kind(at, site, column);
}

/* ---- notes ---- */

bool farm_shadow_put(struct farm_heap_thread *t, uint64_t address, struct farm_heap_note note)
{
    uint32_t kind = address & 15 ? 0 : kind_for(note.site, note.size);
    uint8_t *at = kind ? find(t, address, true) : NULL;
    if (!at)
        return farm_wide_put(address, note);
    uint32_t size = note.size < FARM_SHADOW_LARGE ? (uint32_t)note.size : FARM_SHADOW_LARGE;
    if (note.size <= FARM_SHADOW_SMALL) {
        *(farm_note16 *)at = (uint16_t)kind;
        return true;
    }
    for (unsigned i = 0; size == FARM_SHADOW_LARGE && i < LARGE_BYTES; i++)
        at[4 + i] = (uint8_t)(note.size >> i * LARGE_BITS << 1);
    *(farm_note32 *)at = kind | farm_shadow_spread(size) << 16;
    return true;
}

struct farm_heap_note farm_shadow_take(struct farm_heap_thread *t, uint64_t address)
{
    uint8_t *at = address & 15 ? NULL : find(t, address, false);
    if (!at || !(*at & 1))
        return farm_wide_take(address);
    struct farm_heap_kind kind = farm_shadow_kinds[*(farm_note16 *)at >> 1];
    if (kind.size != FARM_SHADOW_VARIES) {
        *(farm_note16 *)at = 0;
        return (struct farm_heap_note){kind.site, kind.size};
    }
    struct farm_heap_note note = {kind.site, farm_shadow_gather(*(farm_note32 *)at >> 16)};
    *(farm_note32 *)at = 0;
    if (note.size < FARM_SHADOW_LARGE)
        return note;
    note.size = 0;
    for (unsigned i = 0; i < LARGE_BYTES; i++) {
        note.size |= (uint64_t)(at[4 + i] >> 1) << i * LARGE_BITS;
        at[4 + i] = 0;
    }
    return note;
}

/* libc's own allocator gives no block less than 24 bytes, so each has two bytes of shadow. */
bool farm_shadow_init(void)
{
    least = farm_heap_is_libc() ? 0 : (1u << FARM_SHADOW_GRAIN) + 1;
    farm_shadow_kinds = farm_pages(2 * FARM_SHADOW_KINDS * sizeof *farm_shadow_kinds);
    farm_shadow_kind_of = farm_pages(farm_site_room() * FARM_SHADOW_COLUMNS * sizeof *farm_shadow_kind_of);
    return farm_shadow_kinds && farm_shadow_kind_of && farm_shadow_plant(&dense);
}
