/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goes where the view pulls it and weighs actions by what it sees and lacks; types differ in what attracts them.
 */
#include <math.h>

#include "sim/model.h"

/* How far each channel of the view pulls (or pushes) an agent towards its squares. */
static const float attraction[SIM_TYPES][SIM_CHANNELS] = {
    [SIM_SYSTEM] = {[SIM_ALLIES] = 0.3f, [SIM_ENEMIES] = -0.2f, [SIM_GOODS] = 1, [SIM_EMPTY] = -0.002f},
    [SIM_INDEPENDENT] = {[SIM_ALLIES] = -0.1f, [SIM_ENEMIES] = 0.2f, [SIM_GOODS] = 1, [SIM_EMPTY] = -0.002f},
    [SIM_CONTROL] = {[SIM_GOODS] = 1},
};

static const float weight[SIM_TYPES][SIM_ACTIONS] = {
    [SIM_SYSTEM] = {0.25f, 0.05f, 0.30f, 0.30f, 0.40f, 0.15f, 0.05f},
    [SIM_INDEPENDENT] = {0.25f, 0.25f, 0.30f, 0.05f, 0.40f, 0.15f, 0.05f},
    [SIM_CONTROL] = {0.25f, 0.10f, 0.30f, 0.20f, 0.40f, 0.15f, 0.05f},
};

/* What a channel adds up to, and where its weight lies relative to the agent. */
struct mass {
    float sum, x, y;
};

static struct mass channel_mass(const float cell[SIM_SIDE][SIM_SIDE])
{
    struct mass m = {0};
    for (int row = 0; row < SIM_SIDE; row++) {
        for (int column = 0; column < SIM_SIDE; column++) {
            float value = cell[row][column];
            m.sum += value;
            m.x += value * (float)(column - SIM_SIGHT);
            m.y += value * (float)(row - SIM_SIGHT);
        }
    }
    return m;
}

/* The pull as a move, or a random direction where nothing pulls. */
static void aim(struct choice *c, float x, float y, float max_move, struct rng *rng)
{
    float length = sqrtf(x * x + y * y);
    while (length < 0.05f) {
        x = rng_unit(rng) - 0.5f;
        y = rng_unit(rng) - 0.5f;
        length = sqrtf(x * x + y * y);
    }
    float scale = length > 1 ? max_move / length : max_move;
    c->dx = x * scale;
    c->dy = y * scale;
}

static enum sim_action draw(const float *score, struct rng *rng)
{
    float sum = 0;
    for (int a = 0; a < SIM_ACTIONS; a++)
        sum += score[a];
    float at = rng_unit(rng) * sum;
    for (int a = 0; a < SIM_PASS; a++) {
        at -= score[a];
        if (at < 0)
            return a;
    }
    return SIM_PASS;
}

static float at_most_one(float value)
{
    return value > 1 ? 1 : value;
}

static struct choice choose(const struct sim_def *def, struct agent *self, const struct sim_view *view)
{
    struct mass mass[SIM_CHANNELS];
    float x = 0, y = 0;
    for (int c = 0; c < SIM_CHANNELS; c++) {
        mass[c] = channel_mass(view->cell[c]);
        x += attraction[self->type][c] * mass[c].x;
        y += attraction[self->type][c] * mass[c].y;
    }
    float hunger = 1 - at_most_one((float)self->goods / (float)(def->birth_least + def->birth_gift));
    float wounds = 1 - (float)self->health / (float)def->start_health;
    float enemies = at_most_one(mass[SIM_ENEMIES].sum), allies = at_most_one(mass[SIM_ALLIES].sum);
    const float *w = weight[self->type];
    float score[SIM_ACTIONS] = {
        [SIM_DEFEND] = w[SIM_DEFEND] * (enemies + wounds) * 0.5f,
        [SIM_ATTACK] = w[SIM_ATTACK] * enemies * (0.5f + hunger),
        [SIM_GATHER] = w[SIM_GATHER] * (0.2f + at_most_one(mass[SIM_GOODS].sum)) * (0.5f + 2 * hunger),
        [SIM_SHARE] = w[SIM_SHARE] * allies * (1 - hunger),
        [SIM_MOVE] = w[SIM_MOVE],
        [SIM_REPRODUCE] = self->goods >= def->birth_least + def->birth_gift ? 2 * w[SIM_REPRODUCE] : 0,
        [SIM_PASS] = w[SIM_PASS],
    };
    struct choice c = {.action = draw(score, &self->rng)};
    if (c.action == SIM_MOVE)
        aim(&c, x, y, def->max_move, &self->rng);
    return c;
}

const struct model model_forager = {"forager", "goes where goods are, minds friends and enemies", choose};
