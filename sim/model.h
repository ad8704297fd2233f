/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How agents choose. One model a file in sim/model/, its descriptor last; a new one is that file, a line in model.c and
 * one in each list of sources.
 */
#ifndef SIM_MODEL_H
#define SIM_MODEL_H

#include "sim/world.h"

struct choice {
    enum sim_action action;
    float dx, dy;                /* where to, if it is SIM_MOVE; no longer than max_move */
};

struct model {
    const char *name, *summary;
    struct choice (*choose)(const struct sim_def *def, struct agent *self, const struct sim_view *view);
};

extern const struct model *const models[];       /* NULL-ended; the first is the default */
const struct model *model_find(const char *name);        /* NULL: there is none of this name */

#endif
