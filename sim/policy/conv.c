/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AgentFarm's network: three convolutions, then 512, 256 and the actions; through BLAS.
 */
#include "sim/brain.h"

static bool open_conv(struct sim *world)
{
    return brain_open(world, NET_CONV);
}

const struct policy policy_conv = {
    .name = "conv", .summary = "AgentFarm's convolutional network that learns (DQN)", .open = open_conv,
    .close = brain_close, .decide = brain_decide, .acted = brain_acted, .born = brain_born, .died = brain_died,
    .learn = brain_learn, .hash = brain_hash, .account = brain_account,
};
