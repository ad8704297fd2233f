/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/scale/unit.h"
#include "db/stats/stats.h"

#define SEED 1                   /* same data, same answer */

static bool is_hits(const struct scale_series *s)
{
    return s->scope == SCALE_LINE && strcmp(s->metric, "hits") == 0;
}

/* Lines or functions, by the name of the function. */
struct by_name {
    VEC(struct scale_verdict *) lines;
};

static int by_function(const void *a, const void *b)
{
    const struct scale_verdict *const *x = a, *const *y = b;
    return strcmp((*x)->series->function, (*y)->series->function);
}

static void find_counted(struct scale_verdicts *v, struct by_name *out)
{
    for (size_t i = 0; i < v->list.count; i++) {
        struct scale_verdict *line = &v->list.items[i];
        if (is_hits(line->series) && line->growth.class < GROWTH_PIECEWISE)
            *vec_push(&out->lines) = line;
    }
    if (out->lines.count)
        qsort(out->lines.items, out->lines.count, sizeof *out->lines.items, by_function);
}

static size_t first_of(const struct by_name *c, const char *function)
{
    size_t low = 0, high = c->lines.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(c->lines.items[middle]->series->function, function) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The highest class of the hits of the lines behind a time. A function's total has none: it is of others as well. */
static void look_behind(const struct by_name *c, struct scale_verdict *v)
{
    const struct scale_series *time = v->series;
    bool program = time->scope == SCALE_PROGRAM;
    if (strcmp(time->metric, "total_s") == 0)
        return;
    for (size_t i = program ? 0 : first_of(c, time->function); i < c->lines.count; i++) {
        struct scale_verdict *line = c->lines.items[i];
        if (!program && strcmp(line->series->function, time->function) != 0)
            break;
        if (time->scope == SCALE_LINE &&
            (line->series->line != time->line || strcmp(line->series->file, time->file) != 0))
            continue;
        if (v->counts == GROWTH_INCONCLUSIVE || line->growth.class > v->counts)
            v->counts = line->growth.class;
        if (time->scope == SCALE_LINE)
            v->hits = line;
    }
}

/* One logarithm more than c. */
static enum growth_class with_log(enum growth_class c)
{
    return c == GROWTH_CONSTANT || c == GROWTH_LINEAR || c == GROWTH_SQUARE ? c + 1 : c;
}

/* Of the classes that times allow those above the counts go. A line's time is of its hits' class if it may be; behind a
 * function or the program other lines may still hide those that grow fastest. */
static void weigh_counts(struct scale_verdict *v)
{
    struct growth *g = &v->growth;
    if (v->counts == GROWTH_INCONCLUSIVE || g->class >= GROWTH_PIECEWISE)
        return;
    v->above_counts = g->low > with_log(v->counts);
    if (g->low == g->high || g->low > v->counts)
        return;
    g->high = g->high > v->counts ? v->counts : g->high;
    if (v->series->scope == SCALE_LINE && g->high == v->counts)
        g->low = v->counts;
    if (g->low == g->high || g->class > g->high) {
        enum growth_class low = g->low;
        growth_settle(v->points.points.items, v->points.points.count, g->high, g);
        g->low = low;
        v->by_counts = g->low == g->high;
    }
}

static double last_median(const struct scale_points *p)
{
    const struct growth_point *last = &p->points.items[p->points.count - 1];
    return stats_median(last->values, last->count);
}

static double time_at(const struct scale_verdict *v, double n);

static double known(double x)
{
    return isnan(x) ? 0 : x;
}

/* A function's own time is that of its lines. */
static double lines_at(const struct scale_verdict *function, double n)
{
    double sum = 0;
    for (const struct scale_verdict *line = function->first_line; line; line = line->next_line)
        sum += known(time_at(line, n));
    return sum;
}

static double time_at(const struct scale_verdict *v, double n)
{
    const struct growth_model *m = &v->growth.model;
    if (v->first_line)
        return lines_at(v, n);
    if (v->hits && v->hits->growth.model.count && !v->above_counts) {
        double last = v->points.points.items[v->points.points.count - 1].n;
        double hits = growth_predict(&v->hits->growth.model, last);
        if (hits > 0)
            return last_median(&v->points) * fmax(0, growth_predict(&v->hits->growth.model, n)) / hits;
    }
    return m->count ? fmax(0, growth_predict(m, n)) : NAN;
}

/* All that a share is of: lines of line times, functions of self times. */
static bool shares(const struct scale_verdict *v, enum scale_scope scope)
{
    const char *metric = scope == SCALE_LINE ? "time_s" : "self_s";
    return v->series->scope == scope && strcmp(v->series->metric, metric) == 0 && v->points.points.count;
}

static double sum_at(const struct scale_verdicts *v, enum scale_scope scope, double n)
{
    double sum = 0;
    for (size_t i = 0; i < v->list.count; i++)
        if (shares(&v->list.items[i], scope))
            sum += known(time_at(&v->list.items[i], n));
    return sum;
}

/* From which size in (from, to] on `v` takes more than all others together; sums of models are not models: bisected. */
static double overtakes(const struct scale_verdicts *all, const struct scale_verdict *v, double from, double to)
{
    enum scale_scope scope = v->series->scope;
    if (2 * known(time_at(v, from)) > sum_at(all, scope, from) || 2 * known(time_at(v, to)) <= sum_at(all, scope, to))
        return NAN;
    for (int step = 0; step < 100; step++) {
        double middle = sqrt(from * to);
        if (2 * known(time_at(v, middle)) > sum_at(all, scope, middle))
            to = middle;
        else
            from = middle;
    }
    return to;
}

/* Hangs line times to the self time of their function. */
static void link_lines(struct scale_verdicts *v)
{
    struct by_name functions = {0};
    for (size_t i = 0; i < v->list.count; i++)
        if (shares(&v->list.items[i], SCALE_FUNCTION))
            *vec_push(&functions.lines) = &v->list.items[i];
    if (functions.lines.count)
        qsort(functions.lines.items, functions.lines.count, sizeof *functions.lines.items, by_function);
    for (size_t i = 0; i < v->list.count; i++) {
        struct scale_verdict *line = &v->list.items[i];
        if (!shares(line, SCALE_LINE))
            continue;
        for (size_t k = first_of(&functions, line->series->function); k < functions.lines.count; k++) {
            struct scale_verdict *f = functions.lines.items[k];
            if (strcmp(f->series->function, line->series->function) != 0)
                break;
            if (strcmp(f->series->file, line->series->file) != 0)
                continue;
            line->next_line = f->first_line;
            f->first_line = line;
            break;
        }
    }
    vec_release(&functions.lines);
}

static void add_shares(struct scale_verdicts *v, enum scale_scope scope, double at, double reach)
{
    double now = 0, then = sum_at(v, scope, at);
    for (size_t i = 0; i < v->list.count; i++)
        if (shares(&v->list.items[i], scope))
            now += last_median(&v->list.items[i].points);
    for (size_t i = 0; i < v->list.count; i++) {
        struct scale_verdict *one = &v->list.items[i];
        if (!shares(one, scope))
            continue;
        one->share = now > 0 ? last_median(&one->points) / now : NAN;
        one->share_at = then > 0 ? time_at(one, at) / then : NAN;
        one->overtakes = overtakes(v, one, v->largest / 64, reach);
        if (one->hits) {
            one->hits->share = one->share;
            one->hits->share_at = one->share_at;
            one->hits->overtakes = one->overtakes;
        }
    }
}

void scale_judge(const struct scale_data *d, double at, double reach, struct scale_verdicts *out)
{
    *out = (struct scale_verdicts){.largest = d->sizes.count ? d->sizes.items[d->sizes.count - 1] : 0};
    for (size_t i = 0; i < d->series.count; i++) {
        struct scale_verdict *v = vec_push(&out->list);
        v->series = &d->series.items[i];
        v->counts = GROWTH_INCONCLUSIVE;
        v->share = v->share_at = v->overtakes = NAN;
        scale_points(d, v->series, &v->points);
        growth_classify(v->points.points.items, v->points.points.count, v->series->counted, SEED, &v->growth);
    }
    struct by_name counted = {0};
    find_counted(out, &counted);
    for (size_t i = 0; i < out->list.count; i++) {
        struct scale_verdict *v = &out->list.items[i];
        if (v->series->counted || !scale_in_seconds(v->series->metric))
            continue;
        look_behind(&counted, v);
        weigh_counts(v);
    }
    vec_release(&counted.lines);
    link_lines(out);
    add_shares(out, SCALE_FUNCTION, at, reach);
    add_shares(out, SCALE_LINE, at, reach);
}

void scale_verdicts_release(struct scale_verdicts *v)
{
    for (size_t i = 0; i < v->list.count; i++)
        scale_points_release(&v->list.items[i].points);
    vec_release(&v->list);
}

double scale_weight(const struct scale_verdict *v)
{
    return fmax(isnan(v->share) ? 0 : v->share, isnan(v->share_at) ? 0 : v->share_at);
}

int scale_by_weight(const void *a, const void *b)
{
    const struct scale_verdict *const *x = a, *const *y = b;
    if (scale_weight(*x) != scale_weight(*y))
        return scale_weight(*x) < scale_weight(*y) ? 1 : -1;
    return *x < *y ? -1 : *x > *y;
}

void scale_note(const struct scale_verdict *v, struct str *out)
{
    const struct growth *g = &v->growth;
    size_t cliff = growth_cliff(v->points.points.items, v->points.points.count);
    if (cliff != SIZE_MAX && !g->exact)
        str_addf(out, "cliff between n = %g and %g%s", v->points.points.items[cliff].n,
                 v->points.points.items[cliff + 1].n, v->above_counts ? "; " : "");
    if (v->above_counts)
        str_addf(out, "cache or allocator effect: its counts are %s", growth_class_name(v->counts));
    else if (cliff != SIZE_MAX && !g->exact)
        return;
    else if (v->by_counts)
        str_add(out, "the counts decide between classes that the times allow");
    else if (g->why)
        str_add(out, g->why);
    else if (g->from_n > 0)
        str_addf(out, "another law below %g", g->from_n);
}
