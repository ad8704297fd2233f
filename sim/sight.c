/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sight.h"

#include <stdlib.h>
#include <string.h>

#include "sim/hash.h"
#include "sim/world.h"

/* Agents that keep their views need no scratch for them. */
static size_t scratch_views(const struct sim_def *def)
{
    return def->sight.reuse ? 1 : def->learn.decide == SIM_TOGETHER ? def->learn.batch : 1;
}

static bool open_eye(struct eye *eye, const struct sim *world)
{
    const struct sight *sight = &world->sight;
    const struct sim_def *def = &world->def;
    uint32_t most = def->max_agents > def->nodes ? def->max_agents : def->nodes;
    eye->near = malloc(((size_t)most + 1) * sizeof *eye->near);
    eye->goods = malloc(sight->cells * sizeof *eye->goods);
    eye->other_goods = malloc(sight->cells * sizeof *eye->other_goods);
    eye->plane = malloc(sight->cells * sizeof *eye->plane);
    eye->memory = malloc(REMEMBERED * sight->cells * sizeof *eye->memory);
    eye->views = malloc(scratch_views(def) * sight->floats * sizeof *eye->views);
    return eye->near && eye->goods && eye->other_goods && eye->plane && eye->memory && eye->views;
}

static void mark_disk(struct sight *sight)
{
    int32_t radius = (int32_t)sight->radius;
    for (int32_t row = -radius; row <= radius; row++)
        for (int32_t column = -radius; column <= radius; column++)
            *sight->visible++ = row * row + column * column <= radius * radius;
    sight->visible -= sight->cells;
}

bool sight_open(struct sim *world)
{
    struct sight *sight = &world->sight;
    sight->radius = world->def.sight.radius;
    sight->side = 2 * sight->radius + 1;
    sight->cells = sight->side * sight->side;
    sight->floats = SIM_CHANNELS * sight->cells;
    sight->glances = calloc((size_t)world->def.max_agents + 1, sizeof *sight->glances);
    sight->visible = malloc(sight->cells * sizeof *sight->visible);
    sight->eyes = calloc(world->def.threads + 1, sizeof *sight->eyes);
    if (!sight->glances || !sight->visible || !sight->eyes)
        return false;
    mark_disk(sight);
    for (uint32_t i = 0; i <= world->def.threads; i++)
        if (!open_eye(&sight->eyes[i], world))
            return false;
    return true;
}

void sight_close(struct sim *world)
{
    struct sight *sight = &world->sight;
    for (uint32_t i = 0; sight->eyes && i <= world->def.threads; i++) {
        free(sight->eyes[i].near);
        free(sight->eyes[i].goods);
        free(sight->eyes[i].other_goods);
        free(sight->eyes[i].plane);
        free(sight->eyes[i].memory);
        free(sight->eyes[i].views);
    }
    for (uint32_t i = 0; sight->glances && i < world->def.max_agents; i++) {
        free(sight->glances[i].memory);
        free(sight->glances[i].view);
    }
    free(sight->glances);
    free(sight->visible);
    free(sight->eyes);
    goods_map_close(world);
}

void sight_account(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters)
{
    const struct sight *sight = &world->sight;
    uint32_t eyes = world->def.threads + 1;
    bytes->memory += world->slots * (REMEMBERED * sight->cells * sizeof(uint16_t)) +
                     ((size_t)world->def.max_agents + 1) * sizeof *sight->glances;
    bytes->views += eyes * (scratch_views(&world->def) * sight->floats * sizeof(float) +
                            sight->cells * (2 * sizeof(uint32_t) + (REMEMBERED + 1) * sizeof(uint16_t)));
    if (world->def.sight.reuse)
        bytes->views += (size_t)world->slots * sight->floats * sizeof(float);
    bytes->maps += sight->goods_map_bytes;
    for (uint32_t i = 0; i < world->def.threads; i++) {
        const struct eye *eye = &sight->eyes[i];
        counters->queries += eye->counts.queries;
        counters->visited += eye->counts.visited;
        counters->observations += eye->observations;
        counters->views_reused += eye->views_reused;
        counters->goods_from_index += eye->goods_from_index;
        counters->goods_from_map += eye->goods_from_map;
        counters->spread_scalar += eye->spread_scalar;
        counters->spread_vector += eye->spread_vector;
        counters->spread_nearest += eye->spread_nearest;
        counters->views_differ += eye->views_differ;
        counters->decide_calls += eye->decide_calls;
    }
}

bool sight_new(struct sim *world, uint32_t slot)
{
    struct glance *g = &world->sight.glances[slot];
    size_t bytes = REMEMBERED * world->sight.cells * sizeof *g->memory;
    if (!g->memory)
        g->memory = malloc(bytes);
    if (!g->view && world->def.sight.reuse)
        g->view = malloc(world->sight.floats * sizeof *g->view);
    if (!g->memory || (!g->view && world->def.sight.reuse))
        return false;
    memset(g->memory, 0, bytes);
    g->seen = 0;
    g->at[0] = (int32_t)world->agents[slot].x;
    g->at[1] = (int32_t)world->agents[slot].y;
    return true;
}

uint64_t sight_hash(const struct sim *world, uint32_t slot, uint64_t hash)
{
    const struct glance *g = &world->sight.glances[slot];
    hash = hash_add(hash, (uint64_t)(uint32_t)g->at[0] << 32 | (uint32_t)g->at[1]);
    for (uint32_t i = 0; i < REMEMBERED * world->sight.cells; i++)
        hash = hash_add(hash, g->memory[i]);
    return hash;
}
