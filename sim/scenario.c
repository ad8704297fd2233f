/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario.h"

#include <string.h>

const struct scenario scenarios[] = {
    {"default", "three times ten agents in 100 x 100", "forager", 30, 20, 100, 100, 100},
    {"crowd", "many agents in little room", "forager", 400, 200, 60, 60, 200},
    {"sparse", "much room, long ways", "forager", 100, 120, 1000, 1000, 500},
    {"plenty", "goods without end: births until the world is full", "forager", 60, 400, 100, 100, 300},
    {"chaos", "everybody acts at random", "random", 150, 100, 100, 100, 300},
    {0},
};

const struct scenario *scenario_find(const char *name)
{
    for (const struct scenario *s = scenarios; s->name; s++)
        if (strcmp(s->name, name) == 0)
            return s;
    return NULL;
}

void scenario_split(struct sim_def *def, uint32_t agents)
{
    for (uint32_t type = 0; type < SIM_TYPES; type++)
        def->agents[type] = agents / SIM_TYPES + (type < agents % SIM_TYPES);
}

struct sim_def scenario_def(const struct scenario *s)
{
    struct sim_def def = sim_default();
    def.model = s->model;
    def.width = s->width;
    def.height = s->height;
    def.nodes = s->nodes;
    scenario_split(&def, s->agents);
    return def;
}
