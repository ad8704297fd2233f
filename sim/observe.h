/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an agent perceives of the world around it.
 */
#ifndef SIM_OBSERVE_H
#define SIM_OBSERVE_H

#include "sim/world.h"

/* Others as they stood at the start of the step, goods as they are now. `near` is scratch for as many points as there
 * may be agents or nodes. */
void observe(const struct sim *world, const struct agent *self, struct grid_point *near, struct sim_view *view);

#endif
