/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grid against brute force: random worlds, points on borders and corners among them.
 */
#include "sim/grid.h"

#include <stdlib.h>

#include "sim/rng.h"
#include "tests/unit/check.h"

enum { MOST = 400 };

static float coordinate(struct rng *r, float size)
{
    switch (rng_below(r, 8)) {
    case 0: return 0;
    case 1: return size;
    case 2: return (float)rng_below(r, (uint32_t)size + 1);
    default: return rng_unit(r) * size;
    }
}

static void fill(struct grid *g, struct rng *r, struct grid_point *points, uint32_t count)
{
    grid_clear(g);
    for (uint32_t i = 0; i < count; i++) {
        points[i] = (struct grid_point){coordinate(r, g->width), coordinate(r, g->height), i};
        grid_add(g, points[i].x, points[i].y, i);
    }
    grid_build(g);
}

/* How many points the query misses, invents or names twice. */
static uint32_t wrong_answers(const struct grid *g, const struct grid_point *points, uint32_t count, float x, float y,
                              float radius)
{
    struct grid_point found[MOST];
    uint32_t named[MOST] = {0}, wrong = 0, hits = grid_near(g, x, y, radius, found);
    for (uint32_t i = 0; i < hits; i++)
        named[found[i].index]++;
    for (uint32_t i = 0; i < count; i++) {
        float dx = points[i].x - x, dy = points[i].y - y;
        wrong += named[i] != (uint32_t)(dx * dx + dy * dy <= radius * radius);
    }
    return wrong;
}

static void test_equals_brute_force(void)
{
    struct rng r;
    rng_init(&r, 2024, 1);
    uint32_t wrong = 0;
    for (int world = 0; world < 60; world++) {
        struct grid_point points[MOST];
        struct grid g;
        uint32_t most = rng_below(&r, MOST) + 1;
        CHECK(grid_init(&g, 1 + rng_unit(&r) * 200, 1 + rng_unit(&r) * 50, most));
        for (int round = 0; round < 3; round++) {
            uint32_t count = rng_below(&r, most + 1);
            fill(&g, &r, points, count);
            for (int query = 0; query < 30; query++)
                wrong += wrong_answers(&g, points, count, coordinate(&r, g.width), coordinate(&r, g.height),
                                       coordinate(&r, query % 2 ? 10 : 300));
        }
        grid_release(&g);
    }
    CHECK_INT(wrong, 0);
}

/* The world's history depends on it: agents meet the first of equally near ones. */
static void test_order_is_cells_then_addition(void)
{
    struct grid g;
    struct grid_point found[8];
    CHECK(grid_init(&g, 10, 10, 4));
    static const float at[][2] = {{9, 9}, {1, 1}, {9.5f, 9.5f}, {0, 0}};
    grid_clear(&g);
    for (uint32_t i = 0; i < 4; i++)
        grid_add(&g, at[i][0], at[i][1], i);
    grid_build(&g);
    CHECK_INT(grid_near(&g, 5, 5, 20, found), 4);
    static const uint32_t expected[] = {1, 3, 0, 2};
    for (int i = 0; i < 4; i++)
        CHECK_INT(found[i].index, expected[i]);
    CHECK_INT(grid_near(&g, 5, 5, 0, found), 0);
    CHECK_INT(grid_near(&g, 9, 9, 0, found), 1);
    grid_release(&g);
}

static void test_empty(void)
{
    struct grid g;
    struct grid_point found[1];
    CHECK(grid_init(&g, 1, 1, 0));
    grid_clear(&g);
    grid_build(&g);
    CHECK_INT(grid_near(&g, 0, 0, 100, found), 0);
    grid_release(&g);
}

int main(void)
{
    test_equals_brute_force();
    test_order_is_cells_then_addition();
    test_empty();
    return check_done();
}
