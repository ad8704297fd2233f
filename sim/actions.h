/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The seven things that an agent can do.
 */
#ifndef SIM_ACTIONS_H
#define SIM_ACTIONS_H

#include "sim/model.h"
#include "sim/world.h"

/* False where the rules forbid it just now; nothing has changed then. */
bool actions_do(struct sim *world, struct agent *self, const struct choice *choice);

/* An agent's end: what it held is lost. */
void actions_kill(struct sim *world, struct agent *victim, uint64_t *cause);

#endif
