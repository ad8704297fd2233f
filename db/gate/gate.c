/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/gate/gate.h"

#include <math.h>
#include <stdlib.h>

#include "base/msg.h"

#define REPLICATES 2000          /* of intervals, which people see; the verdict needs none */

void gate_init(struct gate *g, const char *before, size_t n, const char *after, size_t m)
{
    *g = (struct gate){.name = {str_copy(before), str_copy(after)}, .n = {n, m}, .alpha = JUDGE_ALPHA,
                       .seed = JUDGE_SEED, .replicates = REPLICATES};
    g->order = xcalloc(n + m + 1, sizeof *g->order);
}

void gate_release(struct gate *g)
{
    for (size_t i = 0; i < g->figures.count; i++) {
        struct gate_figure *f = &g->figures.items[i];
        free(f->name);
        free(f->function);
        free(f->file);
        free(f->values[0]);
        free(f->values[1]);
    }
    vec_release(&g->figures);
    for (size_t i = 0; i < g->causes.count; i++) {
        free(g->causes.items[i].file);
        free(g->causes.items[i].text);
    }
    vec_release(&g->causes);
    free(g->name[0]);
    free(g->name[1]);
    free(g->order);
}

struct gate_figure *gate_add(struct gate *g, const char *name, const char *function, const char *file, int line)
{
    struct gate_figure *f = vec_push(&g->figures);
    f->name = str_copy(name);
    f->function = function ? str_copy(function) : NULL;
    f->file = file ? str_copy(file) : NULL;
    f->line = line;
    f->tolerance = function ? JUDGE_EFFECT : JUDGE_PROGRAM_EFFECT;
    for (int side = 0; side < 2; side++)
        f->values[side] = xcalloc(g->n[side] + 1, sizeof *f->values[side]);
    return f;
}

void gate_explain(struct gate *g, const char *file, int line, char *text)
{
    *vec_push(&g->causes) = (struct gate_cause){file ? str_copy(file) : NULL, text, line};
}

void gate_name(const struct gate_figure *f, struct str *out)
{
    if (f->function)
        str_addf(out, "%s() ", f->function);
    str_add(out, f->name);
}

static bool agree(const double *values, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (values[i] != values[0])
            return false;
    return true;
}

static bool is_worse(const struct gate_figure *f)
{
    return f->judged.delta != 0 && (f->judged.delta > 0) != f->higher_is_better;
}

static void judge_exact(struct gate_figure *f)
{
    struct judged *d = &f->judged;
    *d = (struct judged){.before = f->values[0][0], .after = f->values[1][0], .p = NAN, .q = NAN, .rank_p = NAN};
    d->delta = d->after - d->before;
    d->ratio = d->before > 0 ? d->after / d->before : NAN;
    d->ci = (struct interval){d->delta, d->delta};
    d->ratio_ci = (struct interval){d->ratio, d->ratio};
    d->shown = fabs(d->delta) > f->tolerance * d->before;
    f->verdict = !d->shown ? GATE_FINE : is_worse(f) ? GATE_WORSE : GATE_BETTER;
}

static bool is_tested(const struct gate *g, const struct gate_figure *f)
{
    return !f->exact && !(g->program_only && f->function) && !g->too_few;
}

static void judge_tests(struct gate *g)
{
    struct judge j;
    double *p = xcalloc(g->figures.count + 1, sizeof *p);
    judge_init(&j, g->n[0], g->n[1], g->order, g->replicates, g->seed);
    for (size_t i = 0; i < g->figures.count; i++) {
        struct gate_figure *f = &g->figures.items[i];
        struct series series[2] = {{f->values[0], g->n[0], 0}, {f->values[1], g->n[1], 0}};
        p[i] = NAN;
        if (f->exact)
            continue;
        judge_figure(&j, series, &f->judged);
        p[i] = is_tested(g, f) ? f->judged.p : NAN;
    }
    stats_holm(p, g->figures.count);
    for (size_t i = 0; i < g->figures.count; i++) {
        struct gate_figure *f = &g->figures.items[i];
        if (f->exact)
            continue;
        f->judged.q = p[i];
        judge_show(&f->judged, g->alpha, f->tolerance);
        f->verdict = !is_tested(g, f) || isnan(p[i]) ? GATE_UNTESTED : !f->judged.shown ? GATE_FINE
                   : is_worse(f) ? GATE_WORSE : GATE_BETTER;
    }
    free(p);
    judge_release(&j);
}

/* Holm's first step needs p <= alpha / tests: can so few runs give that? */
static void plan(struct gate *g)
{
    size_t all = 0, program = 0, least = g->n[0] < g->n[1] ? g->n[0] : g->n[1];
    for (size_t i = 0; i < g->figures.count; i++) {
        struct gate_figure *f = &g->figures.items[i];
        f->exact = f->count && agree(f->values[0], g->n[0]) && agree(f->values[1], g->n[1]);
        all += !f->exact;
        program += !f->exact && !f->function;
    }
    double p = stats_rank_p_min(g->n[0], g->n[1]);
    g->tests = all;
    g->program_only = all && p > g->alpha / (double)all;
    g->too_few = program && p > g->alpha / (double)program;
    size_t needed = stats_runs_needed(all, g->alpha);
    g->missing = !g->program_only ? 0 : needed > least ? needed - least : 1;
}

int gate_decide(struct gate *g)
{
    plan(g);
    for (size_t i = 0; i < g->figures.count; i++)
        if (g->figures.items[i].exact)
            judge_exact(&g->figures.items[i]);
    judge_tests(g);
    g->worse = 0;
    for (size_t i = 0; i < g->figures.count; i++)
        g->worse += g->figures.items[i].verdict == GATE_WORSE;
    return g->worse ? EXIT_REGRESSION : g->missing ? EXIT_UNDECIDED : EXIT_OK;
}
