/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happened in a step, in the order in which it happened. Agents are named by their `id` of struct agent, which
 * nobody else ever gets; collected only where somebody listens.
 */
#ifndef SIM_EVENTS_H
#define SIM_EVENTS_H

#include "sim/sim.h"

#define EVENTS_NOBODY 0u                 /* ids start at 1 */

struct act_event {
    uint32_t id, target;                 /* target: of attack and share an agent, of gather the node + 1 */
    enum sim_action action;
    bool done;
    int32_t goods_before, goods_after;
    int32_t amount;                      /* damage, goods gathered or given */
    float reward;
};

struct health_event {
    uint32_t id, cause;                  /* cause: who did it; EVENTS_NOBODY: healed itself or starved */
    int32_t before, after;
};

struct birth_event {                     /* also each refused attempt */
    uint32_t parent, child;              /* child: EVENTS_NOBODY where the attempt failed */
    uint32_t child_slot;                 /* in world->agents; alive at the end of the step or not */
    int32_t parent_goods_before, parent_goods_after;
    const char *reason;                  /* NULL, or why it failed */
};

enum death_cause { DEATH_HUNGER, DEATH_FORCE };

struct death_event {
    uint32_t id, slot;
    enum death_cause cause;
    enum sim_type type;
    float x, y;
    uint64_t born;
};

struct events {
    bool listening;                      /* else nothing is collected */
    struct act_event *acts;
    struct health_event *healths;
    struct birth_event *births;
    struct death_event *deaths;
    uint32_t act_count, health_count, birth_count, death_count;
    uint32_t act_room, health_room, birth_room, death_room;
};

void events_clear(struct events *e);
void events_release(struct events *e);

/* Each copies its event where the events are listened to. */
void events_act(struct events *e, const struct act_event *event);
void events_health(struct events *e, const struct health_event *event);
void events_birth(struct events *e, const struct birth_event *event);
void events_death(struct events *e, const struct death_event *event);

#endif
