/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/settings.h"

const struct scenario scenarios[] = {
    {"default", "three times ten agents in 100 x 100", 30, {"world.nodes=20"}},
    {"crowd", "many agents in little room", 400,
     {"policy=forager", "world.nodes=200", "world.width=60", "world.height=60", "steps=200", "curriculum.first_end=20",
      "curriculum.second_end=40"}},
    {"sparse", "much room, long ways", 100,
     {"policy=forager", "world.nodes=120", "world.width=1000", "world.height=1000", "steps=300"}},
    {"plenty", "goods without end: births until the world is full", 60,
     {"policy=forager", "world.nodes=400", "agents.max=240", "steps=300", "resources.regrowth_chance=0.5",
      "curriculum.first_end=0", "curriculum.second_end=0"}},
    {"minds", "networks that do not learn: the same everywhere", 90,
     {"policy=mlp", "learn.train=never", "learn.explore=0.2", "learn.explore_decay=1", "world.nodes=60", "steps=150",
      "curriculum.first_end=20", "curriculum.second_end=40"}},
    {"school", "200 agents that learn, a network per type, logged", 200,
     {"policy=mlp", "world.nodes=133", "agents.max=400", "steps=1000", "log.where=disk", "log.pragmas=performance",
      "log.buffer=4000"}},
    {"chaos", "everybody acts at random", 150,
     {"policy=random", "world.nodes=100", "steps=300", "curriculum.first_end=0", "curriculum.second_end=0"}},
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
    char problem[SETTING_PROBLEM];
    scenario_split(&def, s->agents);
    for (const char *const *set = s->set; *set; set++) {
        if (!settings_assign(&def, *set, problem)) {
            fprintf(stderr, "farmsim: BUG: scenario %s: %s\n", s->name, problem);
            abort();
        }
    }
    return def;
}
