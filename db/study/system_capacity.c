/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/stats/stats.h"
#include "db/study/capacity.h"
#include "db/study/system.h"

struct limit {
    const char *metric;
    double value;
    bool at_least;               /* steps a second, say: 1 / metric is what grows */
};

/* A metric by size, with the model beyond. */
struct curve {
    struct capacity_curve c;
    struct growth growth;
    struct summary_runs runs;
};

static bool curve_open(const struct study_results *r, const struct grid *g, size_t option, const struct limit *l,
                       struct curve *out)
{
    struct grid_series s;
    *out = (struct curve){0};
    grid_series(r, g, option, l->metric, &s);
    for (size_t i = 0; l->at_least && i < s.sizes; i++)
        for (size_t k = 0; k < s.values[i].list.count; k++)
            s.values[i].list.items[k] = 1 / s.values[i].list.items[k];
    for (size_t i = 0; i < s.points.count; i++) {
        double value = stats_median(s.points.items[i].values, s.points.items[i].count);
        if (value > 0)
            *vec_push(&out->c.points) = (struct capacity_point){s.points.items[i].n, value};
    }
    if (s.points.count)
        growth_classify(s.points.items, s.points.count, false, 1, &out->growth);
    out->c.model = &out->growth.model;
    for (size_t i = 0; i < s.runs.list.count; i++)
        summary_run(&out->runs, s.runs.list.items[i]);
    grid_series_release(&s);
    return out->c.points.count > 0;
}

static void curve_close(struct curve *c)
{
    vec_release(&c->c.points);
    vec_release(&c->runs.list);
}

/* Three digits are more than a size that is worked out deserves. */
static double rounded(double n)
{
    double unit = pow(10, floor(log10(n)) - 2);
    return n > 0 ? floor(n / unit) * unit : n;
}

/* "agents up to 7900 keep ..." */
static void add_words(const struct grid *g, const struct limit *l, const struct capacity *c, struct str *out)
{
    static const char *const hows[] = {"to at most", "at"};
    const char *by = g->experiment->by;
    if (c->end == CAPACITY_NONE)
        str_addf(out, "no %s that was measured keeps %s %s ", by, l->metric, hows[l->at_least]);
    else
        str_addf(out, "%s up to %.0f %skeep %s %s ", by, rounded(c->n), c->end == CAPACITY_OPEN ? "and beyond " : "",
                 l->metric, hows[l->at_least]);
    study_figure(out, l->metric, l->value);
    str_add(out, l->at_least ? " or more" : "");
    str_add(out, c->end == CAPACITY_PREDICTED ? " (predicted, beyond what was measured)" : "");
}

static void add_finding(struct study_results *r, const struct grid *g, const struct limit *l, const struct curve *curve,
                        const struct capacity *c)
{
    struct str words = STR_INIT;
    char *rule = str_format("largest %s within a limit", g->experiment->by);
    add_words(g, l, c, &words);
    struct summary_finding *f = summary_find(r->summary, rule, l->metric, c->n, l->value, words.data);
    summary_text(&f->experiment, g->experiment->name);
    for (size_t i = 0; i < curve->runs.list.count; i++)
        summary_run(&f->runs, curve->runs.list.items[i]);
    str_release(&words);
    free(rule);
}

/* ---- what it needs at that size */

static void add_need(struct study_results *r, const struct grid *g, const char *metric, double n, double value)
{
    char *size = str_format("%.0f", rounded(n));
    struct summary_measurement *m = summary_measure(r->summary, "capacity", SUMMARY_PROGRAM, g->experiment->name,
                                                    metric, value, study_unit(metric));
    summary_parameter(&m->parameters, g->experiment->by, size);
    system_runs(g, &m->runs);
    free(size);
}

static double need(struct study_results *r, const struct grid *g, size_t option, const char *metric, double n,
                   bool tell)
{
    struct curve curve;
    double value = NAN;
    if (curve_open(r, g, option, &(struct limit){metric, 0, false}, &curve)) {
        value = capacity_at(&curve.c, n);
        if (tell && !isnan(value))
            add_need(r, g, metric, n, value);
    }
    curve_close(&curve);
    return value;
}

/* Memory, cores, and what else the experiment reports of the kind that is needed by the hour. */
static void add_needs(struct study_results *r, const struct grid *g, size_t option, double n)
{
    const struct study_experiment *e = g->experiment;
    struct curve curve;
    if (!curve_open(r, g, option, &(struct limit){"wall_s", 0, false}, &curve)) {
        curve_close(&curve);
        return;
    }
    char *largest = str_format("largest_%s", e->by);
    add_need(r, g, largest, n, rounded(n));
    double cpu = need(r, g, option, "cpu_s", n, false), wall = capacity_at(&curve.c, n);
    if (cpu > 0 && wall > 0)
        add_need(r, g, "cores", n, cpu / wall);
    need(r, g, option, "max_rss_bytes", n, true);
    for (size_t i = 0; i < e->metrics.count; i++)
        if (strstr(e->metrics.items[i], "_per_h"))
            need(r, g, option, e->metrics.items[i], n, true);
    curve_close(&curve);
    free(largest);
}

/* The study's file was checked: a limit has one of the two bounds. */
static struct limit limit_of(const struct json *j)
{
    const struct json *at_least = json_get(j, "at_least");
    return (struct limit){json_text(json_get(j, "metric")), json_number(at_least ? at_least : json_get(j, "at_most")),
                          at_least != NULL};
}

void system_capacity(struct study_results *r, const struct grid *g, size_t option)
{
    const struct json *capacity = study_member(r->study, "capacity"), *limits = json_get(capacity, "limits");
    double all = INFINITY;
    if (!limits || strcmp(json_text(json_get(capacity, "by")), g->experiment->by) != 0)
        return;
    for (const struct json *j = json_first(limits); j; j = json_next(j)) {
        struct limit l = limit_of(j);
        struct curve curve;
        if (curve_open(r, g, option, &l, &curve)) {
            struct capacity c = capacity_within(&curve.c, l.at_least ? 1 / l.value : l.value);
            add_finding(r, g, &l, &curve, &c);
            all = c.end == CAPACITY_NONE ? -INFINITY : fmin(all, c.n);
        }
        curve_close(&curve);
    }
    if (all > 0 && all < INFINITY)
        add_needs(r, g, option, all);
}
