/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weighs actions by what is seen and lacked, without learning: a world that lives, at little cost.
 */
#include "sim/policy.h"

static float at_most_one(float value)
{
    return value > 1 ? 1 : value;
}

static float channel_sum(const struct sim *world, const float *view, enum sim_channel channel)
{
    uint32_t cells = world->sight.cells;
    float sum = 0;
    for (uint32_t i = 0; i < cells; i++)
        sum += view[channel * cells + i];
    return at_most_one(sum);
}

static enum sim_action draw(const float *score, uint32_t allowed, struct rng *rng)
{
    float sum = 0;
    enum sim_action last = 0;
    for (enum sim_action a = 0; a < SIM_ACTIONS; a++) {
        if (!(allowed >> a & 1))
            continue;
        sum += score[a];
        last = a;
    }
    float at = rng_unit(rng) * sum;
    for (enum sim_action a = 0; a < last; a++) {
        at -= allowed >> a & 1 ? score[a] : 0;
        if (at < 0)
            return a;
    }
    return last;
}

static enum sim_action choose(const struct sim *world, struct agent *self, const float *view, uint32_t allowed)
{
    const struct sim_def *def = &world->def;
    float enemies = channel_sum(world, view, SIM_ENEMIES), allies = channel_sum(world, view, SIM_ALLIES);
    float goods = channel_sum(world, view, SIM_GOODS);
    float hunger = 1 - at_most_one((float)self->goods / (float)(def->birth_least + def->birth_gift));
    float wounds = 1 - (float)self->health / (float)def->start_health;
    const float *w = self->genome;
    const float score[SIM_ACTIONS] = {
        [SIM_DEFEND] = w[SIM_DEFEND] * (enemies + wounds) * 0.5f,
        [SIM_ATTACK] = w[SIM_ATTACK] * enemies * (0.5f + hunger),
        [SIM_GATHER] = w[SIM_GATHER] * (0.2f + goods) * (0.5f + 2 * hunger),
        [SIM_SHARE] = w[SIM_SHARE] * allies * (1 - hunger),
        [SIM_MOVE] = w[SIM_MOVE] * (1.2f - goods),
        [SIM_REPRODUCE] = self->goods >= def->birth_least + def->birth_gift ? 2 * w[SIM_REPRODUCE] : 0,
        [SIM_PASS] = w[SIM_PASS],
    };
    return draw(score, allowed, &self->rng);
}

static void decide(struct sim *world, const struct batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++)
        batch->actions[i] = (uint8_t)choose(world, &world->agents[batch->who[i]], batch->views[i], batch->allowed);
}

const struct policy policy_forager = {.name = "forager", .summary = "weighs actions by what it sees and lacks",
                                      .decide = decide};
