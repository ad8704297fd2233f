/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Views. Channels that show the moment are looked up anew only if something near changed since the last time; those
 * that remember fade by a tick and are then overwritten by what is seen. Only what lies in the disk of sight is seen:
 * the corners of a view show nothing but memories.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/sight.h"
#include "sim/world.h"

/* In 1/65536 a step: 0.98, 0.85, 0.90, 0.92; landmarks stay for good. */
static const uint16_t fading[REMEMBER_LANDMARKS] = {64225, 55706, 58982, 60293};

/* True where anything is left. */
static bool fade(uint16_t *cells, uint16_t factor, uint32_t count)
{
    uint16_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
        cells[i] = (uint16_t)((uint32_t)cells[i] * factor >> 16);
        left |= cells[i];
    }
    return left;
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
        if (g->blank >> m & 1)
            continue;
        if (m < REMEMBER_LANDMARKS && !fade(cells, fading[m], sight->cells))
            g->blank |= 1u << m;
        else if (by[0] || by[1])
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

/* The squares in view of a layer of the maps, as eye->squares. Inside of the world whole strides are copied: what is
 * too much is overwritten by the next row, or lies behind the last one. */
static void look_at_layer(const struct sim *world, const int32_t at[2], const uint8_t *layer, uint8_t *squares)
{
    const struct maps *maps = &world->maps;
    int32_t radius = (int32_t)world->sight.radius;
    uint32_t side = world->sight.side, column = (uint32_t)(at[0] - radius), row = (uint32_t)(at[1] - radius);
    if (column + side > maps->columns || row + side > maps->rows || column > maps->columns || row > maps->rows) {
        memset(squares, 0, world->sight.cells);
        for (row = 0; row < side; row++) {
            struct stretch s = row_stretch(world, at, row);
            memcpy(squares + s.cell, layer + s.square, s.count);
        }
        return;
    }
    for (uint32_t y = 0; y < side; y++)
        for (uint32_t x = 0; x < side; x += SIGHT_STRIDE)
            memcpy(squares + y * side + x, layer + (size_t)(row + y) * maps->columns + column + x, SIGHT_STRIDE);
}

static void weigh(float *restrict view, const uint8_t *restrict squares, const float *restrict share, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        view[i] = (float)squares[i] * share[i];
}

/* What never changes. */
static void see_layer(const struct sim *world, const int32_t at[2], const uint8_t *layer, uint8_t *squares, float *view)
{
    look_at_layer(world, at, layer, squares);
    weigh(view, squares, world->sight.share, world->sight.cells);
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

static void hide(float *restrict cells, const float *restrict visible, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        cells[i] *= visible[i];
}

static void see_moment(const struct sim *world, uint32_t slot, struct eye *eye, float *view)
{
    const struct sight *sight = &world->sight;
    const struct agent *self = &world->agents[slot];
    uint32_t cells = sight->cells;
    memset(view, 0, 3 * cells * sizeof *view);
    view[SIM_SELF * cells + cells / 2] = (float)self->health / (float)world->def.start_health;
    see_agents(world, slot, eye, view);
    goods_see(world, sight->glances[slot].at, eye, view + SIM_GOODS * cells);
    hide(view + SIM_GOODS * cells, sight->visible, cells);
}

/* Keeps what see_moment made, where it is little enough. */
static bool keep(struct glance *g, const float *view, uint32_t count)
{
    if (!g->kept && !(g->kept = malloc(sizeof *g->kept)))
        return false;
    struct glimpse *kept = g->kept;
    kept->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (view[i] == 0)
            continue;
        if (kept->count == sizeof kept->points / sizeof kept->points[0])
            return false;
        kept->points[kept->count].at = i;
        kept->points[kept->count++].value = view[i];
    }
    return true;
}

static void show_kept(const struct glimpse *kept, float *view, uint32_t count)
{
    memset(view, 0, count * sizeof *view);
    for (uint32_t i = 0; i < kept->count; i++)
        view[kept->points[i].at] = kept->points[i].value;
}

/* What lies in one square; memory takes the stronger of what it holds and what is seen. */
static void take_marks(const struct sim *world, uint32_t marks, uint32_t cell, const struct glance *g)
{
    const struct sight *sight = &world->sight;
    uint32_t cells = sight->cells;
    uint16_t *memory = g->memory + cell;
    if (marks & MAPS_HEAT) {
        size_t row = (size_t)g->at[1] - sight->radius + cell / sight->side;
        size_t square = row * world->maps.columns + (size_t)g->at[0] - sight->radius + cell % sight->side;
        uint16_t *heat = memory + REMEMBER_HEAT * cells;
        uint16_t shown = (uint16_t)(world->maps.heat[square] * (SIGHT_SURE / 255));
        *heat = shown > *heat ? shown : *heat;
    }
    if (marks & MAPS_TRAIL)
        memory[REMEMBER_TRAILS * cells] = SIGHT_SURE;
    if (marks & MAPS_SIGNAL)
        memory[REMEMBER_SIGNAL * cells] = SIGHT_SURE;
    if (marks & MAPS_LANDMARK)
        memory[REMEMBER_LANDMARKS * cells] = SIGHT_SURE;
}

/* Marks are rare: squares are looked at eight at a time, and those of a channel that had none so far make it one that
 * has to be looked after. */
static void take_in(const struct sim *world, uint32_t slot, uint8_t *squares)
{
    const struct sight *sight = &world->sight;
    struct glance *g = &world->sight.glances[slot];
    enum sim_type type = world->agents[slot].type;
    uint32_t all = 0;
    look_at_layer(world, g->at, world->maps.marks, squares);
    for (uint32_t first = 0; first < sight->cells; first += 8) {
        uint64_t eight;
        memcpy(&eight, squares + first, sizeof eight);
        for (uint32_t i = first; eight && i < first + 8 && i < sight->cells; i++) {
            uint32_t lasting = squares[i] & (MAPS_HEAT | MAPS_TRAIL | MAPS_LANDMARK);
            uint32_t marks = sight->mask[i] ? lasting | (squares[i] >> type & MAPS_SIGNAL) : 0;
            all |= marks;
            if (marks)
                take_marks(world, marks, i, g);
        }
    }
    g->blank &= ~((all & MAPS_HEAT ? 1u << REMEMBER_HEAT : 0) | (all & MAPS_TRAIL ? 1u << REMEMBER_TRAILS : 0) |
                  (all & MAPS_SIGNAL ? 1u << REMEMBER_SIGNAL : 0) |
                  (all & MAPS_LANDMARK ? 1u << REMEMBER_LANDMARKS : 0));
}

/* A visible square without anything is known to be empty; one with something in it is known not to be. */
static void see_nothing(uint16_t *restrict memory, const float *restrict view, const uint16_t *restrict mask,
                        uint32_t cells)
{
    const float *allies = view + SIM_ALLIES * cells, *enemies = view + SIM_ENEMIES * cells;
    const float *goods = view + SIM_GOODS * cells, *obstacles = view + SIM_OBSTACLES * cells;
    for (uint32_t i = 0; i < cells; i++) {
        uint16_t empty = allies[i] + enemies[i] + goods[i] + obstacles[i] == 0 ? SIGHT_SURE : 0;
        memory[i] = (uint16_t)((empty & mask[i]) | (memory[i] & ~mask[i]));
    }
}

static bool has_goods(const void *context, uint32_t node)
{
    return ((const struct node *)context)[node].goods > 0;
}

/* During a step nodes only lose goods: what was the nearest one stays it as long as there is any left. */
uint32_t sight_goal(const struct sim *world, uint32_t slot, struct index_counts *counts)
{
    const struct glance *g = &world->sight.glances[slot];
    const struct agent *self = &world->agents[slot];
    if (g->goal_step == world->step && world->step && (g->goal == INDEX_NONE || world->nodes[g->goal].goods > 0))
        return g->goal;
    struct index_wish wish = {self->x, self->y, world->def.gather_range, has_goods, world->nodes};
    return index_nearest(&world->nodes_index, &wish, counts);
}

/* The goal: the nearest node with goods, at the border of the view if it is beyond. */
static void see_goal(const struct sim *world, uint32_t slot, struct eye *eye, float *cells)
{
    const struct sight *sight = &world->sight;
    struct glance *g = &world->sight.glances[slot];
    memset(cells, 0, sight->cells * sizeof *cells);
    g->goal_step = 0;
    g->goal = sight_goal(world, slot, &eye->counts);
    g->goal_step = (uint32_t)world->step;
    if (g->goal == INDEX_NONE)
        return;
    int32_t radius = (int32_t)sight->radius;
    int32_t column = (int32_t)world->nodes[g->goal].x - g->at[0], row = (int32_t)world->nodes[g->goal].y - g->at[1];
    column = column < -radius ? -radius : column > radius ? radius : column;
    row = row < -radius ? -radius : row > radius ? radius : row;
    cells[(row + radius) * (int32_t)sight->side + column + radius] = 1;
}

static void show(float *restrict view, const uint16_t *restrict memory, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        view[i] = (float)memory[i] * (1.0f / SIGHT_SURE);
}

static void remember(const struct sim *world, uint32_t slot, bool quiet, uint8_t *squares, float *view)
{
    static const enum sim_channel channels[REMEMBERED] = {SIM_EMPTY, SIM_HEAT, SIM_TRAILS, SIM_SIGNAL, SIM_LANDMARKS};
    const struct sight *sight = &world->sight;
    struct glance *g = &world->sight.glances[slot];
    uint32_t cells = sight->cells;
    see_nothing(g->memory + REMEMBER_EMPTY * cells, view, sight->mask, cells);
    g->blank &= ~(1u << REMEMBER_EMPTY);
    if (!quiet)
        take_in(world, slot, squares);
    for (uint32_t m = 0; m < REMEMBERED; m++) {
        if (g->blank >> m & 1)
            memset(view + channels[m] * cells, 0, cells * sizeof *view);
        else
            show(view + channels[m] * cells, g->memory + m * cells, cells);
    }
}

void observe_dense(const struct sim *world, uint32_t slot, bool quiet, struct eye *eye, float *view)
{
    const struct sight *sight = &world->sight;
    const int32_t *at = sight->glances[slot].at;
    see_layer(world, at, world->maps.obstacles, eye->squares, view + SIM_OBSTACLES * sight->cells);
    see_layer(world, at, world->maps.terrain, eye->squares, view + SIM_TERRAIN * sight->cells);
    memcpy(view + SIM_VISIBLE * sight->cells, sight->visible, sight->cells * sizeof *view);
    remember(world, slot, quiet, eye->squares, view);
}

/* Views are kept where nothing changed in the last step: where it did it will again. */
__attribute__((noinline)) void observe(struct sim *world, uint32_t slot, struct eye *eye, float *view)
{
    const struct sight *sight = &world->sight;
    struct glance *g = &world->sight.glances[slot];
    const struct agent *self = &world->agents[slot];
    const int32_t at[2] = {(int32_t)self->x, (int32_t)self->y};
    bool reuse = world->def.sight.reuse && !eye->outside;
    bool calm = reuse && !maps_changed_since(&world->maps, at, sight->radius, world->step - 1);
    bool quiet = calm && g->kept_step && g->kept_step + 1 == world->step && at[0] == g->at[0] && at[1] == g->at[1];
    age(sight, g, at, eye->plane);
    if (quiet)
        show_kept(g->kept, view, 4 * sight->cells);
    else
        see_moment(world, slot, eye, view);
    if (reuse)
        g->kept_step = quiet || (calm && keep(g, view, 4 * sight->cells)) ? (uint32_t)world->step : 0;
    observe_dense(world, slot, quiet, eye, view);
    see_goal(world, slot, eye, view + SIM_GOAL * sight->cells);
    eye->observations++;
    eye->views_reused += quiet;
}
