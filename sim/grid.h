/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is near a point? Points sorted into square cells by counting, so that a rebuild is two passes without branches
 * and a query reads few long stretches of memory. A query sees the points as they stood at the last rebuild.
 */
#ifndef SIM_GRID_H
#define SIM_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct grid_point {
    float x, y;
    uint32_t index;              /* the caller's */
};

struct grid {
    float cell, width, height;
    uint32_t columns, rows;
    uint32_t *start;             /* cell c holds sorted[start[c] .. start[c + 1] - 1] */
    struct grid_point *points;   /* as given, filled by the caller before grid_build */
    struct grid_point *sorted;
    uint32_t count, max_points;
};

/* Room for max_points points in 0..width x 0..height. False: out of memory. */
bool grid_init(struct grid *g, float width, float height, uint32_t max_points);
void grid_release(struct grid *g);
size_t grid_bytes(const struct grid *g);

/* Starts a rebuild; the points that follow may stand anywhere in the world, borders included. */
void grid_clear(struct grid *g);
void grid_add(struct grid *g, float x, float y, uint32_t index);
void grid_build(struct grid *g);

/* Copies the points whose distance is at most `radius` to `found`, which has room for max_points; how many. They come
 * cell by cell and, within a cell, in the order in which they were added. */
uint32_t grid_near(const struct grid *g, float x, float y, float radius, struct grid_point *found);

#endif
