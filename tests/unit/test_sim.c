/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The world: the same history everywhere, goods that add up, ids that die with their owners, honest views. Also built
 * and run by tests/e2e/sim_hashes.sh with other compilers and levels of optimisation.
 */
#include <math.h>
#include <stdlib.h>

#include "sim/scenario.h"
#include "sim/world.h"
#include "tests/unit/check.h"

static struct sim *run(const struct scenario *s, uint64_t seed, uint32_t steps)
{
    struct sim_def def = scenario_def(s);
    def.seed = seed;
    struct sim *world = sim_new(&def);
    for (uint32_t i = 0; i < steps; i++)
        sim_step(world);
    return world;
}

/* A change here changes every history: it must be meant, and told in CHANGELOG.md. */
static void test_golden_hashes(void)
{
    static const struct {
        const char *scenario, *hash;
    } golden[] = {
        {"default", "f7b6f11a9083f879"}, {"crowd", "b6d2838c8d13273f"}, {"sparse", "62dbd39178f7831e"},
        {"plenty", "d4f99e9e785f40d9"}, {"chaos", "8d12d395edb41ab3"},
    };
    size_t count = sizeof golden / sizeof golden[0];
    for (size_t i = 0; i < count; i++) {
        const struct scenario *s = scenario_find(golden[i].scenario);
        struct sim *world = run(s, sim_default().seed, s->steps);
        char hash[20];
        snprintf(hash, sizeof hash, "%016llx", (unsigned long long)sim_hash(world));
        CHECK_STR(hash, golden[i].hash);
        sim_free(world);
    }
    CHECK(!scenarios[count].name);
}

static void test_seed_makes_history(void)
{
    struct sim *a = run(scenarios, 1, 50), *b = run(scenarios, 1, 50), *c = run(scenarios, 2, 50);
    CHECK(sim_hash(a) == sim_hash(b));
    CHECK(sim_hash(a) != sim_hash(c));
    sim_step(a);
    CHECK(sim_hash(a) != sim_hash(b));
    sim_free(a);
    sim_free(b);
    sim_free(c);
}

/* Changes `field` by `change`, which must show in the hash, and changes it back. */
#define CHECK_HASHED(field, change) \
    do { \
        uint64_t before = sim_hash(world); \
        (field) += (change); \
        CHECK(sim_hash(world) != before); \
        (field) -= (change); \
        CHECK(sim_hash(world) == before); \
    } while (0)

static void test_hash_sees_the_whole_state(void)
{
    struct sim *world = run(scenarios, 1, 5);
    struct agent *a = &world->agents[3];
    struct node *n = &world->nodes[7];
    a->x = a->y = n->x = n->y = 2;
    CHECK_HASHED(a->x, 1);
    CHECK_HASHED(a->y, 1);
    CHECK_HASHED(a->goods, 1);
    CHECK_HASHED(a->health, 1);
    CHECK_HASHED(a->hungry_steps, 1);
    CHECK_HASHED(a->defense_steps, 1);
    CHECK_HASHED(a->generation, 1);
    CHECK_HASHED(a->ancestors, 1);
    CHECK_HASHED(a->born, 1);
    CHECK_HASHED(a->type, 1);
    CHECK_HASHED(a->rng.state, 1);
    CHECK_HASHED(n->x, 1);
    CHECK_HASHED(n->y, 1);
    CHECK_HASHED(n->goods, 1);
    CHECK_HASHED(world->step, 1);
    CHECK_HASHED(world->rng.state, 1);
    sim_free(world);
}

static void test_goods_add_up(void)
{
    for (const struct scenario *s = scenarios; s->name; s++) {
        struct sim *world = run(s, 99, 0);
        int wrong = 0;
        for (uint32_t i = 0; i < s->steps; i++) {
            sim_step(world);
            struct sim_totals t = sim_totals(world);
            wrong += t.goods != t.goods_at_start + t.regrown - t.eaten - t.born - t.lost;
        }
        struct sim_totals t = sim_totals(world);
        CHECK_INT(wrong, 0);
        CHECK_INT(t.agents, s->agents + t.births - t.deaths_of_hunger - t.deaths_by_force);
        CHECK(t.regrown > 0 && t.eaten > 0);
        sim_free(world);
    }
}

static void test_nobody_leaves_the_world(void)
{
    for (const struct scenario *s = scenarios; s->name; s++) {
        struct sim *world = run(s, 5, s->steps);
        int wrong = 0;
        for (struct sim_id id = sim_next(world, (struct sim_id){0}); id.index; id = sim_next(world, id)) {
            const struct agent *a = &world->agents[id.index - 1];
            wrong += !(a->x >= 0 && a->x <= s->width && a->y >= 0 && a->y <= s->height);
            wrong += a->goods < 0 || a->health <= 0 || a->health > world->def.start_health;
        }
        CHECK_INT(wrong, 0);
        sim_free(world);
    }
}

static void test_ids_die_with_their_owners(void)
{
    struct sim *world = run(scenario_find("crowd"), 1, 0);
    struct sim_view view;
    struct sim_id first[100];
    struct sim_id id = {0};
    for (int i = 0; i < 100; i++) {
        id = sim_next(world, id);
        first[i] = id;
        CHECK(sim_observe(world, id, &view));
    }
    for (int i = 0; i < 200; i++)
        sim_step(world);
    int gone = 0, wrong = 0;
    for (int i = 0; i < 100; i++) {
        const struct agent *a = &world->agents[first[i].index - 1];
        bool lives = a->alive && a->generation == first[i].generation;
        wrong += sim_observe(world, first[i], &view) != lives;
        gone += !lives;
    }
    CHECK_INT(wrong, 0);
    CHECK(gone > 10);
    CHECK(!sim_observe(world, (struct sim_id){0, 0}, &view));
    CHECK(!sim_observe(world, (struct sim_id){world->slots + 1, 1}, &view));
    sim_free(world);
}

static void test_births_stop_when_the_world_is_full(void)
{
    struct sim_def def = scenario_def(scenario_find("plenty"));
    def.max_agents = 70;
    struct sim *world = sim_new(&def);
    for (int i = 0; i < 200; i++)
        sim_step(world);
    CHECK_INT(sim_totals(world).agents, 70);
    CHECK_INT(world->slots, 70);
    sim_free(world);
}

/* One agent of each type and one node, placed by hand. */
static struct sim *three_agents(void)
{
    struct sim_def def = sim_default();
    def.agents[0] = def.agents[1] = def.agents[2] = def.nodes = 1;
    struct sim *world = sim_new(&def);
    static const float at[][2] = {{50.5f, 50.5f}, {52.25f, 49.75f}, {53, 20}};
    for (int i = 0; i < 3; i++) {
        world->agents[i].x = at[i][0];
        world->agents[i].y = at[i][1];
    }
    world->agents[1].health /= 2;
    spatial_update(world);
    world->nodes[0] = (struct node){49.25f, 52.75f, world->def.node_max};
    grid_clear(&world->nodes_grid);
    grid_add(&world->nodes_grid, 49.25f, 52.75f, 0);
    grid_build(&world->nodes_grid);
    return world;
}

static void test_view(void)
{
    struct sim *world = three_agents();
    struct sim_view view;
    CHECK(sim_observe(world, (struct sim_id){1, 1}, &view));
    CHECK(view.cell[SIM_SELF][6][6] == 1);
    CHECK(view.cell[SIM_ENEMIES][5][8] == 0.5f);
    CHECK(view.cell[SIM_GOODS][8][5] == 0.75f * 0.25f);
    CHECK(view.cell[SIM_GOODS][8][6] == 0.25f * 0.25f);
    CHECK(view.cell[SIM_GOODS][9][5] == 0.75f * 0.75f);
    CHECK(view.cell[SIM_GOODS][9][6] == 0.25f * 0.75f);
    CHECK(view.cell[SIM_EMPTY][5][8] == 0 && view.cell[SIM_EMPTY][8][5] == 0);
    CHECK(view.cell[SIM_EMPTY][0][0] == 0 && view.cell[SIM_EMPTY][0][6] == 1);
    float sums[SIM_CHANNELS] = {0};
    for (int c = 0; c < SIM_CHANNELS; c++)
        for (int i = 0; i < SIM_SIDE * SIM_SIDE; i++)
            sums[c] += view.cell[c][i / SIM_SIDE][i % SIM_SIDE];
    CHECK(sums[SIM_SELF] == 1 && sums[SIM_ALLIES] == 0 && sums[SIM_ENEMIES] == 0.5f && sums[SIM_GOODS] == 1);
    CHECK(sums[SIM_EMPTY] == 113 - 5);
    sim_free(world);
}

/* Whoever stands where rounding could put its neighbours outside the view. */
static void test_view_at_its_border(void)
{
    struct sim *world = three_agents();
    struct sim_view view;
    for (int i = 0; i < 2000; i++) {
        float x = nextafterf((float)(1 + i % 40), 0), far = x + SIM_SIGHT;
        world->agents[0].x = world->agents[0].y = x;
        world->agents[1].x = i & 1 ? nextafterf(far, 100) : far;
        world->agents[1].y = x;
        spatial_update(world);
        sim_observe(world, (struct sim_id){1, 1}, &view);
    }
    CHECK(view.cell[SIM_SELF][6][6] == 1);
    sim_free(world);
}

static void test_problems_are_said(void)
{
    struct sim_def good = sim_default(), def = good;
    CHECK(!sim_problem(&good));
    def = (struct sim_def){0};
    CHECK_STR(sim_problem(&def), "the definition does not come from sim_default");
    def = good;
    def.model = "none";
    CHECK_STR(sim_problem(&def), "there is no model of this name");
    def = good;
    def.width = NAN;
    CHECK_STR(sim_problem(&def), "width and height must be between 1 and 65536");
    def = good;
    def.max_agents = 29;
    CHECK_STR(sim_problem(&def), "more agents at the start than there may ever be");
    def = good;
    def.birth_chance = 1.5f;
    CHECK_STR(sim_problem(&def), "chances must be between 0 and 1");
    def = good;
    def.birth_cost = 900;
    CHECK_STR(sim_problem(&def), "the cost of a birth must be between zero and the least goods of a parent");
}

int main(void)
{
    test_golden_hashes();
    test_seed_makes_history();
    test_hash_sees_the_whole_state();
    test_goods_add_up();
    test_nobody_leaves_the_world();
    test_ids_die_with_their_owners();
    test_births_stop_when_the_world_is_full();
    test_view();
    test_view_at_its_border();
    test_problems_are_said();
    return check_done();
}
