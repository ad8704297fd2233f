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

enum { SIDE = 1000, REGION = 50 };

/* Agents and nodes of one kind of index. */
struct place {
    struct index agents, nodes;
    struct rng rng;
    uint32_t *found;
};

/* Compilers evaluate arguments in an order of their own, declarations in that of the text. */
static void put_anywhere(struct index *ix, uint32_t id, struct rng *rng)
{
    float x = rng_unit(rng) * SIDE, y = rng_unit(rng) * SIDE;
    index_put(ix, id, x, y);
}

static void scatter(struct place *p)
{
    for (uint32_t i = 0; i < p->agents.room; i++)
        put_anywhere(&p->agents, i, &p->rng);
    for (uint32_t i = 0; i < p->nodes.room; i++)
        put_anywhere(&p->nodes, i, &p->rng);
}

static struct place place_open(const struct index_kind *kind, enum sim_update update, uint32_t batch, uint32_t agents)
{
    struct index_plan plan = {kind, update, batch, SIDE, SIDE, REGION, 0, agents};
    struct place p = {.found = malloc((size_t)agents * sizeof *p.found)};
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
    snprintf(row.switched, sizeof row.switched, "kind=%s placed=%u rebuilds=%llu buckets=%u bytes=%zu",
             p.agents.kind->name, p.agents.count, (unsigned long long)p.agents.rebuilds, p.agents.buckets,
             index_bytes(&p.agents) + index_bytes(&p.nodes));
    bench_print(mode, &row, &times);
    place_close(&p);
}

struct asking {
    int what;
    uint32_t agents, queries, radius;
};

static uint32_t ask(struct place *p, const struct asking *a, struct index_counts *counts)
{
    float x = rng_unit(&p->rng) * SIDE, y = rng_unit(&p->rng) * SIDE;
    float radius = (float)a->radius;
    const float box[4] = {x - radius, y - radius, x + radius, y + radius};
    const struct index_wish wish = {x, y, 2 * SIDE, NULL, NULL};
    switch (a->what) {
    case 0:
        return index_near(&p->agents, x, y, radius, p->found, counts) +
               index_near(&p->nodes, x, y, radius, p->found, counts);
    case 1:
        return index_nearest(&p->agents, &wish, counts) != INDEX_NONE;
    default:
        return index_box(&p->agents, box, p->found, counts) + index_box(&p->nodes, box, p->found, counts);
    }
}

static const char *const query_groups[] = {"near", "nearest", "box"};

static void bench_queries(const struct bench_mode *mode, const struct index_kind *kind, const struct asking *a)
{
    struct bench_times times = {0};
    struct index_counts counts = {0};
    uint64_t found = 0;
    struct place p = place_open(kind, SIM_REBUILD, 1, a->agents);
    scatter(&p);
    index_update(&p.agents);
    index_update(&p.nodes);
    for (uint32_t i = 0; i < a->queries; i++) {
        double start = bench_now();
        found += ask(&p, a, &counts);
        bench_add(&times, bench_now() - start);
    }
    struct bench_row row = {.group = query_groups[a->what], .operations = 1};
    snprintf(row.setting, sizeof row.setting, "index=%s agents=%u queries=%u radius=%u", kind->name, a->agents,
             a->queries, a->radius);
    snprintf(row.switched, sizeof row.switched, "kind=%s placed=%u asked=%llu visited=%llu found=%llu",
             p.agents.kind->name, p.agents.count, (unsigned long long)counts.queries,
             (unsigned long long)counts.visited, (unsigned long long)found);
    bench_print(mode, &row, &times);
    place_close(&p);
}

/* Half of the agents move a little, as in a step; the time is that of one agent's move. */
static const char *const updates[] = {"rebuild", "incremental", "batch"};

static const char *moved_by(const struct index *ix, uint64_t rebuilds)
{
    return ix->batches ? "batch" : ix->moved_singly ? "incremental" : rebuilds ? "rebuild" : "nothing";
}

static void bench_update(const struct bench_mode *mode, const struct index_kind *kind, enum sim_update update,
                         uint32_t batch)
{
    struct bench_times times = {0};
    uint32_t agents = bench_number(mode, "agents", 1000);
    struct place p = place_open(kind, update, batch, agents);
    scatter(&p);
    index_update(&p.agents);
    uint64_t built = p.agents.rebuilds;
    for (uint32_t i = 0; i < mode->repeats; i++) {
        for (uint32_t id = i % 2; id < agents; id += 2) {
            float x = p.agents.points[id].x + rng_unit(&p.rng) * 16 - 8;
            float y = p.agents.points[id].y + rng_unit(&p.rng) * 16 - 8;
            index_put(&p.agents, id, x < 0 ? 0 : x > SIDE ? SIDE : x, y < 0 ? 0 : y > SIDE ? SIDE : y);
        }
        double start = bench_now();
        index_update(&p.agents);
        bench_add(&times, bench_now() - start);
    }
    struct bench_row row = {.group = "update", .operations = agents > 1 ? agents / 2 : 1};
    snprintf(row.setting, sizeof row.setting, "index=%s update=%s batch=%u agents=%u region=%d", kind->name,
             updates[update], update == SIM_BATCH ? batch : 0, agents, REGION);
    uint64_t rebuilds = p.agents.rebuilds - built;
    snprintf(row.switched, sizeof row.switched,
             "kind=%s moved_by=%s rebuilds=%llu singly=%llu batched=%llu batches=%llu "
             "per_batch=%llu regions=%llu",
             p.agents.kind->name, moved_by(&p.agents, rebuilds), (unsigned long long)rebuilds,
             (unsigned long long)p.agents.moved_singly, (unsigned long long)p.agents.moved_in_batches,
             (unsigned long long)p.agents.batches,
             (unsigned long long)(p.agents.batches ? p.agents.moved_in_batches / p.agents.batches : 0),
             (unsigned long long)p.agents.dirty_regions);
    bench_print(mode, &row, &times);
    place_close(&p);
}

static void run_kind(const struct bench_mode *mode, const struct index_kind *kind)
{
    static const struct bench_numbers agents = {5, {100, 500, 1000, 2000, 5000}}, queries = {3, {10, 100, 1000}};
    static const struct bench_numbers batches = {4, {10, 50, 100, 500}};
    if (bench_group(mode, "build")) {
        struct bench_numbers n = bench_numbers(mode, "agents", &agents);
        for (uint32_t i = 0; i < n.count; i++)
            bench_build(mode, kind, n.list[i]);
    }
    for (int what = 0; what < 3; what++) {
        if (!bench_group(mode, query_groups[what]))
            continue;
        struct asking a = {.what = what, .agents = bench_number(mode, "agents", 1000),
                           .radius = bench_number(mode, "radius", 50)};
        struct bench_numbers n = bench_numbers(mode, "queries", &queries);
        for (uint32_t i = 0; i < n.count; i++) {
            a.queries = n.list[i];
            bench_queries(mode, kind, &a);
        }
    }
    if (!bench_group(mode, "update"))
        return;
    for (enum sim_update update = SIM_REBUILD; update < SIM_BATCH; update++)
        if (bench_word(mode, "update", updates[update]))
            bench_update(mode, kind, update, 1);
    struct bench_numbers n = bench_numbers(mode, "batch", &batches);
    for (uint32_t i = 0; i < n.count && bench_word(mode, "update", "batch"); i++)
        bench_update(mode, kind, SIM_BATCH, n.list[i]);
}

static int run(const struct bench_mode *mode)
{
    for (const struct index_kind *const *kind = index_kinds; *kind; kind++)
        if (bench_word(mode, "index", (*kind)->name))
            run_kind(mode, *kind);
    return 0;
}

const struct bench bench_spatial = {"spatial", "build, query and update of each kind of index", run};
