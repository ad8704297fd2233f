/* SPDX-License-Identifier: MIT
 *
 * Calling-context trees in the record: of samples, and of allocations. An index in plain memory finds a node by parent
 * and pc. Memory is bounded: when most of the room is gone, a new path is counted at its innermost frame alone, so that
 * self times stay right and only callers are lost.
 */
#include <time.h>

#include "runtime/heap.h"
#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#define NODES_MAX (FARM_NODE_CHUNKS_MAX * (uint32_t)FARM_NODES_PER_CHUNK)
#define PATHS_MAX (NODES_MAX / 4 * 3)
#define FIRST_INDEX 8192u

static struct farm_node *node_at(const struct farm_tree *t, uint32_t id)
{
    return &t->nodes[id / FARM_NODES_PER_CHUNK][id % FARM_NODES_PER_CHUNK];
}

static uint32_t *slot_of(const struct farm_tree *t, uint32_t parent, uint64_t pc)
{
    uint64_t hash = (pc ^ (uint64_t)parent << 40 ^ parent) * 0x9e3779b97f4a7c15ull;
    for (uint32_t i = (uint32_t)(hash >> 32);; i++) {
        uint32_t *slot = &t->index[i & (t->index_cap - 1)];
        if (*slot == FARM_NO_NODE)
            return slot;
        const struct farm_node *node = node_at(t, *slot);
        if (node->pc == pc && node->parent == parent)
            return slot;
    }
}

static bool grow_index(struct farm_tree *t)
{
    uint32_t old_cap = t->index_cap, cap = old_cap ? old_cap * 2 : FIRST_INDEX;
    uint32_t *old = t->index, *index = farm_pages(cap * sizeof *index);
    if (!index)
        return false;
    for (uint32_t i = 0; i < cap; i++)
        index[i] = FARM_NO_NODE;
    t->index = index;
    t->index_cap = cap;
    for (uint32_t id = 0; id < t->node_count; id++)
        *slot_of(t, node_at(t, id)->parent, node_at(t, id)->pc) = id;
    if (old)
        farm_sys(SYS_munmap, old, old_cap * sizeof *old);
    return true;
}

static bool grow_nodes(struct farm_tree *t)
{
    uint32_t kind = t == &farm_it.allocs ? FARM_HEAP_NODES : FARM_NODES;
    struct farm_hold hold;
    farm_lock(&farm_it.lock, &hold);
    struct farm_chunk *chunk = farm_record_chunk(kind, FARM_NODE_CHUNK);
    farm_unlock(&farm_it.lock, &hold);
    if (!chunk)
        return false;
    t->node_chunk = chunk;
    t->nodes[t->node_count / FARM_NODES_PER_CHUNK] = (void *)((char *)chunk + FARM_CHUNK_HEAD);
    return true;
}

/* FARM_NO_NODE where there is no room for another one. */
static uint32_t node_of(struct farm_tree *t, uint32_t parent, uint64_t pc, uint32_t most)
{
    if (2 * t->node_count >= t->index_cap && !grow_index(t))
        return FARM_NO_NODE;
    uint32_t *slot = slot_of(t, parent, pc);
    if (*slot != FARM_NO_NODE)
        return *slot;
    uint32_t id = t->node_count;
    if (id >= most || (id % FARM_NODES_PER_CHUNK == 0 && !grow_nodes(t)))
        return FARM_NO_NODE;
    *node_at(t, id) = (struct farm_node){pc, parent, 0};
    __atomic_store_n(&t->node_chunk->used, (id % FARM_NODES_PER_CHUNK + 1) * sizeof(struct farm_node),
                     __ATOMIC_RELEASE);
    t->node_count++;
    *slot = id;
    return id;
}

/* False where there was no room at all. */
static bool add(struct farm_tree *t, const uint64_t *frames, uint32_t count, uint32_t weight)
{
    uint32_t node = FARM_NO_NODE;
    for (uint32_t i = count; i-- > 0;)
        if ((node = node_of(t, node, farm_modules_recorded(frames[i]), PATHS_MAX)) == FARM_NO_NODE)
            break;
    if (node == FARM_NO_NODE)
        node = node_of(t, FARM_NO_NODE, farm_modules_recorded(frames[0]), NODES_MAX);
    if (node != FARM_NO_NODE)
        node_at(t, node)->count += weight;
    return node != FARM_NO_NODE;
}

void farm_tree_add(const uint64_t *frames, uint32_t count, uint64_t time)
{
    struct farm_hold hold;
    farm_lock(&farm_it.tree_lock, &hold);
    if (farm_collected(time)) {
        if (add(&farm_it.samples, frames, count, 1))
            farm_it.header->samples++;
        else
            farm_it.header->samples_lost++;
    }
    farm_unlock(&farm_it.tree_lock, &hold);
}

void farm_tree_add_allocs(const uint64_t *frames, uint32_t count, uint32_t allocs)
{
    struct farm_hold hold;
    farm_lock(&farm_it.tree_lock, &hold);
    if (farm_collected(farm_clock(CLOCK_MONOTONIC)))
        add(&farm_it.allocs, frames, count, allocs);
    farm_unlock(&farm_it.tree_lock, &hold);
}

static void forget_counts(struct farm_tree *t)
{
    for (uint32_t id = 0; id < t->node_count; id++)
        node_at(t, id)->count = 0;
}

void farm_tree_reset(void)
{
    forget_counts(&farm_it.samples);
    forget_counts(&farm_it.allocs);
    farm_it.header->samples = farm_it.header->samples_lost = 0;
}

static void clear(struct farm_tree *t)
{
    if (t->index)
        farm_sys(SYS_munmap, t->index, t->index_cap * sizeof *t->index);
    t->index = NULL;
    t->index_cap = t->node_count = 0;
}

void farm_tree_clear(void)
{
    clear(&farm_it.samples);
    clear(&farm_it.allocs);
}
