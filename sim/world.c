/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/world.h"

#include <stdlib.h>

#include "sim/agents.h"
#include "sim/hash.h"
#include "sim/model.h"
#include "sim/observe.h"

void spatial_update(struct sim *world)
{
    grid_clear(&world->agents_grid);
    for (uint32_t i = 0; i < world->slots; i++)
        if (world->agents[i].alive)
            grid_add(&world->agents_grid, world->agents[i].x, world->agents[i].y, i);
    grid_build(&world->agents_grid);
}

static void place_nodes(struct sim *world)
{
    for (uint32_t i = 0; i < world->def.nodes; i++) {
        float x = rng_unit(&world->rng) * world->def.width, y = rng_unit(&world->rng) * world->def.height;
        world->nodes[i] = (struct node){x, y, world->def.node_max};
        grid_add(&world->nodes_grid, x, y, i);
    }
    grid_build(&world->nodes_grid);
}

static void place_agents(struct sim *world)
{
    for (enum sim_type type = 0; type < SIM_TYPES; type++) {
        for (uint32_t i = 0; i < world->def.agents[type]; i++) {
            float x = rng_unit(&world->rng) * world->def.width, y = rng_unit(&world->rng) * world->def.height;
            agents_add(world, type, x, y)->goods = world->def.start_goods;
        }
    }
    spatial_update(world);
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

struct sim *sim_new(const struct sim_def *def)
{
    struct sim *world = calloc(1, sizeof *world);
    if (!world)
        return NULL;
    world->def = *def;
    if (!def->max_agents)
        world->def.max_agents = 4 * (def->agents[0] + def->agents[1] + def->agents[2]);
    world->model = model_find(def->model);
    uint32_t most = world->def.max_agents, scratch = most > def->nodes ? most : def->nodes;
    world->agents = calloc(most + 1, sizeof *world->agents);
    world->vacant = calloc(most + 1, sizeof *world->vacant);
    world->nodes = calloc(def->nodes + 1, sizeof *world->nodes);
    world->near = calloc(scratch + 1, sizeof *world->near);
    bool agents_grid = grid_init(&world->agents_grid, def->width, def->height, most);
    bool nodes_grid = grid_init(&world->nodes_grid, def->width, def->height, def->nodes);
    if (!agents_grid || !nodes_grid || !world->agents || !world->vacant || !world->nodes || !world->near) {
        sim_free(world);
        return NULL;
    }
    rng_init(&world->rng, def->seed, 0);
    place_nodes(world);
    place_agents(world);
    world->totals.goods_at_start = goods_held(world);
    return world;
}

void sim_free(struct sim *world)
{
    if (!world)
        return;
    grid_release(&world->agents_grid);
    grid_release(&world->nodes_grid);
    free(world->agents);
    free(world->vacant);
    free(world->nodes);
    free(world->near);
    free(world);
}

static void regrow(struct sim *world)
{
    for (uint32_t i = 0; i < world->def.nodes; i++) {
        struct node *node = &world->nodes[i];
        if (rng_unit(&world->rng) >= world->def.regrowth_chance)
            continue;
        int32_t room = world->def.node_max - node->goods;
        int32_t grown = room < world->def.regrowth ? room : world->def.regrowth;
        node->goods += grown;
        world->totals.regrown += grown;
    }
}

void sim_step(struct sim *world)
{
    world->step++;
    uint32_t slots = world->slots;
    for (uint32_t i = 0; i < slots; i++) {
        struct agent *self = &world->agents[i];
        if (self->alive && self->born < world->step)
            agent_act(world, self);
    }
    agents_bury(world);
    regrow(world);
    spatial_update(world);
}

static uint64_t agent_hash(uint64_t hash, const struct agent *a)
{
    hash = hash_add(hash, (uint64_t)a->generation << 1 | a->alive);
    if (!a->alive)
        return hash;
    hash = hash_add_float(hash_add_float(hash, a->x), a->y);
    hash = hash_add(hash, (uint64_t)(uint32_t)a->goods << 32 | (uint32_t)a->health);
    hash = hash_add(hash, (uint64_t)a->hungry_steps << 32 | a->defense_steps);
    hash = hash_add(hash, (uint64_t)a->ancestors << 32 | (uint32_t)a->type);
    return hash_add(hash_add(hash, a->born), a->rng.state);
}

uint64_t sim_hash(const struct sim *world)
{
    uint64_t hash = hash_add(hash_add(world->def.seed, world->step), world->rng.state);
    hash = hash_add(hash, (uint64_t)world->slots << 32 | world->vacant_count);
    for (uint32_t i = 0; i < world->slots; i++)
        hash = agent_hash(hash, &world->agents[i]);
    for (uint32_t i = 0; i < world->def.nodes; i++) {
        const struct node *node = &world->nodes[i];
        hash = hash_add(hash_add_float(hash_add_float(hash, node->x), node->y), (uint32_t)node->goods);
    }
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

size_t sim_bytes(const struct sim *world)
{
    uint32_t most = world->def.max_agents, scratch = most > world->def.nodes ? most : world->def.nodes;
    return sizeof *world + (most + 1) * (sizeof *world->agents + sizeof *world->vacant) +
           (world->def.nodes + 1) * sizeof *world->nodes + (scratch + 1) * sizeof *world->near +
           grid_bytes(&world->agents_grid) + grid_bytes(&world->nodes_grid);
}

struct sim_id sim_next(const struct sim *world, struct sim_id after)
{
    for (uint32_t i = after.index; i < world->slots; i++)
        if (world->agents[i].alive)
            return (struct sim_id){i + 1, world->agents[i].generation};
    return (struct sim_id){0, 0};
}

bool sim_observe(const struct sim *world, struct sim_id id, struct sim_view *view)
{
    if (!id.index || id.index > world->slots)
        return false;
    const struct agent *self = &world->agents[id.index - 1];
    if (!self->alive || self->generation != id.generation)
        return false;
    observe(world, self, world->near, view);
    return true;
}
