/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The seven things that an agent can do.
 */
#ifndef SIM_ACTIONS_H
#define SIM_ACTIONS_H

#include "sim/world.h"

/* What an action did: what it was done to, how much, and what the act alone is worth to its agent. */
struct deed {
    bool done;                   /* else the rules forbid it just now, and nothing has changed */
    uint32_t target;             /* as in struct act_event */
    int32_t amount;
    float bonus;
};

struct deed actions_do(struct sim *world, uint32_t slot, enum sim_action action);

#endif
