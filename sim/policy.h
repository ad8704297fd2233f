/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How agents choose. One policy a file in sim/policy/, its descriptor last; a new one is that file, a line in policy.c
 * and one in each list of sources.
 *
 * A step asks in this order: `decide` for all who act (by several threads at once, each with batches of its own), then,
 * one agent after the other in the order of slots, the act followed by `acted`; at the end `born` and `died` have been
 * called as it happened, and `learn` is called once. Everything but decide runs in one thread.
 */
#ifndef SIM_POLICY_H
#define SIM_POLICY_H

#include "sim/world.h"

/* Decisions asked for at once. With decide = each the count is always 1, else up to learn.batch; of all types mixed. */
struct batch {
    uint32_t count;
    uint32_t thread;             /* 0 .. def.threads - 1: whose scratch memory to use */
    const uint32_t *who;         /* slots in world->agents, in any order */
    const float *const *views;   /* valid during the call only */
    uint8_t *actions;            /* the answer: enum sim_action, only allowed ones */
    uint32_t allowed;            /* a bit for each action, never 0: the curriculum's */
};

#define DEATH_REWARD (-10.0f)

/* What came of one decision. */
struct outcome {
    uint32_t who;
    enum sim_action action;
    bool done;                   /* the rules let it */
    float reward;
};

struct policy {
    const char *name, *summary;
    /* Makes world->brain. False: out of memory. All but decide may be NULL. */
    bool (*open)(struct sim *world);
    void (*close)(struct sim *world);
    void (*decide)(struct sim *world, const struct batch *batch);
    void (*acted)(struct sim *world, const struct outcome *outcome);
    void (*born)(struct sim *world, uint32_t child, uint32_t parent);   /* parent: UINT32_MAX for the first agents */
    void (*died)(struct sim *world, uint32_t who);       /* its last act was worth DEATH_REWARD besides */
    void (*learn)(struct sim *world);            /* the step is over; the place for deferred training */
    uint64_t (*hash)(const struct sim *world, uint64_t hash);
    void (*account)(const struct sim *world, struct sim_bytes *bytes, struct sim_counters *counters);    /* adds */
};

extern const struct policy *const policies[];            /* NULL-ended; the first is the default */
const struct policy *policy_find(const char *name);      /* NULL: there is none of this name */

/* Draws one of the allowed actions by the weights of the agent's genome: exploration, and the whole of `random`. */
enum sim_action policy_draw(struct agent *self, uint32_t allowed);

#endif
