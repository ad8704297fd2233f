/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/maps.h"

#include <stdlib.h>
#include <string.h>

#include "sim/hash.h"
#include "sim/pages.h"
#include "sim/rng.h"
#include "sim/sight.h"

enum { KNOT_DISTANCE = 8 };      /* of the lattice that terrain is interpolated on */
enum { LAYERS = 4 };

static uint64_t square_noise(uint64_t seed, uint32_t column, uint32_t row)
{
    return hash_end(hash_add(hash_add(seed, column), row));
}

static void make_obstacles(struct maps *m, const struct sim_def *def)
{
    uint64_t limit = (uint64_t)((double)def->obstacles * 0x1p32);
    for (uint32_t row = 0; row < m->rows; row++)
        for (uint32_t column = 0; column < m->columns; column++)
            if (square_noise(def->seed ^ 0x6f62u, column, row) >> 32 < limit)
                m->obstacles[(size_t)row * m->columns + column] = 255;
}

static uint32_t knot(uint64_t seed, uint32_t column, uint32_t row)
{
    return (uint32_t)(square_noise(seed, column, row) >> 56);
}

/* Whole numbers throughout: the same hills everywhere. */
static void make_terrain(struct maps *m, const struct sim_def *def)
{
    uint64_t seed = def->seed ^ 0x7465u;
    for (uint32_t row = 0; row < m->rows; row++) {
        for (uint32_t column = 0; column < m->columns; column++) {
            uint32_t x = column / KNOT_DISTANCE, y = row / KNOT_DISTANCE;
            uint32_t right = column % KNOT_DISTANCE, below = row % KNOT_DISTANCE;
            uint32_t left = KNOT_DISTANCE - right, above = KNOT_DISTANCE - below;
            uint32_t sum = knot(seed, x, y) * left * above + knot(seed, x + 1, y) * right * above +
                           knot(seed, x, y + 1) * left * below + knot(seed, x + 1, y + 1) * right * below;
            m->terrain[(size_t)row * m->columns + column] = (uint8_t)(sum / (KNOT_DISTANCE * KNOT_DISTANCE));
        }
    }
}

static void make_landmarks(struct maps *m, const struct sim_def *def)
{
    struct rng rng;
    rng_init(&rng, def->seed, UINT32_MAX);
    for (uint32_t i = 0; i < def->landmarks; i++) {
        uint32_t column = rng_below(&rng, m->columns), row = rng_below(&rng, m->rows);
        m->marks[(size_t)row * m->columns + column] = MAPS_LANDMARK;
    }
}

static size_t layers_bytes(const struct maps *m)
{
    return LAYERS * ((size_t)m->columns * m->rows + SIGHT_STRIDE);
}

bool maps_open(struct maps *m, const struct sim_def *def)
{
    *m = (struct maps){.columns = (uint32_t)def->width + 1, .rows = (uint32_t)def->height + 1,
                       .side = (uint32_t)def->spatial.region, .touched_room = def->max_agents};
    m->region_columns = m->columns / m->side + 1;
    m->region_rows = m->rows / m->side + 1;
    uint8_t **layers[] = {&m->obstacles, &m->terrain, &m->marks, &m->heat};
    m->layers = pages_new(layers_bytes(m));
    for (size_t i = 0; m->layers && i < LAYERS; i++)
        *layers[i] = m->layers + i * (layers_bytes(m) / LAYERS);
    m->touched = malloc(((size_t)m->touched_room + 1) * sizeof *m->touched);
    m->changed = calloc((size_t)m->region_columns * m->region_rows, sizeof *m->changed);
    m->first = malloc(((size_t)m->region_columns * m->region_rows + 1) * sizeof *m->first);
    if (!m->layers || !m->touched || !m->changed || !m->first)
        return false;
    make_obstacles(m, def);
    make_terrain(m, def);
    make_landmarks(m, def);
    return true;
}

void maps_close(struct maps *m)
{
    pages_free(m->layers, layers_bytes(m));
    free(m->touched);
    free(m->changed);
    free(m->first);
}

size_t maps_bytes(const struct maps *m)
{
    size_t regions = (size_t)m->region_columns * m->region_rows * (sizeof *m->changed + sizeof *m->first);
    return layers_bytes(m) + ((size_t)m->touched_room + 1) * sizeof *m->touched + regions;
}

static size_t square_of(const struct maps *m, float x, float y)
{
    return (size_t)(uint32_t)y * m->columns + (uint32_t)x;
}

bool maps_blocked(const struct maps *m, float x, float y)
{
    return m->obstacles[square_of(m, x, y)];
}

float maps_terrain(const struct maps *m, float x, float y)
{
    return (float)m->terrain[square_of(m, x, y)] / 255;
}

static size_t mark(struct maps *m, float x, float y, uint32_t bit, uint64_t step)
{
    size_t square = square_of(m, x, y);
    m->marks[square] |= (uint8_t)bit;
    m->touched[m->touched_count++] = (uint32_t)square;
    maps_change(m, x, y, step);
    return square;
}

void maps_heat(struct maps *m, float x, float y, float share, uint64_t step)
{
    size_t square = mark(m, x, y, MAPS_HEAT, step);
    uint32_t heat = m->heat[square] + (uint32_t)(share * 255);
    m->heat[square] = heat < 255 ? (uint8_t)heat : 255;
}

void maps_trail(struct maps *m, float x, float y, uint64_t step)
{
    mark(m, x, y, MAPS_TRAIL, step);
}

void maps_signal(struct maps *m, float x, float y, enum sim_type type, uint64_t step)
{
    mark(m, x, y, (uint32_t)MAPS_SIGNAL << type, step);
}

void maps_fade(struct maps *m, uint64_t step)
{
    for (uint32_t i = 0; i < m->touched_count; i++) {
        uint32_t square = m->touched[i];
        m->heat[square] = 0;
        m->marks[square] &= MAPS_LANDMARK;
        maps_change(m, (float)(square % m->columns), (float)(square / m->columns), step);
    }
    m->touched_count = 0;
}

void maps_expect(const struct maps *m, float x, float y)
{
    size_t square = square_of(m, x, y);
    __builtin_prefetch(&m->terrain[square]);
    __builtin_prefetch(&m->marks[square], 1);
    __builtin_prefetch(&m->obstacles[square]);
}

uint32_t maps_region(const struct maps *m, float x, float y)
{
    return (uint32_t)y / m->side * m->region_columns + (uint32_t)x / m->side;
}

void maps_change(struct maps *m, float x, float y, uint64_t step)
{
    m->changed[maps_region(m, x, y)] = (uint32_t)step;
}

static uint32_t region_at(int64_t square, uint32_t side, uint32_t regions)
{
    if (square < 0)
        return 0;
    int64_t region = square / side;
    return region < regions ? (uint32_t)region : regions - 1;
}

/* One square more to the left and above: goods spread to the right and down. */
bool maps_changed_since(const struct maps *m, const int32_t at[2], uint32_t radius, uint64_t step)
{
    int64_t reach = radius;
    uint32_t left = region_at(at[0] - reach - 1, m->side, m->region_columns);
    uint32_t right = region_at(at[0] + reach, m->side, m->region_columns);
    uint32_t bottom = region_at(at[1] + reach, m->side, m->region_rows);
    for (uint32_t row = region_at(at[1] - reach - 1, m->side, m->region_rows); row <= bottom; row++)
        for (uint32_t column = left; column <= right; column++)
            if (m->changed[row * m->region_columns + column] >= step)
                return true;
    return false;
}
