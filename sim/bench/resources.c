/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goods alone: regrowth that looks at all nodes or only at those that are not full, by how many of them are emptied in
 * each step, and what keeping the mapped grid up to date adds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "sim/bench.h"
#include "sim/world.h"

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
    snprintf(row.setting, sizeof row.setting, "nodes=%u emptied=%u regrow=%s %s", def->nodes, emptied,
             def->regrow == SIM_REGROW_ACTIVE ? "active" : "all",
             def->sight.perception == SIM_MEMMAP ? "memmap" : "spatial");
    snprintf(row.switched, sizeof row.switched, "looks=%llu active=%u regrown=%.2f map_bytes=%zu",
             (unsigned long long)c.regrow_looks, world->active_count, (double)world->totals.regrown / 100,
             world->sight.goods_map_bytes);
    bench_print(mode, &row, &times);
    sim_free(world);
}

static int run(const struct bench_mode *mode)
{
    static const uint32_t nodes[] = {100, 1000, 10000}, parts[] = {1000, 100, 10};
    struct sim_def def = sim_default();
    def.policy = "random";
    for (size_t n = 0; n < sizeof nodes / sizeof nodes[0]; n++) {
        def.nodes = nodes[n];
        for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
            uint32_t emptied = nodes[n] / parts[p] ? nodes[n] / parts[p] : 1;
            for (def.sight.perception = SIM_SPATIAL; def.sight.perception <= SIM_MEMMAP; def.sight.perception++)
                for (def.regrow = SIM_REGROW_ALL; def.regrow <= SIM_REGROW_ACTIVE; def.regrow++)
                    measure(mode, &def, emptied);
        }
    }
    return 0;
}

const struct bench bench_resources = {"resources", "regrowth of all nodes or active ones, with and without a map", run};
