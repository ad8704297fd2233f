/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phase 2: one component at a time, under settings that the study varies. Each row has what the program measured, with
 * its percentiles, and what proves that the setting was real; each experiment with a metric says which setting is best.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/study/grid.h"

/* The whole program's, for experiments that name no figures and whose program prints no percentiles. */
static const char *const whole[] = {"wall_s", "cpu_s", "max_rss_bytes"};

static bool is_percentile(const char *metric)
{
    static const char *const starts[] = {"p50", "p95", "p99", "mean_"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(metric, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static bool has(const struct study_names *n, const char *name)
{
    for (size_t i = 0; i < n->list.count; i++)
        if (strcmp(n->list.items[i], name) == 0)
            return true;
    return false;
}

static void add_name(struct study_names *n, const char *name)
{
    if (*name && !has(n, name))
        *vec_push(&n->list) = str_copy(name);
}

/* The figures of a point's row, the deciding one first. */
static void figures_of(const struct study_results *r, const struct study_point *p, struct study_names *out)
{
    const struct study_experiment *e = p->experiment;
    struct study_names all;
    *out = (struct study_names){0};
    add_name(out, e->metric);
    for (size_t i = 0; i < e->metrics.count; i++)
        add_name(out, e->metrics.items[i]);
    if (e->metrics.count)
        return;
    study_metrics(r, p, &all);
    for (size_t i = 0; i < all.list.count; i++)
        if (is_percentile(all.list.items[i]))
            add_name(out, all.list.items[i]);
    study_names_release(&all);
    for (size_t i = 0; !out->list.count && i < sizeof whole / sizeof *whole; i++)
        *vec_push(&out->list) = str_copy(whole[i]);
    if (*e->metric && out->list.count == 1)
        for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
            add_name(out, whole[i]);
}

/* "kind = kd, asked = 200": what the program said of the switches; the session has compared it. Yours. */
static char *proof_of(const struct study_results *r, const struct study_point *p)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < p->experiment->proofs.count; i++) {
        const char *metric = p->experiment->proofs.items[i].metric;
        char *said = study_text(r, p, metric);
        struct best_option value = said ? (struct best_option){0} : grid_value(r, p, metric);
        if (said)
            str_addf(&text, "%s%s = %s", text.len ? ", " : "", metric, said);
        else if (!isnan(value.value))
            str_addf(&text, "%s%s = %g", text.len ? ", " : "", metric, value.value);
        free(said);
    }
    return str_detach(&text);
}

static const char *subject_of(const struct study_experiment *e)
{
    return *e->component ? e->component : "program";
}

static void add_row(struct study_results *r, const struct study_point *p)
{
    struct study_names figures;
    char *proof = proof_of(r, p);
    figures_of(r, p, &figures);
    for (size_t i = 0; i < figures.list.count; i++) {
        const char *metric = figures.list.items[i];
        struct study_values v;
        study_metric(r, p, metric, &v);
        struct summary_measurement *m =
            study_add(r, p, SUMMARY_COMPONENT, subject_of(p->experiment), metric, study_unit(metric), &v);
        if (m)
            summary_text(&m->text, proof);
        study_values_release(&v);
    }
    study_names_release(&figures);
    free(proof);
}

/* ---- the best configuration */

/* Of one column of the grid. */
struct choice {
    struct best best;
    struct best_option *options; /* by option of the grid */
    size_t in_use;               /* index of the option in use; SIZE_MAX: it was not measured */
    double size;                 /* NAN: no size */
    bool known;
};

static struct choice choose(const struct study_results *r, const struct grid *g, size_t size)
{
    const struct study_experiment *e = g->experiment;
    struct choice c = {.options = xcalloc(g->options.count + 1, sizeof *c.options), .in_use = SIZE_MAX,
                       .size = g->sizes.items[size]};
    for (size_t o = 0; o < g->options.count; o++) {
        c.options[o] = grid_value(r, grid_cell(g, o, size), e->metric);
        if (g->options.items[o].in_use && !isnan(c.options[o].value))
            c.in_use = o;
    }
    c.known = best_find(c.options, g->options.count, e->more_is_better, &c.best);
    return c;
}

/* "from agents = 100 to 5000 index=kd" for columns that agree. */
static void add_stretches(struct str *words, const struct grid *g, const struct choice *choices)
{
    const char *by = g->experiment->by;
    size_t count = g->sizes.count;
    for (size_t i = 0; i < count;) {
        size_t last = i;
        while (last + 1 < count && choices[last + 1].known && choices[i].known &&
               choices[last + 1].best.first == choices[i].best.first)
            last++;
        if (choices[i].known) {
            str_addf(words, "%s%s", words->len ? "; " : "", g->options.items[choices[i].best.first].name);
            if (grid_sized(g) && last > i)
                str_addf(words, " from %s = %g to %g", by, choices[i].size, choices[last].size);
            else if (grid_sized(g))
                str_addf(words, " at %s = %g", by, choices[i].size);
        }
        i = last + 1;
    }
}

static void add_distance(struct str *words, const struct grid *g, const struct choice *c)
{
    const char *metric = g->experiment->metric;
    str_addf(words, ": %s ", metric);
    study_figure(words, metric, c->options[c->best.first].value);
    if (grid_sized(g))
        str_addf(words, " at %s = %g", g->experiment->by, c->size);
    str_addf(words, ", next %s with ", g->options.items[c->best.second].name);
    study_figure(words, metric, c->options[c->best.second].value);
    if (!c->best.sure)
        str_add(words, " (measured once)");
    else if (!c->best.clear)
        str_add(words, " (their ranges overlap: no clear best)");
}

static void add_in_use(struct str *words, const struct grid *g, const struct choice *c)
{
    if (c->in_use == SIZE_MAX)
        return;
    double used = c->options[c->in_use].value, best = c->options[c->best.first].value;
    const char *name = g->options.items[c->in_use].name;
    if (c->in_use == c->best.first)
        str_addf(words, "; %s is in use", name);
    else if (used > 0 && best > 0)
        str_addf(words, "; in use is %s, %.2f times as much", name, used / best);
}

/* The runs behind a column. */
static void add_runs(const struct grid *g, size_t size, struct summary_runs *out)
{
    for (size_t o = 0; o < g->options.count; o++) {
        const struct study_point *p = grid_cell(g, o, size);
        for (size_t i = 0; p && i < p->runs.count; i++)
            summary_run(out, p->runs.items[i]);
    }
}

/* Told for the largest size; where smaller ones have another best, that is said. */
static void add_best(struct study_results *r, const struct grid *g)
{
    const struct study_experiment *e = g->experiment;
    struct str words = STR_INIT;
    struct choice *choices = xcalloc(g->sizes.count + 1, sizeof *choices);
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < g->sizes.count; i++) {
        choices[i] = choose(r, g, i);
        last = choices[i].known ? i : last;
    }
    if (last != SIZE_MAX) {
        const struct choice *c = &choices[last];
        add_stretches(&words, g, choices);
        add_distance(&words, g, c);
        add_in_use(&words, g, c);
        char *sentence = str_format("%s: best is %s", e->name, words.data);
        struct summary_finding *f =
            summary_find(r->summary, "best configuration", subject_of(e), c->options[c->best.first].value,
                         c->in_use == SIZE_MAX ? NAN : c->options[c->in_use].value, sentence);
        f->kind = SUMMARY_COMPONENT;
        summary_text(&f->experiment, e->name);
        add_runs(g, last, &f->runs);
        free(sentence);
    }
    for (size_t i = 0; i < g->sizes.count; i++)
        free(choices[i].options);
    free(choices);
    str_release(&words);
}

/* ---- growth, where there are sizes enough to tell */

static void add_class(struct study_results *r, const struct grid *g, size_t option, const char *metric)
{
    struct grid_series s;
    struct growth growth;
    struct str class = STR_INIT, model = STR_INIT, scope = STR_INIT;
    grid_series(r, g, option, metric, &s);
    if (s.points.count >= GROWTH_POINTS_MIN) {
        growth_classify(s.points.items, s.points.count, false, 1, &growth);
        growth_class_text(&growth, &class);
        if (growth.model.count)
            growth_model_text(&growth.model, g->experiment->by, &model);
        str_addf(&scope, "%s%s%s", subject_of(g->experiment), *g->options.items[option].name ? ", " : "",
                 g->options.items[option].name);
        struct summary_class *c =
            summary_class(r->summary, g->experiment->name, "component", scope.data, metric, class.data);
        c->exponent = growth.exponent;
        c->low = growth.exponent_low;
        c->high = growth.exponent_high;
        summary_text(&c->model, model.len ? model.data : "");
        for (size_t i = 0; i < s.runs.list.count; i++)
            summary_run(&c->runs, s.runs.list.items[i]);
    }
    str_release(&class);
    str_release(&model);
    str_release(&scope);
    grid_series_release(&s);
}

/* What an experiment without a metric of its own is drawn by. */
static char *leading(const struct study_results *r, const struct study_experiment *e)
{
    struct study_names figures = {0};
    for (size_t i = 0; i < r->points->list.count && !figures.list.count; i++)
        if (r->points->list.items[i].experiment == e && r->points->list.items[i].state == SUMMARY_DONE)
            figures_of(r, &r->points->list.items[i], &figures);
    char *first = figures.list.count ? str_copy(figures.list.items[0]) : NULL;
    study_names_release(&figures);
    return first;
}

static void add_experiment(struct study_results *r, const struct study_experiment *e)
{
    struct grid sized, options;
    struct str file = STR_INIT;
    char *metric = leading(r, e);
    for (size_t i = 0; i < r->points->list.count; i++)
        if (r->points->list.items[i].experiment == e && r->points->list.items[i].state == SUMMARY_DONE)
            add_row(r, &r->points->list.items[i]);
    grid_load(r, e, true, &sized);
    bool alone = sized.options.count == 1;       /* nothing but the size varies: then sizes are what to choose from */
    grid_load(r, e, !alone, &options);
    if (*e->metric)
        add_best(r, &options);
    for (size_t o = 0; metric && !(alone && *e->metric) && o < sized.options.count; o++)
        add_class(r, &sized, o, metric);
    if (metric) {
        grid_file_name(e->name, &file);
        grid_chart(r, &sized, metric, file.data);
    }
    grid_release(&sized);
    grid_release(&options);
    str_release(&file);
    free(metric);
}

static void evaluate(struct study_results *r)
{
    struct grid_experiments experiments;
    grid_experiments(r, &experiments);
    for (size_t i = 0; i < experiments.list.count; i++)
        add_experiment(r, experiments.list.items[i]);
    vec_release(&experiments.list);
}

const struct phase phase_component = {2, "component", "Component: what each part costs, and how it is best set",
                                      evaluate};
