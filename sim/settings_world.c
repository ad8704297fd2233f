/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings of the world, its agents and its subsystems.
 */
#include "sim/settings.h"

#define AT(field) offsetof(struct sim_def, field)
#define MANY 10000000
#define FAR 65536

const struct setting settings_world[] = {
    {"seed", SETTING_WHOLE64, AT(seed), 0, 0x1p64, NULL, "seed", "another seed, another history"},
    {"steps", SETTING_WHOLE64, AT(steps), 0, 0x1p32, NULL, "steps", "how many steps"},
    {"policy", SETTING_NAME, AT(policy), 0, 0, NULL, "policy", "how agents choose what to do"},
    {"threads", SETTING_WHOLE32, AT(threads), 1, 256, NULL, "threads", "that perceive and decide"},

    {"world.width", SETTING_REAL, AT(width), 1, FAR, NULL, NULL, "width of the world"},
    {"world.height", SETTING_REAL, AT(height), 1, FAR, NULL, NULL, "height of the world"},
    {"world.nodes", SETTING_WHOLE32, AT(nodes), 0, MANY, NULL, "nodes", "places where goods grow"},
    {"world.obstacles", SETTING_REAL, AT(obstacles), 0, 0.9, NULL, NULL, "share of squares that nobody can enter"},
    {"world.rough", SETTING_REAL, AT(rough), 0, 1, NULL, NULL, "share of a move that the roughest ground takes"},
    {"world.landmarks", SETTING_WHOLE32, AT(landmarks), 0, MANY, NULL, NULL, "landmarks"},

    {"agents.system", SETTING_WHOLE32, AT(agents[SIM_SYSTEM]), 0, MANY, NULL, NULL, "agents of this type at the start"},
    {"agents.independent", SETTING_WHOLE32, AT(agents[SIM_INDEPENDENT]), 0, MANY, NULL, NULL, "of this one"},
    {"agents.control", SETTING_WHOLE32, AT(agents[SIM_CONTROL]), 0, MANY, NULL, NULL, "and of this one"},
    {"agents.max", SETTING_WHOLE32, AT(max_agents), 0, MANY, NULL, "max-agents",
     "nobody is born beyond; 0: ten times the first"},
    {"agents.start_goods", SETTING_AMOUNT, AT(start_goods), 0, 1e6, NULL, NULL, "goods of the first agents"},
    {"agents.health", SETTING_AMOUNT, AT(start_health), 0.01, 1e6, NULL, NULL, "health at birth, and at most"},
    {"agents.consumption", SETTING_AMOUNT, AT(consumption), 0, 1e6, NULL, NULL, "goods eaten in a step"},
    {"agents.starvation", SETTING_WHOLE32, AT(starvation), 1, 1e9, NULL, NULL, "steps without goods until death"},
    {"agents.max_move", SETTING_REAL, AT(max_move), 0, FAR, NULL, NULL, "distance in a step"},

    {"resources.max", SETTING_AMOUNT, AT(node_max), 0.01, 1e6, NULL, NULL, "goods that a node holds at most"},
    {"resources.regrowth", SETTING_AMOUNT, AT(regrowth), 0, 1e6, NULL, NULL, "goods that grow ..."},
    {"resources.regrowth_chance", SETTING_REAL, AT(regrowth_chance), 0, 1, NULL, NULL, "... with this chance"},
    {"resources.regrow", SETTING_CHOICE, AT(regrow), 0, 0, "all|active", "regrow",
     "look at all nodes or those not full"},

    {"gather.range", SETTING_REAL, AT(gather_range), 0, FAR, NULL, NULL, "how far gathering reaches"},
    {"gather.max", SETTING_AMOUNT, AT(max_gather), 0, 1e6, NULL, NULL, "goods gathered at a time"},
    {"attack.range", SETTING_REAL, AT(attack_range), 0, FAR, NULL, NULL, "how far an attack reaches"},
    {"attack.damage", SETTING_AMOUNT, AT(attack_damage), 0, 1e6, NULL, NULL, "damage by an agent in full health"},
    {"attack.kill_reward", SETTING_REAL, AT(kill_reward), -1e6, 1e6, NULL, NULL, "reward for a death"},
    {"defend.steps", SETTING_WHOLE32, AT(defense_steps), 0, 1e9, NULL, NULL, "steps that a defence lasts"},
    {"defend.heal", SETTING_AMOUNT, AT(defense_heal), 0, 1e6, NULL, NULL, "health that it restores"},
    {"share.range", SETTING_REAL, AT(share_range), 0, FAR, NULL, NULL, "how far sharing reaches"},
    {"share.goods", SETTING_AMOUNT, AT(share_goods), 0, 1e6, NULL, NULL, "goods given"},
    {"share.keep", SETTING_AMOUNT, AT(share_keep), 0, 1e6, NULL, NULL, "goods that the giver keeps at least"},
    {"reproduce.cost", SETTING_AMOUNT, AT(birth_cost), 0, 1e6, NULL, NULL, "goods that a birth uses up"},
    {"reproduce.gift", SETTING_AMOUNT, AT(birth_gift), 0, 1e6, NULL, NULL, "goods that the child gets from its parent"},
    {"reproduce.least", SETTING_AMOUNT, AT(birth_least), 0, 1e6, NULL, NULL, "goods of a parent, the gift not counted"},
    {"reproduce.chance", SETTING_REAL, AT(birth_chance), 0, 1, NULL, NULL, "chance that an attempt succeeds"},
    {"genome.mutation_rate", SETTING_REAL, AT(mutation_rate), 0, 1, NULL, NULL, "chance that a weight mutates"},
    {"genome.mutation_size", SETTING_REAL, AT(mutation_size), 0, 1, NULL, NULL, "largest share by which it does"},

    {"curriculum.first_end", SETTING_WHOLE32, AT(phase_end[0]), 0, 0x1p32 - 1, NULL, NULL, "up to this step ..."},
    {"curriculum.first", SETTING_ACTIONS, AT(phase_actions[0]), 0, 0, NULL, NULL, "... only these actions"},
    {"curriculum.second_end", SETTING_WHOLE32, AT(phase_end[1]), 0, 0x1p32 - 1, NULL, NULL, "up to this step ..."},
    {"curriculum.second", SETTING_ACTIONS, AT(phase_actions[1]), 0, 0, NULL, NULL, "... only these; then all"},

    {"spatial.index", SETTING_NAME, AT(spatial.index), 0, 0, "hash|kd|quad|brute", "index",
     "kind of the spatial index"},
    {"spatial.update", SETTING_CHOICE, AT(spatial.update), 0, 0, "rebuild|incremental|batch", "index-update",
     "how it follows the agents"},
    {"spatial.batch", SETTING_WHOLE32, AT(spatial.batch), 1, MANY, NULL, NULL, "moves in a batch"},
    {"spatial.region", SETTING_REAL, AT(spatial.region), 0, FAR, NULL, NULL, "side of dirty regions; 0: by sight"},
    {"spatial.cell", SETTING_REAL, AT(spatial.cell), 0, FAR, NULL, NULL, "cell of the hash grid; 0: by density"},
    {"sight.radius", SETTING_WHOLE32, AT(sight.radius), 1, 64, NULL, "radius", "squares seen in each direction"},
    {"sight.perception", SETTING_CHOICE, AT(sight.perception), 0, 0, "spatial|memmap", "perception",
     "where goods are seen"},
    {"sight.bilinear", SETTING_CHOICE, AT(sight.spread), 0, 0, "scalar|vector|nearest", "bilinear",
     "how goods spread over squares"},
    {"sight.reuse", SETTING_SWITCH, AT(sight.reuse), 0, 0, NULL, "reuse", "keep views while nothing in them changes"},
    {"sight.check", SETTING_SWITCH, AT(sight.check), 0, 0, NULL, NULL, "perceive both ways, count differences"},
    {"sight.map", SETTING_NAME, AT(sight.map), 0, 0, NULL, NULL, "folder of the mapped grid's file"},
    {0},
};
