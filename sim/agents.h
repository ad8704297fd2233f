/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who lives in a world: births, deaths, and what one agent does in a step.
 */
#ifndef SIM_AGENTS_H
#define SIM_AGENTS_H

#include "sim/world.h"

/* One of the first agents, without goods. NULL: out of memory. */
struct agent *agents_add(struct sim *world, enum sim_type type, float x, float y);

/* A child without goods where its parent stands: of its type, with its genome, some weights of it mutated. NULL: the
 * world is full. */
struct agent *agents_child(struct sim *world, uint32_t parent);

/* Takes health (gives, if negative); whoever has none left dies. */
void agents_hurt(struct sim *world, uint32_t slot, int32_t damage, uint32_t by);

/* Makes the slots of the dead vacant; between steps only. */
void agents_bury(struct sim *world);

/* Eating, starving, and a defence that wears off. False: it starved to death. */
bool agents_live(struct sim *world, uint32_t slot);

/* Does what was decided, and tells the policy how it went. */
void agent_act(struct sim *world, uint32_t slot, enum sim_action action);

#endif
