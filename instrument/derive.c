/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/derive.h"

#include <stdlib.h>

enum { LONGEST_SUM = 64, TABLE_MAX = 512 };    /* terms of a function's calls; of all of its lines together */

enum state { UNSEEN, BUSY, SETTLED };

struct choice {
    const struct tree *t;
    const struct flow *flows;
    struct derive *d;
    uint32_t *mentions;          /* by callee: how often the text names it */
    uint32_t *function_of;       /* the same: index + 1; more than one definition: UINT32_MAX */
    bool *odd;                   /* by function: not all that it seems to call is called */
    uint8_t *state;              /* the same: enum state */
    uint32_t *terms;             /* the same: of the sum of its calls */
};

/* ---- names in the text ---- */

/* What evaluates parts of it not at all, or in ways that the tree does not show. */
static bool is_odd(struct scan_text t, uint32_t at)
{
    static const char *const words[] = {"typeof", "__typeof__", "__typeof", "typeof_unqual", "_Generic",
                                        "__builtin_choose_expr", "__builtin_types_compatible_p"};
    if (t.text[at] == '?') {
        uint32_t next = scan_space(t, at + 1);
        return next < t.len && t.text[next] == ':';
    }
    bool odd = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && strchr("t_", t.text[at]); i++)
        odd |= scan_word(t, at, words[i]);
    return odd;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
        || (unsigned char)c >= 0x80;
}

/* All words between two places: a word by itself, or what a literal holds. */
static void count_words(struct choice *c, struct scan_text t, uint32_t at, uint32_t end)
{
    bool quoted = t.text[at] == '"';
    while (at < end) {
        uint32_t from = at;
        while (at < end && is_letter(t.text[at]))
            at++;
        uint32_t callee = at > from ? tree_find(c->t, t.text + from, at - from) : 0;
        if (callee) {
            c->mentions[callee - 1]++;
            c->d->taken[callee - 1] |= !quoted && t.text[scan_space(t, at)] != '(';
        }
        at += at == from;
    }
}

static void read_text(struct choice *c, struct scan_text t)
{
    size_t function = 0, count = c->t->functions.count;
    for (uint32_t at = scan_space(t, 0), end; at < t.len; at = scan_space(t, end)) {
        end = scan_token(t, at);
        while (function < count && c->t->functions.items[function].end <= at)
            function++;
        if (is_odd(t, at) && function < count && c->t->functions.items[function].begin <= at)
            c->odd[function] = true;
        if (is_letter(t.text[at]) || t.text[at] == '"')
            count_words(c, t, at, end);
    }
}

/* ---- calls ---- */

static void find_functions(struct choice *c)
{
    for (uint32_t i = 0; i < c->t->functions.count; i++) {
        uint32_t *of = &c->function_of[c->t->functions.items[i].callee];
        *of = *of ? UINT32_MAX : i + 1;
    }
}

static uint32_t callee_of(const struct choice *c, const struct flow_call *call)
{
    return c->t->nodes.items[call->node].callee;
}

/* A callee stays one to be derived while all of its mentions are declarations or calls that are counted. */
static void judge(struct choice *c, const bool *barred)
{
    uint32_t *calls = xcalloc(c->t->callees.count + 1, sizeof *calls);
    bool *derived = c->d->callees;
    for (size_t i = 0; i < c->t->callees.count; i++) {
        uint32_t of = c->function_of[i];
        derived[i] = c->t->callees.items[i].internal && of && of != UINT32_MAX && !barred[of - 1];
    }
    for (size_t f = 0; f < c->t->functions.count; f++)
        for (size_t k = 0; k < c->flows[f].made.count; k++) {
            const struct flow_call *call = &c->flows[f].made.items[k];
            uint32_t callee = callee_of(c, call);
            calls[callee]++;
            derived[callee] &= call->sure && !c->odd[f] && !c->t->functions.items[f].openmp;
        }
    for (size_t i = 0; i < c->t->callees.count; i++)
        derived[i] = derived[i] && calls[i] && c->mentions[i] == c->t->callees.items[i].declared + calls[i];
    free(calls);
}

/* Chains of the calls of each function that may be derived. */
static void chain_calls(struct choice *c)
{
    struct derive *d = c->d;
    for (uint32_t f = 0; f < c->t->functions.count; f++)
        for (uint32_t k = 0; k < c->flows[f].made.count; k++) {
            uint32_t callee = callee_of(c, &c->flows[f].made.items[k]);
            if (!d->callees[callee])
                continue;
            uint32_t *first = &d->first[c->function_of[callee] - 1];
            *vec_push(&d->calls) = (struct derive_call){f, k, *first};
            *first = (uint32_t)d->calls.count;
        }
}

static bool *is_derived(struct choice *c, uint32_t function)
{
    return &c->d->callees[c->t->functions.items[function].callee];
}

static void settle(struct choice *c, uint32_t function);

/* How many terms a call adds to the sum, at most. */
static uint32_t terms_of(struct choice *c, const struct derive_call *call)
{
    const struct flow *flow = &c->flows[call->caller];
    struct sites_expr made = flow->made.items[call->made].made;
    uint32_t terms = 0;
    for (uint32_t i = 0; i < made.count; i++) {
        bool entry = flow->terms.items[made.first + i].counter == 0;
        if (entry && *is_derived(c, call->caller))
            settle(c, call->caller);
        if (entry && *is_derived(c, call->caller))
            terms += c->state[call->caller] == BUSY ? LONGEST_SUM + 1 : c->terms[call->caller];
        else
            terms++;
    }
    return terms;
}

static void settle(struct choice *c, uint32_t function)
{
    if (c->state[function] != UNSEEN)
        return;
    c->state[function] = BUSY;
    uint32_t terms = 0;
    for (uint32_t i = c->d->first[function]; i && terms <= LONGEST_SUM; i = c->d->calls.items[i - 1].next)
        terms += terms_of(c, &c->d->calls.items[i - 1]);
    c->terms[function] = terms;
    c->state[function] = SETTLED;
    if (terms <= LONGEST_SUM && terms * (c->flows[function].lines.count + 1) <= TABLE_MAX)
        *vec_push(&c->d->order) = function;
    else
        *is_derived(c, function) = false;
}

void derive_choose(const struct tree *t, struct scan_text text, const struct flow *flows, const bool *barred,
                   struct derive *d)
{
    size_t callees = t->callees.count, functions = t->functions.count;
    struct choice c = {.t = t, .flows = flows, .d = d};
    c.mentions = xcalloc(callees + 1, sizeof *c.mentions);
    c.function_of = xcalloc(callees + 1, sizeof *c.function_of);
    c.odd = xcalloc(functions + 1, sizeof *c.odd);
    c.state = xcalloc(functions + 1, sizeof *c.state);
    c.terms = xcalloc(functions + 1, sizeof *c.terms);
    d->callees = xcalloc(callees + 1, sizeof *d->callees);
    d->taken = xcalloc(callees + 1, sizeof *d->taken);
    d->first = xcalloc(functions + 1, sizeof *d->first);
    find_functions(&c);
    read_text(&c, text);
    judge(&c, barred);
    chain_calls(&c);
    for (uint32_t f = 0; f < functions; f++)
        if (*is_derived(&c, f))
            settle(&c, f);
    free(c.mentions);
    free(c.function_of);
    free(c.odd);
    free(c.state);
    free(c.terms);
}

void derive_release(struct derive *d)
{
    free(d->callees);
    free(d->taken);
    free(d->first);
    vec_release(&d->order);
    vec_release(&d->calls);
}
