/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of a world, shared by the files of sim/ (and by tests that break things on purpose).
 *
 * Agents stay in their slot for life. Who dies in a step keeps the slot until the step is over, so that nothing that
 * was perceived in this step can turn into somebody else.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "sim/grid.h"
#include "sim/rng.h"
#include "sim/sim.h"

struct agent {
    float x, y;
    int32_t goods, health;       /* hundredths */
    uint32_t hungry_steps, defense_steps;
    uint32_t generation;         /* of the slot: raised by each birth into it */
    uint32_t ancestors;
    uint64_t born;               /* step; the newborn act from the next one */
    enum sim_type type;
    bool alive;
    struct rng rng;
};

struct node {
    float x, y;
    int32_t goods;
};

struct sim {
    struct sim_def def;
    const struct model *model;
    uint64_t step;
    uint64_t streams;            /* given out so far: each birth takes one */
    struct agent *agents;
    uint32_t slots;              /* ever used; def.max_agents exist */
    uint32_t *vacant;            /* slots below `slots` without anybody */
    uint32_t vacant_count;
    struct node *nodes;
    struct grid agents_grid;     /* as of the start of the step */
    struct grid nodes_grid;      /* built once: nodes do not move */
    struct grid_point *near;     /* scratch of queries */
    struct rng rng;              /* the world's own: set-up and regrowth */
    struct sim_totals totals;
};

/* Sorts the living into the grid. */
void spatial_update(struct sim *world);

#endif
