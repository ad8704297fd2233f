/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The world: the same history everywhere, goods that add up, ids that die with their owners. Also built and run by
 * tests/e2e/sim_hashes.sh with other compilers and levels of optimisation.
 */
#include <math.h>
#include <stdlib.h>

#include "sim/scenario.h"
#include "sim/settings.h"
#include "sim/world.h"
#include "tests/unit/check.h"

static struct sim *run(const struct scenario *s, uint64_t seed, uint64_t steps)
{
    struct sim_def def = scenario_def(s);
    def.seed = seed;
    struct sim *world = sim_new(&def);
    for (uint64_t i = 0; i < steps; i++)
        sim_step(world);
    return world;
}

/* A change here changes every history: it must be meant, and told in CHANGELOG.md. Scenarios whose networks are trained
 * have no golden hash, since BLAS rounds in its own way on each machine. */
static void test_golden_hashes(void)
{
    static const struct {
        const char *scenario, *hash;
    } golden[] = {
        {"crowd", "d3e6c12bd9dfc8f2"}, {"sparse", "77f110906aa2fb29"}, {"plenty", "a7e79b02c2d7e20a"},
        {"minds", "c73205146def4ada"}, {"chaos", "9f8dac22b5e8dd89"},
    };
    size_t count = sizeof golden / sizeof golden[0];
    for (size_t i = 0; i < count; i++) {
        const struct scenario *s = scenario_find(golden[i].scenario);
        struct sim *world = run(s, sim_default().seed, scenario_def(s).steps);
        char hash[20];
        snprintf(hash, sizeof hash, "%016llx", (unsigned long long)sim_hash(world));
        CHECK_STR(hash, golden[i].hash);
        sim_free(world);
    }
    for (const struct scenario *s = scenarios; s->name; s++)
        count -= strcmp(scenario_def(s).policy, "mlp") != 0 || !scenario_def(s).learn.train;
    CHECK_INT(count, 0);
}

static void test_seed_makes_history(void)
{
    struct sim *a = run(scenario_find("crowd"), 1, 50), *b = run(scenario_find("crowd"), 1, 50);
    struct sim *c = run(scenario_find("crowd"), 2, 50);
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
    struct sim *world = run(scenario_find("crowd"), 1, 5);
    struct agent *a = &world->agents[3];
    struct node *n = &world->nodes[7];
    a->x = a->y = n->x = n->y = a->genome[2] = a->reward = a->rewards = world->sight.glances[3].memory[9] = 2;
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
    CHECK_HASHED(a->id, 1);
    CHECK_HASHED(a->genome[2], 1);
    CHECK_HASHED(a->reward, 1);
    CHECK_HASHED(a->rewards, 1);
    CHECK_HASHED(a->rng.state, 1);
    CHECK_HASHED(world->sight.glances[3].memory[9], 1);
    CHECK_HASHED(world->sight.glances[3].at[0], 1);
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
        for (uint64_t i = 0; i < world->def.steps && i < 300; i++) {
            sim_step(world);
            struct sim_totals t = sim_totals(world);
            wrong += t.goods != t.goods_at_start + t.regrown - t.eaten - t.born - t.lost;
        }
        struct sim_totals t = sim_totals(world);
        CHECK_INT(wrong, 0);
        CHECK_INT(t.agents, s->agents + t.births - t.deaths_of_hunger - t.deaths_by_force);
        CHECK(t.regrown > 0 && t.eaten > 0 && t.gathered > 0);
        sim_free(world);
    }
}

static void test_nobody_leaves_the_world(void)
{
    for (const struct scenario *s = scenarios; s->name; s++) {
        struct sim *world = run(s, 5, 120);
        int wrong = 0;
        for (struct sim_id id = sim_next(world, (struct sim_id){0}); id.index; id = sim_next(world, id)) {
            const struct agent *a = &world->agents[id.index - 1];
            wrong += !(a->x >= 0 && a->x <= world->def.width && a->y >= 0 && a->y <= world->def.height);
            wrong += a->goods < 0 || a->health <= 0 || a->health > world->def.start_health;
            wrong += maps_blocked(&world->maps, a->x, a->y);
        }
        CHECK_INT(wrong, 0);
        sim_free(world);
    }
}

static void test_ids_die_with_their_owners(void)
{
    struct sim *world = run(scenario_find("crowd"), 1, 0);
    float *view = malloc(sim_view_floats(world) * sizeof *view);
    struct sim_id first[100];
    struct sim_id id = {0};
    for (int i = 0; i < 100; i++) {
        id = sim_next(world, id);
        first[i] = id;
        CHECK(sim_observe(world, id, view));
    }
    for (int i = 0; i < 200; i++)
        sim_step(world);
    int gone = 0, wrong = 0;
    for (int i = 0; i < 100; i++) {
        const struct agent *a = &world->agents[first[i].index - 1];
        bool lives = a->alive && a->generation == first[i].generation;
        wrong += sim_observe(world, first[i], view) != lives;
        gone += !lives;
    }
    CHECK_INT(wrong, 0);
    CHECK(gone > 10);
    CHECK(!sim_observe(world, (struct sim_id){0, 0}, view));
    CHECK(!sim_observe(world, (struct sim_id){world->slots + 1, 1}, view));
    uint64_t hash = sim_hash(world);
    sim_observe(world, sim_next(world, (struct sim_id){0}), view);
    CHECK(sim_hash(world) == hash);
    free(view);
    sim_free(world);
}

static void test_births_stop_when_the_world_is_full(void)
{
    struct sim_def def = scenario_def(scenario_find("plenty"));
    def.max_agents = 70;
    struct sim *world = sim_new(&def);
    uint64_t most = 0;
    for (int i = 0; i < 200; i++) {
        sim_step(world);
        most = sim_totals(world).agents > most ? sim_totals(world).agents : most;
    }
    CHECK_INT(most, 70);
    CHECK_INT(world->slots, 70);
    sim_free(world);
}

static void test_curriculum(void)
{
    struct sim_def def = sim_default();
    def.policy = "random";
    def.phase_end[0] = 10;
    def.phase_end[1] = 20;
    struct sim *world = sim_new(&def);
    for (int i = 0; i < 10; i++)
        sim_step(world);
    struct sim_totals t = sim_totals(world);
    CHECK(t.tried[SIM_MOVE] && t.tried[SIM_GATHER]);
    CHECK_INT(t.tried[SIM_MOVE] + t.tried[SIM_GATHER], t.acts);
    for (int i = 0; i < 10; i++)
        sim_step(world);
    t = sim_totals(world);
    CHECK(t.tried[SIM_SHARE] && t.tried[SIM_ATTACK] && !t.tried[SIM_DEFEND] && !t.tried[SIM_REPRODUCE] &&
          !t.tried[SIM_PASS]);
    for (int i = 0; i < 10; i++)
        sim_step(world);
    t = sim_totals(world);
    for (int a = 0; a < SIM_ACTIONS; a++)
        CHECK(t.tried[a]);
    sim_free(world);
}

static void test_memory_is_counted(void)
{
    struct sim *world = run(scenario_find("minds"), 1, 2);
    struct sim_bytes b = sim_bytes(world);
    CHECK(b.state > 90 * sizeof(struct agent) && b.memory > 90 * 5 * 169 * 2 && b.index > 0 && b.maps > 4 * 100 * 100);
    CHECK(b.views > 64 * 13 * 169 * 4 && b.networks > 3 * 13 * 169 * 24 * 4 && !b.replay);
    sim_free(world);
}

static void test_problems_are_said(void)
{
    struct sim_def good = sim_default(), def = good;
    CHECK(!sim_problem(&good));
    def = (struct sim_def){0};
    CHECK_STR(sim_problem(&def), "the definition does not come from sim_default");
    def = good;
    def.policy = "none";
    CHECK_STR(sim_problem(&def), "there is no policy of this name");
    def = good;
    def.spatial.index = "none";
    CHECK_STR(sim_problem(&def), "there is no index of this name");
    def = good;
    def.width = NAN;
    CHECK_STR(sim_problem(&def), "world.width must be between 1 and 65536");
    def = good;
    def.width = def.height = 65536;
    CHECK_STR(sim_problem(&def), "the world may have 2^28 squares at most");
    def = good;
    def.max_agents = 29;
    CHECK_STR(sim_problem(&def), "more agents at the start than there may ever be");
    def = good;
    def.birth_chance = 1.5f;
    CHECK_STR(sim_problem(&def), "reproduce.chance must be between 0 and 1");
    def = good;
    def.birth_cost = 900;
    CHECK_STR(sim_problem(&def), "the cost of a birth must not be greater than the least goods of a parent");
    def = good;
    def.phase_actions[1] = 0;
    CHECK_STR(sim_problem(&def), "each phase of the curriculum must allow an action");
}

int main(void)
{
    if (CHECK_FEW) {
        test_curriculum();
        test_memory_is_counted();
        test_problems_are_said();
        return check_done();
    }
    test_golden_hashes();
    test_seed_makes_history();
    test_hash_sees_the_whole_state();
    test_goods_add_up();
    test_nobody_leaves_the_world();
    test_ids_die_with_their_owners();
    test_births_stop_when_the_world_is_full();
    test_curriculum();
    test_memory_is_counted();
    test_problems_are_said();
    return check_done();
}
