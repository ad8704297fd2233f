/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phase 1: where time goes, by function and by component, at each size; what of it is a bottleneck is named by the
 * rules of macro_rules.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "db/flame/svg.h"
#include "db/flame/tree.h"
#include "db/study/macro.h"

#define TOP 10                   /* functions by self, by total and by calls */

/* ---- measurements */

struct target {                  /* what a measurement is of */
    struct study_results *r;
    const struct study_point *point;
    const struct macro_point *m;
    enum summary_kind kind;
    const char *subject, *place;
};

/* The values, by run, over those of `by` (NULL: 1) and the scale. */
static void add(const struct target *t, const char *metric, const char *unit, const double *values, const double *by,
                double scale)
{
    struct study_values v;
    rows_values(&t->m->rows, values, by, scale, &v);
    struct summary_measurement *added = study_add(t->r, t->point, t->kind, t->subject, metric, unit, &v);
    if (added)
        summary_text(&added->place, t->place);
    study_values_release(&v);
}

static void add_program(struct study_results *r, const struct study_point *p, const struct macro_point *m)
{
    static const char *const always[] = {"wall_s", "cpu_s", "max_rss_bytes", "allocs"};
    struct target program = {r, p, m, SUMMARY_PROGRAM, "program", ""};
    size_t own = p->experiment->metrics.count, fixed = sizeof always / sizeof *always;
    for (size_t i = 0; i < fixed + own; i++) {
        struct study_values v;
        const char *metric = i < fixed ? always[i] : p->experiment->metrics.items[i - fixed];
        study_metric(r, p, metric, &v);
        study_add(r, p, SUMMARY_PROGRAM, "program", metric, study_unit(metric), &v);
        study_values_release(&v);
    }
    add(&program, "steps", "count", m->rows.steps.items, NULL, 1);
    add(&program, "step_p50_s", "s", m->rows.step_p50_s.items, NULL, 1);
    add(&program, "step_p99_s", "s", m->rows.step_p99_s.items, NULL, 1);
    struct summary_measurement *samples = summary_measure(r->summary, p->experiment->name, SUMMARY_PROGRAM, "program",
                                                          "samples", (double)m->rows.samples, "count");
    for (size_t i = 0; i < p->varied.count; i++)
        summary_parameter(&samples->parameters, p->varied.items[i].name, p->varied.items[i].value);
    for (size_t i = 0; i < m->rows.runs.count; i++)
        summary_run(&samples->runs, m->rows.runs.items[i]);
}

static void add_component(struct study_results *r, const struct study_point *p, const struct macro_point *m,
                          const struct macro_component *c)
{
    struct target t = {r, p, m, SUMMARY_COMPONENT, c->name, ""};
    add(&t, "self_s", "s", c->self_ns, NULL, 1e9);
    add(&t, "share", "share", c->self_ns, m->rows.cpu_ns.items, 1);
    add(&t, "per_step_s", "s", c->self_ns, m->rows.steps.items, 1e9);
    add(&t, "calls", "count", c->calls, NULL, 1);
    add(&t, "allocs", "count", c->allocs, NULL, 1);
}

static void add_rank(const struct target *t, const struct rows_function *f, const char *metric, enum rows_value v)
{
    struct study_values rank = {0};
    *vec_push(&rank.list) = (double)f->rank[v];
    for (size_t i = 0; i < t->m->rows.runs.count; i++)
        *vec_push(&rank.runs) = t->m->rows.runs.items[i];
    struct summary_measurement *added = study_add(t->r, t->point, t->kind, t->subject, metric, "", &rank);
    summary_text(&added->place, t->place);
    study_values_release(&rank);
}

static void add_function(struct study_results *r, const struct study_point *p, const struct macro_point *m,
                         const struct rows_function *f)
{
    static const struct { const char *metric, *unit; enum rows_value value; double scale; } facts[] = {
        {"calls", "count", ROWS_CALLS, 1},
        {"self_s", "s", ROWS_SELF_NS, 1e9},
        {"total_s", "s", ROWS_TOTAL_NS, 1e9},
        {"allocs", "count", ROWS_ALLOCS, 1},
    };
    struct target t = {r, p, m, SUMMARY_FUNCTION, f->name, f->place};
    bool timed = m->rows.samples > 0;
    for (int i = 0; i < 4; i++)
        if (timed || facts[i].scale == 1)
            add(&t, facts[i].metric, facts[i].unit, f->values[facts[i].value], NULL, facts[i].scale);
    if (timed) {
        add(&t, "self_share", "share", f->values[ROWS_SELF_NS],
            m->rows.cpu_ns.items, 1);
        add(&t, "total_share", "share", f->values[ROWS_TOTAL_NS],
            m->rows.cpu_ns.items, 1);
        add(&t, "total_per_call_ns", "ns", f->values[ROWS_TOTAL_NS],
            f->values[ROWS_CALLS], 1);
        add_rank(&t, f, "rank_by_self", ROWS_SELF_NS);
        add_rank(&t, f, "rank_by_total", ROWS_TOTAL_NS);
    }
    add_rank(&t, f, "rank_by_calls", ROWS_CALLS);
}

static bool in_top(const struct rows_function *f)
{
    return f->rank[ROWS_SELF_NS] <= TOP || f->rank[ROWS_TOTAL_NS] <= TOP || f->rank[ROWS_CALLS] <= TOP;
}

/* Hottest first. */
static void add_functions(struct study_results *r, const struct study_point *p, const struct macro_point *m)
{
    for (size_t rank = 1; rank <= m->rows.list.count; rank++)
        for (size_t i = 0; i < m->rows.list.count; i++)
            if (m->rows.list.items[i].rank[ROWS_SELF_NS] == rank && in_top(&m->rows.list.items[i]))
                add_function(r, p, m, &m->rows.list.items[i]);
}

/* ---- components */

static struct macro_component *component(struct macro_point *m, const char *name)
{
    for (size_t i = 0; i < m->components.count; i++)
        if (strcmp(m->components.items[i].name, name) == 0)
            return &m->components.items[i];
    size_t runs = m->rows.runs.count;
    struct macro_component *c = vec_push(&m->components);
    *c = (struct macro_component){name, xcalloc(runs, sizeof(double)), xcalloc(runs, sizeof(double)),
                                  xcalloc(runs, sizeof(double))};
    return c;
}

static void sum_components(const struct study *s, struct macro_point *m)
{
    size_t runs = m->rows.runs.count;
    for (size_t i = 0; i < s->components.count; i++)
        component(m, s->components.items[i]);
    component(m, "other");
    struct macro_component *outside = component(m, "outside");
    for (size_t run = 0; run < runs; run++)
        outside->self_ns[run] = m->rows.cpu_ns.items[run];
    for (size_t i = 0; i < m->rows.list.count; i++) {
        const struct rows_function *f = &m->rows.list.items[i];
        struct macro_component *c = component(m, f->component);
        outside = component(m, "outside");
        for (size_t run = 0; run < runs; run++) {
            c->self_ns[run] += f->values[ROWS_SELF_NS][run];
            c->calls[run] += f->values[ROWS_CALLS][run];
            c->allocs[run] += f->values[ROWS_ALLOCS][run];
            outside->self_ns[run] -= f->values[ROWS_SELF_NS][run];
        }
    }
    for (size_t run = 0; run < runs; run++)              /* what rounding leaves is no time */
        if (outside->self_ns[run] < 1e-6 * m->rows.cpu_ns.items[run])
            outside->self_ns[run] = 0;
}

static void point_release(struct macro_point *m)
{
    for (size_t i = 0; i < m->components.count; i++) {
        free(m->components.items[i].self_ns);
        free(m->components.items[i].calls);
        free(m->components.items[i].allocs);
    }
    vec_release(&m->components);
    rows_release(&m->rows);
}

/* ---- pictures */

/* A name for files: agents=100, steps=5 -> agents-100_steps-5. */
static void file_words(const struct study_point *p, struct str *out)
{
    str_add(out, p->experiment->name);
    for (size_t i = 0; i < p->varied.count; i++)
        str_addf(out, "_%s-%s", p->varied.items[i].name, p->varied.items[i].value);
    for (char *c = out->data; *c; c++)
        *c = strchr("/ \t'\"", *c) ? '-' : *c;
}

static void write_flame(struct study_results *r, const struct study_point *p, const struct selection *selection,
                        const char *name)
{
    struct flame_tree tree;
    struct str picture = STR_INIT, err = STR_INIT, title = STR_INIT;
    char *path = str_join_path(r->folder, name);
    flame_init(&tree);
    flame_load(&tree, r->store->db, 0, selection->runs.count ? selection->runs.count : 1, FLAME_BY_FUNCTION,
               FLAME_TIME, false);
    flame_sum(&tree);
    study_point_name(p, &title);
    struct flame_words words = {"CPU time", "s", title.data, NULL, 1e-9, false};
    if (tree.nodes.items[0].total[0] > 0) {
        flame_svg(&tree, &words, &picture);
        if (file_write(path, picture.data, picture.len, &err))
            summary_file(r->summary, name);
        else
            warn("%s", err.data);
    }
    flame_release(&tree);
    str_release(&picture);
    str_release(&title);
    str_release(&err);
    free(path);
}

static void draw_flame(struct study_results *r, const struct study_point *p, bool last)
{
    struct selection selection;
    struct str name = STR_INIT;
    if (!study_select(r, p, &selection))
        return;
    str_add(&name, "flame_");
    file_words(p, &name);
    str_add(&name, ".svg");
    write_flame(r, p, &selection, last ? "flame.svg" : name.data);
    select_release(&selection);
    str_release(&name);
}

static struct study_bar bar(const struct macro_point *m, const char *name, const double *self_ns)
{
    struct study_values v;
    struct study_bar b = {name, NAN, NAN, NAN};
    rows_values(&m->rows, self_ns, m->rows.cpu_ns.items, 0.01, &v);
    for (size_t i = 0; i < v.list.count; i++) {
        b.low = fmin(isnan(b.low) ? v.list.items[i] : b.low, v.list.items[i]);
        b.high = fmax(isnan(b.high) ? v.list.items[i] : b.high, v.list.items[i]);
    }
    if (v.list.count)
        b.value = stats_median(v.list.items, v.list.count);
    study_values_release(&v);
    return b;
}

static int by_bar(const void *a, const void *b)
{
    const struct study_bar *x = a, *y = b;
    return (x->value < y->value) - (x->value > y->value);
}

static void draw_bars(struct study_results *r, const struct study_point *p, const struct macro_point *m)
{
    VEC(struct study_bar) bars = {0};
    struct str at = STR_INIT;
    study_point_name(p, &at);
    char *title = str_format("Share of CPU time by component (%s)", at.data);
    for (size_t i = 0; i < m->components.count; i++)
        *vec_push(&bars) = bar(m, m->components.items[i].name, m->components.items[i].self_ns);
    qsort(bars.items, bars.count, sizeof *bars.items, by_bar);
    study_bars(r, "components", title, "% of CPU time (least and most of the runs)", bars.items, bars.count);
    free(title);
    vec_clear(&bars);
    for (size_t i = 0; i < m->rows.list.count; i++)
        if (m->rows.list.items[i].rank[ROWS_SELF_NS] <= TOP && m->rows.list.items[i].median[ROWS_SELF_NS] > 0)
            *vec_push(&bars) = bar(m, m->rows.list.items[i].name, m->rows.list.items[i].values[ROWS_SELF_NS]);
    if (bars.count)
        qsort(bars.items, bars.count, sizeof *bars.items, by_bar);
    title = str_format("Slowest functions by self time (%s)", at.data);
    study_bars(r, "functions", title, "% of CPU time (least and most of the runs)", bars.items, bars.count);
    free(title);
    str_release(&at);
    vec_release(&bars);
}

/* ---- */

static void measure(struct study_results *r, const struct study_point *p, struct macro_point *m)
{
    sum_components(r->study, m);
    add_program(r, p, m);
    for (size_t i = 0; m->rows.samples && i < m->components.count; i++)
        add_component(r, p, m, &m->components.items[i]);
    add_functions(r, p, m);
}

static void evaluate(struct study_results *r)
{
    size_t count = r->points->list.count, last = count;
    struct macro_point *points = xcalloc(count + 1, sizeof *points);
    for (size_t i = 0; i < count; i++) {
        struct study_point *p = &r->points->list.items[i];
        if (p->state != SUMMARY_DONE)
            continue;
        points[i].known = rows_load(r, p, &points[i].rows);
        if (points[i].known) {
            measure(r, p, &points[i]);
            last = i;
        } else {
            warn("nothing of %s is recorded: was it built with farmcc?", p->command);
        }
    }
    macro_rules(r, points);
    for (size_t i = 0; i < count; i++)
        if (points[i].known)
            draw_flame(r, &r->points->list.items[i], i == last);
    if (last < count && points[last].rows.samples)
        draw_bars(r, &r->points->list.items[last], &points[last]);
    for (size_t i = 0; i < count; i++)
        point_release(&points[i]);
    free(points);
}

const struct phase phase_macro = {1, "macro", "Macro: where time goes", evaluate};
