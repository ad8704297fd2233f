/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/lap.h"

#include <string.h>

struct walk {
    const struct tree *t;
    const struct tree_function *f;
    struct laps *laps;
    uint32_t known;              /* slot + 1 of the line found last: the next one is mostly near */
};

typedef struct lap_line spot;    /* line 0: not known */

static const spot unknown = {0, 0};

static const struct tree_node *node(const struct walk *w, uint32_t id)
{
    return &w->t->nodes.items[id];
}

static bool same(spot a, spot b)
{
    return a.line == b.line && a.file == b.file;
}

/* Where a node's code begins, as far as it has any. */
static spot spot_of(const struct walk *w, uint32_t id)
{
    const struct tree_node *n = node(w, id);
    if (n->line)
        return (spot){n->file, n->line};
    for (uint32_t part = n->expr; part; part = node(w, part)->next)
        if (node(w, part)->line)
            return (spot){node(w, part)->file, node(w, part)->line};
    return unknown;
}

static uint32_t slot_of(struct walk *w, spot s)
{
    for (size_t i = w->laps->lines.count; i-- > 0;)
        if (same(w->laps->lines.items[i], s))
            return (uint32_t)i + 1;
    *vec_push(&w->laps->lines) = s;
    return (uint32_t)w->laps->lines.count;
}

/* A lap in front of the node, unless control comes from the same line; yields where control is then. */
static spot put(struct walk *w, uint32_t id, spot from, spot to)
{
    if (!to.line)
        return from;
    if (!same(from, to))
        w->laps->at.items[id - w->f->first_node] = slot_of(w, to);
    return to;
}

static spot walk_statement(struct walk *w, uint32_t id, spot from);

/* Operands on lines of their own. What the line is behind them depends on which ran. */
static spot walk_operands(struct walk *w, uint32_t list, spot from)
{
    spot now = from;
    for (uint32_t id = list; id; id = node(w, id)->next) {
        const struct tree_node *n = node(w, id);
        if (n->kind != TREE_OPERAND)
            continue;
        spot s = spot_of(w, id);
        if (n->countable && s.line && !same(s, from)) {
            put(w, id, unknown, s);
            now = unknown;
        }
        if (!same(walk_operands(w, n->expr, s.line ? s : from), s.line ? s : from))
            now = unknown;
    }
    return now;
}

static spot walk_condition(struct walk *w, uint32_t id, spot from, spot line)
{
    const struct tree_node *n = node(w, id);
    spot to = n->line ? (spot){n->file, n->line} : line;
    return walk_operands(w, n->expr, put(w, id, from, to));
}

/* Does any part of a loop stand on another line than its head? */
static bool spreads(const struct walk *w, uint32_t id)
{
    const struct tree_node *n = node(w, id);
    for (uint32_t i = id + 1; i < w->f->node_end && node(w, i)->begin < n->end; i++)
        if (node(w, i)->line && (node(w, i)->line != n->line || node(w, i)->file != n->file))
            return true;
    return false;
}

static spot walk_if(struct walk *w, uint32_t id, spot from)
{
    const struct tree_node *n = node(w, id);
    spot behind = n->constant == TREE_VARIABLE ? walk_condition(w, n->cond, from, spot_of(w, id)) : from;
    spot then_end = walk_statement(w, n->body, behind);
    spot else_end = n->other ? walk_statement(w, n->other, behind) : behind;
    return same(then_end, else_end) ? then_end : unknown;
}

static void walk_for(struct walk *w, uint32_t id)
{
    const struct tree_node *n = node(w, id);
    spot head = spot_of(w, id), test = unknown;
    bool tested = n->cond && n->constant == TREE_VARIABLE;
    if (tested) {
        const struct tree_node *c = node(w, n->cond);
        test = c->line ? (spot){c->file, c->line} : head;
        bool by_step = n->step && same(spot_of(w, n->step), test) && same(head, test);
        test = walk_condition(w, n->cond, by_step ? test : unknown, head);
    }
    walk_statement(w, n->body, test);
    if (n->step)
        walk_condition(w, n->step, unknown, head);
}

static spot walk_loop(struct walk *w, uint32_t id, spot from)
{
    const struct tree_node *n = node(w, id);
    if (n->kind != TREE_DO || !spreads(w, id))
        from = put(w, id, from, n->kind == TREE_FOR || !spreads(w, id) ? spot_of(w, id) : unknown);
    if (!spreads(w, id))
        return from;
    bool tested = n->cond && n->constant == TREE_VARIABLE;
    if (n->kind == TREE_FOR) {
        walk_for(w, id);
    } else if (n->kind == TREE_WHILE) {
        spot test = tested ? walk_condition(w, n->cond, unknown, spot_of(w, id)) : unknown;
        walk_statement(w, n->body, test);
    } else {
        walk_statement(w, n->body, n->constant == TREE_FALSE ? from : unknown);
        if (tested)
            walk_condition(w, n->cond, unknown, spot_of(w, id));
    }
    return unknown;
}

static spot walk_list(struct walk *w, uint32_t list, spot from)
{
    for (uint32_t id = list; id; id = node(w, id)->next)
        from = walk_statement(w, id, from);
    return from;
}

static spot walk_statement(struct walk *w, uint32_t id, spot from)
{
    const struct tree_node *n = node(w, id);
    switch (n->kind) {
    case TREE_BLOCK:
        return walk_list(w, n->child, from);
    case TREE_NULL:
        return from;
    case TREE_IF:
        return walk_if(w, id, from);
    case TREE_WHILE: case TREE_FOR: case TREE_DO:
        return walk_loop(w, id, from);
    case TREE_SWITCH:
        walk_condition(w, n->cond, from, spot_of(w, id));
        walk_statement(w, n->body, unknown);
        return unknown;
    case TREE_LABEL:
        return walk_statement(w, n->child, unknown);
    case TREE_SEALED:
        if (n->in_list)
            put(w, id, from, spot_of(w, id));
        return unknown;
    default:
        return walk_operands(w, n->expr, put(w, id, from, spot_of(w, id)));
    }
}

/* ---- ways out that pass functions by ---- */

static bool is_jump(const char *name)
{
    static const char *const names[] = {"longjmp", "_longjmp", "siglongjmp", "__longjmp_chk", "pthread_exit",
                                        "thrd_exit"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool holds_jump(const struct walk *w, uint32_t list)
{
    for (uint32_t id = list; id; id = node(w, id)->next) {
        const struct tree_node *n = node(w, id);
        if (n->kind == TREE_CALL && is_jump(w->t->callees.items[n->callee].name))
            return true;
        if (n->kind == TREE_OPERAND && holds_jump(w, n->expr))
            return true;
    }
    return false;
}

static void find_jumps(struct walk *w)
{
    for (uint32_t id = w->f->first_node; id < w->f->node_end; id++) {
        const struct tree_node *n = node(w, id);
        bool statement = n->kind == TREE_PLAIN || n->kind == TREE_RETURN;
        w->laps->jumps.items[id - w->f->first_node] = statement && !n->is_asm && holds_jump(w, n->expr);
    }
}

const char *lap_obstacle(const struct tree_function *f, bool portable)
{
    if (portable)
        return "its lines are not timed: there is no time stamp counter to read on this target";
    return f->openmp ? "its lines are not timed: it holds OpenMP regions, where several threads share a line" : NULL;
}

void lap_place(const struct tree *t, const struct tree_function *f, bool timed, struct laps *laps)
{
    struct walk w = {.t = t, .f = f, .laps = laps};
    vec_clear(&laps->lines);
    vec_clear(&laps->at);
    vec_clear(&laps->jumps);
    for (uint32_t id = f->first_node; id < f->node_end; id++) {
        *vec_push(&laps->at) = 0;
        *vec_push(&laps->jumps) = false;
    }
    find_jumps(&w);
    if (timed)
        walk_statement(&w, f->body, unknown);
}

void lap_release(struct laps *laps)
{
    vec_release(&laps->lines);
    vec_release(&laps->at);
    vec_release(&laps->jumps);
}
