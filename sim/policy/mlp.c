/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small network with one hidden layer; inferred in a fixed order, the same bits everywhere.
 */
#include "sim/brain.h"

static bool open_mlp(struct sim *world)
{
    return brain_open(world, NET_MLP);
}

const struct policy policy_mlp = {
    .name = "mlp", .summary = "a network with one hidden layer that learns (DQN)", .open = open_mlp,
    .close = brain_close, .decide = brain_decide, .acted = brain_acted, .born = brain_born, .died = brain_died,
    .learn = brain_learn, .hash = brain_hash, .account = brain_account,
};
