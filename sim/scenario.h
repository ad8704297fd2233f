/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Named set-ups, shared by tests, benches and people who want to talk about the same world.
 */
#ifndef SIM_SCENARIO_H
#define SIM_SCENARIO_H

#include "sim/sim.h"

struct scenario {
    const char *name, *summary;
    uint32_t agents;
    const char *set[12];         /* KEY=VALUE, ended by NULL */
};

extern const struct scenario scenarios[];        /* ended by a name NULL; the first is the default */
const struct scenario *scenario_find(const char *name);      /* NULL: there is none of this name */
struct sim_def scenario_def(const struct scenario *s);

/* Shares out agents to the types as evenly as possible, the first types first. */
void scenario_split(struct sim_def *def, uint32_t agents);

#endif
