/* SPDX-License-Identifier: MIT
 *
 * The calling-context tree of samples, in the record. An index in plain memory finds a node by parent and pc. Memory is
 * bounded: when most of the room is gone, a new path is counted at its innermost frame alone, so that self times stay
 * right and only callers are lost.
 */
#include "runtime/marks.h"
#include "runtime/record.h"
#include "runtime/sys.h"

#define NODES_MAX (FARM_NODE_CHUNKS_MAX * (uint32_t)FARM_NODES_PER_CHUNK)
#define PATHS_MAX (NODES_MAX / 4 * 3)
#define FIRST_INDEX 8192u

static struct farm_node *node_at(uint32_t id)
{
    return &farm_it.nodes[id / FARM_NODES_PER_CHUNK][id % FARM_NODES_PER_CHUNK];
}

static uint32_t *slot_of(uint32_t parent, uint64_t pc)
{
    uint64_t hash = (pc ^ (uint64_t)parent << 40 ^ parent) * 0x9e3779b97f4a7c15ull;
    for (uint32_t i = (uint32_t)(hash >> 32);; i++) {
        uint32_t *slot = &farm_it.index[i & (farm_it.index_cap - 1)];
        if (*slot == FARM_NO_NODE)
            return slot;
        const struct farm_node *node = node_at(*slot);
        if (node->pc == pc && node->parent == parent)
            return slot;
    }
}

static bool grow_index(void)
{
    uint32_t old_cap = farm_it.index_cap, cap = old_cap ? old_cap * 2 : FIRST_INDEX;
    uint32_t *old = farm_it.index, *index = farm_pages(cap * sizeof *index);
    if (!index)
        return false;
    for (uint32_t i = 0; i < cap; i++)
        index[i] = FARM_NO_NODE;
    farm_it.index = index;
    farm_it.index_cap = cap;
    for (uint32_t id = 0; id < farm_it.node_count; id++)
        *slot_of(node_at(id)->parent, node_at(id)->pc) = id;
    if (old)
        farm_sys(SYS_munmap, old, old_cap * sizeof *old);
    return true;
}

static bool grow_nodes(void)
{
    struct farm_hold hold;
    farm_lock(&farm_it.lock, &hold);
    struct farm_chunk *chunk = farm_record_chunk(FARM_NODES, FARM_NODE_CHUNK);
    farm_unlock(&farm_it.lock, &hold);
    if (!chunk)
        return false;
    farm_it.node_chunk = chunk;
    farm_it.nodes[farm_it.node_count / FARM_NODES_PER_CHUNK] = (void *)((char *)chunk + FARM_CHUNK_HEAD);
    return true;
}

/* FARM_NO_NODE where there is no room for another one. */
static uint32_t node_of(uint32_t parent, uint64_t pc, uint32_t most)
{
    if (2 * farm_it.node_count >= farm_it.index_cap && !grow_index())
        return FARM_NO_NODE;
    uint32_t *slot = slot_of(parent, pc);
    if (*slot != FARM_NO_NODE)
        return *slot;
    uint32_t id = farm_it.node_count;
    if (id >= most || (id % FARM_NODES_PER_CHUNK == 0 && !grow_nodes()))
        return FARM_NO_NODE;
    *node_at(id) = (struct farm_node){pc, parent, 0};
    __atomic_store_n(&farm_it.node_chunk->used, (id % FARM_NODES_PER_CHUNK + 1) * sizeof(struct farm_node),
                     __ATOMIC_RELEASE);
    farm_it.node_count++;
    *slot = id;
    return id;
}

static void add(const uint64_t *frames, uint32_t count)
{
    uint32_t node = FARM_NO_NODE;
    for (uint32_t i = count; i-- > 0;)
        if ((node = node_of(node, frames[i], PATHS_MAX)) == FARM_NO_NODE)
            break;
    if (node == FARM_NO_NODE)
        node = node_of(FARM_NO_NODE, frames[0], NODES_MAX);
    if (node == FARM_NO_NODE) {
        farm_it.header->samples_lost++;
    } else {
        node_at(node)->count++;
        farm_it.header->samples++;
    }
}

void farm_tree_add(const uint64_t *frames, uint32_t count, uint64_t time)
{
    struct farm_hold hold;
    farm_lock(&farm_it.tree_lock, &hold);
    if (farm_collected(time))
        add(frames, count);
    farm_unlock(&farm_it.tree_lock, &hold);
}

void farm_tree_reset(void)
{
    for (uint32_t id = 0; id < farm_it.node_count; id++)
        node_at(id)->count = 0;
    farm_it.header->samples = farm_it.header->samples_lost = 0;
}

void farm_tree_clear(void)
{
    if (farm_it.index)
        farm_sys(SYS_munmap, farm_it.index, farm_it.index_cap * sizeof *farm_it.index);
    farm_it.index = NULL;
    farm_it.index_cap = farm_it.node_count = 0;
}
