/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quadtree: squares that fall into four when they become too full; each square without children is a bucket. Squares
 * that have become empty stay until the next rebuild.
 */
#include <math.h>
#include <stdlib.h>

#include "sim/index.h"

enum { LEAF_POINTS = 8, MOST_DEPTH = 20, FIRST_ROOM = 64 };

struct square {
    float x, y, half;            /* centre, half of the side */
    uint32_t children;           /* the first of four in a row; 0: none */
    uint32_t depth;
};

struct quad {
    struct square *squares;      /* as many as there are buckets */
    uint32_t room;
};

static bool grow(struct index *ix, uint32_t room)
{
    struct quad *quad = ix->tree;
    struct square *squares = realloc(quad->squares, room * sizeof *squares);
    if (squares)
        quad->squares = squares;
    uint32_t *head = realloc(ix->head, room * sizeof *head);
    if (head)
        ix->head = head;
    if (!squares || !head)
        return false;
    quad->room = room;
    return true;
}

static bool quad_open(struct index *ix)
{
    ix->tree = calloc(1, sizeof(struct quad));
    return ix->tree && grow(ix, FIRST_ROOM);
}

static void quad_close(struct index *ix)
{
    struct quad *quad = ix->tree;
    if (quad)
        free(quad->squares);
    free(quad);
    free(ix->head);
}

static uint32_t child_at(const struct square *s, float x, float y)
{
    return s->children + (y < s->y ? 0 : 2) + (x < s->x ? 0 : 1);
}

static bool is_full(const struct index *ix, uint32_t bucket)
{
    uint32_t points = 0;
    for (uint32_t id = ix->head[bucket]; id != INDEX_NONE && points < LEAF_POINTS; id = ix->points[id].next)
        points++;
    return points == LEAF_POINTS;
}

/* False: too deep, or out of memory; the square stays overfull then, which is slower but right. */
static bool split(struct index *ix, uint32_t node)
{
    struct quad *quad = ix->tree;
    if (quad->squares[node].depth == MOST_DEPTH || (ix->buckets + 4 > quad->room && !grow(ix, 2 * quad->room)))
        return false;
    struct square *s = &quad->squares[node];
    float half = s->half / 2;
    s->children = ix->buckets;
    for (uint32_t child = 0; child < 4; child++) {
        float right = child & 1 ? half : -half, below = child & 2 ? half : -half;
        quad->squares[ix->buckets] = (struct square){s->x + right, s->y + below, half, 0, s->depth + 1};
        ix->head[ix->buckets++] = INDEX_NONE;
    }
    uint32_t next;
    for (uint32_t id = ix->head[node]; id != INDEX_NONE; id = next) {
        next = ix->points[id].next;
        index_link(ix, id, child_at(s, ix->points[id].x, ix->points[id].y));
    }
    ix->head[node] = INDEX_NONE;
    return true;
}

static uint32_t quad_place(struct index *ix, float x, float y)
{
    const struct quad *quad = ix->tree;
    uint32_t node = 0;
    for (;;) {
        while (quad->squares[node].children)
            node = child_at(&quad->squares[node], x, y);
        if (!is_full(ix, node) || !split(ix, node))
            return node;
    }
}

static void quad_build(struct index *ix)
{
    struct quad *quad = ix->tree;
    float half = fmaxf(ix->width, ix->height) / 2;
    quad->squares[0] = (struct square){half, half, half, 0, 0};
    ix->head[0] = INDEX_NONE;
    ix->buckets = 1;
    for (uint32_t i = ix->count; i-- > 0;) {
        uint32_t id = ix->order[i];
        index_link(ix, id, quad_place(ix, ix->points[id].x, ix->points[id].y));
    }
}

static double away2(const struct square *s, double x, double y)
{
    double dx = fmax(fabs(x - s->x) - s->half, 0), dy = fmax(fabs(y - s->y) - s->half, 0);
    return dx * dx + dy * dy;
}

static void walk_nearest(const struct index *ix, uint32_t node, struct index_search *s)
{
    const struct square *square = &((const struct quad *)ix->tree)->squares[node];
    if (!square->children) {
        index_look(ix, node, s);
        return;
    }
    uint32_t own = child_at(square, s->x, s->y) - square->children;
    for (uint32_t turn = 0; turn < 4; turn++) {
        uint32_t child = square->children + (own ^ turn);
        if (away2(&((const struct quad *)ix->tree)->squares[child], s->x, s->y) <= s->reach2)
            walk_nearest(ix, child, s);
    }
}

static void walk_box(const struct index *ix, uint32_t node, struct index_search *s)
{
    const struct square *square = &((const struct quad *)ix->tree)->squares[node];
    if (!square->children) {
        index_look(ix, node, s);
        return;
    }
    for (uint32_t child = 0; child < 4; child++) {
        bool across = child & 1 ? s->box[2] >= square->x : s->box[0] <= square->x;
        bool down = child & 2 ? s->box[3] >= square->y : s->box[1] <= square->y;
        if (across && down)
            walk_box(ix, square->children + child, s);
    }
}

static void quad_search(const struct index *ix, struct index_search *s)
{
    if (s->want == INDEX_NEAREST)
        walk_nearest(ix, 0, s);
    else
        walk_box(ix, 0, s);
}

static size_t quad_bytes(const struct index *ix)
{
    const struct quad *quad = ix->tree;
    return sizeof *quad + quad->room * (sizeof *quad->squares + sizeof *ix->head);
}

const struct index_kind index_quad = {"quad", "squares that fall into four",
    quad_open, quad_close, quad_build, quad_place, quad_search, quad_bytes};
