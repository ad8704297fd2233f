/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/flow.h"

#include <stdlib.h>

#include "instrument/calls.h"
#include "instrument/flow_walk.h"
#include "instrument/trim.h"

static struct value walk_statement(struct walk *w, uint32_t id, struct value e);

/* ---- values ---- */

struct value flow_fresh(struct walk *w, enum flow_where where, uint32_t id)
{
    uint32_t first = (uint32_t)w->flow->terms.count;
    *vec_push(&w->flow->terms) = (struct sites_term){1, (uint32_t)w->flow->places.count};
    *vec_push(&w->flow->places) = (struct flow_place){where, id, w->loop, false};
    return (struct value){KNOWN, first, 1};
}

struct value flow_add(struct walk *w, struct value a, struct value b)
{
    return value_combine(&w->flow->terms, a, 1, b);
}

struct value flow_subtract(struct walk *w, struct value a, struct value b)
{
    return value_combine(&w->flow->terms, a, -1, b);
}

/* ---- lines ---- */

/* Index of the new line + 1, or 0 where the line has a count already. */
static uint32_t reserve(struct walk *w, uint32_t file, uint32_t line)
{
    if (!claims_take(&w->claims, file, line))
        return 0;
    *vec_push(&w->flow->lines) = (struct flow_line){.file = file, .line = line, .loop = w->loop != 0};
    return (uint32_t)w->flow->lines.count;
}

static void settle(struct walk *w, uint32_t reserved, struct value e)
{
    if (!reserved)
        return;
    struct sites_expr none = {TRIM_NO_COUNT, 0};
    w->flow->lines.items[reserved - 1].hits = e.state == KNOWN ? (struct sites_expr){e.first, e.count} : none;
}

static void claim(struct walk *w, uint32_t file, uint32_t line, struct value e)
{
    if (e.state == KNOWN && line)
        settle(w, reserve(w, file, line), e);
}

void flow_claim_node(struct walk *w, uint32_t id, struct value e)
{
    claim(w, node(w, id)->file, node(w, id)->line, e);
}

/* `condition` came out true so many times, and false. */
static void tell_branch(struct walk *w, uint32_t condition, struct value taken, struct value missed)
{
    const struct tree_node *n = node(w, condition);
    if (taken.state == KNOWN && missed.state == KNOWN && n->line)
        *vec_push(&w->flow->branches) = (struct flow_branch){
            n->file, n->line, {taken.first, taken.count}, {missed.first, missed.count}};
}

/* ---- where a counter at the start of something goes ---- */

/* C90 wants declarations first: the counter slides behind those that surely complete. */
static struct value fresh_among(struct walk *w, enum flow_where where, uint32_t id, uint32_t next)
{
    for (; next && node(w, next)->kind == TREE_DECLARE; next = node(w, next)->next) {
        if (calls_bar(w->t, next))
            return node(w, next)->cond ? flow_fresh(w, FLOW_OPERAND, node(w, next)->cond)
                                       : flow_fresh(w, FLOW_DECLARE, next);
        where = FLOW_AFTER;
        id = next;
    }
    return flow_fresh(w, where, id);
}

static struct value enter_warm(struct walk *w, uint32_t body)
{
    const struct tree_node *n = node(w, body);
    if (n->kind == TREE_BLOCK)
        return fresh_among(w, FLOW_OPEN, body, n->child);
    if (n->kind == TREE_IF && n->keeps_if)
        return flow_fresh(w, FLOW_OPERAND, n->cond);
    if (n->kind == TREE_SEALED)
        return unknown;
    return flow_fresh(w, FLOW_BEFORE, body);
}

struct value flow_enter(struct walk *w, uint32_t body)
{
    size_t places = w->flow->places.count;
    struct value e = enter_warm(w, body);
    for (size_t i = places; i < w->flow->places.count; i++)
        w->flow->places.items[i].cold = !w->loop && calls_end(w->t, body);
    return e;
}

struct value flow_list(struct walk *w, uint32_t list, struct value e, bool is_value)
{
    bool leading = true;
    for (uint32_t id = list; id; id = node(w, id)->next) {
        uint32_t next = node(w, id)->next;
        e = walk_statement(w, id, e);
        leading = leading && node(w, id)->kind == TREE_DECLARE;
        if (e.state == UNKNOWN && (next || !is_value))
            e = fresh_among(w, FLOW_AFTER, id, leading ? next : 0);
    }
    return e;
}

/* ---- statements ---- */

/* A body's end as a known value, at the price of a counter there. */
static struct value known_end(struct walk *w, uint32_t body, struct value end)
{
    return end.state == UNKNOWN && node(w, body)->kind != TREE_SEALED ? flow_fresh(w, FLOW_AFTER, body) : end;
}

static struct value walk_constant_if(struct walk *w, const struct tree_node *n, struct value e)
{
    bool is_true = n->constant == TREE_TRUE;
    struct value then_end = walk_statement(w, n->body, is_true ? e : dead);
    struct value else_end = is_true ? dead : e;
    if (n->other)
        else_end = walk_statement(w, n->other, else_end);
    return flow_add(w, then_end, else_end);
}

static struct value walk_if(struct walk *w, uint32_t id, struct value e)
{
    const struct tree_node *n = node(w, id);
    if (n->constant != TREE_VARIABLE)
        return walk_constant_if(w, n, e);
    flow_claim_node(w, id, e);
    struct value split = flow_behind(w, node(w, n->cond)->expr, e);
    struct value then_start = dead, else_start = dead;
    if (split.state == UNKNOWN) {
        then_start = flow_enter(w, n->body);
        else_start = n->other ? flow_enter(w, n->other) : unknown;
    } else if (split.state == KNOWN) {
        bool empty = tree_is_empty(w->t, n->body), stays = !tree_leaves(w->t, n->body);
        bool in_else = n->other && (empty || (tree_leaves(w->t, n->other) && stays));
        if (in_else) {
            else_start = flow_enter(w, n->other);
            then_start = flow_subtract(w, split, else_start);
        } else {
            then_start = flow_enter(w, n->body);
            else_start = flow_subtract(w, split, then_start);
        }
        if (then_start.state == UNKNOWN)
            then_start = flow_enter(w, n->body);
        if (n->other && else_start.state == UNKNOWN)
            else_start = flow_enter(w, n->other);
    }
    tell_branch(w, n->cond, then_start, else_start);
    struct value then_end = walk_statement(w, n->body, then_start);
    struct value else_end = n->other ? walk_statement(w, n->other, else_start) : else_start;
    /* `if (bad) complain();`: the branch is the cheaper place for what is not known behind it */
    if (else_end.state != UNKNOWN)
        then_end = known_end(w, n->body, then_end);
    else if (n->other && then_end.state != UNKNOWN)
        else_end = known_end(w, n->other, else_end);
    return flow_add(w, then_end, else_end);
}

static void open_target(struct walk *w, struct target *target, bool is_loop)
{
    *target = (struct target){.outer = w->target, .is_loop = is_loop, .is_switch = !is_loop};
    target->breaks = target->continues = target->direct = dead;
    w->target = target;
}

/* Evaluations of a condition in front of the body, and what comes behind the loop, once the body is walked. */
struct loop_counts {
    struct value evaluations, behind;
};

static struct loop_counts count_loop(struct walk *w, uint32_t id, struct value before, struct value v,
                                     struct value back)
{
    const struct tree_node *n = node(w, id);
    const struct target *target = w->target;
    bool through = flow_parts(w, node(w, n->cond)->expr, unknown) == KNOWN;
    struct value evaluations = flow_add(w, before, back);
    if (!through) {
        if (evaluations.state == UNKNOWN)
            evaluations = flow_fresh(w, FLOW_OPERAND, n->cond);
        return (struct loop_counts){evaluations, unknown};
    }
    struct value missed = flow_subtract(w, evaluations, v), behind = flow_add(w, missed, target->breaks);
    if (evaluations.state != UNKNOWN && behind.state != UNKNOWN) {
        tell_branch(w, n->cond, v, missed);
        return (struct loop_counts){evaluations, behind};
    }
    uint32_t outer = w->loop;
    w->loop = outer == id ? 0 : outer;
    behind = flow_fresh(w, FLOW_AFTER, id);
    w->loop = outer;
    missed = flow_subtract(w, behind, target->breaks);
    tell_branch(w, n->cond, v, missed);
    return (struct loop_counts){flow_add(w, v, missed), behind};
}

static void claim_step(struct walk *w, const struct tree_node *n, struct value steps)
{
    if (!n->step)
        return;
    const struct tree_node *step = node(w, n->step);
    if (steps.state == UNKNOWN)
        steps = flow_fresh(w, FLOW_OPERAND, n->step);
    flow_claim_node(w, n->step, steps);
    flow_parts(w, step->expr, steps);
}

/* A loop with a condition and an empty body: the condition itself is counted. */
static struct value walk_bodiless(struct walk *w, uint32_t id, struct value before)
{
    const struct tree_node *n = node(w, id);
    struct value evaluations = before.state == DEAD ? dead : flow_fresh(w, FLOW_OPERAND, n->cond);
    flow_claim_node(w, id, evaluations);
    flow_claim_node(w, n->cond, evaluations);
    enum value_state through = flow_parts(w, node(w, n->cond)->expr, evaluations);
    if (through == KNOWN)
        tell_branch(w, n->cond, flow_subtract(w, evaluations, before), before);
    if (n->kind == TREE_FOR && n->step) {
        enum value_state stepped = flow_parts(w, node(w, n->step)->expr, unknown);
        claim_step(w, n, stepped == KNOWN && through == KNOWN ? flow_subtract(w, evaluations, before) : unknown);
        through = value_worse(through, stepped);
    }
    return through == KNOWN ? before : through == DEAD ? dead : unknown;
}

static struct value walk_endless(struct walk *w, uint32_t id, struct value before)
{
    const struct tree_node *n = node(w, id);
    struct target target;
    bool init_here = n->kind == TREE_FOR && n->child && before.state != DEAD;
    bool step_here = n->kind == TREE_FOR && n->step && node(w, n->step)->line == n->line;
    uint32_t header = init_here || step_here ? reserve(w, n->file, n->line) : 0;
    open_target(w, &target, true);
    struct value end = walk_statement(w, n->body, flow_enter(w, n->body));
    if (n->kind == TREE_FOR && n->step) {
        struct value steps = flow_add(w, known_end(w, n->body, end), target.continues);
        if (steps.state == UNKNOWN)
            steps = flow_fresh(w, FLOW_OPERAND, n->step);
        settle(w, header, step_here && init_here ? flow_add(w, before, steps) : step_here ? steps : before);
        flow_claim_node(w, n->step, steps);
        flow_parts(w, node(w, n->step)->expr, steps);
    } else {
        settle(w, header, before);
    }
    w->target = target.outer;
    return target.breaks;
}

static struct value walk_conditional(struct walk *w, uint32_t id, struct value e, struct value before)
{
    const struct tree_node *n = node(w, id), *cond = node(w, n->cond);
    struct target target;
    bool cond_here = cond->line == n->line && cond->file == n->file;
    uint32_t header = reserve(w, n->file, n->line);
    uint32_t below = cond_here ? 0 : reserve(w, cond->file, cond->line);
    open_target(w, &target, true);
    struct value v = flow_enter(w, n->body);
    struct value end = walk_statement(w, n->body, v);
    struct value steps = flow_add(w, end, target.continues);
    bool steps_complete = !n->step || flow_parts(w, node(w, n->step)->expr, unknown) == KNOWN;
    struct value back = steps_complete ? steps : unknown;
    struct loop_counts counts = count_loop(w, id, before, v, back);
    if (steps.state == UNKNOWN && steps_complete)
        steps = flow_subtract(w, counts.evaluations, before);
    settle(w, header, cond_here ? counts.evaluations : e);
    settle(w, below, counts.evaluations);
    flow_parts(w, cond->expr, counts.evaluations);
    claim_step(w, n, steps);
    w->target = target.outer;
    return counts.behind;
}

static struct value walk_loop(struct walk *w, uint32_t id, struct value e)
{
    const struct tree_node *n = node(w, id);
    uint32_t outer = w->loop;
    struct value before = e;
    if (n->kind == TREE_FOR && n->child) {
        const struct tree_node *init = node(w, n->child);
        before = flow_behind(w, init->expr, e);
    }
    if (w->options.locals && n->tight && e.state == KNOWN)
        w->loop = id;
    struct value behind;
    if (!n->cond || n->constant == TREE_TRUE)
        behind = walk_endless(w, id, before);
    else if (node(w, n->body)->kind == TREE_NULL)
        behind = walk_bodiless(w, id, before);
    else
        behind = walk_conditional(w, id, e, before);
    w->loop = outer;
    return behind;
}

static struct value walk_do(struct walk *w, uint32_t id, struct value e)
{
    const struct tree_node *n = node(w, id);
    uint32_t outer = w->loop;
    struct target target;
    if (w->options.locals && n->tight && e.state == KNOWN)
        w->loop = id;
    open_target(w, &target, true);
    bool once = n->constant == TREE_FALSE, forever = n->constant == TREE_TRUE;
    bool empty = tree_is_empty(w->t, n->body);
    struct value v = once ? e : empty ? flow_fresh(w, FLOW_OPERAND, n->cond) : flow_enter(w, n->body);
    struct value end = walk_statement(w, n->body, v);
    struct value evaluations = flow_add(w, once ? end : known_end(w, n->body, end), target.continues);
    w->target = target.outer;
    struct value behind = target.breaks;
    if (once) {
        behind = flow_add(w, evaluations, target.breaks);
    } else if (!forever) {
        flow_claim_node(w, n->cond, evaluations);
        struct value through = flow_behind(w, node(w, n->cond)->expr, evaluations);
        struct value again = flow_subtract(w, v, e);
        tell_branch(w, n->cond, again, flow_subtract(w, through, again));
        behind = flow_add(w, flow_subtract(w, through, again), target.breaks);
    }
    w->loop = outer;
    return behind;
}

static struct value walk_switch(struct walk *w, uint32_t id, struct value e)
{
    const struct tree_node *n = node(w, id);
    struct target target;
    flow_claim_node(w, id, e);
    struct value split = flow_behind(w, node(w, n->cond)->expr, e);
    open_target(w, &target, false);
    struct value end = walk_statement(w, n->body, dead);
    w->target = target.outer;
    struct value arrived = flow_add(w, end, target.breaks);
    if (split.state == DEAD)
        return arrived;
    struct value passed = flow_subtract(w, split, target.direct);
    struct value behind = flow_add(w, arrived, passed);
    if (!target.has_default)
        return behind.state == DEAD ? unknown : behind;
    /* with a default nothing passes by, so `passed` is zero in fact: adding it may shorten the sum */
    if (arrived.state != KNOWN || (behind.state == KNOWN && behind.count < arrived.count))
        return arrived.state == DEAD ? dead : behind;
    return arrived;
}

static struct target *switch_around(struct walk *w)
{
    struct target *t = w->target;
    while (t && !t->is_switch)
        t = t->outer;
    return t;
}

static struct value walk_label(struct walk *w, uint32_t id, struct value e)
{
    uint32_t last = id;
    bool is_case = false, is_default = false;
    while (node(w, last)->kind == TREE_LABEL) {
        is_case |= node(w, last)->is_case;
        is_default |= node(w, last)->is_default;
        last = node(w, last)->child;
    }
    struct value v = node(w, last)->kind == TREE_SEALED ? unknown : flow_fresh(w, FLOW_BEFORE, last);
    struct target *target = is_case ? switch_around(w) : NULL;
    if (target) {
        target->direct = flow_add(w, target->direct, flow_subtract(w, v, e));
        target->has_default |= is_default;
    }
    flow_claim_node(w, id, v);
    return walk_statement(w, last, v);
}

static struct value walk_jump(struct walk *w, uint32_t id, struct value e)
{
    const struct tree_node *n = node(w, id);
    struct target *t = w->target;
    flow_claim_node(w, id, e);
    if (n->kind == TREE_BREAK && t)
        t->breaks = flow_add(w, t->breaks, e);
    if (n->kind == TREE_CONTINUE) {
        while (t && !t->is_loop)
            t = t->outer;
        if (t)
            t->continues = flow_add(w, t->continues, e);
    }
    flow_parts(w, n->expr, e);
    return dead;
}

/* What it jumps to, and which labels it holds, is not known. Parts of it may count by themselves. */
static struct value walk_sealed(struct walk *w, uint32_t id)
{
    for (uint32_t part = node(w, id)->child; part; part = node(w, part)->next) {
        const struct tree_node *n = node(w, part);
        if (n->kind == TREE_BLOCK)
            flow_list(w, n->child, flow_enter(w, part), false);
        else
            walk_statement(w, part, flow_enter(w, part));
    }
    for (struct target *t = w->target; t; t = t->outer)
        t->breaks = t->continues = t->direct = unknown;
    return unknown;
}

static struct value walk_region(struct walk *w, uint32_t id)
{
    const struct tree_node *n = node(w, id);
    flow_list(w, n->child, flow_enter(w, id), false);
    return unknown;
}

static struct value walk_statement(struct walk *w, uint32_t id, struct value e)
{
    const struct tree_node *n = node(w, id);
    bool is_loop = n->kind == TREE_WHILE || n->kind == TREE_FOR || n->kind == TREE_DO;
    if (is_loop && e.state == DEAD && !n->labels)
        return dead;
    switch (n->kind) {
    case TREE_BLOCK:
        return n->region ? walk_region(w, id) : flow_list(w, n->child, e, false);
    case TREE_NULL:
        return e;
    case TREE_IF:
        return walk_if(w, id, e);
    case TREE_WHILE: case TREE_FOR:
        return walk_loop(w, id, e);
    case TREE_DO:
        return walk_do(w, id, e);
    case TREE_SWITCH:
        return walk_switch(w, id, e);
    case TREE_LABEL:
        return walk_label(w, id, e);
    case TREE_RETURN: case TREE_GOTO: case TREE_BREAK: case TREE_CONTINUE:
        return walk_jump(w, id, e);
    case TREE_SEALED:
        return walk_sealed(w, id);
    default:
        flow_claim_node(w, id, e);
        return flow_behind(w, n->expr, e);
    }
}

/* ---- the function ---- */

static bool lists_closing_brace(const struct tree_function *f)
{
    return !f->is_main && (!f->is_void || !f->has_return);
}

void flow_walk(const struct tree *t, const struct tree_function *f, struct flow_options options, struct flow *flow)
{
    vec_clear(&flow->terms);
    vec_clear(&flow->places);
    vec_clear(&flow->lines);
    vec_clear(&flow->branches);
    vec_clear(&flow->made);
    struct walk w = {.t = t, .flow = flow, .options = options, .first_node = f->first_node};
    w.calls = xcalloc(t->nodes.count - f->first_node, sizeof *w.calls);
    struct value calls = flow_fresh(&w, FLOW_ENTRY, f->body);
    flow->calls = (struct sites_expr){calls.first, calls.count};
    claim(&w, f->file, f->line, calls);
    struct value end = walk_statement(&w, f->body, calls);
    if (lists_closing_brace(f))
        claim(&w, node(&w, f->body)->file, f->end_line, end);
    claims_release(&w.claims);
    free(w.calls);
}

void flow_release(struct flow *flow)
{
    vec_release(&flow->terms);
    vec_release(&flow->places);
    vec_release(&flow->lines);
    vec_release(&flow->branches);
    vec_release(&flow->made);
}
