/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation as its users see it: a definition goes in, a world comes out, the world is stepped and asked.
 *
 * The same definition gives the same world after every step, on every machine and with every compiler: random numbers
 * come from the world's own generators, floats are added and multiplied in a fixed order and never contracted
 * (-ffp-contract=off), and goods are whole numbers. sim_hash is how this is checked.
 *
 * Goods (resources) and health count in hundredths, so that nothing is lost to rounding.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sim_type { SIM_SYSTEM, SIM_INDEPENDENT, SIM_CONTROL, SIM_TYPES };

enum sim_action { SIM_DEFEND, SIM_ATTACK, SIM_GATHER, SIM_SHARE, SIM_MOVE, SIM_REPRODUCE, SIM_PASS, SIM_ACTIONS };
extern const char *const sim_action_names[SIM_ACTIONS];

/* What makes a world. Start from sim_default(), change fields, check with sim_problem(). */
struct sim_def {
    uint32_t cookie;             /* set by sim_default: a definition made by hand is refused */
    uint64_t seed;
    const char *model;           /* how agents choose what to do; sim/model.h lists them */
    float width, height;
    uint32_t agents[SIM_TYPES];  /* at the start, by type; same type = ally, another = enemy */
    uint32_t max_agents;         /* nobody is born beyond; 0: four times the agents at the start */
    uint32_t nodes;              /* places where goods grow */

    int32_t start_goods, start_health;
    int32_t consumption;         /* goods eaten by an agent in a step */
    uint32_t starvation;         /* steps without goods until death */
    float max_move;              /* distance in a step */

    float gather_range;
    int32_t max_gather;
    int32_t node_max, regrowth;  /* a node holds at most node_max and grows by regrowth ... */
    float regrowth_chance;       /* ... in this share of the steps */

    float attack_range;
    int32_t attack_damage;       /* by an agent in full health; half of it against one who defends itself */
    uint32_t defense_steps;
    int32_t defense_heal;

    float share_range;
    int32_t share_goods, share_keep;     /* gives share_goods where share_keep is left */

    int32_t birth_cost;          /* goods that a birth uses up */
    int32_t birth_gift;          /* goods that go from parent to child */
    int32_t birth_least;         /* parents have at least this and birth_gift */
    float birth_chance;
};

struct sim_def sim_default(void);

/* NULL where a world can be made of the definition, else one sentence that says why not. */
const char *sim_problem(const struct sim_def *def);

/* Someone in a world. The zero id is nobody; the id of someone who died never becomes valid again. */
struct sim_id {
    uint32_t index, generation;
};

/* What an agent sees: squares of a unit's side around the agent's own, which is [SIM_SIGHT][SIM_SIGHT]; row = y. */
#define SIM_SIGHT 6
#define SIM_SIDE (2 * SIM_SIGHT + 1)

enum sim_channel { SIM_SELF, SIM_ALLIES, SIM_ENEMIES, SIM_GOODS, SIM_EMPTY, SIM_CHANNELS };

struct sim_view {
    float cell[SIM_CHANNELS][SIM_SIDE][SIM_SIDE];    /* health and goods: share of the most; empty: 1 = nothing there */
};

/* Sums since the world was made. Goods in the world = goods at the start + regrown - eaten - born - lost. */
struct sim_totals {
    uint64_t steps, agents, births, deaths_of_hunger, deaths_by_force;
    int64_t goods;               /* held by agents and nodes now */
    int64_t goods_at_start, regrown, eaten, born, lost;      /* born: birth costs; lost: with the dead */
    uint64_t tried[SIM_ACTIONS], done[SIM_ACTIONS];
};

struct sim;                      /* a world */

struct sim *sim_new(const struct sim_def *def);      /* the definition must have no problem; NULL: out of memory */
void sim_free(struct sim *world);
void sim_step(struct sim *world);                    /* allocates nothing, cannot fail */
uint64_t sim_hash(const struct sim *world);          /* of the whole state */
struct sim_totals sim_totals(const struct sim *world);
size_t sim_bytes(const struct sim *world);           /* memory that the world holds */

/* Walks through the living: give the zero id first; the zero id ends. */
struct sim_id sim_next(const struct sim *world, struct sim_id after);

/* False where `id` is nobody living. */
bool sim_observe(const struct sim *world, struct sim_id id, struct sim_view *view);

#endif
