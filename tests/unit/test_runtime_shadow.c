/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runtime's shadow of the heap: what is noted for a pointer is what is taken, for blocks of all sizes that lie side
 * by side as an allocator may lay them, and addresses without a note have none.
 */
#include <stdlib.h>

#include "runtime/heap_shadow.h"
#include "tests/unit/check.h"

enum { BLOCKS = 20000, SITES = 40 };

static struct farm_heap_thread thread;
static struct block {
    uint64_t address, size;
    uint32_t site;
} blocks[BLOCKS];
static uint32_t state = 1;

static uint32_t drawn(uint32_t below)
{
    return ((state = state * 1664525u + 1013904223u) >> 8) % below;
}

static uint64_t some_size(void)
{
    static const uint64_t kinds[] = {24, 80, 400, 17000, 70000};
    uint64_t most = kinds[drawn(5)];
    return 1 + drawn((uint32_t)most);
}

/* What the fast ways leave to the slow ones is done by those, as in the functions that programs call. */
static void put(const struct block *b)
{
    if (!farm_shadow_put_fast(&thread, b->address, b->site, b->size))
        CHECK(farm_shadow_put(&thread, b->address, (struct farm_heap_note){b->site, b->size}));
}

static struct farm_heap_note take(uint64_t address)
{
    uint32_t size;
    const struct farm_heap_kind *kind = farm_shadow_take_fast(&thread, address, &size);
    return kind ? (struct farm_heap_note){kind->site, size} : farm_shadow_take(&thread, address);
}

static void check_block(const struct block *b)
{
    struct farm_heap_note note = take(b->address);
    CHECK_INT(note.site, b->site);
    CHECK_INT(note.size, b->size);
    CHECK_INT(take(b->address).site, 0);
}

/* Blocks that begin `grain` bytes apart at least, one behind the other, over several leaves of both shadows. */
static void test_neighbours(uint64_t grain)
{
    uint64_t at = 0x5555557ff000 + (drawn(2) << 24);
    for (uint32_t i = 0; i < BLOCKS; i++) {
        blocks[i] = (struct block){at, some_size(), 1 + drawn(SITES)};
        at += (blocks[i].size + grain - 1) / grain * grain;
        put(&blocks[i]);
    }
    for (uint32_t i = 0; i < BLOCKS; i++) {
        uint32_t other = i + drawn(BLOCKS - i);
        struct block b = blocks[other];
        blocks[other] = blocks[i];
        check_block(&b);
        if (i % 3 == 0) {
            b.site = 1 + drawn(SITES);
            put(&b);
            check_block(&b);
        }
    }
}

/* Inside of a block nothing seems to be noted, whatever its size. */
static void test_inside(void)
{
    struct block b = {0x7ff000000010, 3ull << 40 | 0xffffffff, 7};
    put(&b);
    for (uint64_t offset = 8; offset < 512; offset += 8)
        CHECK_INT(take(b.address + offset).site, 0);
    check_block(&b);
}

static void test_refused(void)
{
    struct farm_heap_note note = {1, 10};
    CHECK(!farm_shadow_put(&thread, 0x555555550004, note));
    CHECK(!farm_shadow_put(&thread, 1ull << 60, note));
    CHECK_INT(take(1ull << 60).site, 0);
}

/* More sites with more small sizes than there are numbers. */
static void test_exhausted(void)
{
    uint64_t at = 0x600000000000;
    for (uint32_t site = 1; site < 600; site++)
        for (uint64_t size = 17; size <= FARM_SHADOW_SMALL; size++, at += 64) {
            struct block b = {at, size, site};
            put(&b);
            check_block(&b);
        }
}

int main(void)
{
    farm_site_offsets = calloc(farm_site_room(), sizeof *farm_site_offsets);
    for (uint32_t i = 0; i < farm_site_room(); i++)
        farm_site_offsets[i] = i * 64;
    CHECK(farm_shadow_init());
    test_neighbours(8);
    test_neighbours(16);
    test_neighbours(32);
    test_inside();
    test_refused();
    test_exhausted();
    return check_done();
}
