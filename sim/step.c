/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One step: all eat, all perceive and decide (by threads, each with agents of its own), then act in the order of their
 * slots, then learn; goods regrow, and the index learns where everybody is now.
 */
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "sim/agents.h"
#include "sim/mark.h"
#include "sim/policy.h"

enum { MOST_BATCH = 4096 };      /* as settings_learn.c has it */

uint32_t world_allowed(const struct sim *world)
{
    for (int phase = 0; phase < 2; phase++)
        if (world->step <= world->def.phase_end[phase])
            return world->def.phase_actions[phase];
    return SIM_ALL_ACTIONS;
}

static void call_crew(struct sim *world)
{
    world->crew_count = 0;
    for (uint32_t i = 0; i < world->slots; i++)
        if (world->agents[i].alive && world->agents[i].born < world->step && agents_live(world, i))
            world->crew[world->crew_count++] = i;
}

/* Neighbours see much the same: asked one after the other, they find it in the cache. A counting sort by region;
 * nobody's view or choice depends on whose turn it was. */
static void sort_by_region(struct sim *world)
{
    struct maps *m = &world->maps;
    uint32_t regions = m->region_columns * m->region_rows;
    memset(m->first, 0, (regions + 1) * sizeof *m->first);
    for (uint32_t i = 0; i < world->crew_count; i++) {
        const struct agent *a = &world->agents[world->crew[i]];
        m->first[maps_region(m, a->x, a->y) + 1]++;
    }
    for (uint32_t r = 0; r < regions; r++)
        m->first[r + 1] += m->first[r];
    for (uint32_t i = 0; i < world->crew_count; i++) {
        const struct agent *a = &world->agents[world->crew[i]];
        world->nearby[m->first[maps_region(m, a->x, a->y)]++] = world->crew[i];
    }
}

/* Slots of neighbours lie far apart: what the next ones need is asked for while the current one looks around. */
static void expect(const struct sim *world, uint32_t next, uint32_t end)
{
    if (next + 1 >= end)
        return;
    const struct glance *g = &world->sight.glances[world->nearby[next]];
    const char *memory = (const char *)g->memory;
    size_t channel = world->sight.cells * sizeof *g->memory;
    for (uint32_t m = 0; m < REMEMBERED; m++)
        for (size_t at = 0; !(g->blank >> m & 1) && at < channel; at += 64)
            __builtin_prefetch(memory + m * channel + at, 1);
    __builtin_prefetch(&world->agents[world->nearby[next]]);
    __builtin_prefetch(&world->sight.glances[world->nearby[next + 1]]);
}

/* A thread's share of the crew, as many at a time as are decided together. */
static void decide_share(struct sim *world, uint32_t thread)
{
    uint32_t crew = __atomic_load_n(&world->crew_count, __ATOMIC_ACQUIRE), threads = world->def.threads;
    struct sight *sight = &world->sight;
    struct eye *eye = &sight->eyes[thread];
    uint32_t first = (uint32_t)((uint64_t)crew * thread / threads);
    uint32_t end = (uint32_t)((uint64_t)crew * (thread + 1) / threads);
    uint32_t most = world->def.learn.decide == SIM_TOGETHER ? world->def.learn.batch : 1;
    const float *views[MOST_BATCH];
    uint8_t actions[MOST_BATCH];
    bool worked = first < end;
    while (first < end) {
        const uint32_t *who = world->nearby + first;
        uint32_t count = end - first < most ? end - first : most;
        MARK_BEGIN("perception");
        for (uint32_t i = 0; i < count; i++) {
            float *view = eye->views + (size_t)i * sight->floats;
            expect(world, first + i + 1, end);
            observe(world, who[i], eye, view);
            views[i] = view;
        }
        MARK_END("perception");
        struct batch batch = {count, thread, who, views, actions, world_allowed(world)};
        MARK_BEGIN("decision");
        world->policy->decide(world, &batch);
        MARK_END("decision");
        for (uint32_t i = 0; i < count; i++)
            world->choices[who[i]] = actions[i];
        eye->decide_calls++;
        first += count;
    }
    __atomic_store_n(&eye->worked, worked, __ATOMIC_RELEASE);
}

/* The parallel region is a single call, so that threads share nothing but the world. ThreadSanitizer does not know the
 * barriers of libgomp: for it, crew_count orders what threads see, and worked what is seen of them. */
__attribute__((no_sanitize("thread"))) static void share_out(struct sim *world)
{
#ifdef _OPENMP
    if (world->def.threads > 1) {
#pragma omp parallel num_threads((int)world->def.threads)
        decide_share(world, (uint32_t)omp_get_thread_num());
        return;
    }
#endif
    decide_share(world, 0);
}

static void decide_all(struct sim *world)
{
    uint32_t busy = 0;
    __atomic_store_n(&world->crew_count, world->crew_count, __ATOMIC_RELEASE);
    share_out(world);
    for (uint32_t i = 0; i < world->def.threads; i++)
        busy += __atomic_load_n(&world->sight.eyes[i].worked, __ATOMIC_ACQUIRE);
    if (busy > world->counters.busy_threads)
        world->counters.busy_threads = busy;
}

/* Slots follow each other, but not the places where their agents stand. */
static void expect_act(const struct sim *world, uint32_t next)
{
    if (next >= world->crew_count)
        return;
    const struct agent *a = &world->agents[world->crew[next]];
    maps_expect(&world->maps, a->x, a->y);
}

static void act_all(struct sim *world)
{
    maps_fade(&world->maps, world->step);
    for (uint32_t i = 0; i < world->crew_count; i++) {
        expect_act(world, i + 4);
        if (world->agents[world->crew[i]].alive)
            agent_act(world, world->crew[i], (enum sim_action)world->choices[world->crew[i]]);
    }
}

void world_node_set(struct sim *world, uint32_t node, int32_t goods)
{
    struct node *n = &world->nodes[node];
    int32_t before = n->goods;
    if (goods == before)
        return;
    if (before == world->def.node_max)
        world->active[world->active_count++] = node;
    n->goods = goods;
    maps_change(&world->maps, n->x, n->y, world->step);
    goods_changed(world, node, before);
}

/* Each node draws from its own place in the step's stream, so that full nodes need not be looked at. */
static void regrow_node(struct sim *world, uint32_t node)
{
    struct rng rng;
    rng_init(&rng, world->def.seed ^ world->step << 20, (uint64_t)node + 1 + (1ull << 40));
    world->counters.regrow_looks++;
    int32_t goods = world->nodes[node].goods, room = world->def.node_max - goods;
    if (!room || rng_unit(&rng) >= world->def.regrowth_chance)
        return;
    int32_t grown = room < world->def.regrowth ? room : world->def.regrowth;
    world_node_set(world, node, goods + grown);
    world->totals.regrown += grown;
}

void world_regrow(struct sim *world)
{
    if (world->def.regrow == SIM_REGROW_ALL)
        for (uint32_t i = 0; i < world->def.nodes; i++)
            regrow_node(world, i);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < world->active_count; i++) {
        uint32_t node = world->active[i];
        if (world->def.regrow == SIM_REGROW_ACTIVE)
            regrow_node(world, node);
        if (world->nodes[node].goods < world->def.node_max)
            world->active[kept++] = node;
    }
    world->active_count = kept;
}

__attribute__((noinline)) void spatial_update(struct sim *world)
{
    index_update(&world->agents_index);
}

void sim_step(struct sim *world)
{
    MARK_STEP("step");
    world->step++;
    events_clear(&world->events);
    call_crew(world);
    sort_by_region(world);
    decide_all(world);
    MARK_BEGIN("action");
    act_all(world);
    MARK_END("action");
    MARK_BEGIN("training");
    if (world->policy->learn)
        world->policy->learn(world);
    MARK_END("training");
    MARK_BEGIN("regeneration");
    agents_bury(world);
    world_regrow(world);
    MARK_END("regeneration");
    MARK_BEGIN("spatial");
    spatial_update(world);
    MARK_END("spatial");
}

size_t sim_view_floats(const struct sim *world)
{
    return world->sight.floats;
}

/* Observed with an eye and a memory of its own: neither counters nor history know of it. */
bool sim_observe(struct sim *world, struct sim_id id, float *view)
{
    if (!id.index || id.index > world->slots)
        return false;
    uint32_t slot = id.index - 1;
    const struct agent *self = &world->agents[slot];
    if (!self->alive || self->generation != id.generation)
        return false;
    struct sight *sight = &world->sight;
    struct glance kept = sight->glances[slot];
    size_t bytes = REMEMBERED * sight->cells * sizeof *kept.memory;
    uint16_t *memory = sight->eyes[world->def.threads].memory;
    memcpy(memory, kept.memory, bytes);
    sight->glances[slot].memory = memory;
    observe(world, slot, &sight->eyes[world->def.threads], view);
    sight->glances[slot] = kept;
    return true;
}
