/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The spatial index alone, in a world of 1000 x 1000 with half as many nodes as agents: building it, asking it, and
 * following agents that move.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/bench.h"
#include "sim/index.h"
#include "sim/rng.h"

enum { SIDE = 1000, REGION = 50, RADIUS = 50, QUERIES = 1000, MOST = 5000 };

/* Agents and nodes of one kind of index. */
struct place {
    struct index agents, nodes;
    struct rng rng;
    uint32_t *found;
};

static void scatter(struct place *p)
{
    for (uint32_t i = 0; i < p->agents.room; i++)
        index_put(&p->agents, i, rng_unit(&p->rng) * SIDE, rng_unit(&p->rng) * SIDE);
    for (uint32_t i = 0; i < p->nodes.room; i++)
        index_put(&p->nodes, i, rng_unit(&p->rng) * SIDE, rng_unit(&p->rng) * SIDE);
}

static struct place place_open(const struct index_kind *kind, enum sim_update update, uint32_t batch, uint32_t agents)
{
    struct index_plan plan = {kind, update, batch, SIDE, SIDE, REGION, 0, agents};
    struct place p = {.found = malloc(MOST * sizeof *p.found)};
    bool good = index_open(&p.agents, &plan);
    plan.room = agents / 2;
    if (!index_open(&p.nodes, &plan) || !good || !p.found) {
        fputs("farmsim: not enough memory for the bench\n", stderr);
        exit(4);
    }
    rng_init(&p.rng, 1234567890, agents);
    return p;
}

static void place_close(struct place *p)
{
    index_close(&p->agents);
    index_close(&p->nodes);
    free(p->found);
}

static void bench_build(const struct bench_mode *mode, const struct index_kind *kind, uint32_t agents)
{
    struct bench_times times = {0};
    struct place p = place_open(kind, SIM_REBUILD, 1, agents);
    for (uint32_t i = 0; i < mode->repeats; i++) {
        scatter(&p);
        double start = bench_now();
        index_update(&p.agents);
        index_update(&p.nodes);
        bench_add(&times, bench_now() - start);
    }
    struct bench_row row = {.group = "build", .operations = 1};
    snprintf(row.setting, sizeof row.setting, "index=%s agents=%u nodes=%u", kind->name, agents, agents / 2);
    snprintf(row.switched, sizeof row.switched, "rebuilds=%llu buckets=%u bytes=%zu",
             (unsigned long long)p.agents.rebuilds, p.agents.buckets, index_bytes(&p.agents) + index_bytes(&p.nodes));
    bench_print(mode, &row, &times);
    place_close(&p);
}

static uint32_t ask(struct place *p, int what, struct index_counts *counts)
{
    float x = rng_unit(&p->rng) * SIDE, y = rng_unit(&p->rng) * SIDE;
    const float box[4] = {x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS};
    const struct index_wish wish = {x, y, 2 * SIDE, NULL, NULL};
    switch (what) {
    case 0:
        return index_near(&p->agents, x, y, RADIUS, p->found, counts) +
               index_near(&p->nodes, x, y, RADIUS, p->found, counts);
    case 1:
        return index_nearest(&p->agents, &wish, counts) != INDEX_NONE;
    default:
        return index_box(&p->agents, box, p->found, counts) + index_box(&p->nodes, box, p->found, counts);
    }
}

static void bench_queries(const struct bench_mode *mode, const struct index_kind *kind, uint32_t queries)
{
    static const char *const groups[] = {"near", "nearest", "box"};
    for (int what = 0; what < 3; what++) {
        struct bench_times times = {0};
        struct index_counts counts = {0};
        uint64_t found = 0;
        struct place p = place_open(kind, SIM_REBUILD, 1, 1000);
        scatter(&p);
        index_update(&p.agents);
        index_update(&p.nodes);
        for (uint32_t i = 0; i < queries; i++) {
            double start = bench_now();
            found += ask(&p, what, &counts);
            bench_add(&times, bench_now() - start);
        }
        struct bench_row row = {.group = groups[what], .operations = 1};
        snprintf(row.setting, sizeof row.setting, "index=%s agents=1000 queries=%u radius=%d", kind->name, queries,
                 RADIUS);
        snprintf(row.switched, sizeof row.switched, "queries=%llu visited=%llu found=%llu",
                 (unsigned long long)counts.queries, (unsigned long long)counts.visited, (unsigned long long)found);
        bench_print(mode, &row, &times);
        place_close(&p);
    }
}

/* Half of a thousand agents move a little, as in a step; the time is that of one agent's move. */
static void bench_update(const struct bench_mode *mode, const struct index_kind *kind, enum sim_update update,
                         uint32_t batch)
{
    static const char *const updates[] = {"rebuild", "incremental", "batch"};
    struct bench_times times = {0};
    struct place p = place_open(kind, update, batch, 1000);
    scatter(&p);
    index_update(&p.agents);
    uint64_t built = p.agents.rebuilds;
    for (uint32_t i = 0; i < mode->repeats; i++) {
        for (uint32_t id = i % 2; id < 1000; id += 2) {
            float x = p.agents.points[id].x + rng_unit(&p.rng) * 16 - 8;
            float y = p.agents.points[id].y + rng_unit(&p.rng) * 16 - 8;
            index_put(&p.agents, id, x < 0 ? 0 : x > SIDE ? SIDE : x, y < 0 ? 0 : y > SIDE ? SIDE : y);
        }
        double start = bench_now();
        index_update(&p.agents);
        bench_add(&times, bench_now() - start);
    }
    struct bench_row row = {.group = "update", .operations = 500};
    snprintf(row.setting, sizeof row.setting, "index=%s update=%s batch=%u moved=500 region=%d", kind->name,
             updates[update], update == SIM_BATCH ? batch : 0, REGION);
    snprintf(row.switched, sizeof row.switched, "rebuilds=%llu singly=%llu batched=%llu batches=%llu regions=%llu",
             (unsigned long long)(p.agents.rebuilds - built), (unsigned long long)p.agents.moved_singly,
             (unsigned long long)p.agents.moved_in_batches, (unsigned long long)p.agents.batches,
             (unsigned long long)p.agents.dirty_regions);
    bench_print(mode, &row, &times);
    place_close(&p);
}

static int run(const struct bench_mode *mode)
{
    static const uint32_t agents[] = {100, 500, 1000, 2000, 5000}, queries[] = {10, 100, 1000};
    static const uint32_t batches[] = {10, 50, 100, 500};
    for (const struct index_kind *const *kind = index_kinds; *kind; kind++) {
        for (size_t i = 0; i < sizeof agents / sizeof agents[0]; i++)
            bench_build(mode, *kind, agents[i]);
        for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
            bench_queries(mode, *kind, queries[i]);
        bench_update(mode, *kind, SIM_REBUILD, 1);
        bench_update(mode, *kind, SIM_INCREMENTAL, 1);
        for (size_t i = 0; i < sizeof batches / sizeof batches[0]; i++)
            bench_update(mode, *kind, SIM_BATCH, batches[i]);
    }
    return 0;
}

const struct bench bench_spatial = {"spatial", "build, query and update of each kind of index", run};
