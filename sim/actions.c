/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/actions.h"

#include "sim/agents.h"

void actions_kill(struct sim *world, struct agent *victim, uint64_t *cause)
{
    victim->alive = false;
    world->totals.lost += victim->goods;
    victim->goods = 0;
    ++*cause;
}

static float distance2(const struct agent *self, float x, float y)
{
    float dx = x - self->x, dy = y - self->y;
    return dx * dx + dy * dy;
}

static bool defend(struct sim *world, struct agent *self, const struct choice *choice)
{
    const struct sim_def *def = &world->def;
    self->defense_steps = def->defense_steps;
    self->health += def->defense_heal;
    if (self->health > def->start_health)
        self->health = def->start_health;
    return true;
}

/* The nearest enemy in reach; of two equally near ones the first in the grid's order. */
static struct agent *nearest_enemy(struct sim *world, const struct agent *self)
{
    uint32_t count = grid_near(&world->agents_grid, self->x, self->y, world->def.attack_range, world->near);
    struct agent *best = NULL;
    float least = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct agent *other = &world->agents[world->near[i].index];
        float d = distance2(self, other->x, other->y);
        if (!other->alive || other->type == self->type || (best && d >= least))
            continue;
        best = other;
        least = d;
    }
    return best;
}

static bool attack(struct sim *world, struct agent *self, const struct choice *choice)
{
    struct agent *enemy = nearest_enemy(world, self);
    if (!enemy)
        return false;
    int64_t damage = (int64_t)world->def.attack_damage * self->health / world->def.start_health;
    if (enemy->defense_steps)
        damage /= 2;
    enemy->health -= (int32_t)damage;
    if (enemy->health <= 0)
        actions_kill(world, enemy, &world->totals.deaths_by_force);
    return true;
}

static bool gather(struct sim *world, struct agent *self, const struct choice *choice)
{
    uint32_t count = grid_near(&world->nodes_grid, self->x, self->y, world->def.gather_range, world->near);
    struct node *best = NULL;
    float least = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct node *node = &world->nodes[world->near[i].index];
        float d = distance2(self, node->x, node->y);
        if (!node->goods || (best && d >= least))
            continue;
        best = node;
        least = d;
    }
    if (!best)
        return false;
    int32_t taken = best->goods < world->def.max_gather ? best->goods : world->def.max_gather;
    best->goods -= taken;
    self->goods += taken;
    return true;
}

static bool share(struct sim *world, struct agent *self, const struct choice *choice)
{
    const struct sim_def *def = &world->def;
    if (self->goods < def->share_keep + def->share_goods)
        return false;
    uint32_t count = grid_near(&world->agents_grid, self->x, self->y, def->share_range, world->near);
    struct agent *poorest = NULL;
    for (uint32_t i = 0; i < count; i++) {
        struct agent *other = &world->agents[world->near[i].index];
        if (other->alive && other != self && other->type == self->type && (!poorest || other->goods < poorest->goods))
            poorest = other;
    }
    if (!poorest)
        return false;
    self->goods -= def->share_goods;
    poorest->goods += def->share_goods;
    return true;
}

static bool move(struct sim *world, struct agent *self, const struct choice *choice)
{
    float x = self->x + choice->dx, y = self->y + choice->dy;
    if (x < 0 || y < 0 || x > world->def.width || y > world->def.height)
        return false;
    self->x = x;
    self->y = y;
    return true;
}

static bool reproduce(struct sim *world, struct agent *self, const struct choice *choice)
{
    const struct sim_def *def = &world->def;
    if (self->goods < def->birth_least + def->birth_gift || rng_unit(&self->rng) >= def->birth_chance)
        return false;
    struct agent *child = agents_add(world, self->type, self->x, self->y);
    if (!child)
        return false;
    child->ancestors = self->ancestors + 1;
    child->goods = def->birth_gift;
    self->goods -= def->birth_gift + def->birth_cost;
    world->totals.born += def->birth_cost;
    world->totals.births++;
    return true;
}

static bool pass(struct sim *world, struct agent *self, const struct choice *choice)
{
    return true;
}

const char *const sim_action_names[SIM_ACTIONS] = {"defend", "attack", "gather", "share", "move", "reproduce", "pass"};

bool actions_do(struct sim *world, struct agent *self, const struct choice *choice)
{
    static bool (*const rules[SIM_ACTIONS])(struct sim *, struct agent *, const struct choice *) = {
        defend, attack, gather, share, move, reproduce, pass};
    return rules[choice->action](world, self, choice);
}
