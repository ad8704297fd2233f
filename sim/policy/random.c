/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Actions drawn by the weights of each agent's genome, whatever is seen: the yardstick for the other policies.
 */
#include "sim/policy.h"

static void decide(struct sim *world, const struct batch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++)
        batch->actions[i] = (uint8_t)policy_draw(&world->agents[batch->who[i]], batch->allowed);
}

const struct policy policy_random = {.name = "random", .summary = "draws by the weights of the genome",
                                     .decide = decide};
