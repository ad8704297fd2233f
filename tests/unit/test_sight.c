/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each channel of a view shows, how memories fade and move along, and that all of it lies between 0 and 1.
 */
#include <math.h>
#include <stdlib.h>

#include "sim/scenario.h"
#include "sim/world.h"
#include "tests/unit/check.h"

enum { SIDE = 13, CELLS = SIDE * SIDE };

static float view[SIM_CHANNELS][SIDE][SIDE];

static float sum(enum sim_channel channel)
{
    float total = 0;
    for (int i = 0; i < CELLS; i++)
        total += view[channel][i / SIDE][i % SIDE];
    return total;
}

static void put_agent(struct sim *world, uint32_t slot, float x, float y)
{
    world->agents[slot].x = x;
    world->agents[slot].y = y;
    index_put(&world->agents_index, slot, x, y);
    spatial_update(world);
    maps_change(&world->maps, x, y, world->step);
}

static void put_node(struct sim *world, uint32_t node, float x, float y)
{
    world->nodes[node].x = x;
    world->nodes[node].y = y;
    index_put(&world->nodes_index, node, x, y);
    index_update(&world->nodes_index);
}

/* Slots 0 and 1 are of one type, 2 of another; bare ground, one node. */
static struct sim *stage(enum sim_spread spread)
{
    struct sim_def def = sim_default();
    def.policy = "random";
    def.agents[0] = 2;
    def.agents[1] = 1;
    def.agents[2] = def.landmarks = 0;
    def.sight.reuse = false;             /* tests change the world behind its back */
    def.nodes = 1;
    def.obstacles = def.rough = 0;
    def.sight.reuse = false;
    def.sight.spread = spread;
    struct sim *world = sim_new(&def);
    put_agent(world, 0, 50.5f, 50.5f);
    put_agent(world, 1, 52.25f, 49.75f);
    put_agent(world, 2, 46, 52);
    put_node(world, 0, 49.25f, 52.75f);
    world->step = 1;
    return world;
}

/* A tick of slot 0. */
static void look(struct sim *world)
{
    world->step++;
    observe(world, 0, &world->sight.eyes[0], &view[0][0][0]);
}

static void test_health_channels(void)
{
    struct sim *world = stage(SIM_SCALAR);
    world->agents[0].health = 7500;
    world->agents[1].health = 5000;
    look(world);
    CHECK(view[SIM_SELF][6][6] == 0.75f && sum(SIM_SELF) == 0.75f);
    CHECK(view[SIM_ALLIES][5][8] == 0.5f && sum(SIM_ALLIES) == 0.5f);
    CHECK(view[SIM_ENEMIES][8][2] == 1 && sum(SIM_ENEMIES) == 1);
    put_agent(world, 1, 50.75f, 56.5f);                  /* on the rim of the disk; a square on it would be outside */
    look(world);
    CHECK(view[SIM_ALLIES][12][6] == 0.5f);
    put_agent(world, 1, 51.75f, 56.5f);
    look(world);
    CHECK(sum(SIM_ALLIES) == 0);
    world->agents[2].alive = false;
    look(world);
    CHECK(sum(SIM_ENEMIES) == 0);
    sim_free(world);
}

static void test_goods(void)
{
    for (enum sim_spread spread = SIM_SCALAR; spread <= SIM_VECTOR; spread++) {
        struct sim *world = stage(spread);
        look(world);
        CHECK(view[SIM_GOODS][8][5] == 0.75f * 0.25f && view[SIM_GOODS][8][6] == 0.25f * 0.25f);
        CHECK(view[SIM_GOODS][9][5] == 0.75f * 0.75f && view[SIM_GOODS][9][6] == 0.25f * 0.75f);
        CHECK(sum(SIM_GOODS) == 1);
        world_node_set(world, 0, 1500);
        look(world);
        CHECK(sum(SIM_GOODS) == 0.5f);
        sim_free(world);
    }
    struct sim *world = stage(SIM_NEAREST);
    look(world);
    CHECK(view[SIM_GOODS][8][5] == 1 && sum(SIM_GOODS) == 1);
    sim_free(world);
}

/* Two full nodes on one square show no more than one. */
static void test_goods_are_clamped(void)
{
    struct sim_def def = sim_default();
    def.policy = "random";
    def.nodes = 2;
    struct sim *world = sim_new(&def);
    put_agent(world, 0, 50.5f, 50.5f);
    put_node(world, 0, 50, 50);
    put_node(world, 1, 50, 50);
    look(world);
    CHECK(view[SIM_GOODS][6][6] == 1 && sum(SIM_GOODS) == 1);
    sim_free(world);
}

static void test_ground(void)
{
    struct sim *world = stage(SIM_SCALAR);
    struct maps *m = &world->maps;
    memset(m->terrain, 0, (size_t)m->columns * m->rows);
    m->obstacles[49 * m->columns + 50] = 255;
    m->terrain[50 * m->columns + 51] = 51;
    look(world);
    CHECK(view[SIM_OBSTACLES][5][6] == 1 && sum(SIM_OBSTACLES) == 1);
    CHECK(fabsf(view[SIM_TERRAIN][6][7] - 0.2f) < 1e-4f && sum(SIM_TERRAIN) == view[SIM_TERRAIN][6][7]);
    CHECK(sum(SIM_VISIBLE) == 113 && view[SIM_VISIBLE][0][0] == 0 && view[SIM_VISIBLE][0][6] == 1);
    put_agent(world, 0, 0, 100);                         /* beyond the world there is nothing */
    memset(m->obstacles, 255, (size_t)m->columns * m->rows);
    look(world);
    CHECK(view[SIM_OBSTACLES][6][5] == 0 && view[SIM_OBSTACLES][7][6] == 0 && view[SIM_OBSTACLES][6][6] == 1);
    sim_free(world);
}

static void test_known_empty(void)
{
    struct sim *world = stage(SIM_SCALAR);
    look(world);
    CHECK(view[SIM_EMPTY][5][8] == 0 && view[SIM_EMPTY][8][2] == 0 && view[SIM_EMPTY][8][5] == 0);
    CHECK(view[SIM_EMPTY][0][0] == 0 && view[SIM_EMPTY][0][6] == 1);
    CHECK(sum(SIM_EMPTY) == 113 - 6);
    put_agent(world, 0, 51.5f, 50.5f);                   /* what was the left rim is out of sight, but remembered */
    look(world);
    CHECK(fabsf(view[SIM_EMPTY][3][0] - 0.98f) < 1e-4f && view[SIM_EMPTY][6][0] == 1);
    look(world);
    CHECK(fabsf(view[SIM_EMPTY][3][0] - 0.98f * 0.98f) < 1e-4f);
    put_agent(world, 0, 80, 20);                         /* a long way: all forgotten */
    look(world);
    CHECK(sum(SIM_EMPTY) == 113);
    sim_free(world);
}

static void test_marks_fade_and_move(void)
{
    struct sim *world = stage(SIM_SCALAR);
    maps_heat(&world->maps, 52.5f, 50.5f, 0.6f, world->step);
    maps_trail(&world->maps, 50.5f, 48.5f, world->step);
    maps_signal(&world->maps, 52.25f, 49.75f, world->agents[0].type, world->step);
    maps_signal(&world->maps, 53.25f, 49.75f, world->agents[2].type, world->step);
    look(world);
    CHECK(fabsf(view[SIM_HEAT][6][8] - 0.6f) < 1e-4f && sum(SIM_HEAT) == view[SIM_HEAT][6][8]);
    CHECK(view[SIM_TRAILS][4][6] == 1 && sum(SIM_TRAILS) == 1);
    CHECK(view[SIM_SIGNAL][5][8] == 1 && sum(SIM_SIGNAL) == 1);
    maps_fade(&world->maps, world->step);
    put_agent(world, 0, 51.5f, 49.5f);
    look(world);
    CHECK(fabsf(view[SIM_HEAT][7][7] - 0.6f * 0.85f) < 1e-4f);
    CHECK(fabsf(view[SIM_TRAILS][5][5] - 0.9f) < 1e-4f);
    CHECK(fabsf(view[SIM_SIGNAL][6][7] - 0.92f) < 1e-4f);
    for (int i = 0; i < 200; i++)
        look(world);
    CHECK(sum(SIM_HEAT) == 0 && sum(SIM_TRAILS) == 0 && sum(SIM_SIGNAL) == 0);
    sim_free(world);
}

/* The actions leave their marks. */
static void test_actions_leave_marks(void)
{
    struct sim *world = stage(SIM_SCALAR);
    for (uint32_t i = 0; i < 3; i++)
        world->agents[i].goods = 10000;
    world->def.phase_end[0] = world->def.phase_end[1] = 0;
    float heat = 0, trails = 0, signals = 0;
    for (int i = 0; i < 60; i++) {
        for (uint32_t k = 0; k < 3; k++) {
            world->agents[k].health = 10000;
            put_agent(world, k, 50.5f + (float)k, 50.5f);
        }
        sim_step(world);
        sim_observe(world, (struct sim_id){1, 1}, &view[0][0][0]);
        heat += sum(SIM_HEAT);
        trails += sum(SIM_TRAILS);
        signals += sum(SIM_SIGNAL);
    }
    CHECK(heat > 0 && trails > 0 && signals > 0);
    sim_free(world);
}

static void test_goal(void)
{
    struct sim *world = stage(SIM_SCALAR);
    look(world);
    CHECK(view[SIM_GOAL][8][5] == 1 && sum(SIM_GOAL) == 1);
    put_node(world, 0, 70, 40);
    look(world);
    CHECK(view[SIM_GOAL][0][12] == 1 && sum(SIM_GOAL) == 1);
    world_node_set(world, 0, 0);
    look(world);
    CHECK(sum(SIM_GOAL) == 0);
    sim_free(world);
}

static void test_landmarks_stay(void)
{
    struct sim *world = stage(SIM_SCALAR);
    world->maps.marks[50 * world->maps.columns + 45] = MAPS_LANDMARK;
    look(world);
    CHECK(view[SIM_LANDMARKS][6][1] == 1 && sum(SIM_LANDMARKS) == 1);
    put_agent(world, 0, 51.5f, 53.5f);                   /* out of sight, still in the square of the view */
    for (int i = 0; i < 50; i++)
        look(world);
    CHECK(view[SIM_LANDMARKS][3][0] == 1 && sum(SIM_LANDMARKS) == 1);
    sim_free(world);
}

static void test_all_within_bounds(void)
{
    for (const struct scenario *s = scenarios; s->name; s++) {
        struct sim_def def = scenario_def(s);
        def.policy = "random";
        def.phase_end[0] = def.phase_end[1] = 0;
        struct sim *world = sim_new(&def);
        int wrong = 0;
        float most[SIM_CHANNELS] = {0};
        for (int i = 0; i < 40; i++)
            sim_step(world);
        for (struct sim_id id = sim_next(world, (struct sim_id){0}); id.index; id = sim_next(world, id)) {
            sim_observe(world, id, &view[0][0][0]);
            for (int i = 0; i < SIM_CHANNELS * CELLS; i++) {
                float value = view[i / CELLS][i % CELLS / SIDE][i % SIDE];
                wrong += !(value >= 0 && value <= 1);
                most[i / CELLS] = fmaxf(most[i / CELLS], value);
            }
        }
        CHECK_INT(wrong, 0);
        for (int channel = 0; strcmp(s->name, "crowd") == 0 && channel < SIM_CHANNELS; channel++)
            if (!CHECK(most[channel] > 0))
                fprintf(stderr, "channel %d is never fed\n", channel);
        sim_free(world);
    }
}

/* Whoever stands where rounding could put its neighbours outside the view. */
static void test_at_the_border(void)
{
    struct sim *world = stage(SIM_SCALAR);
    for (int i = 0; i < 2000; i++) {
        float x = nextafterf((float)(1 + i % 40), 0), far = x + 6;
        put_agent(world, 0, x, x);
        put_agent(world, 1, i & 1 ? nextafterf(far, 100) : far, x);
        look(world);
    }
    CHECK(view[SIM_SELF][6][6] == 1);
    sim_free(world);
}

int main(void)
{
    test_health_channels();
    test_goods();
    test_goods_are_clamped();
    test_ground();
    test_known_empty();
    test_marks_fade_and_move();
    test_actions_leave_marks();
    test_goal();
    test_landmarks_stay();
    test_all_within_bounds();
    test_at_the_border();
    return check_done();
}
