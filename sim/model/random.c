/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every action equally likely, whatever is seen: the yardstick for the other models.
 */
#include "sim/model.h"

static struct choice choose(const struct sim_def *def, struct agent *self, const struct sim_view *view)
{
    static const float directions[4][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
    enum sim_action action = rng_below(&self->rng, SIM_ACTIONS);
    const float *to = directions[rng_below(&self->rng, 4)];
    return (struct choice){action, to[0] * def->max_move, to[1] * def->max_move};
}

const struct model model_random = {"random", "every action equally likely", choose};
