/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/production.h"

#include <math.h>
#include <string.h>

#include "db/compare/compare_view.h"
#include "db/study/priority.h"

#define SYSTEM 3                 /* index of phase 4 */

/* "12, 13, 14", "12..40 (15)" */
static void add_runs(struct str *out, const struct summary_runs *r)
{
    size_t n = r->list.count;
    int64_t least = n ? r->list.items[0] : 0, most = least;
    for (size_t i = 1; i < n; i++) {
        least = r->list.items[i] < least ? r->list.items[i] : least;
        most = r->list.items[i] > most ? r->list.items[i] : most;
    }
    if (n > 3)
        str_addf(out, "%lld..%lld (%zu)", (long long)least, (long long)most, n);
    for (size_t i = 0; n <= 3 && i < n; i++)
        str_addf(out, "%s%lld", i ? ", " : "", (long long)r->list.items[i]);
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static const struct column word_columns[] = {
    {"What", "what", COLUMN_TEXT, USE_ALL},
    {"", "value", COLUMN_ANY, USE_PROGRAMS},
    {"", "limit", COLUMN_ANY, USE_PROGRAMS},
    {"Runs", "runs", COLUMN_TEXT, USE_ALL},
};

static void finding_row(struct table *t, const struct summary_finding *f)
{
    table_text(t, f->words);
    table_finite(t, f->value);
    table_finite(t, f->limit);
    TEXT_CELL(t, add_runs(out, &f->runs));
}

/* The findings of phase 4 that `wanted` picks, as a table; none where it picks none. */
static void findings(const struct outcome *o, struct doc *d, const char *name, const char *title,
                     bool (*wanted)(const struct summary_finding *f))
{
    struct table *t = NULL;
    for (size_t i = 0; i < o->phases[SYSTEM].findings.count; i++) {
        const struct summary_finding *f = &o->phases[SYSTEM].findings.items[i];
        if (!wanted(f))
            continue;
        if (!t)
            t = doc_table(d, name, title, word_columns, sizeof word_columns / sizeof *word_columns);
        finding_row(t, f);
    }
}

static bool is_scale(const struct summary_finding *f)
{
    return begins(f->rule, "largest ");
}

/* Thresholds that were met speak for it. */
static bool is_against(const struct summary_finding *f)
{
    return !is_scale(f) && !begins(f->words, "good") && !begins(f->words, "acceptable");
}

static const struct column hardware_columns[] = {
    {"Needs", "metric", COLUMN_TEXT, USE_ALL},
    {"How much", "", COLUMN_TEXT, USE_PEOPLE},
    {"At", "at", COLUMN_TEXT, USE_ALL},
    {"", "value", COLUMN_ANY, USE_PROGRAMS},
    {"Runs", "runs", COLUMN_TEXT, USE_ALL},
};

/* Cores and memory are what machines have of them; everything else as it was measured. */
static void add_need(struct str *out, const struct summary_measurement *m)
{
    if (strcmp(m->metric, "cores") == 0)
        str_addf(out, "%.0f (%.2f busy)", ceil(m->value - 0.05), m->value);
    else
        compare_add_value(out, m->metric, m->value);
}

static void hardware(const struct outcome *o, struct doc *d)
{
    struct table *t = NULL;
    for (size_t i = 0; i < o->phases[SYSTEM].measurements.count; i++) {
        const struct summary_measurement *m = &o->phases[SYSTEM].measurements.items[i];
        if (strcmp(m->subject, "capacity") != 0 || begins(m->metric, "largest_"))
            continue;
        if (!t)
            t = doc_table(d, "hardware", "Hardware", hardware_columns,
                          sizeof hardware_columns / sizeof *hardware_columns);
        table_text(t, m->metric);
        TEXT_CELL(t, add_need(out, m));
        TEXT_CELL(t, for (size_t k = 0; k < m->parameters.list.count; k++)
                         str_addf(out, "%s%s = %s", k ? ", " : "", m->parameters.list.items[k].name,
                                  m->parameters.list.items[k].value));
        table_finite(t, m->value);
        TEXT_CELL(t, add_runs(out, &m->runs));
    }
}

static const struct column needed_columns[] = {
    {"Bottleneck", "bottleneck", COLUMN_TEXT, USE_ALL},
    {"Priority", "priority", COLUMN_TEXT, USE_ALL},
    {"%", "share", COLUMN_SHARE, USE_ALL},
    {"Growth", "class", COLUMN_TEXT, USE_ALL},
    {"Hottest line", "line", COLUMN_TEXT, USE_ALL},
    {"What is known", "finding", COLUMN_TEXT, USE_ALL},
};

static void needed(const struct matrix *m, struct doc *d)
{
    struct table *t = NULL;
    for (size_t i = 0; i < m->rows.count; i++) {
        const struct matrix_row *row = &m->rows.items[i];
        if (row->score < PRIORITY_MEDIUM)
            continue;
        if (!t)
            t = doc_table(d, "optimisations", "Optimisations needed, by priority", needed_columns,
                          sizeof needed_columns / sizeof *needed_columns);
        table_text(t, row->subject);
        table_text(t, priority_word(row->score));
        table_finite(t, row->share);
        table_text(t, row->class);
        table_text(t, row->line);
        table_text(t, row->finding);
    }
}

void production_page(const struct outcome *o, const struct matrix *m, const struct plan_view *plan, struct doc *d)
{
    const struct summary *s = &o->phases[o->has[SYSTEM] ? SYSTEM : 0];
    doc_fact_text(d, "study", o->study.name);
    doc_head(d, "Production configuration of %s", o->study.name);
    doc_head(d, "Measured on %s, %g cores, Linux %s, begun %s%s", s->machine.cpu, s->machine.cores, s->machine.kernel,
             s->started, s->quick ? ", by a quick study" : "");
    if (!o->has[SYSTEM])
        doc_foot(d, "Scale, hardware and stability are not known: `farmdb study %s --phase 4` measures them",
                 o->study.path);
    else if (!study_member(&o->study, "capacity"))
        doc_foot(d, "The maximum scale and its hardware are not known: the study's file has no \"capacity\"");
    if (o->has[SYSTEM]) {
        findings(o, d, "scale", "Maximum scale", is_scale);
        hardware(o, d);
    }
    needed(m, d);
    if (plan) {
        plan_stages(plan);
        plan_figures(plan);
    } else {
        doc_foot(d, "No improvements are estimated: the study's file has no \"plan\"");
    }
    if (o->has[SYSTEM])
        findings(o, d, "against", "What speaks against it", is_against);
}
