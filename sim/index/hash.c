/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A grid of square cells, one bucket each: a point's cell is its coordinates divided, so a move costs two links.
 */
#include <math.h>
#include <stdlib.h>

#include "sim/index.h"

enum { LEAST_CELLS = 1024, MOST_CELLS = 1 << 24 };

struct grid {
    double per_cell;             /* cells per unit; double, so that a point and a query's border agree on cells */
    double cell;
    uint32_t columns, rows;
    uint32_t room;               /* of heads */
};

/* Cells of the wanted side, or of the next larger ones for which there is room. */
static void lay_out(const struct index *ix, struct grid *g, double cell)
{
    for (;; cell *= 1.25) {
        double columns = floor(ix->width / cell) + 1, rows = floor(ix->height / cell) + 1;
        if (columns * rows > g->room)
            continue;
        *g = (struct grid){1 / cell, cell, (uint32_t)columns, (uint32_t)rows, g->room};
        return;
    }
}

static bool hash_open(struct index *ix)
{
    struct grid *g = ix->tree = calloc(1, sizeof *g);
    if (!g)
        return false;
    double wanted = ix->cell > 0 ? ((double)ix->width / ix->cell + 1) * ((double)ix->height / ix->cell + 1) : ix->room;
    g->room = (uint32_t)fmin(fmax(wanted, LEAST_CELLS), MOST_CELLS);
    ix->head = malloc(g->room * sizeof *ix->head);
    return ix->head;
}

static void hash_close(struct index *ix)
{
    free(ix->tree);
    free(ix->head);
}

static uint32_t cell_at(double at, double per_cell, uint32_t count)
{
    if (at <= 0)
        return 0;
    double cell = at * per_cell;
    return cell < count ? (uint32_t)cell : count - 1;
}

static uint32_t hash_place(struct index *ix, float x, float y)
{
    const struct grid *g = ix->tree;
    return cell_at(y, g->per_cell, g->rows) * g->columns + cell_at(x, g->per_cell, g->columns);
}

/* About two points a cell: fewer cells mean more distances, more cells mean more lists. */
static void hash_build(struct index *ix)
{
    struct grid *g = ix->tree;
    double area = (double)ix->width * ix->height;
    lay_out(ix, g, ix->cell > 0 ? ix->cell : fmax(sqrt(2 * area / (ix->count + 1)), 1));
    ix->buckets = g->columns * g->rows;
    for (uint32_t i = 0; i < ix->buckets; i++)
        ix->head[i] = INDEX_NONE;
    for (uint32_t i = ix->count; i-- > 0;) {
        uint32_t id = ix->order[i];
        index_link(ix, id, hash_place(ix, ix->points[id].x, ix->points[id].y));
    }
}

/* How far `at` is from a row or column of cells. */
static double gap(double at, int64_t cell, double side)
{
    double before = (double)cell * side - at, behind = at - (double)(cell + 1) * side;
    double far = before > behind ? before : behind;
    return far > 0 ? far : 0;
}

/* Cells of a row that are not too far away. */
static void look_row(const struct index *ix, int64_t row, int64_t left, int64_t right, struct index_search *s)
{
    const struct grid *g = ix->tree;
    if (row < 0 || row >= g->rows)
        return;
    double down = gap(s->y, row, g->cell);
    for (int64_t column = left < 0 ? 0 : left; column <= right && column < g->columns; column++) {
        double across = gap(s->x, column, g->cell);
        if (across * across + down * down <= s->reach2)
            index_look(ix, (uint32_t)(row * g->columns + column), s);
    }
}

/* Rings of cells around the point's own; what lies in a ring is at least as far away as its nearest side. */
static void search_rings(const struct index *ix, struct index_search *s)
{
    const struct grid *g = ix->tree;
    int64_t column = cell_at(s->x, g->per_cell, g->columns), row = cell_at(s->y, g->per_cell, g->rows);
    int64_t rings = g->columns > g->rows ? g->columns : g->rows;
    index_look(ix, (uint32_t)(row * g->columns + column), s);
    double across = fmin(gap(s->x, column - 1, g->cell), gap(s->x, column + 1, g->cell));
    double down = fmin(gap(s->y, row - 1, g->cell), gap(s->y, row + 1, g->cell));
    for (int64_t ring = 1; ring < rings; ring++) {
        double away = fmin(across, down) + (double)(ring - 1) * g->cell;
        if (away * away > s->reach2)
            return;
        look_row(ix, row - ring, column - ring, column + ring, s);
        for (int64_t side = row - ring + 1; side < row + ring; side++) {
            look_row(ix, side, column - ring, column - ring, s);
            look_row(ix, side, column + ring, column + ring, s);
        }
        look_row(ix, row + ring, column - ring, column + ring, s);
    }
}

static void hash_search(const struct index *ix, struct index_search *s)
{
    const struct grid *g = ix->tree;
    if (s->want == INDEX_NEAREST) {
        search_rings(ix, s);
        return;
    }
    uint32_t left = cell_at(s->box[0], g->per_cell, g->columns), right = cell_at(s->box[2], g->per_cell, g->columns);
    uint32_t top = cell_at(s->box[1], g->per_cell, g->rows), bottom = cell_at(s->box[3], g->per_cell, g->rows);
    for (uint32_t row = top; row <= bottom; row++)
        for (uint32_t column = left; column <= right; column++)
            index_look(ix, row * g->columns + column, s);
}

static size_t hash_bytes(const struct index *ix)
{
    const struct grid *g = ix->tree;
    return sizeof *g + g->room * sizeof *ix->head;
}

const struct index_kind index_hash = {"hash", "a grid of cells",
    hash_open, hash_close, hash_build, hash_place, hash_search, hash_bytes};
