/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/study/system.h"

void system_runs(const struct grid *g, struct summary_runs *out)
{
    for (size_t i = 0; i < g->sizes.count * g->options.count; i++)
        for (size_t k = 0; g->cells[i] && k < g->cells[i]->runs.count; k++)
            summary_run(out, g->cells[i]->runs.items[k]);
}

/* A row of the sheet "verdicts"; what is bad is a finding, too. */
struct verdict {
    const struct grid *grid;
    const struct threshold *threshold;
    double value;
    struct summary_parameters at;
};

static void add_rows(struct study_results *r, const struct verdict *v, const char *subject)
{
    static const char *const metrics[] = {"value", "good", "bad"};
    const double values[] = {v->value, v->threshold->good, v->threshold->bad};
    const char *unit = v->threshold->doubling ? "times" : study_unit(v->threshold->metric);
    for (size_t i = 0; i < 3; i++) {
        struct summary_measurement *m =
            summary_measure(r->summary, "verdicts", SUMMARY_PROGRAM, subject, metrics[i], values[i], unit);
        summary_parameter(&m->parameters, "experiment", v->grid->experiment->name);
        for (size_t k = 0; k < v->at.list.count; k++)
            summary_parameter(&m->parameters, v->at.list.items[k].name, v->at.list.items[k].value);
        system_runs(v->grid, &m->runs);
    }
}

static void add_finding(struct study_results *r, const struct verdict *v)
{
    const struct threshold *t = v->threshold;
    struct str words = STR_INIT;
    char *rule = str_format("threshold of %s", t->metric);
    if (t->doubling) {
        str_addf(&words, "%s grows by %.2f times when n doubles; bad from %g", t->metric, v->value, t->bad);
    } else {
        str_addf(&words, "%s is ", t->metric);
        study_figure(&words, t->metric, v->value);
        str_addf(&words, "; bad %s ", t->more_is_better ? "up to" : "from");
        study_figure(&words, t->metric, t->bad);
    }
    struct summary_finding *f = summary_find(r->summary, rule, "program", v->value, t->bad, words.data);
    summary_text(&f->experiment, v->grid->experiment->name);
    for (size_t k = 0; k < v->at.list.count; k++)
        summary_parameter(&f->parameters, v->at.list.items[k].name, v->at.list.items[k].value);
    system_runs(v->grid, &f->runs);
    str_release(&words);
    free(rule);
}

static void tell(struct study_results *r, const struct verdict *v)
{
    const char *word = threshold_word(v->threshold, v->value);
    char *subject = str_format("%s: %s%s", word, v->threshold->metric, v->threshold->doubling ? ", n doubled" : "");
    add_rows(r, v, subject);
    if (strcmp(word, "bad") == 0)
        add_finding(r, v);
    free(subject);
}

/* The last measurement of the experiment with that name: of its largest size. */
static const struct summary_measurement *last_measured(const struct study_results *r, const struct grid *g,
                                                       const char *metric)
{
    for (size_t i = r->summary->measurements.count; i--;) {
        const struct summary_measurement *m = &r->summary->measurements.items[i];
        bool own = m->kind == SUMMARY_PROGRAM || m->kind == SUMMARY_SERIES;
        if (own && strcmp(m->metric, metric) == 0 && strcmp(m->experiment, g->experiment->name) == 0)
            return m;
    }
    return NULL;
}

static void judge_growth(struct study_results *r, const struct grid *g, const struct threshold *t,
                         const struct scale_set *set)
{
    for (size_t i = 0; i < set->verdicts.list.count; i++) {
        const struct scale_verdict *v = &set->verdicts.list.items[i];
        bool is = v->series->scope == SCALE_PROGRAM && strcmp(v->series->metric, t->metric) == 0;
        struct verdict verdict = {.grid = g, .threshold = t, .value = is ? threshold_value(t, v) : NAN};
        if (isnan(verdict.value))
            continue;
        char *size = str_format("%g", set->verdicts.largest);
        summary_parameter(&verdict.at, set->by, size);
        tell(r, &verdict);
        summary_parameters_release(&verdict.at);
        free(size);
    }
}

static void judge_value(struct study_results *r, const struct grid *g, const struct threshold *t)
{
    const struct summary_measurement *m = last_measured(r, g, t->metric);
    if (!m)
        return;
    struct verdict verdict = {.grid = g, .threshold = t, .value = m->value};
    for (size_t i = 0; i < m->parameters.list.count; i++)
        summary_parameter(&verdict.at, m->parameters.list.items[i].name, m->parameters.list.items[i].value);
    tell(r, &verdict);
    summary_parameters_release(&verdict.at);
}

void system_verdicts(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set)
{
    struct thresholds thresholds;
    struct str err = STR_INIT;
    const struct json *own = study_member(r->study, "thresholds");
    thresholds_init(&thresholds);
    if (own && !thresholds_take(&thresholds, own, &err))
        thresholds_release(&thresholds);         /* study_load has said so before the first run */
    for (size_t i = 0; i < thresholds.list.count; i++) {
        const struct threshold *t = &thresholds.list.items[i];
        if (t->doubling && set)
            judge_growth(r, g, t, set);
        else if (!t->doubling && option == 0)
            judge_value(r, g, t);
    }
    thresholds_release(&thresholds);
    str_release(&err);
}
