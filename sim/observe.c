/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Views. Channels that show the moment are made anew only if something in view changed since the last time; those
 * that remember fade by a tick and are then overwritten by what is seen. Only what lies in the disk of sight is seen:
 * the corners of a view show nothing but memories.
 */
#include <string.h>

#include "sim/sight.h"
#include "sim/world.h"

/* In 1/65536 a step: 0.98, 0.85, 0.90, 0.92, and for good. */
static const uint32_t fading[REMEMBERED] = {64225, 55706, 58982, 60293, 65536};

static void fade(uint16_t *cells, uint32_t factor, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cells[i] = (uint16_t)(cells[i] * factor >> 16);
}

/* The agent went `right` squares to the right and `down` down: what it remembers moves the other way. */
static void shift(uint16_t *cells, uint16_t *old, const struct sight *sight, const int32_t by[2])
{
    int32_t side = (int32_t)sight->side, right = by[0], down = by[1];
    memcpy(old, cells, sight->cells * sizeof *cells);
    memset(cells, 0, sight->cells * sizeof *cells);
    int32_t first = right > 0 ? 0 : -right, kept = side - (right > 0 ? right : -right);
    if (kept <= 0)
        return;
    for (int32_t row = 0; row < side; row++)
        if (row + down >= 0 && row + down < side)
            memcpy(&cells[row * side + first], &old[(row + down) * side + first + right], (size_t)kept * sizeof *cells);
}

static void age(const struct sight *sight, struct glance *g, const int32_t at[2], uint16_t *scratch)
{
    int32_t by[2] = {at[0] - g->at[0], at[1] - g->at[1]};
    for (uint32_t m = 0; m < REMEMBERED; m++) {
        uint16_t *cells = g->memory + m * sight->cells;
        if (fading[m] < 65536)
            fade(cells, fading[m], sight->cells);
        if (by[0] || by[1])
            shift(cells, scratch, sight, by);
    }
    g->at[0] = at[0];
    g->at[1] = at[1];
}

/* A stretch of the world's squares within the view: `count` from view cell `cell` and world square `square` on. */
struct stretch {
    uint32_t cell, count;
    size_t square;
};

static struct stretch row_stretch(const struct sim *world, const int32_t at[2], uint32_t row)
{
    const struct sight *sight = &world->sight;
    int64_t radius = sight->radius, y = at[1] - radius + row;
    int64_t left = at[0] - radius, right = at[0] + radius;
    if (y < 0 || y >= world->maps.rows)
        return (struct stretch){0};
    int64_t first = left < 0 ? 0 : left, last = right < world->maps.columns ? right : world->maps.columns - 1;
    return (struct stretch){row * sight->side + (uint32_t)(first - left), (uint32_t)(last - first + 1),
                            (size_t)(y * world->maps.columns + first)};
}

/* What never changes. */
static void see_ground(const struct sim *world, const int32_t at[2], float *view)
{
    const struct sight *sight = &world->sight;
    const struct maps *maps = &world->maps;
    float *obstacles = view + SIM_OBSTACLES * sight->cells, *terrain = view + SIM_TERRAIN * sight->cells;
    memset(obstacles, 0, sight->cells * sizeof *obstacles);
    memset(terrain, 0, sight->cells * sizeof *terrain);
    for (uint32_t row = 0; row < sight->side; row++) {
        struct stretch s = row_stretch(world, at, row);
        for (uint32_t i = 0; i < s.count; i++) {
            float share = (1.0f / 255) * sight->visible[s.cell + i];
            obstacles[s.cell + i] = (float)maps->obstacles[s.square + i] * share;
            terrain[s.cell + i] = (float)maps->terrain[s.square + i] * share;
        }
    }
}

static void see_agents(const struct sim *world, uint32_t slot, struct eye *eye, float *view)
{
    const struct sight *sight = &world->sight;
    const struct agent *self = &world->agents[slot];
    const struct glance *g = &sight->glances[slot];
    float reach = (float)sight->radius;
    float box[4] = {(float)g->at[0] - reach, (float)g->at[1] - reach, (float)g->at[0] + reach + 1,
                    (float)g->at[1] + reach + 1};
    uint32_t count = index_box(&world->agents_index, box, eye->near, &eye->counts);
    for (uint32_t i = 0; i < count; i++) {
        const struct agent *other = &world->agents[eye->near[i]];
        if (other == self || !other->alive)
            continue;
        uint32_t column = (uint32_t)((int32_t)other->x - g->at[0] + (int32_t)sight->radius);
        uint32_t row = (uint32_t)((int32_t)other->y - g->at[1] + (int32_t)sight->radius);
        uint32_t at = row * sight->side + column;
        if (column >= sight->side || row >= sight->side || sight->visible[at] == 0)
            continue;
        float *cell = &view[(other->type == self->type ? SIM_ALLIES : SIM_ENEMIES) * sight->cells + at];
        float health = (float)other->health / (float)world->def.start_health;
        *cell = health > *cell ? health : *cell;
    }
}

/* `settled`: the view still shows the same ground. */
static void see_moment(const struct sim *world, uint32_t slot, bool settled, struct eye *eye, float *view)
{
    const struct sight *sight = &world->sight;
    const struct agent *self = &world->agents[slot];
    const int32_t *at = sight->glances[slot].at;
    uint32_t cells = sight->cells;
    memset(view, 0, 3 * cells * sizeof *view);
    view[SIM_SELF * cells + cells / 2] = (float)self->health / (float)world->def.start_health;
    see_agents(world, slot, eye, view);
    goods_see(world, at, eye, view + SIM_GOODS * cells);
    for (uint32_t i = 0; i < cells; i++)
        view[SIM_GOODS * cells + i] *= sight->visible[i];
    if (settled)
        return;
    see_ground(world, at, view);
    memcpy(view + SIM_VISIBLE * cells, sight->visible, cells * sizeof *view);
}

static bool any(const uint8_t *marks, uint32_t count)
{
    uint8_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum |= marks[i];
    return sum;
}

/* What lies in one square; memory takes the stronger of what it holds and what is seen. */
static void take_marks(const struct sim *world, enum sim_type type, size_t square, uint16_t *memory)
{
    uint32_t cells = world->sight.cells, marks = world->maps.marks[square];
    uint16_t *heat = memory + REMEMBER_HEAT * cells, shown = (uint16_t)(world->maps.heat[square] * (SIGHT_SURE / 255));
    if (marks & MAPS_HEAT)
        *heat = shown > *heat ? shown : *heat;
    if (marks & MAPS_TRAIL)
        memory[REMEMBER_TRAILS * cells] = SIGHT_SURE;
    if (marks >> type & MAPS_SIGNAL)
        memory[REMEMBER_SIGNAL * cells] = SIGHT_SURE;
    if (marks & MAPS_LANDMARK)
        memory[REMEMBER_LANDMARKS * cells] = SIGHT_SURE;
}

/* Marks are rare: most rows have none. */
static void take_in(const struct sim *world, uint32_t slot)
{
    const struct sight *sight = &world->sight;
    const struct glance *g = &sight->glances[slot];
    const uint8_t *marks = world->maps.marks;
    enum sim_type type = world->agents[slot].type;
    for (uint32_t row = 0; row < sight->side; row++) {
        struct stretch s = row_stretch(world, g->at, row);
        if (!any(marks + s.square, s.count))
            continue;
        for (uint32_t i = 0; i < s.count; i++)
            if (marks[s.square + i] && sight->visible[s.cell + i] != 0)
                take_marks(world, type, s.square + i, g->memory + s.cell + i);
    }
}

/* A visible square without anything is known to be empty; one with something in it is known not to be. */
static void see_nothing(const struct sight *sight, const float *view, uint16_t *memory)
{
    uint32_t cells = sight->cells;
    for (uint32_t i = 0; i < cells; i++) {
        float there = view[SIM_ALLIES * cells + i] + view[SIM_ENEMIES * cells + i] + view[SIM_GOODS * cells + i] +
                      view[SIM_OBSTACLES * cells + i];
        uint16_t empty = there == 0 ? SIGHT_SURE : 0;
        memory[i] = sight->visible[i] != 0 ? empty : memory[i];
    }
}

static bool has_goods(const void *context, uint32_t node)
{
    return ((const struct node *)context)[node].goods > 0;
}

/* The goal: the nearest node with goods, at the border of the view if it is beyond. */
static void see_goal(const struct sim *world, uint32_t slot, struct eye *eye, float *cells)
{
    const struct sight *sight = &world->sight;
    const struct agent *self = &world->agents[slot];
    const int32_t *at = sight->glances[slot].at;
    memset(cells, 0, sight->cells * sizeof *cells);
    struct index_wish wish = {self->x, self->y, world->def.gather_range, has_goods, world->nodes};
    uint32_t node = index_nearest(&world->nodes_index, &wish, &eye->counts);
    if (node == INDEX_NONE)
        return;
    int32_t radius = (int32_t)sight->radius;
    int32_t column = (int32_t)world->nodes[node].x - at[0], row = (int32_t)world->nodes[node].y - at[1];
    column = column < -radius ? -radius : column > radius ? radius : column;
    row = row < -radius ? -radius : row > radius ? radius : row;
    cells[(row + radius) * (int32_t)sight->side + column + radius] = 1;
}

static void show(float *view, const uint16_t *memory, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        view[i] = (float)memory[i] * (1.0f / SIGHT_SURE);
}

static void remember(const struct sim *world, uint32_t slot, bool quiet, float *view)
{
    const struct sight *sight = &world->sight;
    const struct glance *g = &sight->glances[slot];
    uint32_t cells = sight->cells;
    see_nothing(sight, view, g->memory + REMEMBER_EMPTY * cells);
    if (!quiet)
        take_in(world, slot);
    show(view + SIM_EMPTY * cells, g->memory, REMEMBER_LANDMARKS * cells);
    show(view + SIM_LANDMARKS * cells, g->memory + REMEMBER_LANDMARKS * cells, cells);
}

__attribute__((noinline)) void observe(struct sim *world, uint32_t slot, struct eye *eye, float *view)
{
    struct glance *g = &world->sight.glances[slot];
    const struct agent *self = &world->agents[slot];
    const int32_t at[2] = {(int32_t)self->x, (int32_t)self->y};
    bool settled = g->seen && view == g->view && at[0] == g->at[0] && at[1] == g->at[1];
    bool quiet = settled && !maps_changed_since(&world->maps, at, world->sight.radius, g->seen);
    age(&world->sight, g, at, eye->plane);
    if (!quiet)
        see_moment(world, slot, settled, eye, view);
    remember(world, slot, quiet, view);
    see_goal(world, slot, eye, view + SIM_GOAL * world->sight.cells);
    if (view == g->view)
        g->seen = world->step;
    eye->observations++;
    eye->views_reused += quiet;
}
