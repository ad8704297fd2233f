/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of flow.c's walk that is inside of expressions.
 */
#include "instrument/calls.h"
#include "instrument/flow_walk.h"

/* ---- calls ---- */

/* An expression may be walked again, when more is known of how often it is evaluated. */
static void note_call(struct walk *w, uint32_t list, uint32_t call, struct value e)
{
    if (!w->t->callees.items[node(w, call)->callee].internal)
        return;
    uint32_t *at = &w->calls[call - w->first_node];
    if (!*at) {
        *vec_push(&w->flow->made) = (struct flow_call){call, false, {0, 0}};
        *at = (uint32_t)w->flow->made.count;
    }
    struct flow_call *made = &w->flow->made.items[*at - 1];
    if (!made->sure && e.state == KNOWN && calls_are_sure(w->t, list, call))
        *made = (struct flow_call){call, true, {e.first, e.count}};
}

/* ---- expressions ---- */

/* State of control behind parts of an expression that is entered e times. *lost grows by how often control stayed away
 * in operands that never end, such as the call in an assert: what is not lost gets behind them. */
static enum value_state walk_lossy(struct walk *w, uint32_t list, struct value e, struct value *lost);

enum value_state flow_parts(struct walk *w, uint32_t list, struct value e)
{
    struct value lost = nothing;
    enum value_state behind = walk_lossy(w, list, e, &lost);
    return behind == KNOWN && lost.count ? UNKNOWN : behind;
}

/* It may not be evaluated at all, so control is not dead behind it. */
static enum value_state walk_operand(struct walk *w, uint32_t id, struct value *lost)
{
    const struct tree_node *n = node(w, id);
    size_t place = w->flow->places.count;
    struct value e = n->countable ? flow_fresh(w, FLOW_OPERAND, id) : unknown, within = nothing;
    enum value_state behind = walk_lossy(w, n->expr, e, &within);
    if (behind == UNKNOWN || (behind == DEAD && e.state != KNOWN))
        return UNKNOWN;
    if (behind == DEAD)
        w->flow->places.items[place].cold = !w->loop;
    *lost = flow_add(w, *lost, behind == DEAD ? e : within);
    return lost->state;
}

/* What does not come out of a statement expression is known where its end hangs on its start: nothing between them
 * returned twice. */
static enum value_state walk_inner(struct walk *w, uint32_t id, struct value *lost)
{
    uint32_t block = node(w, id)->child;
    struct target *target = w->target;
    struct value start = flow_enter(w, block);
    struct value end = flow_list(w, node(w, block)->child, start, true);
    w->target = target;
    struct value within = end.state == KNOWN && start.state == KNOWN ? flow_subtract(w, start, end) : unknown;
    for (uint32_t i = 0; within.state == KNOWN && i < within.count; i++)
        if (w->flow->terms.items[within.first + i].counter == w->flow->terms.items[start.first].counter)
            return UNKNOWN;
    *lost = flow_add(w, *lost, within);
    return lost->state;
}

static enum value_state walk_lossy(struct walk *w, uint32_t list, struct value e, struct value *lost)
{
    enum value_state behind = KNOWN;
    for (uint32_t id = list; id; id = node(w, id)->next) {
        const struct tree_node *n = node(w, id);
        switch (n->kind) {
        case TREE_SPOT:
            flow_claim_node(w, id, e);
            break;
        case TREE_CALL: {
            flow_claim_node(w, id, e);
            note_call(w, list, id, e);
            enum tree_fate fate = w->t->callees.items[n->callee].fate;
            behind = value_worse(behind, fate == TREE_RETURNS ? KNOWN : fate == TREE_NEVER ? DEAD : UNKNOWN);
            break;
        }
        case TREE_OPERAND:
            behind = value_worse(behind, walk_operand(w, id, lost));
            break;
        case TREE_INNER:
            behind = value_worse(behind, walk_inner(w, id, lost));
            break;
        }
    }
    return behind;
}

struct value flow_behind(struct walk *w, uint32_t list, struct value e)
{
    struct value lost = nothing;
    enum value_state behind = walk_lossy(w, list, e, &lost);
    if (e.state == DEAD || behind == DEAD)
        return dead;
    return behind == KNOWN ? flow_subtract(w, e, lost) : unknown;
}
