/* SPDX-License-Identifier: MIT
 *
 * The shadow for pointers that have no place in the other one (heap_shadow.h): four bytes for each eight of address
 * space, so that any multiple of 8 can be noted. A note is site + size * 65536; for larger sizes it is BIG + site, and
 * the two places behind it, which the block covers as well, hold the size.
 */
#include "runtime/heap_shadow.h"
#include "runtime/sys.h"

#define GRAIN 3u                 /* bits of an address within a place */
#define LEAF 21u
#define BIG 0x80000000u
#define SMALL 32768u             /* sizes below it are in the note */

static struct farm_shadow_tree wide = {LEAF, (1ull << (LEAF - GRAIN)) * sizeof(uint32_t), NULL};

static uint32_t *find(uint64_t address, bool make)
{
    struct farm_hold hold;
    if (address & 7)
        return NULL;
    if (!wide.top && make && !farm_lock_is_mine(&farm_it.lock)) {
        farm_lock(&farm_it.lock, &hold);
        if (!wide.top)
            farm_shadow_plant(&wide);
        farm_unlock(&farm_it.lock, &hold);
    }
    uint32_t *leaf = wide.top ? (void *)farm_shadow_leaf(&wide, address, make) : NULL;
    return leaf ? &leaf[address >> GRAIN & ((1u << (LEAF - GRAIN)) - 1)] : NULL;
}

bool farm_wide_put(uint64_t address, struct farm_heap_note note)
{
    uint32_t *at = find(address, true);
    if (!at)
        return false;
    if (note.size < SMALL) {
        *at = (uint32_t)note.size << 16 | note.site;
        return true;
    }
    uint32_t *low = find(address + 8, true), *high = find(address + 16, true);
    if (!low || !high)
        return false;
    *low = (uint32_t)note.size;
    *high = (uint32_t)(note.size >> 32);
    *at = BIG | note.site;
    return true;
}

struct farm_heap_note farm_wide_take(uint64_t address)
{
    uint32_t *at = find(address, false);
    if (!at || !*at)
        return (struct farm_heap_note){0, 0};
    uint32_t word = *at;
    *at = 0;
    if (!(word & BIG))
        return (struct farm_heap_note){word & 0xffff, word >> 16};
    uint32_t *low = find(address + 8, false), *high = find(address + 16, false);
    struct farm_heap_note note = {word & 0xffff, *low | (uint64_t)*high << 32};
    *low = *high = 0;
    return note;
}
