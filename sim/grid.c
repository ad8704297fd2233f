/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* About two points a cell where the world is full: fewer cells mean more distances, more cells mean more stretches. */
static float cell_side(float width, float height, uint32_t max_points)
{
    float side = sqrtf(2 * width * height / (float)(max_points ? max_points : 1));
    return side < 1 ? 1 : side;
}

bool grid_init(struct grid *g, float width, float height, uint32_t max_points)
{
    *g = (struct grid){.cell = cell_side(width, height, max_points), .width = width, .height = height,
                       .max_points = max_points};
    g->columns = (uint32_t)(width / g->cell) + 1;
    g->rows = (uint32_t)(height / g->cell) + 1;
    g->start = calloc((size_t)g->columns * g->rows + 1, sizeof *g->start);
    g->points = calloc(max_points + 1, sizeof *g->points);
    g->sorted = calloc(max_points + 1, sizeof *g->sorted);
    return g->start && g->points && g->sorted;
}

void grid_release(struct grid *g)
{
    free(g->start);
    free(g->points);
    free(g->sorted);
    *g = (struct grid){0};
}

size_t grid_bytes(const struct grid *g)
{
    return ((size_t)g->columns * g->rows + 1) * sizeof *g->start + 2 * ((size_t)g->max_points + 1) * sizeof *g->points;
}

void grid_clear(struct grid *g)
{
    g->count = 0;
}

void grid_add(struct grid *g, float x, float y, uint32_t index)
{
    g->points[g->count++] = (struct grid_point){x, y, index};
}

static uint32_t cell_of(const struct grid *g, const struct grid_point *p)
{
    return (uint32_t)(p->y / g->cell) * g->columns + (uint32_t)(p->x / g->cell);
}

/* After the first pass start[c + 1] counts cell c; after the second, start[c] is where cell c ends; the last pass goes
 * backwards, puts each point before the cell's end and so turns ends into starts. */
void grid_build(struct grid *g)
{
    uint32_t cells = g->columns * g->rows;
    memset(g->start, 0, (cells + 1) * sizeof *g->start);
    for (uint32_t i = 0; i < g->count; i++)
        g->start[cell_of(g, &g->points[i])]++;
    for (uint32_t c = 1; c <= cells; c++)
        g->start[c] += g->start[c - 1];
    for (uint32_t i = g->count; i-- > 0;)
        g->sorted[--g->start[cell_of(g, &g->points[i])]] = g->points[i];
}

static uint32_t clamp(float at, float cell, uint32_t count)
{
    if (at <= 0)
        return 0;
    float index = at / cell;
    return index < (float)count ? (uint32_t)index : count - 1;
}

uint32_t grid_near(const struct grid *g, float x, float y, float radius, struct grid_point *found)
{
    uint32_t left = clamp(x - radius, g->cell, g->columns), right = clamp(x + radius, g->cell, g->columns);
    uint32_t top = clamp(y - radius, g->cell, g->rows), bottom = clamp(y + radius, g->cell, g->rows);
    float limit = radius * radius;
    uint32_t count = 0;
    for (uint32_t row = top; row <= bottom; row++) {
        uint32_t first = g->start[row * g->columns + left], end = g->start[row * g->columns + right + 1];
        for (uint32_t i = first; i < end; i++) {
            float dx = g->sorted[i].x - x, dy = g->sorted[i].y - y;
            if (dx * dx + dy * dy <= limit)
                found[count++] = g->sorted[i];
        }
    }
    return count;
}
