/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a world, shared by the files of sim/ (and by tests that break things on purpose).
 *
 * Agents stay in their slot for life. Who dies in a step keeps the slot until the step is over, so that nothing that
 * was perceived in this step can turn into somebody else. The indices show where everybody stood when the step began:
 * that is what agents act on, and it makes history the same for every way of updating them.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "sim/events.h"
#include "sim/index.h"
#include "sim/maps.h"
#include "sim/rng.h"
#include "sim/sight.h"
#include "sim/sim.h"

/* What others look at comes first: one line of cache. */
struct agent {
    float x, y;
    int32_t goods, health;       /* hundredths */
    enum sim_type type;
    bool alive;
    uint32_t hungry_steps, defense_steps;
    uint32_t generation;         /* of the slot: raised by each birth into it */
    uint32_t ancestors;
    uint32_t id;                 /* from 1 in the order of births; nobody else's ever */
    float reward, rewards;       /* of the last act; of all */
    uint64_t born;               /* step; the newborn act from the next one */
    struct rng rng;
    float genome[SIM_ACTIONS];   /* weights of actions, their sum 1 */
};

struct node {
    float x, y;
    int32_t goods;
};

struct sim {
    struct sim_def def;          /* max_agents, region and cell resolved */
    const struct policy *policy;
    void *brain;                 /* the policy's own */
    uint64_t step;
    uint64_t streams;            /* given out so far: each birth takes one */
    struct agent *agents;
    uint32_t slots;              /* ever used; def.max_agents exist */
    uint32_t *vacant;            /* slots below `slots` without anybody */
    uint32_t vacant_count;
    struct node *nodes;
    uint32_t *active;            /* nodes below their most, where SIM_REGROW_ACTIVE */
    uint32_t active_count;
    struct index agents_index;
    struct index nodes_index;    /* built once: nodes do not move */
    uint32_t *near;              /* scratch of queries outside of perception */
    struct maps maps;
    struct sight sight;
    uint32_t *crew;              /* who acts in this step, slots, rising */
    uint8_t *choices;            /* by slot */
    uint32_t *nearby;            /* the crew again, neighbours together */
    uint32_t crew_count;
    struct rng rng;              /* the world's own: set-up and regrowth */
    struct sim_totals totals;
    struct sim_counters counters;
    struct events events;        /* of this step */
};

/* Tells the index about everybody who moved, came or went, and makes it so. */
void spatial_update(struct sim *world);

/* The actions that the curriculum allows in the current step, a bit each. */
uint32_t world_allowed(const struct sim *world);

/* Goods grow, a step's worth. */
void world_regrow(struct sim *world);

/* A node's goods change: what perceives them is told. */
void world_node_set(struct sim *world, uint32_t node, int32_t goods);

#endif
