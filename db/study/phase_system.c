/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phase 4: the program as a whole, under sizes that the study varies: figures by size, classes of growth, components by
 * size, what it does over time, verdicts, red flags, how large it may get, and whether it holds.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/study/system.h"

static const char *const always[] = {"wall_s", "cpu_s", "max_rss_bytes"};

static void add_metric(struct study_results *r, const struct study_point *p, const char *metric)
{
    struct study_values v;
    study_metric(r, p, metric, &v);
    study_add(r, p, SUMMARY_PROGRAM, "program", metric, study_unit(metric), &v);
    study_values_release(&v);
}

static void add_figures(struct study_results *r, const struct study_point *p)
{
    const struct study_experiment *e = p->experiment;
    bool known = !*e->metric;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        add_metric(r, p, always[i]);
    for (size_t i = 0; i < e->metrics.count; i++) {
        known = known || strcmp(e->metrics.items[i], e->metric) == 0;
        add_metric(r, p, e->metrics.items[i]);
    }
    if (!known)
        add_metric(r, p, e->metric);
}

static size_t largest_cell(const struct grid *g, size_t option)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < g->sizes.count; i++)
        if (grid_cell(g, option, i))
            last = i;
    return last;
}

static bool is_largest(const struct grid *g, const struct study_point *p)
{
    for (size_t o = 0; o < g->options.count; o++) {
        size_t last = largest_cell(g, o);
        if (last != SIZE_MAX && grid_cell(g, o, last) == p)
            return true;
    }
    return false;
}

static void add_option(struct study_results *r, const struct grid *g, size_t option)
{
    struct scale_set set;
    struct str file = STR_INIT;
    size_t last = largest_cell(g, option);
    if (last == SIZE_MAX)
        return;
    bool grows = grid_sized(g) && system_set(r, g, option, &set);
    if (grows)
        system_growth(r, g, option, &set);
    system_verdicts(r, g, option, grows ? &set : NULL);
    if (grows)
        scale_set_close(&set);
    if (grid_sized(g))
        system_capacity(r, g, option);
    grid_file_name(g->experiment->name, &file);
    if (*g->options.items[option].name) {
        str_add_char(&file, '-');
        grid_file_name(g->options.items[option].name, &file);
    }
    str_add(&file, "-over-time");
    system_course_chart(r, grid_cell(g, option, last), file.data);
    str_release(&file);
}

static void add_experiment(struct study_results *r, const struct study_experiment *e,
                           const struct study_point *longest)
{
    struct grid g;
    grid_load(r, e, true, &g);
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_point *p = &r->points->list.items[i];
        if (p->experiment != e || p->state != SUMMARY_DONE)
            continue;
        add_figures(r, p);
        system_course(r, p, p == longest, is_largest(&g, p));
    }
    for (size_t o = 0; o < g.options.count; o++)
        add_option(r, &g, o);
    if (*e->metric) {
        char *name = str_format("%s %s", e->name, e->metric);
        struct str file = STR_INIT;
        grid_file_name(name, &file);
        grid_chart(r, &g, e->metric, file.data);
        str_release(&file);
        free(name);
    }
    grid_release(&g);
}

/* Does it hold? Runs that failed or did not end, of all that were begun. */
static void add_stability(struct study_results *r)
{
    static const char *const experiment = "stability";
    struct summary_runs all = {0};
    size_t failed = 0, late = 0, runs = 0;
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_point *p = &r->points->list.items[i];
        failed += p->state == SUMMARY_FAILED;
        late += p->state == SUMMARY_TIMEOUT;
        runs += p->runs.count + p->failed_runs.count;
        for (size_t k = 0; k < p->failed_runs.count; k++)
            summary_run(&all, p->failed_runs.items[k]);
        for (size_t k = 0; k < p->runs.count; k++)
            summary_run(&all, p->runs.items[k]);
        if (p->state != SUMMARY_FAILED && p->state != SUMMARY_TIMEOUT)
            continue;
        struct str words = STR_INIT;
        study_point_name(p, &words);
        str_addf(&words, ": %s", p->why ? p->why : summary_state_name(p->state));
        struct summary_finding *f = summary_find(r->summary, "a run that fails or does not end", "program",
                                                 (double)p->failed_runs.count, 0, words.data);
        summary_text(&f->experiment, p->experiment->name);
        for (size_t k = 0; k < p->failed_runs.count; k++)
            summary_run(&f->runs, p->failed_runs.items[k]);
        str_release(&words);
    }
    const struct { const char *metric; size_t value; } figures[] = {
        {"runs", runs}, {"points_that_failed", failed}, {"points_that_timed_out", late}};
    for (size_t i = 0; runs && i < sizeof figures / sizeof *figures; i++) {
        struct summary_measurement *m = summary_measure(r->summary, experiment, SUMMARY_PROGRAM, "program",
                                                        figures[i].metric, (double)figures[i].value, "count");
        for (size_t k = 0; k < all.list.count; k++)
            summary_run(&m->runs, all.list.items[k]);
    }
    vec_release(&all.list);
}

static void evaluate(struct study_results *r)
{
    struct grid_experiments experiments;
    grid_experiments(r, &experiments);
    for (size_t i = 0; i < experiments.list.count; i++)
        add_experiment(r, experiments.list.items[i], system_longest(r));
    add_stability(r);
    vec_release(&experiments.list);
}

const struct phase phase_system = {4, "system", "System: how the program grows, and how far it holds", evaluate};
