/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Switches that must not change history do not, and each does what it says: a counter proves that another path was
 * taken.
 */
#include <stdlib.h>

#include "sim/scenario.h"
#include "sim/settings.h"
#include "sim/world.h"
#include "tests/unit/check.h"

enum { STEPS = CHECK_FEW ? 12 : 60 };

struct result {
    uint64_t hash;
    struct sim_counters counters;
    struct sim_totals totals;
    struct sim_bytes bytes;
};

/* `settings`: assignments separated by blanks. */
static struct result run(const char *scenario, const char *settings)
{
    struct sim_def def = scenario_def(scenario_find(scenario));
    char problem[SETTING_PROBLEM] = "", all[256];
    snprintf(all, sizeof all, "%s", settings);
    for (char *rest = all, *one; (one = strtok_r(rest, " ", &rest));)
        if (!settings_assign(&def, one, problem))
            fprintf(stderr, "%s\n", problem);
    CHECK_STR(problem, "");
    CHECK_STR(sim_problem(&def), NULL);
    struct sim *world = sim_new(&def);
    for (int i = 0; i < STEPS; i++)
        sim_step(world);
    struct result r = {sim_hash(world), sim_counters(world), sim_totals(world), sim_bytes(world)};
    sim_free(world);
    return r;
}

static bool same_history(const char *scenario, const struct result *base, const char *settings, struct result *r)
{
    *r = run(scenario, settings);
    if (r->hash == base->hash)
        return true;
    fprintf(stderr, "%s differs with %s\n", scenario, settings);
    return false;
}

static void test_index(const char *scenario)
{
    static const char *const kinds[] = {"hash", "kd", "quad", "brute"};
    struct result base = run(scenario, ""), r;
    uint64_t visited[4];
    for (int i = 0; i < 4; i++) {
        char settings[96];
        snprintf(settings, sizeof settings, "spatial.index=%s", kinds[i]);
        CHECK(same_history(scenario, &base, settings, &r));
        CHECK(r.counters.rebuilds > 50 && !r.counters.moved_singly && !r.counters.batches);
        visited[i] = r.counters.visited;
        snprintf(settings, sizeof settings, "spatial.index=%s spatial.update=incremental", kinds[i]);
        CHECK(same_history(scenario, &base, settings, &r));
        CHECK(r.counters.rebuilds < 10 && r.counters.moved_singly > 100 && !r.counters.batches);
        snprintf(settings, sizeof settings, "spatial.index=%s spatial.update=batch spatial.batch=10", kinds[i]);
        CHECK(same_history(scenario, &base, settings, &r));
        CHECK(r.counters.rebuilds < 10 && r.counters.batches >= r.counters.moved_in_batches / 10);
        CHECK(r.counters.moved_in_batches > 100 && r.counters.dirty_regions >= r.counters.batches);
    }
    CHECK(visited[0] != visited[1] && visited[1] != visited[2] && visited[0] != visited[2]);
    CHECK(visited[3] > visited[0] && visited[3] > visited[1] && visited[3] > visited[2]);
    CHECK(same_history(scenario, &base, "spatial.cell=3", &r));
    CHECK(r.counters.visited != visited[0]);
    CHECK(same_history(scenario, &base, "spatial.region=50 spatial.update=batch", &r));
}

static void test_sight(const char *scenario)
{
    struct result base = run(scenario, "sight.reuse=on"), r;
    CHECK(base.counters.goods_from_index && !base.counters.goods_from_map && base.counters.spread_scalar &&
          !base.counters.spread_vector && !base.counters.spread_nearest);
    CHECK(base.counters.observations >= base.totals.acts &&      /* one each, also of who was killed before acting */
          base.counters.observations <= base.totals.acts + base.totals.deaths_by_force);
    CHECK(same_history(scenario, &base, "sight.reuse=off learn.batch=8", &r));
    CHECK(!r.counters.views_reused && r.bytes.views < base.bytes.views);
    CHECK(same_history(scenario, &base, "sight.bilinear=vector", &r));
    CHECK(r.counters.spread_vector && !r.counters.spread_nearest);
    CHECK(same_history(scenario, &base, "sight.perception=memmap", &r));
    CHECK(r.counters.goods_from_map && !r.counters.goods_from_index && r.bytes.maps > base.bytes.maps);
    CHECK(same_history(scenario, &base, "sight.check=on", &r));
    CHECK(r.counters.goods_from_map && r.counters.goods_from_index && !r.counters.views_differ);
    struct result nearest = run(scenario, "sight.bilinear=nearest sight.check=on");
    CHECK(nearest.counters.spread_nearest && !nearest.counters.spread_scalar && !nearest.counters.views_differ);
    CHECK(same_history(scenario, &nearest, "sight.bilinear=nearest sight.perception=memmap", &r));
}

/* Few agents far apart: most views stay as they are. */
static void test_reuse_is_frequent_in_a_quiet_world(void)
{
    struct result kept = run("sparse", "curriculum.first=gather world.nodes=0");
    struct result r = run("sparse", "curriculum.first=gather world.nodes=0 sight.reuse=off");
    CHECK(kept.counters.views_reused > kept.counters.observations * 9 / 10);
    CHECK_INT(r.counters.views_reused, 0);
    CHECK(r.hash == kept.hash);
}

static void test_threads(const char *scenario)
{
    struct result base = run(scenario, ""), r;
    CHECK_INT(base.counters.busy_threads, 1);
#if defined _OPENMP && !defined __SANITIZE_THREAD__        /* libgomp is foreign to the sanitizer */
    static const unsigned threads[] = {2, 3, 8};
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        char settings[64];
        snprintf(settings, sizeof settings, "threads=%u", threads[i]);
        CHECK(same_history(scenario, &base, settings, &r));
        CHECK_INT(r.counters.busy_threads, threads[i]);
        CHECK_INT(r.counters.observations, base.counters.observations);
        snprintf(settings, sizeof settings, "threads=%u sight.reuse=off spatial.index=kd", threads[i]);
        CHECK(same_history(scenario, &base, settings, &r));
    }
#else
    (void)r;
#endif
}

static void test_decide(const char *scenario)
{
    struct result base = run(scenario, "learn.decide=each"), r;
    CHECK(same_history(scenario, &base, "learn.decide=batch", &r));
    CHECK(r.counters.decide_calls < base.counters.decide_calls / 10);
    CHECK(same_history(scenario, &base, "learn.decide=batch learn.batch=7", &r));
}

static void test_regrow(const char *scenario)
{
    struct result base = run(scenario, "resources.regrow=all"), r;
    CHECK(same_history(scenario, &base, "resources.regrow=active", &r));
    CHECK(r.counters.regrow_looks < base.counters.regrow_looks);
    CHECK(r.counters.regrow_looks > 0);
}

/* Settings of the model do change history. */
static void test_rules_matter(void)
{
    static const char *const changes[] = {
        "world.obstacles=0", "world.rough=0", "world.landmarks=500", "agents.max_move=4", "agents.consumption=1",
        "agents.start_goods=9", "agents.health=50", "resources.max=10", "resources.regrowth=1",
        "resources.regrowth_chance=0.9", "gather.range=3", "gather.max=1", "attack.range=3", "attack.damage=1",
        "attack.kill_reward=100", "defend.steps=1", "defend.heal=20", "share.range=3", "share.goods=1", "share.keep=1",
        "reproduce.cost=1", "reproduce.gift=2", "reproduce.least=3", "reproduce.chance=1", "genome.mutation_rate=1",
        "genome.mutation_size=0.9 genome.mutation_rate=1", "curriculum.first_end=50", "curriculum.second_end=50",
        "curriculum.first=move curriculum.first_end=9", "curriculum.second=share curriculum.second_end=9",
        "agents.starvation=2", "sight.radius=3", "sight.bilinear=nearest", "agents.max=151", "policy=forager", "seed=7",
    };
    const char *busy = "agents.start_goods=25 agents.consumption=2 attack.damage=30 curriculum.first_end=5 "
                       "curriculum.second_end=8 ";
    struct result base = run("chaos", busy);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char settings[256];
        snprintf(settings, sizeof settings, "%s%s", busy, changes[i]);
        if (!CHECK(run("chaos", settings).hash != base.hash))
            fprintf(stderr, "no effect: %s\n", changes[i]);
    }
}

/* What threads share, and each way through perception and decision, a few steps long. */
static void test_few(void)
{
    test_threads("minds");
    test_decide("minds");
    test_sight("minds");
}

int main(void)
{
    static const char *const histories[] = {"crowd", "minds"};
    if (CHECK_FEW) {
        test_few();
        return check_done();
    }
    for (int i = 0; i < 2; i++) {
        test_index(histories[i]);
        test_sight(histories[i]);
        test_threads(histories[i]);
        test_decide(histories[i]);
        test_regrow(histories[i]);
    }
    test_threads("chaos");
    test_reuse_is_frequent_in_a_quiet_world();
    test_rules_matter();
    return check_done();
}
