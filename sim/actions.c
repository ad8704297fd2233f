/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/actions.h"

#include "sim/agents.h"

static const float GATHER_BONUS = 0.1f, SHARE_BONUS = 0.05f, DEFEND_BONUS = 0.02f, PASS_BONUS = 0.01f;

static struct deed defend(struct sim *world, uint32_t slot)
{
    const struct sim_def *def = &world->def;
    struct agent *self = &world->agents[slot];
    int32_t healed = def->start_health - self->health < def->defense_heal ? def->start_health - self->health
                                                                          : def->defense_heal;
    self->defense_steps = def->defense_steps;
    if (healed)
        agents_hurt(world, slot, -healed, EVENTS_NOBODY);
    maps_signal(&world->maps, self->x, self->y, self->type, world->step);
    return (struct deed){.done = true, .amount = healed, .bonus = DEFEND_BONUS};
}

struct wish {
    const struct sim *world;
    const struct agent *self;
};

static bool is_living_enemy(const void *context, uint32_t id)
{
    const struct wish *wish = context;
    const struct agent *other = &wish->world->agents[id];
    return other->alive && other->type != wish->self->type;
}

/* The nearest enemy that was in reach when the step began. */
static struct deed attack(struct sim *world, uint32_t slot)
{
    struct agent *self = &world->agents[slot];
    struct wish wish = {world, self};
    struct index_wish nearest = {self->x, self->y, world->def.attack_range, is_living_enemy, &wish};
    uint32_t target = index_nearest(&world->agents_index, &nearest, &world->sight.eyes->counts);
    if (target == INDEX_NONE)
        return (struct deed){0};
    struct agent *enemy = &world->agents[target];
    struct deed deed = {.done = true, .target = enemy->id};
    int64_t damage = (int64_t)world->def.attack_damage * self->health / world->def.start_health;
    if (enemy->defense_steps)
        damage /= 2;
    deed.amount = damage < enemy->health ? (int32_t)damage : enemy->health;
    maps_heat(&world->maps, enemy->x, enemy->y, (float)deed.amount / (float)world->def.start_health, world->step);
    agents_hurt(world, target, deed.amount, self->id);
    if (!enemy->alive)
        deed.bonus = world->def.kill_reward;
    return deed;
}

static struct deed gather(struct sim *world, uint32_t slot)
{
    struct agent *self = &world->agents[slot];
    uint32_t target = sight_goal(world, slot, &world->sight.eyes->counts);
    if (target == INDEX_NONE)
        return (struct deed){0};
    int32_t there = world->nodes[target].goods;
    int32_t taken = there < world->def.max_gather ? there : world->def.max_gather;
    world_node_set(world, target, there - taken);
    self->goods += taken;
    world->totals.gathered += taken;
    return (struct deed){true, target + 1, taken, GATHER_BONUS * (float)taken / 100};
}

/* The poorest ally that was in reach when the step began; of equally poor ones the first slot. */
static struct deed share(struct sim *world, uint32_t slot)
{
    const struct sim_def *def = &world->def;
    struct agent *self = &world->agents[slot], *poorest = NULL;
    if (self->goods < def->share_keep + def->share_goods)
        return (struct deed){0};
    uint32_t count = index_near(&world->agents_index, self->x, self->y, def->share_range, world->near,
                                &world->sight.eyes->counts);
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&world->agents[world->near[i]]);
    for (uint32_t i = 0; i < count; i++) {
        struct agent *other = &world->agents[world->near[i]];
        if (!other->alive || other == self || other->type != self->type)
            continue;
        if (!poorest || other->goods < poorest->goods || (other->goods == poorest->goods && other < poorest))
            poorest = other;
    }
    if (!poorest)
        return (struct deed){0};
    self->goods -= def->share_goods;
    poorest->goods += def->share_goods;
    maps_signal(&world->maps, self->x, self->y, self->type, world->step);
    return (struct deed){true, poorest->id, def->share_goods, SHARE_BONUS * (float)def->share_goods / 100};
}

/* One of four directions; rough ground shortens the way. */
static struct deed move(struct sim *world, uint32_t slot)
{
    static const float directions[4][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
    struct agent *self = &world->agents[slot];
    const float *to = directions[rng_below(&self->rng, 4)];
    float way = world->def.max_move * (1 - world->def.rough * maps_terrain(&world->maps, self->x, self->y));
    float x = self->x + to[0] * way, y = self->y + to[1] * way;
    if (x < 0 || y < 0 || x > world->def.width || y > world->def.height || maps_blocked(&world->maps, x, y))
        return (struct deed){0};
    maps_trail(&world->maps, self->x, self->y, world->step);
    maps_change(&world->maps, x, y, world->step);
    self->x = x;
    self->y = y;
    world->sight.glances[slot].goal_step = 0;
    index_put(&world->agents_index, slot, x, y);
    return (struct deed){.done = true, .amount = (int32_t)(way * 100)};
}

static struct deed refuse_birth(struct sim *world, const struct agent *self, const char *reason)
{
    events_birth(&world->events, &(struct birth_event){self->id, EVENTS_NOBODY, 0, self->goods, self->goods, reason});
    return (struct deed){0};
}

static struct deed reproduce(struct sim *world, uint32_t slot)
{
    const struct sim_def *def = &world->def;
    struct agent *self = &world->agents[slot];
    if (self->goods < def->birth_least + def->birth_gift)
        return refuse_birth(world, self, "too poor");
    if (rng_unit(&self->rng) >= def->birth_chance)
        return refuse_birth(world, self, "chance");
    int32_t before = self->goods;
    struct agent *child = agents_child(world, slot);
    if (!child)
        return refuse_birth(world, self, "the world is full");
    child->goods = def->birth_gift;
    self->goods -= def->birth_gift + def->birth_cost;
    world->totals.born += def->birth_cost;
    world->totals.births++;
    events_birth(&world->events, &(struct birth_event){self->id, child->id, (uint32_t)(child - world->agents), before,
                                                       self->goods, NULL});
    return (struct deed){true, child->id, def->birth_gift, 0};
}

static struct deed pass(struct sim *world, uint32_t slot)
{
    return (struct deed){.done = true, .bonus = PASS_BONUS};
}

const char *const sim_action_names[SIM_ACTIONS] = {"defend", "attack", "gather", "share", "move", "reproduce", "pass"};

struct deed actions_do(struct sim *world, uint32_t slot, enum sim_action action)
{
    static struct deed (*const rules[SIM_ACTIONS])(struct sim *, uint32_t) = {
        defend, attack, gather, share, move, reproduce, pass};
    return rules[action](world, slot);
}
