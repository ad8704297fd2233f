/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every kind of index, with every way of updating, against a loop over all points: random worlds, points on borders, on
 * corners and on each other, that come, move and go.
 */
#include "sim/index.h"

#include <math.h>
#include <stdlib.h>

#include "sim/rng.h"
#include "tests/unit/check.h"

enum { MOST = 300 };

struct world {
    struct index ix;
    struct rng rng;
    float x[MOST], y[MOST];
    bool in[MOST];
    struct index_counts counts;
};

static float coordinate(struct rng *r, float size)
{
    switch (rng_below(r, 8)) {
    case 0: return 0;
    case 1: return size;
    case 2: return (float)rng_below(r, (uint32_t)size + 1);
    default: return rng_unit(r) * size;
    }
}

/* Some points come, most move (some onto another), some go. */
static void churn(struct world *w)
{
    for (uint32_t id = 0; id < w->ix.room; id++) {
        uint32_t what = rng_below(&w->rng, 10);
        if (what == 0) {
            w->in[id] = false;
            index_drop(&w->ix, id);
        } else if (what < 6) {
            uint32_t other = rng_below(&w->rng, w->ix.room);
            bool onto = what == 1 && w->in[other];
            w->x[id] = onto ? w->x[other] : coordinate(&w->rng, w->ix.width);
            w->y[id] = onto ? w->y[other] : coordinate(&w->rng, w->ix.height);
            w->in[id] = true;
            index_put(&w->ix, id, w->x[id], w->y[id]);
        }
    }
}

static uint32_t wrong_ids(const struct world *w, const uint32_t *found, uint32_t hits, const bool *expected)
{
    uint32_t named[MOST] = {0}, wrong = 0;
    for (uint32_t i = 0; i < hits; i++)
        named[found[i]]++;
    for (uint32_t id = 0; id < w->ix.room; id++)
        wrong += named[id] != (uint32_t)expected[id];
    return wrong;
}

static uint32_t wrong_near(struct world *w, float x, float y, float radius)
{
    uint32_t found[MOST];
    bool expected[MOST];
    for (uint32_t id = 0; id < w->ix.room; id++) {
        float dx = w->x[id] - x, dy = w->y[id] - y;
        expected[id] = w->in[id] && dx * dx + dy * dy <= radius * radius;
    }
    return wrong_ids(w, found, index_near(&w->ix, x, y, radius, found, &w->counts), expected);
}

static uint32_t wrong_box(struct world *w, const float box[4])
{
    uint32_t found[MOST];
    bool expected[MOST];
    for (uint32_t id = 0; id < w->ix.room; id++)
        expected[id] = w->in[id] && w->x[id] >= box[0] && w->x[id] <= box[2] && w->y[id] >= box[1] &&
                       w->y[id] <= box[3];
    return wrong_ids(w, found, index_box(&w->ix, box, found, &w->counts), expected);
}

static bool is_even(const void *context, uint32_t id)
{
    return id % 2 == 0;
}

static uint32_t wrong_nearest(struct world *w, float x, float y, float radius, bool even)
{
    uint32_t best = INDEX_NONE;
    float least = radius * radius;
    for (uint32_t id = 0; id < w->ix.room; id++) {
        float dx = w->x[id] - x, dy = w->y[id] - y, d = dx * dx + dy * dy;
        if (!w->in[id] || (even && id % 2) || d > least || (d == least && best != INDEX_NONE))
            continue;
        best = id;
        least = d;
    }
    struct index_wish wish = {x, y, radius, even ? is_even : NULL, NULL};
    return index_nearest(&w->ix, &wish, &w->counts) != best;
}

static uint32_t wrong_answers(struct world *w)
{
    uint32_t wrong = 0;
    for (int i = 0; i < 12; i++) {
        float x = coordinate(&w->rng, w->ix.width), y = coordinate(&w->rng, w->ix.height);
        float radius = rng_unit(&w->rng) * (i % 3 ? 15 : 300);
        uint32_t exact = rng_below(&w->rng, w->ix.room);
        if (i % 4 == 0 && w->in[exact])                  /* a point exactly on the circle, as far as rounding goes */
            radius = hypotf(w->x[exact] - x, w->y[exact] - y);
        wrong += wrong_near(w, x, y, radius) + wrong_nearest(w, x, y, radius, i % 2);
        const float box[4] = {x - radius, y - radius / 2, w->in[exact] ? w->x[exact] : x + radius, y + radius};
        wrong += wrong_box(w, box);
    }
    return wrong;
}

static void test_kind(const struct index_kind *kind, enum sim_update update, float cell)
{
    uint32_t wrong = 0;
    struct rng sizes;
    rng_init(&sizes, 2024, 1);
    for (int world = 0; world < 20; world++) {
        struct world *w = calloc(1, sizeof *w);
        w->rng = sizes;
        struct index_plan plan = {kind, update, 7, 1 + rng_unit(&sizes) * 200, 1 + rng_unit(&sizes) * 50, 16, cell,
                                  rng_below(&sizes, MOST) + 1};
        CHECK(index_open(&w->ix, &plan));
        for (int round = 0; round < 30; round++) {
            churn(w);
            index_update(&w->ix);
            wrong += wrong_answers(w);
        }
        CHECK(update == SIM_REBUILD ? !w->ix.moved_singly && !w->ix.batches : w->ix.rebuilds < 15);
        CHECK((update == SIM_INCREMENTAL) == (w->ix.moved_singly > 0));
        CHECK((update == SIM_BATCH) == (w->ix.batches > 0 && w->ix.dirty_regions >= w->ix.batches));
        CHECK(w->counts.queries == 30 * 36);
        index_close(&w->ix);
        free(w);
    }
    if (wrong)
        fprintf(stderr, "index %s, update %d\n", kind->name, update);
    CHECK_INT(wrong, 0);
}

static void test_changes_wait_for_the_update(void)
{
    for (const struct index_kind *const *kind = index_kinds; *kind; kind++) {
        struct index ix;
        struct index_counts counts = {0};
        struct index_plan plan = {*kind, SIM_INCREMENTAL, 1, 10, 10, 16, 0, 4};
        uint32_t found[4];
        CHECK(index_open(&ix, &plan));
        index_put(&ix, 0, 1, 1);
        CHECK_INT(index_near(&ix, 1, 1, 1, found, &counts), 0);
        index_update(&ix);
        index_put(&ix, 0, 9, 9);
        index_put(&ix, 0, 8, 8);
        CHECK_INT(index_near(&ix, 1, 1, 1, found, &counts), 1);
        index_update(&ix);
        CHECK_INT(index_near(&ix, 1, 1, 1, found, &counts), 0);
        CHECK_INT(index_near(&ix, 8, 8, 0, found, &counts), 1);
        index_drop(&ix, 0);
        index_update(&ix);
        CHECK_INT(index_near(&ix, 8, 8, 1, found, &counts), 0);
        index_close(&ix);
    }
}

/* Each kind looks at fewer points than brute force does. */
static void test_kinds_are_what_they_say(void)
{
    uint64_t visited[8];
    uint32_t kinds = 0;
    for (; index_kinds[kinds]; kinds++) {
        struct world *w = calloc(1, sizeof *w);
        struct index_plan plan = {index_kinds[kinds], SIM_REBUILD, 1, 100, 100, 16, 0, MOST};
        uint32_t found[MOST];
        rng_init(&w->rng, 1, 1);
        CHECK(index_open(&w->ix, &plan));
        for (uint32_t id = 0; id < MOST; id++)
            index_put(&w->ix, id, rng_unit(&w->rng) * 100, rng_unit(&w->rng) * 100);
        index_update(&w->ix);
        index_near(&w->ix, 50, 50, 5, found, &w->counts);
        visited[kinds] = w->counts.visited;
        index_close(&w->ix);
        free(w);
    }
    CHECK_STR(index_kinds[kinds - 1]->name, "brute");
    CHECK_INT(visited[kinds - 1], MOST);
    for (uint32_t i = 0; i + 1 < kinds; i++)
        CHECK(visited[i] < MOST / 4);
}

int main(void)
{
    for (const struct index_kind *const *kind = index_kinds; *kind; kind++)
        for (enum sim_update update = SIM_REBUILD; update <= SIM_BATCH; update++)
            test_kind(*kind, update, 0);
    test_kind(index_find("hash"), SIM_INCREMENTAL, 0.5f);
    test_kind(index_find("hash"), SIM_REBUILD, 80);
    CHECK(!index_find("none"));
    test_changes_wait_for_the_update();
    test_kinds_are_what_they_say();
    return check_done();
}
