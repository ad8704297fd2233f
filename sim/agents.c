/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/agents.h"

#include "sim/actions.h"
#include "sim/policy.h"

const char *const sim_type_names[SIM_TYPES] = {"system", "independent", "control"};

static const float first_genome[SIM_ACTIONS] = {
    [SIM_DEFEND] = 0.25f, [SIM_ATTACK] = 0.10f, [SIM_GATHER] = 0.30f, [SIM_SHARE] = 0.20f,
    [SIM_MOVE] = 0.40f, [SIM_REPRODUCE] = 0.15f, [SIM_PASS] = 0.05f,
};

static void normalise(float *genome)
{
    float sum = 0;
    for (int a = 0; a < SIM_ACTIONS; a++)
        sum += genome[a];
    for (int a = 0; a < SIM_ACTIONS; a++)
        genome[a] /= sum;
}

static struct agent *settle(struct sim *world, enum sim_type type, float x, float y)
{
    uint32_t slot;
    if (world->vacant_count)
        slot = world->vacant[world->vacant_count - 1];
    else if (world->slots < world->def.max_agents)
        slot = world->slots;
    else
        return NULL;
    struct agent *a = &world->agents[slot];
    *a = (struct agent){.x = x, .y = y, .health = world->def.start_health, .generation = a->generation + 1,
                        .born = world->step, .type = type};
    sight_new(world, slot);
    if (world->vacant_count)
        world->vacant_count--;
    else
        world->slots++;
    a->alive = true;
    a->id = (uint32_t)++world->streams;
    rng_init(&a->rng, world->def.seed, world->streams);
    index_put(&world->agents_index, slot, x, y);
    maps_change(&world->maps, x, y, world->step);
    return a;
}

struct agent *agents_add(struct sim *world, enum sim_type type, float x, float y)
{
    struct agent *a = settle(world, type, x, y);
    if (!a)
        return NULL;
    for (int i = 0; i < SIM_ACTIONS; i++)
        a->genome[i] = first_genome[i];
    normalise(a->genome);
    if (world->policy->born)
        world->policy->born(world, (uint32_t)(a - world->agents), UINT32_MAX);
    return a;
}

struct agent *agents_child(struct sim *world, uint32_t slot)
{
    const struct agent *parent = &world->agents[slot];
    struct agent *child = settle(world, parent->type, parent->x, parent->y);
    if (!child)
        return NULL;
    child->ancestors = parent->ancestors + 1;
    for (int a = 0; a < SIM_ACTIONS; a++) {
        child->genome[a] = parent->genome[a];
        if (rng_unit(&child->rng) < world->def.mutation_rate)
            child->genome[a] *= 1 + world->def.mutation_size * (2 * rng_unit(&child->rng) - 1);
    }
    normalise(child->genome);
    if (world->policy->born)
        world->policy->born(world, (uint32_t)(child - world->agents), slot);
    return child;
}

static void die(struct sim *world, uint32_t slot, enum death_cause cause)
{
    struct agent *victim = &world->agents[slot];
    events_death(&world->events, &(struct death_event){victim->id, slot, cause, victim->type, victim->x, victim->y,
                                                       victim->born});
    victim->alive = false;
    victim->rewards += DEATH_REWARD;
    world->totals.lost += victim->goods;
    victim->goods = 0;
    ++*(cause == DEATH_HUNGER ? &world->totals.deaths_of_hunger : &world->totals.deaths_by_force);
    index_drop(&world->agents_index, slot);
    maps_change(&world->maps, victim->x, victim->y, world->step);
    if (world->policy->died)
        world->policy->died(world, slot);
}

void agents_hurt(struct sim *world, uint32_t slot, int32_t damage, uint32_t by)
{
    struct agent *a = &world->agents[slot];
    events_health(&world->events, &(struct health_event){a->id, by, a->health, a->health - damage});
    a->health -= damage;
    maps_change(&world->maps, a->x, a->y, world->step);
    if (a->health <= 0)
        die(world, slot, DEATH_FORCE);
}

void agents_bury(struct sim *world)
{
    world->vacant_count = 0;
    for (uint32_t i = world->slots; i-- > 0;)
        if (!world->agents[i].alive)
            world->vacant[world->vacant_count++] = i;
}

bool agents_live(struct sim *world, uint32_t slot)
{
    struct agent *self = &world->agents[slot];
    int32_t eaten = self->goods < world->def.consumption ? self->goods : world->def.consumption;
    self->goods -= eaten;
    world->totals.eaten += eaten;
    self->defense_steps -= self->defense_steps > 0;
    self->hungry_steps = self->goods ? 0 : self->hungry_steps + 1;
    if (self->hungry_steps < world->def.starvation)
        return true;
    die(world, slot, DEATH_HUNGER);
    return false;
}

/* 0.1 for each unit of goods, 0.5 for each of health, 0.1 for being alive, 0.05 for not passing, and the act's own. */
static float reward_of(const struct agent *before, const struct agent *after, enum sim_action action, float bonus)
{
    float reward = 0.001f * (float)(after->goods - before->goods) + 0.005f * (float)(after->health - before->health);
    return reward + 0.1f + (action == SIM_PASS ? 0 : 0.05f) + bonus;
}

__attribute__((noinline)) void agent_act(struct sim *world, uint32_t slot, enum sim_action action)
{
    struct agent *self = &world->agents[slot];
    struct agent before = *self;
    struct deed deed = actions_do(world, slot, action);
    world->totals.acts++;
    world->totals.tried[action]++;
    world->totals.done[action] += deed.done;
    self->reward = reward_of(&before, self, action, deed.bonus);
    self->rewards += self->reward;
    events_act(&world->events, &(struct act_event){self->id, deed.target, action, deed.done, before.goods, self->goods,
                                                   deed.amount, self->reward});
    if (world->policy->acted)
        world->policy->acted(world, &(struct outcome){slot, action, deed.done, self->reward});
}
