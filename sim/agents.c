/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/agents.h"

#include "sim/actions.h"
#include "sim/model.h"
#include "sim/observe.h"

struct agent *agents_add(struct sim *world, enum sim_type type, float x, float y)
{
    struct agent *a;
    if (world->vacant_count)
        a = &world->agents[world->vacant[--world->vacant_count]];
    else if (world->slots < world->def.max_agents)
        a = &world->agents[world->slots++];
    else
        return NULL;
    *a = (struct agent){.x = x, .y = y, .health = world->def.start_health, .generation = a->generation + 1,
                        .born = world->step, .type = type, .alive = true};
    rng_init(&a->rng, world->def.seed, ++world->streams);
    return a;
}

void agents_bury(struct sim *world)
{
    world->vacant_count = 0;
    for (uint32_t i = world->slots; i-- > 0;)
        if (!world->agents[i].alive)
            world->vacant[world->vacant_count++] = i;
}

/* False: it starved to death. */
static bool eat(struct sim *world, struct agent *self)
{
    int32_t eaten = self->goods < world->def.consumption ? self->goods : world->def.consumption;
    self->goods -= eaten;
    world->totals.eaten += eaten;
    self->hungry_steps = self->goods ? 0 : self->hungry_steps + 1;
    if (self->hungry_steps < world->def.starvation)
        return true;
    actions_kill(world, self, &world->totals.deaths_of_hunger);
    return false;
}

void agent_act(struct sim *world, struct agent *self)
{
    if (!eat(world, self))
        return;
    if (self->defense_steps)
        self->defense_steps--;
    struct sim_view view;
    observe(world, self, world->near, &view);
    struct choice choice = world->model->choose(&world->def, self, &view);
    world->totals.tried[choice.action]++;
    world->totals.done[choice.action] += actions_do(world, self, &choice);
}
