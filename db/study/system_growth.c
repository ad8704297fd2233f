/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/path.h"
#include "db/scale/picture.h"
#include "db/scale/unit.h"
#include "db/stats/stats.h"
#include "db/study/system.h"

#define SHARE_THAT_MATTERS 0.05  /* of the time, at the largest size or at twice it */
#define SHOWN 10                 /* functions and lines */
#define PANELS 6
#define REACH 2.0                /* shares are predicted for that many times the largest size */

/* ---- classes */

static void add_runs(const struct scale_set *set, struct summary_runs *out)
{
    for (size_t i = 0; i < set->data.runs.count; i++)
        summary_run(out, set->data.runs.items[i]);
}

/* Classes are of costs: what a program gets done in a second falls where they grow. */
static bool is_rate(const char *metric)
{
    return strstr(metric, "_per_s") || strstr(metric, "_per_h");
}

/* Nothing to read: no class, or all of them. */
static bool says_nothing(const struct growth *g)
{
    return g->class == GROWTH_INCONCLUSIVE || (g->low == GROWTH_CONSTANT && g->high >= GROWTH_SQUARE);
}

/* What a class is of. */
struct what {
    const char *experiment, *scope, *subject, *metric;
};

static void add_class(struct study_results *r, const struct scale_set *set, const struct what *of,
                      const struct growth *g)
{
    struct str class = STR_INIT, model = STR_INIT;
    growth_class_text(g, &class);
    if (g->model.count)
        growth_model_text(&g->model, set->by, &model);
    struct summary_class *c = summary_class(r->summary, of->experiment, of->scope, of->subject, of->metric, class.data);
    c->exponent = g->exponent;
    c->low = g->exponent_low;
    c->high = g->exponent_high;
    summary_text(&c->model, model.len ? model.data : "");
    add_runs(set, &c->runs);
    str_release(&class);
    str_release(&model);
}

static char *subject_of(const struct scale_set *set, const struct scale_series *s)
{
    if (s->scope == SCALE_PROGRAM)
        return str_copy("program");
    if (s->scope == SCALE_FUNCTION)
        return str_copy(s->function);
    return str_format("%s:%lld", path_inside(set->selection.folder, s->file), (long long)s->line);
}

/* All data allow no class of n log n or below. */
static bool fast(const struct growth *g)
{
    enum growth_class low = g->class == GROWTH_INCONCLUSIVE ? g->low : g->class;
    return low > GROWTH_LINEAR_LOG && low <= GROWTH_EXPONENTIAL && g->low > GROWTH_LINEAR_LOG;
}

static void add_flag(struct study_results *r, const struct grid *g, const struct scale_set *set,
                     const struct scale_verdict *v)
{
    static const enum summary_kind kinds[] = {SUMMARY_PROGRAM, SUMMARY_FUNCTION, SUMMARY_LINE};
    char *subject = subject_of(set, v->series);
    struct str words = STR_INIT;
    bool of_program = v->series->scope == SCALE_PROGRAM;
    str_addf(&words, "%s grows with ", v->series->metric);
    growth_class_text(&v->growth, &words);
    str_addf(&words, " (n = %s)", set->by);
    if (v->growth.model.count) {
        str_add(&words, ": ");
        growth_model_text(&v->growth.model, "n", &words);
    }
    if (!of_program && !isnan(v->share))
        str_addf(&words, "; %.0f %% of the time at %g", v->share * 100, set->verdicts.largest);
    if (!of_program && !isnan(v->share_at))
        str_addf(&words, ", %.0f %% predicted at %g", v->share_at * 100, set->at);
    if (!isnan(v->overtakes))
        str_addf(&words, "; more than all others together from %.3g on", v->overtakes);
    double value = of_program ? v->growth.exponent : scale_weight(v), limit = of_program ? 1 : SHARE_THAT_MATTERS;
    struct summary_finding *f =
        summary_find(r->summary, "grows faster than n log n", subject, value, limit, words.data);
    f->kind = kinds[v->series->scope];
    summary_text(&f->experiment, g->experiment->name);
    add_runs(set, &f->runs);
    str_release(&words);
    free(subject);
}

static bool reported(const struct study_experiment *e, const char *metric)
{
    static const char *const always[] = {"wall_s", "cpu_s", "max_rss_bytes"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (strcmp(metric, always[i]) == 0)
            return true;
    for (size_t i = 0; i < e->metrics.count; i++)
        if (strcmp(metric, e->metrics.items[i]) == 0)
            return true;
    return strcmp(metric, e->metric) == 0;
}

static void add_program(struct study_results *r, const struct grid *g, const struct scale_set *set,
                        const char *subject)
{
    for (size_t i = 0; i < set->verdicts.list.count; i++) {
        const struct scale_verdict *v = &set->verdicts.list.items[i];
        const char *metric = v->series->metric;
        if (v->series->scope != SCALE_PROGRAM || !reported(g->experiment, metric) || is_rate(metric) ||
            !v->points.points.count || says_nothing(&v->growth))
            continue;
        add_class(r, set, &(struct what){g->experiment->name, "program", subject, metric}, &v->growth);
        if (fast(&v->growth) && (scale_in_seconds(metric) || strcmp(metric, "max_rss_bytes") == 0))
            add_flag(r, g, set, v);
    }
}

/* Those of one scope and metric that matter, the largest share first. */
static void add_parts(struct study_results *r, const struct grid *g, const struct scale_set *set,
                      enum scale_scope scope, const char *metric)
{
    static const char *const scopes[] = {"program", "function", "line"};
    VEC(const struct scale_verdict *) rows = {0};
    for (size_t i = 0; i < set->verdicts.list.count; i++) {
        const struct scale_verdict *v = &set->verdicts.list.items[i];
        if (v->series->scope == scope && strcmp(v->series->metric, metric) == 0 && !says_nothing(&v->growth) &&
            scale_weight(v) >= SHARE_THAT_MATTERS)
            *vec_push(&rows) = v;
    }
    if (rows.count)
        qsort(rows.items, rows.count, sizeof *rows.items, scale_by_weight);
    for (size_t i = 0; i < rows.count && i < SHOWN; i++) {
        char *subject = subject_of(set, rows.items[i]->series);
        add_class(r, set, &(struct what){g->experiment->name, scopes[scope], subject, metric}, &rows.items[i]->growth);
        if (fast(&rows.items[i]->growth))
            add_flag(r, g, set, rows.items[i]);
        free(subject);
    }
    vec_release(&rows);
}

/* ---- components: the self time of their functions */

static void add_up(const struct study_results *r, const struct scale_set *set, const char *component, double *sums)
{
    for (size_t i = 0; i < set->data.series.count; i++) {
        const struct scale_series *s = &set->data.series.items[i];
        bool is = s->scope == SCALE_FUNCTION && strcmp(s->metric, "self_s") == 0 &&
                  strcmp(study_component(r->study, s->file, s->function), component) == 0;
        for (size_t k = 0; is && k < set->data.runs.count; k++)
            sums[k] += s->values[k];
    }
}

static void add_measured(struct study_results *r, const struct grid *g, size_t option, const char *component,
                         const struct scale_set *set, const double *sums)
{
    for (size_t size = 0; size < g->sizes.count; size++) {
        const struct study_point *p = grid_cell(g, option, size);
        struct study_values v = {0};
        for (size_t i = 0; p && i < set->data.runs.count; i++) {
            if (set->data.sizes.items[i] != g->sizes.items[size])
                continue;
            *vec_push(&v.list) = sums[i];
            *vec_push(&v.runs) = set->data.runs.items[i];
        }
        if (p)
            study_add(r, p, SUMMARY_COMPONENT, component, "self_s", "s", &v);
        study_values_release(&v);
    }
}

static struct chart_series *chart_component(struct chart *c, const char *name, const struct scale_points *points)
{
    struct chart_series *s = chart_series(c, name);
    for (size_t i = 0; i < points->points.count; i++) {
        const struct growth_point *p = &points->points.items[i];
        double y = stats_median(p->values, p->count);
        if (!(y > 0))
            continue;
        chart_point(s, p->n, y, y, y);
        chart_curve_point(s, p->n, y);
    }
    return s;
}

static void add_component(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set,
                          const char *component, struct chart *chart)
{
    struct scale_points points;
    struct growth growth;
    double *sums = xcalloc(set->data.runs.count + 1, sizeof *sums), all = 0;
    add_up(r, set, component, sums);
    for (size_t i = 0; i < set->data.runs.count; i++)
        all += sums[i];
    if (all > 0) {
        struct scale_series series = {.scope = SCALE_FUNCTION, .metric = "self_s", .values = sums};
        scale_points(&set->data, &series, &points);
        growth_classify(points.points.items, points.points.count, false, 1, &growth);
        if (!says_nothing(&growth))
            add_class(r, set, &(struct what){g->experiment->name, "component", component, "self_s"}, &growth);
        add_measured(r, g, option, component, set, sums);
        chart_component(chart, component, &points);
        scale_points_release(&points);
    }
    free(sums);
}

static void add_components(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set,
                           const char *file)
{
    struct chart chart;
    char *title = str_format("%s: self time of components", g->experiment->name);
    char *name = str_format("%s-components", file);
    chart_init(&chart, "scale", title, set->by);
    chart.logarithmic_x = chart.logarithmic_y = true;
    chart_panel(&chart, "", "self time, s");
    for (size_t i = 0; i < r->study->components.count; i++)
        add_component(r, g, option, set, r->study->components.items[i], &chart);
    add_component(r, g, option, set, "other", &chart);
    if (chart.series.count)
        study_chart(r, &chart, name);
    chart_release(&chart);
    free(title);
    free(name);
}

/* ---- pictures */

static void draw(struct study_results *r, const struct scale_set *set, const char *file, enum scale_scope scope,
                 const char *metric)
{
    static const char *const ends[] = {"program", "functions", "lines"};
    struct scale_scene scene = {scope, metric, NULL, set->by, set->selection.folder, PANELS, false, set->at};
    struct chart chart;
    struct str err = STR_INIT;
    char *name = str_format("%s-%s", file, ends[scope]);
    if (scale_picture(set, 1, &scene, &chart, &err)) {
        study_chart(r, &chart, name);
        chart_release(&chart);
    }
    str_release(&err);
    free(name);
}

bool system_set(const struct study_results *r, const struct grid *g, size_t option, struct scale_set *out)
{
    struct str spec = STR_INIT, err = STR_INIT;
    *out = (struct scale_set){0};
    for (size_t i = 0; i < g->sizes.count; i++) {
        const struct study_point *p = grid_cell(g, option, i);
        char *runs = p && g->sizes.items[i] > 0 ? study_spec(p) : NULL;
        if (runs)
            str_addf(&spec, "%s%s", spec.len ? "," : "", runs);
        free(runs);
    }
    bool ok = spec.len && select_side(r->store->db, 0, spec.data, &out->selection, &err);
    if (ok) {
        const char *named = g->options.items[option].name;
        free(out->selection.name);           /* not the runs' numbers: it stands in legends */
        out->selection.name = str_copy(*named ? named : g->experiment->name);
        out->by = str_copy(g->experiment->by);
        scale_load(r->store->db, 0, out->by, &out->data);
        ok = scale_sizes(&out->data) > 1;
        out->at = ok ? REACH * out->data.sizes.items[out->data.sizes.count - 1] : NAN;
        if (ok)
            scale_judge(&out->data, out->at, SCALE_REACH * out->at / REACH, &out->verdicts);
        else
            scale_set_close(out);
    }
    str_release(&spec);
    str_release(&err);
    return ok;
}

void system_growth(struct study_results *r, const struct grid *g, size_t option, const struct scale_set *set)
{
    struct str file = STR_INIT;
    const char *name = g->options.items[option].name;
    char *subject = *name ? str_format("program, %s", name) : str_copy("program");
    grid_file_name(g->experiment->name, &file);
    if (*name) {
        str_add_char(&file, '-');
        grid_file_name(name, &file);
    }
    if (scale_sizes(&set->data) >= GROWTH_POINTS_MIN) {
        add_program(r, g, set, subject);
        add_parts(r, g, set, SCALE_FUNCTION, "self_s");
        add_parts(r, g, set, SCALE_LINE, "hits");
    }
    add_components(r, g, option, set, file.data);
    draw(r, set, file.data, SCALE_PROGRAM, "wall_s");
    draw(r, set, file.data, SCALE_FUNCTION, "self_s");
    draw(r, set, file.data, SCALE_LINE, "hits");
    str_release(&file);
    free(subject);
}
