/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Perception alone, in a world of 100 x 100 with twice as many nodes as agents: by number of agents, by radius, from
 * the index and from the mapped grid, with each way of spreading goods, with and without reuse, and by its parts.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The one that was at work, by how often each was. */
static const char *at_work(const char *const *names, const uint64_t *often, int count)
{
    const char *name = "none";
    for (int i = 0; i < count; i++)
        if (often[i])
            name = strcmp(name, "none") == 0 ? names[i] : "several";
    return name;
}

/* Squares from the middle of a view to the farthest one in which something is. */
static uint32_t reach(const struct sight *sight, const float *view)
{
    int32_t middle = (int32_t)sight->radius, farthest = 0;
    for (uint32_t i = 0; i < sight->floats; i++) {
        int32_t right = abs((int32_t)(i % sight->side) - middle);
        int32_t down = abs((int32_t)(i % sight->cells / sight->side) - middle);
        int32_t off = right > down ? right : down;
        farthest = view[i] != 0 && off > farthest ? off : farthest;
    }
    return (uint32_t)farthest;
}

/* Which source and way of spreading were really at work; `watchers`: most agents who perceived in a round. */
static void print_switched(const struct sim *world, uint32_t watchers, uint32_t reached, struct bench_row *row)
{
    struct sim_counters c = sim_counters(world);
    const uint64_t seen[] = {c.goods_from_index, c.goods_from_map};
    /* What does not fill a vector is spread one by one. */
    const uint64_t spread[] = {c.spread_vector ? 0 : c.spread_scalar, c.spread_vector, c.spread_nearest};
    snprintf(row->switched, sizeof row->switched,
             "seen_by=%s spread_by=%s kept=%s watchers=%u reach=%u observations=%llu reused=%llu from_index=%llu "
             "from_map=%llu scalar=%llu vector=%llu nearest=%llu view_bytes=%zu",
             at_work(sources, seen, 2), at_work(spreads, spread, 3), bench_switch[c.views_reused > 0], watchers,
             reached, (unsigned long long)c.observations, (unsigned long long)c.views_reused,
             (unsigned long long)c.goods_from_index, (unsigned long long)c.goods_from_map,
             (unsigned long long)c.spread_scalar, (unsigned long long)c.spread_vector,
             (unsigned long long)c.spread_nearest, world->sight.floats * sizeof(float));
}

/* All living agents perceive, timed one by one; how many. `reached`: of the farthest-reaching view, where wanted. */
static uint32_t look_around(struct sim *world, struct bench_times *times, uint32_t *reached)
{
    struct eye *eye = &world->sight.eyes[0];
    uint32_t watchers = 0;
    for (uint32_t slot = 0; slot < world->slots; slot++) {
        if (!world->agents[slot].alive)
            continue;
        double start = bench_now();
        observe(world, slot, eye, eye->views);
        bench_add(times, bench_now() - start);
        watchers++;
        uint32_t far = reached ? reach(&world->sight, eye->views) : 0;
        if (reached && far > *reached)
            *reached = far;
    }
    return watchers;
}

/* As often as asked for; where `still` nothing in the world changes in between. */
static void measure(const struct bench_mode *mode, const char *group, const struct sim_def *def, bool still)
{
    struct bench_times times = {0};
    struct sim *world = make(def);
    uint32_t most = 0, reached = 0;
    for (uint32_t i = 0; i < mode->repeats; i++) {
        if (!still)
            sim_step(world);
        world->step++;
        uint32_t watchers = look_around(world, &times, i + 1 == mode->repeats ? &reached : NULL);
        most = watchers > most ? watchers : most;
    }
    struct bench_row row = {.group = group, .operations = 1};
    snprintf(row.setting, sizeof row.setting, "agents=%u radius=%u nodes=%u source=%s spread=%s reuse=%s still=%s",
             def->agents[0] + def->agents[1] + def->agents[2], def->sight.radius, def->nodes,
             sources[def->sight.perception], spreads[def->sight.spread],
             bench_switch[def->sight.reuse], bench_switch[still]);
    print_switched(world, most, reached, &row);
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

/* What was done beside what an eye counts. */
struct part_counts {
    struct index_counts agents, nearest;
};

/* `found`: nodes in eye->near, which are spread. */
static void do_part(struct sim *world, int part, uint32_t slot, uint32_t found, struct part_counts *counts)
{
    const struct agent *a = &world->agents[slot];
    struct eye *eye = &world->sight.eyes[0];
    const int32_t at[2] = {(int32_t)a->x, (int32_t)a->y};
    float radius = (float)world->sight.radius;
    const float box[4] = {a->x - radius, a->y - radius, a->x + radius, a->y + radius};
    const struct index_wish wish = {a->x, a->y, world->def.gather_range, NULL, NULL};
    switch (part) {
    case 0: index_box(&world->agents_index, box, eye->near, &counts->agents); break;
    case 1: goods_find(world, at, eye); break;
    case 2: index_nearest(&world->nodes_index, &wish, &counts->nearest); break;
    case PART_BILINEAR: goods_spread(world, at, eye, found); break;
    case 4: observe_dense(world, slot, false, eye, eye->views); break;
    default: observe(world, slot, eye, eye->views);
    }
}

static void time_part(const struct bench_mode *mode, struct sim *world, int part, struct bench_times *times,
                      struct part_counts *counts)
{
    struct eye *eye = &world->sight.eyes[0];
    for (uint32_t i = 0; i < mode->repeats; i++) {
        for (uint32_t slot = 0; slot < world->slots; slot++) {
            const int32_t at[2] = {(int32_t)world->agents[slot].x, (int32_t)world->agents[slot].y};
            uint32_t found = part == PART_BILINEAR ? goods_find(world, at, eye) : 0;
            double start = bench_now();
            do_part(world, part, slot, found, counts);
            bench_add(times, bench_now() - start);
        }
    }
}

static uint64_t spread_in_all(const struct eye *eye)
{
    return eye->spread_scalar + eye->spread_vector + eye->spread_nearest;
}

/* The part that was done since `before`, by what was counted. The dense one counts nothing, but writes the channel of
 * what is visible: `seen` is of that, and was not a number before. */
static const char *part_done(const struct eye *now, const struct eye *before, const struct part_counts *counts,
                             float seen)
{
    if (now->observations > before->observations)
        return parts[PARTS - 1];
    if (spread_in_all(now) > spread_in_all(before))
        return parts[PART_BILINEAR];
    if (counts->agents.queries)
        return parts[0];
    if (counts->nearest.queries)
        return parts[2];
    if (now->counts.queries > before->counts.queries)
        return parts[1];
    return isnan(seen) ? "none" : parts[4];
}

/* What each part of a view costs, by itself and as a share of views made just before. */
static void measure_part(const struct bench_mode *mode, struct sim *world, int part)
{
    struct bench_times whole = {0}, times = {0};
    struct eye *eye = &world->sight.eyes[0];
    struct part_counts counts = {0};
    time_part(mode, world, PARTS - 1, &whole, &counts);
    float *seen = &eye->views[SIM_VISIBLE * world->sight.cells];
    *seen = NAN;
    const struct eye before = *eye;
    time_part(mode, world, part, &times, &counts);
    uint64_t asked = counts.agents.queries + counts.nearest.queries + eye->counts.queries - before.counts.queries;
    uint64_t visited = counts.agents.visited + counts.nearest.visited + eye->counts.visited - before.counts.visited;
    double view = bench_median(&whole);
    struct bench_row row = {.group = "part", .operations = 1};
    snprintf(row.setting, sizeof row.setting, "part=%s agents=%u nodes=%u radius=%u", parts[part], world->slots,
             world->def.nodes, world->sight.radius);
    snprintf(row.switched, sizeof row.switched, "did=%s view_share=%.4f asked=%llu visited=%llu spread=%llu",
             part_done(eye, &before, &counts, *seen), view > 0 ? bench_median(&times) / view : 0,
             (unsigned long long)asked, (unsigned long long)visited,
             (unsigned long long)(spread_in_all(eye) - spread_in_all(&before)));
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
