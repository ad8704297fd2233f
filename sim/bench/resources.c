/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goods alone: regrowth that looks at all nodes or only at those that are not full, by how many of them are emptied in
 * each step, and what keeping the mapped grid up to date adds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/bench.h"
#include "sim/world.h"

static const char *const regrows[] = {"all", "active"}, *const sources[] = {"spatial", "memmap"};

/* Takes all goods from `emptied` nodes before each measured regrowth. */
static void measure(const struct bench_mode *mode, const struct sim_def *def, uint32_t emptied)
{
    struct bench_times times = {0};
    struct sim *world = sim_new(def);
    if (!world) {
        fputs("farmsim: not enough memory for the bench\n", stderr);
        exit(4);
    }
    for (uint32_t i = 0; i < mode->repeats; i++) {
        world->step++;
        for (uint32_t k = 0; k < emptied; k++)
            world_node_set(world, (uint32_t)(((uint64_t)i * emptied + k) * 7919 % def->nodes), 0);
        double start = bench_now();
        world_regrow(world);
        bench_add(&times, bench_now() - start);
    }
    struct sim_counters c = sim_counters(world);
    struct bench_row row = {.group = "regrow", .operations = 1};
    snprintf(row.setting, sizeof row.setting, "nodes=%u emptied=%u regrow=%s source=%s", def->nodes, emptied,
             regrows[def->regrow], sources[def->sight.perception]);
    bool all = c.regrow_looks == (uint64_t)def->nodes * mode->repeats;
    snprintf(row.switched, sizeof row.switched, "looked_at=%s looks=%llu active=%u regrown=%.2f map_bytes=%zu",
             regrows[all ? SIM_REGROW_ALL : SIM_REGROW_ACTIVE], (unsigned long long)c.regrow_looks,
             world->active_count, (double)world->totals.regrown / 100, world->sight.goods_map_bytes);
    bench_print(mode, &row, &times);
    sim_free(world);
}

static void measure_ways(const struct bench_mode *mode, uint32_t nodes, uint32_t emptied)
{
    struct sim_def def = sim_default();
    def.policy = "random";
    def.nodes = nodes;
    for (def.sight.perception = SIM_SPATIAL; def.sight.perception <= SIM_MEMMAP; def.sight.perception++) {
        for (def.regrow = SIM_REGROW_ALL; def.regrow <= SIM_REGROW_ACTIVE; def.regrow++) {
            bool wanted = bench_word(mode, "source", sources[def.sight.perception]);
            if (bench_word(mode, "regrow", regrows[def.regrow]) && wanted)
                measure(mode, &def, emptied);
        }
    }
}

static int run(const struct bench_mode *mode)
{
    static const struct bench_numbers nodes = {3, {100, 1000, 10000}};
    if (!bench_group(mode, "regrow"))
        return 0;
    struct bench_numbers sizes = bench_numbers(mode, "nodes", &nodes);
    for (uint32_t i = 0; i < sizes.count; i++) {
        uint32_t n = sizes.list[i] ? sizes.list[i] : 1;
        struct bench_numbers shares = {3, {n / 1000 ? n / 1000 : 1, n / 100 ? n / 100 : 1, n / 10 ? n / 10 : 1}};
        shares = bench_numbers(mode, "emptied", &shares);
        for (uint32_t k = 0; k < shares.count; k++)
            measure_ways(mode, n, shares.list[k]);
    }
    return 0;
}

const struct bench bench_resources = {"resources", "regrowth of all nodes or active ones, with and without a map", run};
