/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/study/priority.h"

struct maker {
    const struct outcome *o;
    struct matrix *m;
    bool by_component;
};

static struct matrix_row *row_of(struct matrix *m, const char *subject)
{
    for (size_t i = 0; i < m->rows.count; i++)
        if (strcmp(m->rows.items[i].subject, subject) == 0)
            return &m->rows.items[i];
    return NULL;
}

/* The row that something about a component, a function or a line belongs to; NULL: none. */
static struct matrix_row *row_for(const struct maker *k, const char *subject)
{
    struct matrix_row *row = row_of(k->m, subject);
    return row || !k->by_component ? row : row_of(k->m, outcome_component(k->o, subject));
}

/* Later measurements replace earlier ones: the last point is that of the largest size. */
static void take_shares(struct maker *k, enum summary_kind kind)
{
    const struct summary *s = &k->o->phases[0];
    for (size_t i = 0; i < s->measurements.count; i++) {
        const struct summary_measurement *m = &s->measurements.items[i];
        double share = m->kind == kind ? outcome_share(m) : NAN;
        if (isnan(share))
            continue;
        struct matrix_row *row = row_of(k->m, m->subject);
        if (!row) {
            row = vec_push(&k->m->rows);
            *row = (struct matrix_row){.subject = m->subject, .finding = "", .line = "", .text = "", .class = "",
                                       .grows = "", .gain = NAN, .line_share = NAN};
        }
        row->share = share;
    }
}

/* Phase 2 says the best value and the one in use (`limit`), in either direction. */
static void take_findings(struct maker *k)
{
    const struct summary *s = &k->o->phases[1];
    for (size_t i = 0; k->o->has[1] && i < s->findings.count; i++) {
        const struct summary_finding *f = &s->findings.items[i];
        struct matrix_row *row = row_for(k, f->subject);
        double gain = f->value > 0 && f->limit > 0 ? fmax(f->limit / f->value, f->value / f->limit) : NAN;
        bool better = row && (!*row->finding || (!isnan(gain) && (isnan(row->gain) || gain > row->gain)));
        if (!better)
            continue;
        row->finding = f->words;
        row->gain = gain;
    }
}

static void take_lines(struct maker *k)
{
    const struct summary *s = &k->o->phases[2];
    for (size_t i = 0; k->o->has[2] && i < s->measurements.count; i++) {
        const struct summary_measurement *m = &s->measurements.items[i];
        double share = m->kind == SUMMARY_LINE ? outcome_share(m) : NAN;
        const char *subject = k->by_component ? outcome_line_component(k->o, m) : m->place;
        struct matrix_row *row = isnan(share) ? NULL : row_of(k->m, subject);
        if (!row || !(isnan(row->line_share) || share > row->line_share))
            continue;
        row->line = m->subject;
        row->text = m->text;
        row->line_share = share;
    }
}

static void take_classes(struct maker *k)
{
    const struct summary *s = &k->o->phases[3];
    for (size_t i = 0; k->o->has[3] && i < s->classes.count; i++) {
        const struct summary_class *c = &s->classes.items[i];
        bool code = strcmp(c->scope, "function") == 0 || strcmp(c->scope, "line") == 0;
        struct matrix_row *row = code ? row_for(k, c->subject) : NULL;
        enum growth_class class = priority_class(c->class);
        if (!row || class >= GROWTH_PIECEWISE)
            continue;
        if (*row->class && class <= priority_class(row->class))
            continue;
        row->class = c->class;
        row->grows = c->subject;
        if (!*row->line && strcmp(c->scope, "line") == 0)
            row->line = c->subject;
    }
}

static int by_score(const void *a, const void *b)
{
    const struct matrix_row *x = a, *y = b;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score)
                                : (x->share < y->share) - (x->share > y->share);
}

void matrix_make(const struct outcome *o, struct matrix *out)
{
    struct maker k = {o, out, o->study.components.count > 0};
    size_t kept = 0;
    *out = (struct matrix){0};
    take_shares(&k, k.by_component ? SUMMARY_COMPONENT : SUMMARY_FUNCTION);
    take_findings(&k);
    take_lines(&k);
    take_classes(&k);
    for (size_t i = 0; i < out->rows.count; i++) {
        struct matrix_row *row = &out->rows.items[i];
        row->effort = outcome_effort(o, row->subject);
        row->score = priority_score(row->share, priority_class(row->class), row->effort);
        if (row->share >= MATRIX_SHARE)
            out->rows.items[kept++] = *row;
    }
    out->rows.count = kept;
    if (kept)
        qsort(out->rows.items, kept, sizeof *out->rows.items, by_score);
}

void matrix_release(struct matrix *m)
{
    vec_release(&m->rows);
}
