/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bottlenecks by rule. A share counts as above its limit only where twice its sampling error is above it, too.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/quantity.h"
#include "db/study/macro.h"

#define NEARLY_ALL 0.95          /* total share of what everything runs in: main, a loop over steps */

struct judge {
    struct study_results *r;
    const struct study_point *point;
    const struct macro_point *m;
    const struct study_rules *rules;
    double cpu_ns;               /* median */
};

static void find(struct judge *j, enum summary_kind kind, const char *rule, const char *subject, double value,
                 double limit, const char *words)
{
    struct summary_finding *f = summary_find(j->r->summary, rule, subject, value, limit, words);
    f->kind = kind;
    summary_text(&f->experiment, j->point->experiment->name);
    for (size_t i = 0; i < j->point->varied.count; i++)
        summary_parameter(&f->parameters, j->point->varied.items[i].name, j->point->varied.items[i].value);
    for (size_t i = 0; i < j->m->rows.runs.count; i++)
        summary_run(&f->runs, j->m->rows.runs.items[i]);
}

/* Is the share of the CPU time above the limit, beyond what sampling leaves open? */
static bool above(const struct judge *j, double share, double limit)
{
    double n = (double)j->m->rows.samples;
    return n >= SELECT_FEW_SAMPLES && share - 2 * sqrt(share * (1 - fmin(share, 1)) / n) >= limit;
}

static double share_of(const struct judge *j, double ns)
{
    return j->cpu_ns > 0 ? ns / j->cpu_ns : 0;
}

static void judge_component(struct judge *j, const struct macro_component *c)
{
    double share = share_of(j, stats_median(c->self_ns, j->m->rows.runs.count)), limit = j->rules->component_share;
    if (!above(j, share, limit) || strcmp(c->name, "outside") == 0)
        return;
    char *words = str_format("takes %.1f %% of the CPU time%s", 100 * share,
                             isnan(j->m->rows.steps.items[0]) ? "" : " of a step");
    char *rule = str_format("component_share >= %g", limit);
    find(j, SUMMARY_COMPONENT, rule, c->name, share, limit, words);
    free(rule);
    free(words);
}

static void judge_self(struct judge *j, const struct rows_function *f)
{
    double share = share_of(j, f->median[ROWS_SELF_NS]), limit = j->rules->function_share;
    if (!above(j, share, limit))
        return;
    struct str words = STR_INIT;
    str_addf(&words, "%.1f %% of the CPU time is in its own lines, %.1f %% with what it calls; ", 100 * share,
             100 * share_of(j, f->median[ROWS_TOTAL_NS]));
    quantity_calls(&words, f->median[ROWS_CALLS]);
    str_addf(&words, " (%s)", f->place);
    char *rule = str_format("function_share >= %g", limit);
    find(j, SUMMARY_FUNCTION, rule, f->name, share, limit, words.data);
    free(rule);
    str_release(&words);
}

/* Internal against cumulative: the function only leads to what is slow. */
static void judge_total(struct judge *j, const struct rows_function *f)
{
    double total = share_of(j, f->median[ROWS_TOTAL_NS]), limit = j->rules->cumulative_share;
    if (!above(j, total, limit) || total >= NEARLY_ALL || f->median[ROWS_SELF_NS] > f->median[ROWS_TOTAL_NS] / 4)
        return;
    char *words = str_format("%.1f %% of the CPU time is below it, %.1f %% its own: look at what it calls (%s)",
                             100 * total, 100 * share_of(j, f->median[ROWS_SELF_NS]), f->place);
    char *rule = str_format("cumulative_share >= %g, self a quarter of it at most", limit);
    find(j, SUMMARY_FUNCTION, rule, f->name, total, limit, words);
    free(rule);
    free(words);
}

static void judge_calls(struct judge *j, const struct rows_function *f)
{
    double share = share_of(j, f->median[ROWS_SELF_NS]), calls = f->median[ROWS_CALLS];
    double each = calls > 0 ? f->median[ROWS_TOTAL_NS] / calls : INFINITY;
    if (!above(j, share, j->rules->line_share) || each > j->rules->tiny_call_ns)
        return;
    struct str words = STR_INIT;
    quantity_calls(&words, calls);
    str_addf(&words, " of %.1f ns each: the call may cost as much as the work (%s)", each, f->place);
    char *rule = str_format("tiny_call_ns <= %g, function_share >= %g", j->rules->tiny_call_ns, j->rules->line_share);
    find(j, SUMMARY_FUNCTION, rule, f->name, each, j->rules->tiny_call_ns, words.data);
    free(rule);
    str_release(&words);
}

static double share_in(const struct macro_point *m, const struct rows_function *f)
{
    double cpu = rows_cpu(&m->rows);
    for (size_t i = 0; i < m->rows.list.count; i++) {
        const struct rows_function *g = &m->rows.list.items[i];
        if (strcmp(g->name, f->name) == 0 && strcmp(g->path, f->path) == 0)
            return cpu > 0 ? g->median[ROWS_SELF_NS] / cpu : 0;
    }
    return 0;
}

/* What takes a larger share of a larger run grows faster than the rest of the program. */
static void judge_growth(struct judge *j, const struct study_point *first, const struct macro_point *small,
                         const struct rows_function *f)
{
    double now = share_of(j, f->median[ROWS_SELF_NS]), then = share_in(small, f);
    double factor = now / fmax(then, 1 / (double)small->rows.samples);
    if (!above(j, now, j->rules->function_share) || small->rows.samples < SELECT_FEW_SAMPLES ||
        factor < j->rules->growth_factor)
        return;
    struct str from = STR_INIT, to = STR_INIT;
    study_point_name(first, &from);
    study_point_name(j->point, &to);
    char *words = str_format("its share grows from %.1f %% (%s) to %.1f %% (%s) (%s)", 100 * then, from.data, 100 * now,
                             to.data, f->place);
    char *rule = str_format("growth_factor >= %g", j->rules->growth_factor);
    find(j, SUMMARY_FUNCTION, rule, f->name, factor, j->rules->growth_factor, words);
    free(rule);
    free(words);
    str_release(&from);
    str_release(&to);
}

static void judge_point(struct judge *j, const struct study_point *first, const struct macro_point *small)
{
    j->cpu_ns = rows_cpu(&j->m->rows);
    for (size_t i = 0; i < j->m->components.count; i++)
        judge_component(j, &j->m->components.items[i]);
    for (size_t rank = 1; rank <= j->m->rows.list.count; rank++) {
        for (size_t i = 0; i < j->m->rows.list.count; i++) {
            const struct rows_function *f = &j->m->rows.list.items[i];
            if (f->rank[ROWS_SELF_NS] != rank)
                continue;
            judge_self(j, f);
            judge_total(j, f);
            judge_calls(j, f);
            if (small != j->m)
                judge_growth(j, first, small, f);
        }
    }
}

void macro_rules(struct study_results *r, const struct macro_point *points)
{
    for (size_t first = 0; first < r->points->list.count; first++) {
        const struct study_experiment *e = r->points->list.items[first].experiment;
        size_t last = SIZE_MAX, begin = SIZE_MAX;
        for (size_t i = first; i < r->points->list.count && r->points->list.items[i].experiment == e; i++) {
            if (points[i].known) {
                begin = begin == SIZE_MAX ? i : begin;
                last = i;
            }
            first = i;
        }
        if (last == SIZE_MAX)
            continue;
        struct judge j = {r, &r->points->list.items[last], &points[last], &r->study->rules, 0};
        judge_point(&j, &r->points->list.items[begin], &points[begin]);
    }
}
