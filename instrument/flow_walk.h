/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk over one function that flow.c and flow_parts.c share. Not for others.
 */
#ifndef INSTRUMENT_FLOW_WALK_H
#define INSTRUMENT_FLOW_WALK_H

#include "instrument/claims.h"
#include "instrument/flow.h"

/* What break and continue jump out of. */
struct target {
    struct target *outer;
    bool is_loop, is_switch;
    struct value breaks, continues;
    struct value direct;         /* of a switch: jumps from its head to labels */
    bool has_default;
};

struct walk {
    const struct tree *t;
    struct flow *flow;
    struct flow_options options;
    struct target *target;
    uint32_t loop;               /* innermost loop that counts in locals, or 0 */
    struct claims claims;
    uint32_t *calls;             /* by node less first_node: index in flow->made + 1 */
    uint32_t first_node;
};

static const struct value dead = {DEAD, 0, 0}, unknown = {UNKNOWN, 0, 0}, nothing = {KNOWN, 0, 0};

static inline const struct tree_node *node(const struct walk *w, uint32_t id)
{
    return &w->t->nodes.items[id];
}

/* flow.c */
struct value flow_fresh(struct walk *w, enum flow_where where, uint32_t id);   /* a new counter */
struct value flow_add(struct walk *w, struct value a, struct value b);
struct value flow_subtract(struct walk *w, struct value a, struct value b);
void flow_claim_node(struct walk *w, uint32_t id, struct value e);             /* for its line, if that has none yet */
struct value flow_enter(struct walk *w, uint32_t body);                        /* a new counter at its start */
struct value flow_list(struct walk *w, uint32_t list, struct value e, bool is_value);

/* flow_parts.c */

/* State of control behind parts of an expression that is entered e times; KNOWN: it gets there e times. */
enum value_state flow_parts(struct walk *w, uint32_t list, struct value e);

/* How often control gets behind them. */
struct value flow_behind(struct walk *w, uint32_t list, struct value e);

#endif
