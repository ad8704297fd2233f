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

static const char *const sources[] = {"spatial", "memmap"}, *const spreads[] = {"scalar", "vector", "nearest"};

static struct sim *make(const struct sim_def *def)
{
    struct sim *world = sim_new(def);
    if (world)
        return world;
    fputs("farmsim: not enough memory for the bench\n", stderr);
    exit(4);
}

/* Which source and way of spreading were really at work. */
static void print_switched(const struct sim *world, struct bench_row *row)
{
    struct sim_counters c = sim_counters(world);
    const char *spread = c.spread_vector ? spreads[1] : c.spread_nearest ? spreads[2] : spreads[0];
    snprintf(row->switched, sizeof row->switched,
             "seen_by=%s spread_by=%s kept=%s observations=%llu reused=%llu from_index=%llu from_map=%llu scalar=%llu "
             "vector=%llu nearest=%llu view_bytes=%zu",
             c.goods_from_map ? sources[1] : sources[0], spread, bench_switch[c.views_reused > 0],
             (unsigned long long)c.observations, (unsigned long long)c.views_reused,
             (unsigned long long)c.goods_from_index, (unsigned long long)c.goods_from_map,
             (unsigned long long)c.spread_scalar, (unsigned long long)c.spread_vector,
             (unsigned long long)c.spread_nearest, world->sight.floats * sizeof(float));
}

/* All agents perceive, as often as asked for; where `still` nothing in the world changes in between. */
static void measure(const struct bench_mode *mode, const char *group, const struct sim_def *def, bool still)
{
    struct bench_times times = {0};
    struct sim *world = make(def);
    struct eye *eye = &world->sight.eyes[0];
    for (uint32_t i = 0; i < mode->repeats; i++) {
        if (!still)
            sim_step(world);
        world->step++;
        for (uint32_t slot = 0; slot < world->slots; slot++) {
            if (!world->agents[slot].alive)
                continue;
            double start = bench_now();
            observe(world, slot, eye, eye->views);
            bench_add(&times, bench_now() - start);
        }
    }
    struct bench_row row = {.group = group, .operations = 1};
    snprintf(row.setting, sizeof row.setting, "agents=%u radius=%u nodes=%u source=%s spread=%s reuse=%s still=%s",
             def->agents[0] + def->agents[1] + def->agents[2], def->sight.radius, def->nodes,
             sources[def->sight.perception], spreads[def->sight.spread],
             bench_switch[def->sight.reuse], bench_switch[still]);
    print_switched(world, &row);
    bench_print(mode, &row, &times);
    sim_free(world);
}

/* `agents` and `radius` unless the command line has others. */
static struct sim_def plan(const struct bench_mode *mode, uint32_t agents, uint32_t radius)
{
    struct sim_def def = sim_default();
    agents = bench_number(mode, "agents", agents);
    def.policy = "random";
    scenario_split(&def, agents);
    def.nodes = bench_number(mode, "nodes", 2 * agents);
    def.max_agents = agents;
    def.starvation = 1000000;
    def.sight.radius = bench_number(mode, "radius", radius);
    def.sight.reuse = false;
    return def;
}

static const char *const parts[] = {"query-agents", "query-nodes", "query-nearest", "bilinear", "dense", "view"};
enum { PART_BILINEAR = 3, PARTS = sizeof parts / sizeof parts[0] };

/* `found`: nodes in eye->near, which are spread. */
static void do_part(struct sim *world, int part, uint32_t slot, struct eye *eye, uint32_t found)
{
    const struct agent *a = &world->agents[slot];
    const int32_t at[2] = {(int32_t)a->x, (int32_t)a->y};
    float radius = (float)world->sight.radius;
    const float box[4] = {a->x - radius, a->y - radius, a->x + radius, a->y + radius};
    const struct index_wish wish = {a->x, a->y, world->def.gather_range, NULL, NULL};
    switch (part) {
    case 0: index_box(&world->agents_index, box, eye->near, &eye->counts); break;
    case 1: goods_find(world, at, eye); break;
    case 2: index_nearest(&world->nodes_index, &wish, &eye->counts); break;
    case PART_BILINEAR: goods_spread(world, at, eye, found); break;
    case 4: observe_dense(world, slot, false, eye, eye->views); break;
    default: observe(world, slot, eye, eye->views);
    }
}

static void time_part(const struct bench_mode *mode, struct sim *world, int part, struct bench_times *times)
{
    struct eye *eye = &world->sight.eyes[0];
    for (uint32_t i = 0; i < mode->repeats; i++) {
        for (uint32_t slot = 0; slot < world->slots; slot++) {
            const int32_t at[2] = {(int32_t)world->agents[slot].x, (int32_t)world->agents[slot].y};
            uint32_t found = part == PART_BILINEAR ? goods_find(world, at, eye) : 0;
            double start = bench_now();
            do_part(world, part, slot, eye, found);
            bench_add(times, bench_now() - start);
        }
    }
}

/* What each part of a view costs, by itself and as a share of views made just before. */
static void measure_part(const struct bench_mode *mode, struct sim *world, int part)
{
    struct bench_times whole = {0}, times = {0};
    struct eye *eye = &world->sight.eyes[0];
    time_part(mode, world, PARTS - 1, &whole);
    uint64_t visited = eye->counts.visited, asked = eye->counts.queries, spread = eye->spread_scalar;
    time_part(mode, world, part, &times);
    double view = bench_median(&whole);
    struct bench_row row = {.group = "part", .operations = 1};
    snprintf(row.setting, sizeof row.setting, "part=%s agents=%u nodes=%u radius=%u", parts[part], world->slots,
             world->def.nodes, world->sight.radius);
    snprintf(row.switched, sizeof row.switched, "view_share=%.4f asked=%llu visited=%llu scalar=%llu",
             view > 0 ? bench_median(&times) / view : 0, (unsigned long long)(eye->counts.queries - asked),
             (unsigned long long)(eye->counts.visited - visited),
             (unsigned long long)(eye->spread_scalar - spread));
    bench_print(mode, &row, &times);
    free(whole.seconds);
}

static void measure_parts(const struct bench_mode *mode)
{
    struct sim_def def = plan(mode, 50, 6);
    struct sim *world = make(&def);
    for (int part = 0; part < PARTS; part++)
        if (bench_word(mode, "part", parts[part]))
            measure_part(mode, world, part);
    sim_free(world);
}

static void by_size(const struct bench_mode *mode)
{
    static const struct bench_numbers agents = {4, {10, 50, 100, 200}}, radii = {5, {3, 5, 10, 15, 20}};
    if (bench_group(mode, "agents")) {
        struct bench_numbers n = bench_numbers(mode, "agents", &agents);
        for (uint32_t i = 0; i < n.count; i++) {
            struct sim_def def = plan(mode, 50, 5);
            scenario_split(&def, n.list[i]);
            def.max_agents = n.list[i];
            def.nodes = bench_number(mode, "nodes", 2 * n.list[i]);
            measure(mode, "agents", &def, false);
        }
    }
    if (bench_group(mode, "radius")) {
        struct bench_numbers n = bench_numbers(mode, "radius", &radii);
        for (uint32_t i = 0; i < n.count; i++) {
            struct sim_def def = plan(mode, 50, 5);
            def.sight.radius = n.list[i];
            measure(mode, "radius", &def, false);
        }
    }
}

static void by_source(const struct bench_mode *mode)
{
    static const struct bench_numbers nodes = {3, {100, 1000, 10000}};
    struct bench_numbers n = bench_numbers(mode, "nodes", &nodes);
    for (uint32_t i = 0; i < n.count; i++) {
        for (enum sim_perception source = SIM_SPATIAL; source <= SIM_MEMMAP; source++) {
            struct sim_def def = plan(mode, 50, 6);
            def.nodes = n.list[i];
            def.sight.perception = source;
            if (bench_word(mode, "source", sources[source]))
                measure(mode, "source", &def, false);
        }
    }
}

static void by_reuse(const struct bench_mode *mode)
{
    for (int still = 0; still < 2; still++) {
        for (int reuse = 0; reuse < 2; reuse++) {
            struct sim_def def = plan(mode, 50, 6);
            def.sight.reuse = reuse;
            if (bench_word(mode, "still", bench_switch[still]) && bench_word(mode, "reuse", bench_switch[reuse]))
                measure(mode, "reuse", &def, still);
        }
    }
}

static int run(const struct bench_mode *mode)
{
    by_size(mode);
    for (enum sim_spread spread = SIM_SCALAR; spread <= SIM_NEAREST && bench_group(mode, "spread"); spread++) {
        struct sim_def def = plan(mode, 50, 6);
        def.sight.spread = spread;
        if (bench_word(mode, "spread", spreads[spread]))
            measure(mode, "spread", &def, false);
    }
    if (bench_group(mode, "source"))
        by_source(mode);
    if (bench_group(mode, "part"))
        measure_parts(mode);
    if (bench_group(mode, "reuse"))
        by_reuse(mode);
    return 0;
}

const struct bench bench_observation = {"observation", "views by agents, radius, source and way of spreading", run};
