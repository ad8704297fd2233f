/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The physics of each action, on a stage where everything is placed by hand.
 */
#include "sim/actions.h"

#include <math.h>
#include <stdlib.h>

#include "sim/agents.h"
#include "tests/unit/check.h"

/* Slots 0 and 1 are of one type, 2 of another; flat ground, one node. */
static struct sim *stage(void)
{
    struct sim_def def = sim_default();
    def.policy = "random";
    def.agents[0] = 2;
    def.agents[1] = 1;
    def.agents[2] = 0;
    def.nodes = 1;
    def.obstacles = def.rough = 0;
    struct sim *world = sim_new(&def);
    static const float at[][2] = {{50.5f, 50.5f}, {52.25f, 49.75f}, {53, 55}};
    for (uint32_t i = 0; i < 3; i++) {
        world->agents[i].x = at[i][0];
        world->agents[i].y = at[i][1];
        index_put(&world->agents_index, i, at[i][0], at[i][1]);
    }
    world->nodes[0].x = world->nodes[0].y = 60;
    index_put(&world->nodes_index, 0, 60, 60);
    index_update(&world->nodes_index);
    spatial_update(world);
    world->step = 1;
    world->events.listening = true;
    return world;
}

static bool near(float a, float b)
{
    return fabsf(a - b) < 1e-4f;
}

static void test_defend(void)
{
    struct sim *world = stage();
    struct agent *a = &world->agents[0];
    a->health = 9000;
    agent_act(world, 0, SIM_DEFEND);
    CHECK_INT(a->health, 9100);
    CHECK_INT(a->defense_steps, 3);
    CHECK(near(a->reward, 0.5f + 0.1f + 0.05f + 0.02f));
    a->health = 9950;
    agent_act(world, 0, SIM_DEFEND);
    CHECK_INT(a->health, 10000);
    CHECK_INT(world->events.health_count, 2);
    for (int i = 0; i < 3; i++) {
        CHECK(a->defense_steps > 0);
        agents_live(world, 0);
    }
    CHECK_INT(a->defense_steps, 0);
    sim_free(world);
}

static void test_attack(void)
{
    struct sim *world = stage();
    struct agent *a = &world->agents[0], *ally = &world->agents[1], *enemy = &world->agents[2];
    agent_act(world, 0, SIM_ATTACK);
    CHECK_INT(enemy->health, 9000);
    CHECK_INT(ally->health, 10000);
    CHECK(near(a->reward, 0.15f));
    a->health = 5000;
    agent_act(world, 0, SIM_ATTACK);
    CHECK_INT(enemy->health, 8500);
    enemy->defense_steps = 2;
    a->health = 10000;
    agent_act(world, 0, SIM_ATTACK);
    CHECK_INT(enemy->health, 8000);
    CHECK_INT(world->events.acts[2].target, enemy->id);
    CHECK_INT(world->events.acts[2].amount, 500);
    CHECK_INT(world->events.healths[2].cause, a->id);
    enemy->health = 400;
    enemy->goods = 700;
    agent_act(world, 0, SIM_ATTACK);
    CHECK(!enemy->alive);
    CHECK(near(a->reward, 5.15f));
    CHECK_INT(sim_totals(world).deaths_by_force, 1);
    CHECK_INT(sim_totals(world).lost, 700);
    CHECK_INT(world->events.death_count, 1);
    CHECK_INT(world->events.deaths[0].cause, DEATH_FORCE);
    agent_act(world, 0, SIM_ATTACK);                     /* nobody left: the dead are no targets */
    CHECK(!world->events.acts[4].done);
    sim_free(world);
}

static void test_attack_out_of_reach(void)
{
    struct sim *world = stage();
    index_put(&world->agents_index, 2, 90, 90);
    world->agents[2].x = world->agents[2].y = 90;
    spatial_update(world);
    agent_act(world, 0, SIM_ATTACK);
    CHECK_INT(world->agents[2].health, 10000);
    CHECK_INT(world->totals.tried[SIM_ATTACK], 1);
    CHECK_INT(world->totals.done[SIM_ATTACK], 0);
    sim_free(world);
}

static void test_gather(void)
{
    struct sim *world = stage();
    struct agent *a = &world->agents[0];
    int32_t before = a->goods;
    agent_act(world, 0, SIM_GATHER);
    CHECK_INT(a->goods, before + 300);
    CHECK_INT(world->nodes[0].goods, 2700);
    CHECK(near(a->reward, 0.3f + 0.15f + 0.3f));
    world->nodes[0].goods = 100;
    agent_act(world, 0, SIM_GATHER);
    CHECK_INT(a->goods, before + 400);
    agent_act(world, 0, SIM_GATHER);
    CHECK_INT(a->goods, before + 400);
    CHECK_INT(world->totals.done[SIM_GATHER], 2);
    CHECK_INT(world->totals.gathered, 400);
    sim_free(world);
}

static void test_share(void)
{
    struct sim *world = stage();
    struct agent *a = &world->agents[0], *ally = &world->agents[1];
    a->goods = 699;
    ally->goods = 0;
    agent_act(world, 0, SIM_SHARE);
    CHECK_INT(a->goods, 699);
    a->goods = 700;
    world->agents[2].goods = -1;                         /* poorer, but no ally */
    agent_act(world, 0, SIM_SHARE);
    CHECK_INT(a->goods, 500);
    CHECK_INT(ally->goods, 200);
    CHECK_INT(world->agents[2].goods, -1);
    CHECK(near(a->reward, -0.2f + 0.15f + 0.1f));
    sim_free(world);
}

static void test_move(void)
{
    struct sim *world = stage();
    struct agent *a = &world->agents[0];
    agent_act(world, 0, SIM_MOVE);
    CHECK(near(fabsf(a->x - 50.5f) + fabsf(a->y - 50.5f), 8));
    CHECK(near(a->reward, 0.15f));
    int refused = 0;
    for (int i = 0; i < 40; i++) {
        a->x = a->y = 0;
        agent_act(world, 0, SIM_MOVE);
        refused += a->x == 0 && a->y == 0;
        CHECK(a->x >= 0 && a->y >= 0);
    }
    CHECK(refused > 5 && refused < 35);
    memset(world->maps.obstacles, 255, (size_t)world->maps.columns * world->maps.rows);
    a->x = a->y = 50;
    for (int i = 0; i < 8; i++)
        agent_act(world, 0, SIM_MOVE);
    CHECK(a->x == 50 && a->y == 50);
    memset(world->maps.obstacles, 0, (size_t)world->maps.columns * world->maps.rows);
    memset(world->maps.terrain, 255, (size_t)world->maps.columns * world->maps.rows);
    world->def.rough = 0.25f;
    agent_act(world, 0, SIM_MOVE);
    CHECK(near(fabsf(a->x - 50) + fabsf(a->y - 50), 6));
    sim_free(world);
}

static void test_reproduce(void)
{
    struct sim *world = stage();
    struct agent *a = &world->agents[0];
    world->def.birth_chance = 1;
    a->goods = 1299;
    agent_act(world, 0, SIM_REPRODUCE);
    CHECK_INT(sim_totals(world).births, 0);
    CHECK_STR(world->events.births[0].reason, "too poor");
    a->goods = 1300;
    a->genome[SIM_ATTACK] = 0.5f;
    world->def.mutation_rate = 0;
    agent_act(world, 0, SIM_REPRODUCE);
    const struct agent *child = &world->agents[3];
    CHECK(child->alive && child->type == a->type && child->x == a->x && child->y == a->y);
    CHECK_INT(child->goods, 500);
    CHECK_INT(a->goods, 500);
    CHECK_INT(child->ancestors, 1);
    CHECK_INT(world->totals.born, 300);
    float ratio = child->genome[SIM_ATTACK] / child->genome[SIM_MOVE];
    float own = a->genome[SIM_ATTACK] / a->genome[SIM_MOVE];
    CHECK(near(ratio, own));
    CHECK_INT(world->events.births[1].child, child->id);
    world->def.mutation_rate = 1;
    a->goods = 1300;
    agent_act(world, 0, SIM_REPRODUCE);
    CHECK(!near(world->agents[4].genome[SIM_ATTACK] / world->agents[4].genome[SIM_MOVE], own));
    world->def.birth_chance = 0;
    a->goods = 1300;
    agent_act(world, 0, SIM_REPRODUCE);
    CHECK_STR(world->events.births[3].reason, "chance");
    world->def.birth_chance = 1;
    world->def.max_agents = world->slots;
    agent_act(world, 0, SIM_REPRODUCE);
    CHECK_STR(world->events.births[4].reason, "the world is full");
    CHECK_INT(a->goods, 1300);
    sim_free(world);
}

static void test_pass(void)
{
    struct sim *world = stage();
    struct agent before = world->agents[0];
    agent_act(world, 0, SIM_PASS);
    const struct agent *a = &world->agents[0];
    CHECK(near(a->reward, 0.11f));
    CHECK(a->x == before.x && a->y == before.y && a->goods == before.goods && a->health == before.health);
    sim_free(world);
}

static void test_eating_and_starving(void)
{
    struct sim *world = stage();
    struct agent *a = &world->agents[0];
    a->goods = 20;
    CHECK(agents_live(world, 0));
    CHECK_INT(a->goods, 5);
    CHECK(agents_live(world, 0));
    CHECK_INT(a->goods, 0);
    CHECK_INT(world->totals.eaten, 20);
    CHECK_INT(a->hungry_steps, 1);
    for (int i = 2; i < 100; i++)
        CHECK(agents_live(world, 0));
    CHECK(!agents_live(world, 0));
    CHECK(!a->alive);
    CHECK_INT(sim_totals(world).deaths_of_hunger, 1);
    agents_bury(world);
    CHECK_INT(sim_totals(world).agents, 2);
    sim_free(world);
}

static void test_regrowth(void)
{
    struct sim *world = stage();
    world->def.regrowth_chance = 1;
    world_node_set(world, 0, 2700);
    world_regrow(world);
    CHECK_INT(world->nodes[0].goods, 2900);
    world_regrow(world);
    CHECK_INT(world->nodes[0].goods, 3000);
    world_regrow(world);
    CHECK_INT(world->nodes[0].goods, 3000);
    CHECK_INT(world->totals.regrown, 300);
    CHECK_INT(world->active_count, 0);
    world->def.regrowth_chance = 0;
    world_node_set(world, 0, 0);
    world_regrow(world);
    CHECK_INT(world->nodes[0].goods, 0);
    sim_free(world);
}

int main(void)
{
    test_defend();
    test_attack();
    test_attack_out_of_reach();
    test_gather();
    test_share();
    test_move();
    test_reproduce();
    test_pass();
    test_eating_and_starving();
    test_regrowth();
    return check_done();
}
