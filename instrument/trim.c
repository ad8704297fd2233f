/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/trim.h"

static int by_line(const void *a, const void *b)
{
    const struct flow_line *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

static void drop_unsettled(struct flow *flow)
{
    size_t kept = 0;
    for (size_t i = 0; i < flow->lines.count; i++)
        if (flow->lines.items[i].hits.first != TRIM_NO_COUNT)
            flow->lines.items[kept++] = flow->lines.items[i];
    flow->lines.count = kept;
    if (kept)
        qsort(flow->lines.items, kept, sizeof *flow->lines.items, by_line);
}

static void mark(const struct flow *flow, struct sites_expr e, uint32_t *number)
{
    for (uint32_t i = 0; i < e.count; i++)
        number[flow->terms.items[e.first + i].counter] = 1;
}

static void renumber(struct flow *flow, uint32_t *number)
{
    uint32_t kept = 0;
    for (size_t i = 0; i < flow->places.count; i++) {
        if (!number[i])
            continue;
        flow->places.items[kept] = flow->places.items[i];
        number[i] = kept++;
    }
    flow->places.count = kept;
}

static bool is_counted(const struct flow *flow, struct sites_expr e, const uint32_t *number)
{
    for (uint32_t i = 0; i < e.count; i++)
        if (!number[flow->terms.items[e.first + i].counter])
            return false;
    return true;
}

/* Branches get no counters of their own: those that the lines' counters do not tell are dropped. */
static void drop_uncounted(struct flow *flow, const uint32_t *number)
{
    size_t kept = 0;
    for (size_t i = 0; i < flow->branches.count; i++) {
        struct flow_branch b = flow->branches.items[i];
        if (is_counted(flow, b.taken, number) && is_counted(flow, b.missed, number))
            flow->branches.items[kept++] = b;
    }
    flow->branches.count = kept;
}

static void rewrite_terms(const struct flow *flow, struct sites_expr *e, const uint32_t *number, value_terms *terms)
{
    uint32_t first = (uint32_t)terms->count;
    for (uint32_t k = 0; k < e->count; k++) {
        struct sites_term term = flow->terms.items[e->first + k];
        *vec_push(terms) = (struct sites_term){term.factor, number[term.counter]};
    }
    e->first = first;
}

/* Terms are written anew, since the walk left many intermediate sums; all of a used sum's counters are used. */
static void compact(struct flow *flow)
{
    uint32_t *number = xcalloc(flow->places.count + 1, sizeof *number);
    mark(flow, flow->calls, number);
    for (size_t i = 0; i < flow->lines.count; i++)
        mark(flow, flow->lines.items[i].hits, number);
    for (size_t i = 0; i < flow->made.count; i++)
        mark(flow, flow->made.items[i].made, number);
    drop_uncounted(flow, number);
    renumber(flow, number);
    value_terms terms = {0};
    rewrite_terms(flow, &flow->calls, number, &terms);
    for (size_t i = 0; i < flow->lines.count; i++)
        rewrite_terms(flow, &flow->lines.items[i].hits, number, &terms);
    for (size_t i = 0; i < flow->branches.count; i++) {
        rewrite_terms(flow, &flow->branches.items[i].taken, number, &terms);
        rewrite_terms(flow, &flow->branches.items[i].missed, number, &terms);
    }
    for (size_t i = 0; i < flow->made.count; i++)
        rewrite_terms(flow, &flow->made.items[i].made, number, &terms);
    vec_release(&flow->terms);
    flow->terms = terms;
    free(number);
}

static void drop_calls(const struct tree *t, const bool *derived, struct flow *flow)
{
    for (size_t i = 0; i < flow->made.count; i++)
        if (!derived || !derived[t->nodes.items[flow->made.items[i].node].callee])
            flow->made.items[i].made = (struct sites_expr){0, 0};
}

void trim_flow(const struct tree *t, const bool *derived, struct flow *flow)
{
    drop_calls(t, derived, flow);
    drop_unsettled(flow);
    compact(flow);
}
