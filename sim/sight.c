/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/sight.h"

#include <stdlib.h>
#include <string.h>

#include "sim/hash.h"
#include "sim/pages.h"
#include "sim/world.h"

static size_t scratch_views(const struct sim_def *def)
{
    uint32_t batch = def->learn.decide == SIM_TOGETHER ? def->learn.batch : 1;
    return batch < def->max_agents ? batch : def->max_agents;
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
    eye->squares = malloc(sight->cells + SIGHT_STRIDE);
    eye->views = malloc((eye->outside ? 1 : scratch_views(def)) * sight->floats * sizeof *eye->views);
    bool good = eye->near && eye->goods && eye->other_goods && eye->plane;
    return good && eye->memory && eye->squares && eye->views;
}

static void mark_disk(struct sight *sight)
{
    int32_t radius = (int32_t)sight->radius;
    uint32_t cell = 0;
    for (int32_t row = -radius; row <= radius; row++) {
        for (int32_t column = -radius; column <= radius; column++, cell++) {
            bool visible = row * row + column * column <= radius * radius;
            sight->visible[cell] = visible;
            sight->share[cell] = visible ? 1.0f / 255 : 0;
            sight->mask[cell] = visible ? UINT16_MAX : 0;
        }
    }
}

bool sight_open(struct sim *world)
{
    struct sight *sight = &world->sight;
    sight->radius = world->def.sight.radius;
    sight->side = 2 * sight->radius + 1;
    sight->cells = sight->side * sight->side;
    sight->floats = SIM_CHANNELS * sight->cells;
    sight->glances = calloc((size_t)world->def.max_agents + 1, sizeof *sight->glances);
    sight->memory_room = (REMEMBERED * sight->cells + 31) / 32 * 32;     /* whole lines of cache */
    sight->memory_bytes = ((size_t)world->def.max_agents + 1) * sight->memory_room * sizeof *sight->memories;
    sight->memories = pages_new(sight->memory_bytes);
    sight->visible = malloc(sight->cells * sizeof *sight->visible);
    sight->share = malloc(sight->cells * sizeof *sight->share);
    sight->mask = malloc(sight->cells * sizeof *sight->mask);
    sight->eyes = calloc(world->def.threads + 1, sizeof *sight->eyes);
    if (!sight->glances || !sight->memories || !sight->visible || !sight->share || !sight->mask || !sight->eyes)
        return false;
    mark_disk(sight);
    sight->eyes[world->def.threads].outside = true;
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
        free(sight->eyes[i].squares);
        free(sight->eyes[i].views);
    }
    for (uint32_t i = 0; sight->glances && i < world->slots; i++)
        free(sight->glances[i].kept);
    free(sight->glances);
    pages_free(sight->memories, sight->memory_bytes);
    free(sight->visible);
    free(sight->share);
    free(sight->mask);
    free(sight->eyes);
    goods_map_close(world);
}

void sight_account(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters)
{
    const struct sight *sight = &world->sight;
    uint32_t eyes = world->def.threads + 1;
    bytes->memory += world->slots * sight->memory_room * sizeof *sight->memories +
                     ((size_t)world->def.max_agents + 1) * sizeof *sight->glances;
    bytes->views += (world->def.threads * scratch_views(&world->def) + 1) * sight->floats * sizeof(float);
    bytes->views += eyes * (SIGHT_STRIDE +
                            sight->cells * (2 * sizeof(uint32_t) + (REMEMBERED + 1) * sizeof(uint16_t) + 1));
    for (uint32_t i = 0; i < world->slots; i++)
        bytes->views += sight->glances[i].kept ? sizeof *sight->glances[i].kept : 0;
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

void sight_new(struct sim *world, uint32_t slot)
{
    struct glance *g = &world->sight.glances[slot];
    g->memory = world->sight.memories + slot * world->sight.memory_room;
    if (g->blank != SIGHT_BLANK)
        memset(g->memory, 0, REMEMBERED * world->sight.cells * sizeof *g->memory);
    g->blank = SIGHT_BLANK;
    g->kept_step = g->goal_step = 0;
    g->at[0] = (int32_t)world->agents[slot].x;
    g->at[1] = (int32_t)world->agents[slot].y;
}

uint64_t sight_hash(const struct sim *world, uint32_t slot, uint64_t hash)
{
    const struct glance *g = &world->sight.glances[slot];
    hash = hash_add(hash, (uint64_t)(uint32_t)g->at[0] << 32 | (uint32_t)g->at[1]);
    for (uint32_t i = 0; i < REMEMBERED * world->sight.cells; i++)
        hash = hash_add(hash, g->memory[i]);
    return hash;
}
