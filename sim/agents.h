/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who lives in a world: births, deaths, and what one agent does in a step.
 */
#ifndef SIM_AGENTS_H
#define SIM_AGENTS_H

#include "sim/world.h"

/* A new agent without goods, or NULL where the world is full. */
struct agent *agents_add(struct sim *world, enum sim_type type, float x, float y);

/* Makes the slots of the dead vacant; between steps only. */
void agents_bury(struct sim *world);

/* Eats, starves, looks, chooses, does. */
void agent_act(struct sim *world, struct agent *self);

#endif
