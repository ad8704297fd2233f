/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Worlds: made, counted, hashed, freed. Steps are in step.c.
 */
#include "sim/world.h"

#include <stdlib.h>

#include "sim/agents.h"
#include "sim/hash.h"
#include "sim/pages.h"
#include "sim/policy.h"

static bool open_indices(struct sim *world)
{
    const struct sim_def *def = &world->def;
    struct index_plan plan = {.kind = index_find(def->spatial.index), .update = def->spatial.update,
                              .batch = def->spatial.batch, .width = def->width, .height = def->height,
                              .region = def->spatial.region, .cell = def->spatial.cell, .room = def->max_agents};
    bool good = index_open(&world->agents_index, &plan);
    plan.room = def->nodes;
    return index_open(&world->nodes_index, &plan) && good;
}

static void place_nodes(struct sim *world)
{
    for (uint32_t i = 0; i < world->def.nodes; i++) {
        float x = rng_unit(&world->rng) * world->def.width, y = rng_unit(&world->rng) * world->def.height;
        world->nodes[i] = (struct node){x, y, world->def.node_max};
        index_put(&world->nodes_index, i, x, y);
    }
    index_update(&world->nodes_index);
}

/* On free squares, as far as they can be found by trying. */
static bool place_agents(struct sim *world)
{
    for (enum sim_type type = 0; type < SIM_TYPES; type++) {
        for (uint32_t i = 0; i < world->def.agents[type]; i++) {
            float x, y;
            int tries = 0;
            do {
                x = rng_unit(&world->rng) * world->def.width;
                y = rng_unit(&world->rng) * world->def.height;
            } while (maps_blocked(&world->maps, x, y) && ++tries < 100);
            struct agent *a = agents_add(world, type, x, y);
            if (!a)
                return false;
            a->goods = world->def.start_goods;
        }
    }
    spatial_update(world);
    return true;
}

static int64_t goods_held(const struct sim *world)
{
    int64_t goods = 0;
    for (uint32_t i = 0; i < world->slots; i++)
        goods += world->agents[i].goods;
    for (uint32_t i = 0; i < world->def.nodes; i++)
        goods += world->nodes[i].goods;
    return goods;
}

static void resolve(struct sim_def *def)
{
    if (!def->max_agents)
        def->max_agents = 10 * (def->agents[0] + def->agents[1] + def->agents[2]);
    if (def->spatial.region < 1) {
        uint32_t side = 2 * def->sight.radius + 2;
        def->spatial.region = side < 16 ? 16 : (float)side;
    }
}

static bool allocate(struct sim *world)
{
    const struct sim_def *def = &world->def;
    size_t most = (size_t)def->max_agents + 1, nodes = (size_t)def->nodes + 1;
    world->agents = pages_new(most * sizeof *world->agents);
    world->vacant = malloc(most * sizeof *world->vacant);
    world->crew = malloc(most * sizeof *world->crew);
    world->choices = malloc(most * sizeof *world->choices);
    world->nearby = malloc(most * sizeof *world->nearby);
    world->nodes = calloc(nodes, sizeof *world->nodes);
    world->active = malloc(nodes * sizeof *world->active);
    world->near = malloc(most * sizeof *world->near);
    bool good = world->agents && world->vacant && world->crew && world->choices;
    good = good && world->nearby && world->nodes && world->active && world->near;
    return good && open_indices(world) && maps_open(&world->maps, def) && sight_open(world);
}

struct sim *sim_new(const struct sim_def *def)
{
    struct sim *world = calloc(1, sizeof *world);
    if (!world)
        return NULL;
    world->def = *def;
    resolve(&world->def);
    world->policy = policy_find(def->policy);
    rng_init(&world->rng, def->seed, 0);
    bool good = allocate(world) && (!world->policy->open || world->policy->open(world));
    if (good)
        place_nodes(world);
    if (!good || !goods_map_open(world) || !place_agents(world)) {
        sim_free(world);
        return NULL;
    }
    world->totals.goods_at_start = goods_held(world);
    return world;
}

void sim_free(struct sim *world)
{
    if (!world)
        return;
    if (world->brain)
        world->policy->close(world);
    sight_close(world);
    maps_close(&world->maps);
    index_close(&world->agents_index);
    index_close(&world->nodes_index);
    events_release(&world->events);
    pages_free(world->agents, ((size_t)world->def.max_agents + 1) * sizeof *world->agents);
    free(world->vacant);
    free(world->crew);
    free(world->choices);
    free(world->nearby);
    free(world->nodes);
    free(world->active);
    free(world->near);
    free(world);
}

static uint64_t agent_hash(const struct sim *world, uint32_t slot, uint64_t hash)
{
    const struct agent *a = &world->agents[slot];
    hash = hash_add(hash, (uint64_t)a->generation << 1 | a->alive);
    if (!a->alive)
        return hash;
    hash = hash_add_float(hash_add_float(hash, a->x), a->y);
    hash = hash_add(hash, (uint64_t)(uint32_t)a->goods << 32 | (uint32_t)a->health);
    hash = hash_add(hash, (uint64_t)a->hungry_steps << 32 | a->defense_steps);
    hash = hash_add(hash, (uint64_t)a->ancestors << 32 | (uint32_t)a->type);
    hash = hash_add(hash_add(hash_add(hash, a->born), a->rng.state), a->id);
    hash = hash_add_float(hash_add_float(hash, a->reward), a->rewards);
    for (int i = 0; i < SIM_ACTIONS; i++)
        hash = hash_add_float(hash, a->genome[i]);
    return sight_hash(world, slot, hash);
}

uint64_t sim_hash(const struct sim *world)
{
    uint64_t hash = hash_add(hash_add(world->def.seed, world->step), world->rng.state);
    hash = hash_add(hash, (uint64_t)world->slots << 32 | world->vacant_count);
    for (uint32_t i = 0; i < world->slots; i++)
        hash = agent_hash(world, i, hash);
    for (uint32_t i = 0; i < world->def.nodes; i++) {
        const struct node *node = &world->nodes[i];
        hash = hash_add(hash_add_float(hash_add_float(hash, node->x), node->y), (uint32_t)node->goods);
    }
    for (uint32_t i = 0; i < world->maps.touched_count; i++) {
        uint32_t square = world->maps.touched[i];
        uint32_t marks = (uint32_t)world->maps.heat[square] << 8 | world->maps.marks[square];
        hash = hash_add(hash, (uint64_t)square << 32 | marks);
    }
    if (world->policy->hash)
        hash = world->policy->hash(world, hash);
    return hash_end(hash);
}

struct sim_totals sim_totals(const struct sim *world)
{
    struct sim_totals totals = world->totals;
    totals.steps = world->step;
    totals.agents = world->slots - world->vacant_count;
    totals.goods = goods_held(world);
    return totals;
}

static void account_index(const struct index *ix, struct sim_bytes *bytes, struct sim_counters *counters)
{
    bytes->index += index_bytes(ix);
    counters->rebuilds += ix->rebuilds;
    counters->moved_singly += ix->moved_singly;
    counters->moved_in_batches += ix->moved_in_batches;
    counters->batches += ix->batches;
    counters->dirty_regions += ix->dirty_regions;
}

static void account(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters)
{
    size_t most = (size_t)world->def.max_agents + 1, nodes = (size_t)world->def.nodes + 1;
    bytes->state = sizeof *world + nodes * (sizeof *world->nodes + sizeof *world->active) +
                   most * (sizeof *world->agents + sizeof *world->vacant + sizeof *world->crew +
                           sizeof *world->choices + sizeof *world->nearby + sizeof *world->near);
    bytes->maps = maps_bytes(&world->maps);
    *counters = world->counters;
    counters->map_width = world->maps.columns - 1;
    counters->map_height = world->maps.rows - 1;
    account_index(&world->agents_index, bytes, counters);
    account_index(&world->nodes_index, bytes, counters);
    sight_account(world, bytes, counters);
    if (world->policy->account)
        world->policy->account(world, bytes, counters);
}

struct sim_counters sim_counters(const struct sim *world)
{
    struct sim_bytes bytes = {0};
    struct sim_counters counters;
    account(world, &bytes, &counters);
    return counters;
}

struct sim_bytes sim_bytes(const struct sim *world)
{
    struct sim_bytes bytes = {0};
    struct sim_counters counters;
    account(world, &bytes, &counters);
    return bytes;
}

struct sim_id sim_next(const struct sim *world, struct sim_id after)
{
    for (uint32_t i = after.index; i < world->slots; i++)
        if (world->agents[i].alive)
            return (struct sim_id){i + 1, world->agents[i].generation};
    return (struct sim_id){0, 0};
}
