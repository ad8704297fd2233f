/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each run is asked for by itself; of its processes the one that used most CPU stands for it. The figures are those
 * that `farmdb show` has (db/course/).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/course/course.h"
#include "db/course/course_chart.h"
#include "db/quantity.h"
#include "db/stats/stats.h"
#include "db/study/system.h"

#define SLOWER_MATTERS 0.05      /* of a step's time, over the whole run */
#define DRIFT_MOST 1.9           /* beyond, one end of the line is below 0 */
#define GROWTH_MATTERS 0.05      /* of the memory at the end */

static const struct figure {
    const char *table, *column, *metric, *unit;
} figures[] = {
    {"course", "rss_start_bytes", "rss_start_bytes", "bytes"},
    {"course", "rss_end_bytes", "rss_end_bytes", "bytes"},
    {"course", "rss_peak_bytes", "rss_peak_bytes", "bytes"},
    {"memory_growth", "growth_bytes", "growth_bytes", "bytes"},
    {"course", "cpu_mean_share", "cpu_mean_cores", "cores"},
    {"course", "cpu_max_share", "cpu_max_cores", "cores"},
    {"course", "threads_max", "threads", ""},
    {"course", "read_bytes", "read_bytes", "bytes"},
    {"course", "write_bytes", "write_bytes", "bytes"},
    {"steps", "steps_per_s", "steps_per_s", "1/s"},
    {"steps", "p50_s", "step_p50_s", "s"},
    {"steps", "p99_s", "step_p99_s", "s"},
};
enum { RSS_END = 1, GROWTH = 3, FIGURES = sizeof figures / sizeof *figures };

static const struct figure core_figures[] = {
    {"cores", "own_mean_share", "mean_share", "share"},
    {"cores", "own_max_share", "max_share", "share"},
    {"cores", "busy_mean_share", "all_mean_share", "share"},
    {"cores", "busy_max_share", "all_max_share", "share"},
};
enum { CORE_FIGURES = sizeof core_figures / sizeof *core_figures };

struct said_core {
    int64_t number;
    struct study_values values[CORE_FIGURES];
};

/* What the runs of a point say. */
struct said {
    struct study_values figures[FIGURES];
    struct study_values slower;          /* share by which steps take longer at the end than at the beginning */
    struct study_values slower_low;
    struct study_values growth_low, growth_high;
    struct study_values steps;           /* or seconds: what growth is by */
    VEC(struct said_core *) cores;
    bool per_step;
};

static const struct cell *cell_of(const struct doc *d, const char *table, const char *column, size_t row)
{
    for (size_t i = 0; i < d->tables.count; i++) {
        const struct table *t = d->tables.items[i];
        if (strcmp(t->name, table) != 0 || row >= table_rows(t))
            continue;
        for (size_t k = 0; k < t->column_count; k++)
            if (strcmp(t->columns[k].name, column) == 0 && t->columns[k].use != USE_PEOPLE)
                return table_cell(t, row, k);
    }
    return NULL;
}

static double number_of(const struct doc *d, const char *table, const char *column, size_t row)
{
    const struct cell *c = cell_of(d, table, column, row);
    if (!c || (c->kind != CELL_INT && c->kind != CELL_REAL))
        return NAN;
    return c->kind == CELL_INT ? (double)c->i : c->r;
}

static void add_value(struct study_values *v, double value, int64_t run)
{
    if (isnan(value))
        return;
    *vec_push(&v->list) = value;
    *vec_push(&v->runs) = run;
}

static struct said_core *core_of(struct said *s, int64_t number)
{
    for (size_t i = 0; i < s->cores.count; i++)
        if (s->cores.items[i]->number == number)
            return s->cores.items[i];
    struct said_core *core = xcalloc(1, sizeof *core);
    core->number = number;
    *vec_push(&s->cores) = core;
    return core;
}

static void hear_cores(const struct doc *d, int64_t run, struct said *s)
{
    double pid = number_of(d, "course", "pid", 0);
    for (size_t row = 0; cell_of(d, "cores", "core", row); row++) {
        if (number_of(d, "cores", "pid", row) != pid)
            continue;
        struct said_core *core = core_of(s, (int64_t)number_of(d, "cores", "core", row));
        for (size_t i = 0; i < CORE_FIGURES; i++)
            add_value(&core->values[i], number_of(d, "cores", core_figures[i].column, row), run);
    }
}

/* A line through the steps' times rises by `drift` of its middle: by how much is its end above its beginning? */
static double slower_by(double drift)
{
    double within = fmin(fmax(drift, -DRIFT_MOST), DRIFT_MOST);
    return isnan(drift) ? NAN : (1 + within / 2) / (1 - within / 2) - 1;
}

static void hear(const struct doc *d, int64_t run, double seconds, struct said *s)
{
    for (size_t i = 0; i < FIGURES; i++)
        add_value(&s->figures[i], number_of(d, figures[i].table, figures[i].column, 0), run);
    double steps = number_of(d, "steps", "steps", 0);
    add_value(&s->slower, slower_by(number_of(d, "steps", "drift_per_step", 0) * steps), run);
    add_value(&s->slower_low, slower_by(number_of(d, "steps", "drift_low", 0) * steps), run);
    add_value(&s->growth_low, number_of(d, "memory_growth", "low_bytes", 0), run);
    add_value(&s->growth_high, number_of(d, "memory_growth", "high_bytes", 0), run);
    const struct cell *per = cell_of(d, "memory_growth", "per", 0);
    s->per_step = per && per->kind == CELL_TEXT && strcmp(per->text, "step") == 0;
    add_value(&s->steps, s->per_step ? steps : seconds, run);
    hear_cores(d, run, s);
}

static bool ask(const struct study_results *r, int64_t run, struct doc *d)
{
    char *spec = str_format("%lld", (long long)run);
    struct selection selection;
    struct str err = STR_INIT;
    bool ok = select_runs(r->store->db, spec, &selection, &err);
    if (ok) {
        doc_init(d, "course");
        course_summary(r->store->db, true, d);
        course_marks(r->store->db, true, d);
        select_release(&selection);
    }
    str_release(&err);
    free(spec);
    return ok;
}

static double median_of(const struct study_values *v)
{
    return v->list.count ? stats_median(v->list.items, v->list.count) : NAN;
}

static double least_of(const struct study_values *v)
{
    double least = v->list.count ? INFINITY : NAN;
    for (size_t i = 0; i < v->list.count; i++)
        least = fmin(least, v->list.items[i]);
    return least;
}

static struct summary_finding *flag(struct study_results *r, const struct study_point *p, const char *rule,
                                    double value, double limit, const char *words)
{
    struct summary_finding *f = summary_find(r->summary, rule, "program", value, limit, words);
    f->kind = SUMMARY_SERIES;
    summary_text(&f->experiment, p->experiment->name);
    for (size_t i = 0; i < p->varied.count; i++)
        summary_parameter(&f->parameters, p->varied.items[i].name, p->varied.items[i].value);
    for (size_t i = 0; i < p->runs.count; i++)
        summary_run(&f->runs, p->runs.items[i]);
    return f;
}

/* Only what all runs of the point say, and what matters: over the whole run. */
static void flag_growth(struct study_results *r, const struct study_point *p, const struct said *s)
{
    double low = least_of(&s->growth_low), growth = median_of(&s->figures[GROWTH]);
    double steps = least_of(&s->steps), end = median_of(&s->figures[RSS_END]);
    struct str words = STR_INIT;
    if (!(low > 0) || !(low * steps > GROWTH_MATTERS * end) || s->growth_low.list.count < p->runs.count)
        return;
    str_add(&words, "memory grows by ");
    quantity_bytes(&words, growth);
    str_addf(&words, " a %s over the last two thirds of the run, at least by ", s->per_step ? "step" : "second");
    quantity_bytes(&words, low);
    str_addf(&words, "; at the end of %.0f %ss it is ", steps, s->per_step ? "step" : "second");
    quantity_bytes(&words, end);
    flag(r, p, "memory grows: 95 % interval of its slope above 0, more than 5 % over the run", growth, 0, words.data);
    str_release(&words);
}

static void flag_slowing(struct study_results *r, const struct study_point *p, const struct said *s)
{
    double slower = least_of(&s->slower_low), by = median_of(&s->slower);
    if (!(slower > SLOWER_MATTERS) || s->slower_low.list.count < p->runs.count)
        return;
    char *text = str_format("steps take %.0f %% longer at the end of the run than at its beginning, %.0f %% at least",
                            by * 100, slower * 100);
    flag(r, p, "steps slow down: by more than 5 % over the run", by, SLOWER_MATTERS, text);
    free(text);
}

static void release(struct said *s)
{
    for (size_t i = 0; i < FIGURES; i++)
        study_values_release(&s->figures[i]);
    for (size_t i = 0; i < s->cores.count; i++) {
        for (size_t k = 0; k < CORE_FIGURES; k++)
            study_values_release(&s->cores.items[i]->values[k]);
        free(s->cores.items[i]);
    }
    vec_release(&s->cores);
    study_values_release(&s->slower);
    study_values_release(&s->slower_low);
    study_values_release(&s->growth_low);
    study_values_release(&s->growth_high);
    study_values_release(&s->steps);
}

static int by_number(const void *a, const void *b)
{
    const struct said_core *const *x = a, *const *y = b;
    return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

static void tell_cores(struct study_results *r, const struct study_point *p, struct said *s)
{
    if (s->cores.count)
        qsort(s->cores.items, s->cores.count, sizeof *s->cores.items, by_number);
    for (size_t i = 0; i < s->cores.count; i++) {
        char *subject = str_format("core %lld", (long long)s->cores.items[i]->number);
        char *sheet = str_format("%s, cores", p->experiment->name);
        for (size_t k = 0; k < CORE_FIGURES; k++) {
            struct summary_measurement *m = study_add(r, p, SUMMARY_SERIES, subject, core_figures[k].metric,
                                                      core_figures[k].unit, &s->cores.items[i]->values[k]);
            if (m)
                summary_text(&m->experiment, sheet);
        }
        free(subject);
        free(sheet);
    }
}

static double run_seconds(const struct study_results *r, int64_t run)
{
    struct sql_stmt *s = sql_prepare(r->store->db, "SELECT value FROM run_metric WHERE run_id = :run AND "
                                                   "name = 'wall_s'");
    sql_bind_int(s, "run", run);
    double seconds = sql_step(s) ? sql_real(s, 0) : NAN;
    sql_done(s);
    return seconds;
}

const struct study_point *system_longest(const struct study_results *r)
{
    const struct study_point *longest = NULL;
    double most = -1;
    for (size_t i = 0; i < r->points->list.count; i++) {
        const struct study_point *p = &r->points->list.items[i];
        const char *steps = study_point_value(p, r->study->step);
        if (p->state != SUMMARY_DONE || !p->runs.count)
            continue;
        double length = steps ? strtod(steps, NULL) : run_seconds(r, p->runs.items[0]);
        if (length > most)
            longest = p;
        most = fmax(most, length);
    }
    return longest;
}

void system_course(struct study_results *r, const struct study_point *p, bool judged, bool cores)
{
    struct said s = {0};
    for (size_t i = 0; i < p->runs.count; i++) {
        struct doc d;
        if (!ask(r, p->runs.items[i], &d))
            continue;
        hear(&d, p->runs.items[i], run_seconds(r, p->runs.items[i]), &s);
        doc_release(&d);
    }
    for (size_t i = 0; i < FIGURES; i++) {
        bool growth = strcmp(figures[i].metric, "growth_bytes") == 0;
        const char *metric = !growth ? figures[i].metric : s.per_step ? "growth_bytes_per_step"
                                                                      : "growth_bytes_per_second";
        struct summary_measurement *m =
            study_add(r, p, SUMMARY_SERIES, "program", metric, figures[i].unit, &s.figures[i]);
        if (m && growth) {
            m->low = least_of(&s.growth_low);
            m->high = median_of(&s.growth_high);
        }
    }
    study_add(r, p, SUMMARY_SERIES, "program", "slower_share", "share", &s.slower);
    if (cores)
        tell_cores(r, p, &s);
    if (judged) {
        flag_growth(r, p, &s);
        flag_slowing(r, p, &s);
    }
    release(&s);
}

void system_course_chart(struct study_results *r, const struct study_point *p, const char *name)
{
    struct selection selection;
    struct chart chart;
    struct str err = STR_INIT, title = STR_INIT;
    if (!p->runs.count)
        return;
    char *spec = str_format("%lld", (long long)p->runs.items[p->runs.count - 1]);
    str_addf(&title, "%s: ", p->experiment->name);
    study_point_name(p, &title);
    if (select_runs(r->store->db, spec, &selection, &err)) {
        if (course_chart(r->store->db, title.data, &chart, &err)) {
            study_chart(r, &chart, name);
            chart_release(&chart);
        }
        select_release(&selection);
    }
    str_release(&title);
    str_release(&err);
    free(spec);
}
