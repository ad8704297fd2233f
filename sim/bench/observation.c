/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Perception alone, in a world of 100 x 100 with twice as many nodes as agents: by number of agents, by radius, from
 * the index and from the mapped grid, with each way of spreading goods, with and without reuse, and by its parts.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/bench.h"
#include "sim/scenario.h"
#include "sim/world.h"

/* All agents perceive, as often as asked for; where `still` nothing in the world changes in between. */
static void measure(const struct bench_mode *mode, const char *group, const struct sim_def *def, bool still)
{
    struct bench_times times = {0};
    struct sim *world = sim_new(def);
    float *view = world ? malloc(world->sight.floats * sizeof *view) : NULL;
    if (!view) {
        fputs("farmsim: not enough memory for the bench\n", stderr);
        exit(4);
    }
    struct eye *eye = &world->sight.eyes[0];
    for (uint32_t i = 0; i < mode->repeats; i++) {
        if (!still)
            sim_step(world);
        world->step++;
        for (uint32_t slot = 0; slot < world->slots; slot++) {
            if (!world->agents[slot].alive)
                continue;
            double start = bench_now();
            observe(world, slot, eye, view);
            bench_add(&times, bench_now() - start);
        }
    }
    struct sim_counters c = sim_counters(world);
    struct bench_row row = {.group = group, .operations = 1};
    static const char *const spreads[] = {"scalar", "vector", "nearest"};
    snprintf(row.setting, sizeof row.setting, "agents=%u radius=%u %s %s reuse=%d still=%d",
             def->agents[0] + def->agents[1] + def->agents[2], def->sight.radius,
             def->sight.perception == SIM_MEMMAP ? "memmap" : "spatial", spreads[def->sight.spread], def->sight.reuse,
             still);
    snprintf(row.switched, sizeof row.switched,
             "observations=%llu reused=%llu index=%llu map=%llu scalar=%llu vector=%llu nearest=%llu bytes=%zu",
             (unsigned long long)c.observations, (unsigned long long)c.views_reused,
             (unsigned long long)c.goods_from_index, (unsigned long long)c.goods_from_map,
             (unsigned long long)c.spread_scalar, (unsigned long long)c.spread_vector,
             (unsigned long long)c.spread_nearest, world->sight.floats * sizeof *view);
    bench_print(mode, &row, &times);
    free(view);
    sim_free(world);
}

static struct sim_def plan(uint32_t agents, uint32_t radius)
{
    struct sim_def def = sim_default();
    def.policy = "random";
    scenario_split(&def, agents);
    def.nodes = 2 * agents;
    def.max_agents = agents;
    def.starvation = 1000000;
    def.sight.radius = radius;
    def.sight.reuse = false;
    return def;
}

/* What each part of a view costs: asking for agents, goods, the goal. */
static void measure_part(const struct bench_mode *mode, struct sim *world, const char *part)
{
    struct bench_times times = {0};
    struct eye *eye = &world->sight.eyes[0];
    uint64_t visited = eye->counts.visited, asked = eye->counts.queries;
    float *cells = eye->views;
    for (uint32_t i = 0; i < mode->repeats; i++) {
        for (uint32_t slot = 0; slot < world->slots; slot++) {
            const struct agent *a = &world->agents[slot];
            const int32_t at[2] = {(int32_t)a->x, (int32_t)a->y};
            const float box[4] = {a->x - 6, a->y - 6, a->x + 6, a->y + 6};
            const struct index_wish wish = {a->x, a->y, world->def.gather_range, NULL, NULL};
            double start = bench_now();
            switch (*part) {
            case 'a': index_box(&world->agents_index, box, eye->near, &eye->counts); break;
            case 'g': goods_see(world, at, eye, cells); break;
            case 'n': index_nearest(&world->nodes_index, &wish, &eye->counts); break;
            default: observe(world, slot, eye, cells);
            }
            bench_add(&times, bench_now() - start);
        }
    }
    struct bench_row row = {.group = "part", .operations = 1};
    snprintf(row.setting, sizeof row.setting, "%s agents=%u nodes=%u radius=6", part, world->slots, world->def.nodes);
    snprintf(row.switched, sizeof row.switched, "queries=%llu visited=%llu",
             (unsigned long long)(eye->counts.queries - asked), (unsigned long long)(eye->counts.visited - visited));
    bench_print(mode, &row, &times);
}

static void measure_parts(const struct bench_mode *mode)
{
    static const char *const parts[] = {"agents in view", "goods in view", "nearest node", "view as a whole"};
    struct sim_def def = plan(50, 6);
    struct sim *world = sim_new(&def);
    if (!world) {
        fputs("farmsim: not enough memory for the bench\n", stderr);
        exit(4);
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        measure_part(mode, world, parts[i]);
    sim_free(world);
}

static int run(const struct bench_mode *mode)
{
    static const uint32_t agents[] = {10, 50, 100, 200}, radii[] = {3, 5, 10, 15, 20};
    struct sim_def def;
    for (size_t i = 0; i < sizeof agents / sizeof agents[0]; i++) {
        def = plan(agents[i], 5);
        measure(mode, "agents", &def, false);
    }
    for (size_t i = 0; i < sizeof radii / sizeof radii[0]; i++) {
        def = plan(50, radii[i]);
        measure(mode, "radius", &def, false);
    }
    def = plan(50, 6);
    for (def.sight.spread = SIM_SCALAR; def.sight.spread <= SIM_NEAREST; def.sight.spread++)
        measure(mode, "spread", &def, false);
    for (uint32_t nodes = 100; nodes <= 10000; nodes *= 10) {
        def = plan(50, 6);
        def.nodes = nodes;
        for (def.sight.perception = SIM_SPATIAL; def.sight.perception <= SIM_MEMMAP; def.sight.perception++)
            measure(mode, nodes == 100 ? "source" : nodes == 1000 ? "source1k" : "source10k", &def, false);
    }
    measure_parts(mode);
    def = plan(50, 6);
    for (int still = 0; still < 2; still++) {
        for (int reuse = 0; reuse < 2; reuse++) {
            def.sight.reuse = reuse;
            measure(mode, "reuse", &def, still);
        }
    }
    return 0;
}

const struct bench bench_observation = {"observation", "views by agents, radius, source and way of spreading", run};
