/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From calls to samples. What a line calls in no known function counts for it, as far as that does not call back.
 * Stacks are guessed: a function's cost is the same under each caller, in proportion to the cost of the caller's
 * calls, as gprof has it; branches of less than a 5,000th of everything end early.
 */
#include <math.h>
#include <stdlib.h>

#include "db/import/callgrind.h"

enum { ROUNDS = 50, DEEPEST = 200 };
#define LEAST_SHARE (1.0 / 5000)

struct graph {
    struct callgrind *c;
    struct import *im;
    double all;
    VEC(char) running;           /* by function: it is on the stack at hand */
    int depth;
};

static int row_order(const void *a, const void *b)
{
    const struct callgrind_row *x = a, *y = b;
    return x->caller != y->caller ? (x->caller > y->caller) - (x->caller < y->caller)
                                  : (x->line > y->line) - (x->line < y->line);
}

static int call_order(const void *a, const void *b)
{
    const struct callgrind_call *x = a, *y = b;
    return x->caller != y->caller ? (x->caller > y->caller) - (x->caller < y->caller)
                                  : (x->line > y->line) - (x->line < y->line);
}

static void sort(struct graph *g)
{
    struct callgrind *c = g->c;
    if (c->rows.count)
        qsort(c->rows.items, c->rows.count, sizeof *c->rows.items, row_order);
    if (c->calls.count)
        qsort(c->calls.items, c->calls.count, sizeof *c->calls.items, call_order);
    for (size_t i = 0; i < c->functions.count; i++) {
        struct callgrind_function *f = &c->functions.items[i];
        f->elsewhere = f->known ? 0 : 1;
        *vec_push(&g->running) = 0;
    }
    for (size_t i = c->rows.count; i-- > 0;) {
        struct callgrind_function *f = &c->functions.items[c->rows.items[i].caller];
        f->first_row = i;
        f->rows++;
        f->self += c->rows.items[i].cost;
        g->all += c->rows.items[i].cost;
    }
    for (size_t i = c->calls.count; i-- > 0;) {
        struct callgrind_function *f = &c->functions.items[c->calls.items[i].caller];
        f->first_call = i;
        f->calls++;
        f->inclusive += c->calls.items[i].cost;
    }
    for (size_t i = 0; i < c->functions.count; i++)
        c->functions.items[i].inclusive += c->functions.items[i].self;
}

/* Of what is called in no known function: how much stays there. Calls may go in circles, so it is found by rounds. */
static void find_elsewhere(struct callgrind *c)
{
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < c->functions.count; i++) {
            struct callgrind_function *f = &c->functions.items[i];
            double there = f->self;
            if (f->known || !(f->inclusive > 0))
                continue;
            for (size_t k = f->first_call; k < f->first_call + f->calls; k++)
                there += c->calls.items[k].cost * c->functions.items[c->calls.items[k].callee].elsewhere;
            f->elsewhere = there / f->inclusive;
        }
}

static double put_samples(struct graph *g)
{
    double sum = 0;
    for (size_t i = 0; i < g->c->rows.count; i++) {
        const struct callgrind_row *r = &g->c->rows.items[i];
        const struct callgrind_function *f = &g->c->functions.items[r->caller];
        if (!f->known || !(r->cost > 0))
            continue;
        import_add(&import_samples(g->im, f->function, r->file, r->line, "")->samples, llround(r->cost));
        sum += r->cost;
    }
    for (size_t i = 0; i < g->c->calls.count; i++) {
        const struct callgrind_call *call = &g->c->calls.items[i];
        const struct callgrind_function *f = &g->c->functions.items[call->caller],
                                        *callee = &g->c->functions.items[call->callee];
        int64_t cost = llround(call->cost * callee->elsewhere);
        if (!f->known || callee->known || cost <= 0)
            continue;
        import_add(&import_samples(g->im, f->function, call->file, call->line, callee->place)->samples, cost);
        sum += (double)cost;
    }
    return sum;
}

/* A function that calls itself has its own cost in its calls' as well. */
static void put_totals(struct graph *g)
{
    for (size_t i = 0; i < g->c->functions.count; i++) {
        const struct callgrind_function *f = &g->c->functions.items[i];
        double total = f->inclusive;
        for (size_t k = f->first_call; k < f->first_call + f->calls; k++)
            total -= g->c->calls.items[k].callee == i ? g->c->calls.items[k].cost : 0;
        if (f->known)
            import_add(import_total(g->im, f->function), llround(fmin(fmax(total, 0), g->all)));
    }
}

static size_t node_of(struct graph *g, size_t parent, const struct callgrind_function *f, size_t file, int64_t line)
{
    const struct import_node place = {.known = f->known, .function = f->function, .file = file, .line = line,
                                      .outside = f->known ? NULL : (char *)(uintptr_t)f->place};
    bool same = parent && !f->known && !g->im->nodes.items[parent - 1].known &&
                strcmp(g->im->nodes.items[parent - 1].outside, f->place) == 0;
    if (!f->known && (parent == IMPORT_ROOT || same))
        return parent;
    return import_node(g->im, parent, &place);
}

static void count(struct graph *g, size_t node, double weight)
{
    if (node)
        import_add(&g->im->nodes.items[node - 1].samples, llround(weight));
}

/* What a function's cost is shared out by: calls of functions that run already are in the cost of those. */
static double shared(const struct graph *g, const struct callgrind_function *f)
{
    double sum = f->self;
    for (size_t i = f->first_call; i < f->first_call + f->calls; i++)
        sum += g->running.items[g->c->calls.items[i].callee] ? 0 : g->c->calls.items[i].cost;
    return sum;
}

/* Function `number`, called from the node `parent`, with `weight` of the cost. */
static void expand(struct graph *g, size_t number, size_t parent, double weight)
{
    const struct callgrind_function *f = &g->c->functions.items[number];
    g->running.items[number] = 1;
    g->depth++;
    double whole = shared(g, f), part = whole > 0 ? weight / whole : 0;
    for (size_t i = f->first_row; i < f->first_row + f->rows; i++) {
        const struct callgrind_row *r = &g->c->rows.items[i];
        if (llround(r->cost * part) > 0)
            count(g, node_of(g, parent, f, r->file, r->line), r->cost * part);
    }
    for (size_t i = f->first_call; i < f->first_call + f->calls; i++) {
        const struct callgrind_call *call = &g->c->calls.items[i];
        double own = call->cost * part;
        if (llround(own) <= 0 || g->running.items[call->callee])
            continue;
        size_t node = node_of(g, parent, f, call->file, call->line);
        if (own < g->all * LEAST_SHARE || g->depth > DEEPEST)
            count(g, node, own);
        else
            expand(g, call->callee, node, own);
    }
    g->running.items[number] = 0;
    g->depth--;
}

static void put_stacks(struct graph *g)
{
    VEC(char) called = {0};
    for (size_t i = 0; i < g->c->functions.count; i++)
        *vec_push(&called) = 0;
    for (size_t i = 0; i < g->c->calls.count; i++)
        called.items[g->c->calls.items[i].callee] = 1;
    for (size_t i = 0; i < g->c->functions.count; i++)
        if (!called.items[i])
            expand(g, i, IMPORT_ROOT, g->c->functions.items[i].inclusive);
    vec_release(&called);
}

void callgrind_take(struct callgrind *c, struct import *im)
{
    struct graph g = {.c = c, .im = im};
    sort(&g);
    find_elsewhere(c);
    int64_t rest = llround(g.all - put_samples(&g));
    if (rest > 0)
        import_add(&import_outside(im, "libraries and start", "called by no known function")->samples, rest);
    import_add(&im->all_samples, llround(g.all));
    im->time_ns += g.all;
    put_totals(&g);
    put_stacks(&g);
    vec_release(&c->functions);
    vec_release(&c->rows);
    vec_release(&c->calls);
    vec_release(&g.running);
}
