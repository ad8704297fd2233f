/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Definitions: their defaults, and what is wrong with one.
 */
#include "sim/model.h"
#include "sim/sim.h"

#define COOKIE 0x73696d31u

struct sim_def sim_default(void)
{
    return (struct sim_def){
        .cookie = COOKIE, .seed = 1234567890, .model = models[0]->name, .width = 100, .height = 100,
        .agents = {10, 10, 10}, .nodes = 20,
        .start_goods = 500, .start_health = 10000, .consumption = 15, .starvation = 100, .max_move = 8,
        .gather_range = 30, .max_gather = 300, .node_max = 3000, .regrowth = 200, .regrowth_chance = 0.1f,
        .attack_range = 20, .attack_damage = 1000, .defense_steps = 3, .defense_heal = 100,
        .share_range = 30, .share_goods = 200, .share_keep = 500,
        .birth_cost = 300, .birth_gift = 500, .birth_least = 800, .birth_chance = 0.5f,
    };
}

static bool in_range(float value, float least, float most)
{
    return value >= least && value <= most;          /* false for NaN as well */
}

const char *sim_problem(const struct sim_def *def)
{
    uint64_t agents = (uint64_t)def->agents[0] + def->agents[1] + def->agents[2];
    if (def->cookie != COOKIE)
        return "the definition does not come from sim_default";
    if (!model_find(def->model))
        return "there is no model of this name";
    if (!in_range(def->width, 1, 65536) || !in_range(def->height, 1, 65536))
        return "width and height must be between 1 and 65536";
    if (agents > 10000000 || def->max_agents > 10000000 || def->nodes > 10000000)
        return "there may be ten million agents and as many nodes at most";
    if (def->max_agents && agents > def->max_agents)
        return "more agents at the start than there may ever be";
    if (!in_range(def->regrowth_chance, 0, 1) || !in_range(def->birth_chance, 0, 1))
        return "chances must be between 0 and 1";
    if (!in_range(def->max_move, 0, 65536) || !in_range(def->gather_range, 0, 65536) ||
        !in_range(def->attack_range, 0, 65536) || !in_range(def->share_range, 0, 65536))
        return "ranges must be between 0 and 65536";
    if (def->start_health <= 0 || def->node_max <= 0 || def->start_goods < 0 || def->consumption < 0 ||
        def->regrowth < 0 || def->max_gather < 0 || def->attack_damage < 0 || def->defense_heal < 0 ||
        def->share_goods < 0 || def->share_keep < 0 || def->birth_gift < 0)
        return "amounts must not be negative, health and what a node holds must not be zero";
    if (def->birth_cost < 0 || def->birth_cost > def->birth_least)
        return "the cost of a birth must be between zero and the least goods of a parent";
    return NULL;
}
