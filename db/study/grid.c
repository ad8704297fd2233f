/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/grid.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_by(const struct study_experiment *e, const char *name)
{
    return strcmp(name, e->by) == 0;
}

/* NAN: it is no number. */
static double number_of(const char *text)
{
    char *end;
    double value = text ? strtod(text, &end) : NAN;
    return text && *text && !*end ? value : NAN;
}

static bool all_numbers(const struct study_results *r, const struct study_experiment *e)
{
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_point *p = &r->points->list.items[i];
        if (p->experiment == e && isnan(number_of(study_point_value(p, e->by))))
            return false;
    }
    return *e->by;
}

static struct grid_option option_of(const struct study_results *r, const struct study_point *p, bool sized)
{
    struct str name = STR_INIT;
    bool in_use = true;
    for (size_t i = 0; i < p->varied.count; i++) {
        const struct setting *s = &p->varied.items[i];
        if (sized && is_by(p->experiment, s->name))
            continue;
        const char *usual = study_default(r->study, s->name);
        in_use = in_use && usual && strcmp(usual, s->value) == 0;
        str_addf(&name, "%s%s=%s", name.len ? ", " : "", s->name, s->value);
    }
    return (struct grid_option){str_detach(&name), in_use};
}

static size_t option_index(struct grid *g, const struct study_results *r, const struct study_point *p, bool sized)
{
    struct grid_option o = option_of(r, p, sized);
    for (size_t i = 0; i < g->options.count; i++) {
        if (strcmp(g->options.items[i].name, o.name) == 0) {
            free(o.name);
            return i;
        }
    }
    *vec_push(&g->options) = o;
    return g->options.count - 1;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void find_sizes(const struct study_results *r, struct grid *g, bool sized)
{
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_point *p = &r->points->list.items[i];
        bool known = p->experiment != g->experiment;
        double size = sized ? number_of(study_point_value(p, p->experiment->by)) : NAN;
        for (size_t k = 0; !known && k < g->sizes.count; k++)
            known = !sized || g->sizes.items[k] == size;
        if (!known)
            *vec_push(&g->sizes) = size;
    }
    if (sized && g->sizes.count)
        qsort(g->sizes.items, g->sizes.count, sizeof *g->sizes.items, by_size);
}

void grid_load(const struct study_results *r, const struct study_experiment *e, bool sized, struct grid *out)
{
    *out = (struct grid){.experiment = e};
    sized = sized && all_numbers(r, e);
    find_sizes(r, out, sized);
    out->cells = xcalloc(r->points->list.count * (out->sizes.count + 1) + 1, sizeof *out->cells);
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_point *p = &r->points->list.items[i];
        if (p->experiment != e)
            continue;
        size_t option = option_index(out, r, p, sized), size = 0;
        double n = sized ? number_of(study_point_value(p, e->by)) : NAN;
        while (sized && out->sizes.items[size] != n)
            size++;
        if (p->state == SUMMARY_DONE)
            out->cells[option * out->sizes.count + size] = p;
    }
}

void grid_release(struct grid *g)
{
    for (size_t i = 0; i < g->options.count; i++)
        free(g->options.items[i].name);
    vec_release(&g->options);
    vec_release(&g->sizes);
    free(g->cells);
}

const struct study_point *grid_cell(const struct grid *g, size_t option, size_t size)
{
    return g->cells[option * g->sizes.count + size];
}

bool grid_sized(const struct grid *g)
{
    return g->sizes.count > 1;
}

struct best_option grid_value(const struct study_results *r, const struct study_point *p, const char *metric)
{
    struct study_values v = {0};
    if (p)
        study_metric(r, p, metric, &v);
    struct best_option value = study_middle(&v);
    study_values_release(&v);
    return value;
}

void grid_series(const struct study_results *r, const struct grid *g, size_t option, const char *metric,
                 struct grid_series *out)
{
    *out = (struct grid_series){.values = xcalloc(g->sizes.count + 1, sizeof *out->values), .sizes = g->sizes.count};
    for (size_t i = 0; i < g->sizes.count; i++) {
        const struct study_point *p = grid_cell(g, option, i);
        struct study_values *v = &out->values[i];
        if (!p || !(g->sizes.items[i] > 0))
            continue;
        study_metric(r, p, metric, v);
        bool positive = v->list.count;
        for (size_t k = 0; k < v->list.count; k++)
            positive = positive && v->list.items[k] >= 0;
        if (!positive)
            continue;
        *vec_push(&out->points) = (struct growth_point){g->sizes.items[i], v->list.items, v->list.count, 0};
        for (size_t k = 0; k < v->runs.count; k++)
            summary_run(&out->runs, v->runs.items[k]);
    }
}

void grid_series_release(struct grid_series *s)
{
    for (size_t i = 0; i < s->sizes; i++)
        study_values_release(&s->values[i]);
    free(s->values);
    vec_release(&s->points);
    vec_release(&s->runs.list);
}

/* ---- pictures */

/* The metric, and its unit where its name does not end with it. */
static char *axis_label(const char *metric)
{
    const char *unit = study_unit(metric), *end = strrchr(metric, '_');
    bool told = !*unit || !end || strcmp(end + 1, unit) == 0;
    return str_format("%s%s%s", metric, told ? "" : ", ", told ? "" : unit);
}

static void chart_by_size(struct study_results *r, const struct grid *g, const char *metric, const char *name)
{
    struct chart c;
    char *label = axis_label(metric);
    chart_init(&c, "scale", g->experiment->name, g->experiment->by);
    c.logarithmic_x = c.logarithmic_y = true;
    chart_panel(&c, "", label);
    for (size_t o = 0; o < g->options.count; o++) {
        const char *option = g->options.items[o].name;
        struct chart_series *s = chart_series(&c, *option ? option : metric);
        for (size_t i = 0; i < g->sizes.count; i++) {
            struct best_option v = grid_value(r, grid_cell(g, o, i), metric);
            if (!(v.value > 0) || !(g->sizes.items[i] > 0))
                continue;
            chart_point(s, g->sizes.items[i], v.value, isnan(v.low) ? v.value : v.low,
                        isnan(v.high) ? v.value : v.high);
            chart_curve_point(s, g->sizes.items[i], v.value);
        }
    }
    study_chart(r, &c, name);
    chart_release(&c);
    free(label);
}

static void chart_by_option(struct study_results *r, const struct grid *g, const char *metric, const char *name)
{
    VEC(struct study_bar) bars = {0};
    char *axis = axis_label(metric);
    for (size_t o = 0; o < g->options.count; o++) {
        struct best_option v = grid_value(r, grid_cell(g, o, 0), metric);
        if (!isnan(v.value))
            *vec_push(&bars) = (struct study_bar){g->options.items[o].name, v.value, v.low, v.high};
    }
    if (bars.count > 1)
        study_bars(r, name, g->experiment->name, axis, bars.items, bars.count);
    vec_release(&bars);
    free(axis);
}

void grid_chart(struct study_results *r, const struct grid *g, const char *metric, const char *name)
{
    (grid_sized(g) ? chart_by_size : chart_by_option)(r, g, metric, name);
}

void grid_file_name(const char *experiment, struct str *out)
{
    bool gap = false;
    for (const char *c = experiment; *c; c++) {
        if (!isalnum((unsigned char)*c)) {
            gap = out->len > 0;
            continue;
        }
        if (gap)
            str_add_char(out, '-');
        gap = false;
        str_add_char(out, (char)tolower((unsigned char)*c));
    }
}

void grid_experiments(const struct study_results *r, struct grid_experiments *out)
{
    *out = (struct grid_experiments){0};
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_experiment *e = r->points->list.items[i].experiment;
        bool known = false;
        for (size_t k = 0; !known && k < out->list.count; k++)
            known = out->list.items[k] == e;
        if (!known)
            *vec_push(&out->list) = e;
    }
}
