/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/observe.h"

#include <math.h>
#include <string.h>

typedef float plane[SIM_SIDE][SIM_SIDE];

/* The world's square at the view's [0][0]. */
struct corner {
    float x, y;
};

/* Rounding may put what is just in sight on the border behind the last square. */
static int square(float at)
{
    int index = (int)at;
    return index < SIM_SIDE ? index : SIM_SIDE - 1;
}

static void see_agents(const struct sim *world, const struct agent *self, struct corner corner, struct grid_point *near,
                       struct sim_view *view)
{
    uint32_t count = grid_near(&world->agents_grid, self->x, self->y, SIM_SIGHT, near);
    for (uint32_t i = 0; i < count; i++) {
        const struct agent *other = &world->agents[near[i].index];
        if (other == self || !other->alive)
            continue;
        int column = square(near[i].x - corner.x), row = square(near[i].y - corner.y);
        float *cell = &view->cell[other->type == self->type ? SIM_ALLIES : SIM_ENEMIES][row][column];
        float health = (float)other->health / (float)world->def.start_health;
        *cell = health > *cell ? health : *cell;
    }
}

/* Spreads a value over the four squares around a point by how near their corners are. */
static void spread(plane cell, float x, float y, float value)
{
    int column = square(x), row = square(y);
    float right = x - (float)column, below = y - (float)row;
    for (int dy = 0; dy < 2; dy++) {
        for (int dx = 0; dx < 2; dx++) {
            if (row + dy >= SIM_SIDE || column + dx >= SIM_SIDE)
                continue;
            cell[row + dy][column + dx] += value * (dx ? right : 1 - right) * (dy ? below : 1 - below);
        }
    }
}

static void see_goods(const struct sim *world, const struct agent *self, struct corner corner, struct grid_point *near,
                      struct sim_view *view)
{
    uint32_t count = grid_near(&world->nodes_grid, self->x, self->y, SIM_SIGHT, near);
    for (uint32_t i = 0; i < count; i++) {
        const struct node *node = &world->nodes[near[i].index];
        float share = (float)node->goods / (float)world->def.node_max;
        spread(view->cell[SIM_GOODS], node->x - corner.x, node->y - corner.y, share);
    }
}

/* Squares in sight without anything that any other channel shows. */
static void see_nothing(struct sim_view *view)
{
    for (int row = 0; row < SIM_SIDE; row++) {
        for (int column = 0; column < SIM_SIDE; column++) {
            int dx = column - SIM_SIGHT, dy = row - SIM_SIGHT;
            float there = view->cell[SIM_ALLIES][row][column] + view->cell[SIM_ENEMIES][row][column] +
                          view->cell[SIM_GOODS][row][column];
            view->cell[SIM_EMPTY][row][column] = dx * dx + dy * dy <= SIM_SIGHT * SIM_SIGHT && there == 0 ? 1 : 0;
        }
    }
}

void observe(const struct sim *world, const struct agent *self, struct grid_point *near, struct sim_view *view)
{
    memset(view, 0, sizeof *view);
    struct corner corner = {floorf(self->x) - SIM_SIGHT, floorf(self->y) - SIM_SIGHT};
    view->cell[SIM_SELF][SIM_SIGHT][SIM_SIGHT] = (float)self->health / (float)world->def.start_health;
    see_agents(world, self, corner, near, view);
    see_goods(world, self, corner, near, view);
    see_nothing(view);
}
