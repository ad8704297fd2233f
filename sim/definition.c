/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Definitions: their defaults, and what is wrong with one beyond the range of a single setting.
 */
#include <string.h>

#include "sim/index.h"
#include "sim/policy.h"
#include "sim/settings.h"

#define COOKIE 0x73696d32u
#define ACTION(name) (1u << SIM_##name)

struct sim_def sim_default(void)
{
    return (struct sim_def){
        .cookie = COOKIE, .seed = 1234567890, .steps = 100, .policy = policies[0]->name, .threads = 1,
        .width = 100, .height = 100, .agents = {10, 10, 10}, .nodes = 20,
        .obstacles = 0.02f, .rough = 0.5f, .landmarks = 8,
        .start_goods = 500, .start_health = 10000, .consumption = 15, .starvation = 100, .max_move = 8,
        .gather_range = 30, .max_gather = 300, .node_max = 3000, .regrowth = 200, .regrowth_chance = 0.1f,
        .attack_range = 20, .attack_damage = 1000, .kill_reward = 5, .defense_steps = 3, .defense_heal = 100,
        .share_range = 30, .share_goods = 200, .share_keep = 500,
        .birth_cost = 300, .birth_gift = 500, .birth_least = 800, .birth_chance = 0.5f,
        .mutation_rate = 0.1f, .mutation_size = 0.2f,
        .phase_end = {100, 200},
        .phase_actions = {ACTION(MOVE) | ACTION(GATHER),
                          ACTION(MOVE) | ACTION(GATHER) | ACTION(SHARE) | ACTION(ATTACK)},
        .spatial = {.index = index_kinds[0]->name, .batch = 100},
        .sight = {.radius = 6, .reuse = true},
        .learn = {.decide = SIM_TOGETHER, .batch = 64, .inherit = true, .hidden = 24, .train = SIM_TRAIN_DEFERRED,
                  .train_every = 4, .train_cap = 1, .replay = 2000, .sample = 32, .rate = 0.001f, .discount = 0.95f,
                  .tau = 0.005f, .target_every = 1, .explore = 1, .explore_least = 0.01f, .explore_decay = 0.995f},
        .log = {.path = "farmsim.db", .buffer = 1000, .flush_seconds = 30, .pragmas = "balanced", .index_after = true},
    };
}

static const char *settings_problem(const struct sim_def *def)
{
    static _Thread_local char problem[SETTING_PROBLEM];
    for (size_t i = 0; setting_at(i); i++)
        if (!setting_check(def, setting_at(i), problem))
            return problem;
    return NULL;
}

const char *sim_problem(const struct sim_def *def)
{
    if (def->cookie != COOKIE)
        return "the definition does not come from sim_default";
    const char *problem = settings_problem(def);
    if (problem)
        return problem;
    uint64_t agents = (uint64_t)def->agents[0] + def->agents[1] + def->agents[2];
    if (!policy_find(def->policy))
        return "there is no policy of this name";
    if (!index_find(def->spatial.index))
        return "there is no index of this name";
    if ((double)def->width * (double)def->height > 0x1p28)
        return "the world may have 2^28 squares at most";
    if (agents > 10000000)
        return "there may be ten million agents at most";
    if (def->max_agents && agents > def->max_agents)
        return "more agents at the start than there may ever be";
    if (def->birth_cost > def->birth_least)
        return "the cost of a birth must not be greater than the least goods of a parent";
    if (!def->phase_actions[0] || !def->phase_actions[1])
        return "each phase of the curriculum must allow an action";
    if (def->sight.spread == SIM_VECTOR && def->sight.perception == SIM_MEMMAP)
        return "views from the mapped grid are not spread by vectors; use --bilinear scalar or nearest";
#ifndef _OPENMP
    if (def->threads > 1)
        return "this farmsim was built without OpenMP and has one thread only";
#endif
    return NULL;
}
