/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/plan_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/compare/compare_view.h"
#include "db/study/amdahl.h"

void plan_add_times(struct str *out, double factor)
{
    str_addf(out, factor < 10 ? "%.2f" : "%.3g", factor);
}

void plan_add_interval(struct str *out, struct interval i)
{
    if (isnan(i.low))
        return;
    plan_add_times(out, i.low);
    str_add(out, "..");
    plan_add_times(out, i.high);
}

/* A cell that people read as text and programs as a number. */
static void times_text(struct table *t, double factor)
{
    if (isnan(factor) || isinf(factor))
        table_text(t, isnan(factor) ? "-" : "gone");
    else
        TEXT_CELL(t, plan_add_times(out, factor); str_add_char(out, 'x'));
}

static void interval_text(struct table *t, struct interval i)
{
    TEXT_CELL(t, plan_add_interval(out, i));
}

static const struct forecast_metric *whole_metric(const struct plan_view *v)
{
    return forecast_metric(v->f, v->f->of_cpu ? "cpu_s" : "wall_s");
}

/* Value of a metric when the program is `speedup` times faster. */
static double metric_then(const struct forecast_metric *m, double speedup)
{
    bool more;
    return forecast_direction(m->name, &more) && more ? m->value * speedup : m->value / speedup;
}

/* Nothing named makes system time and waiting shorter: people should see how much of it there is. */
static void say_whole(const struct plan_view *v, const struct forecast_metric *whole)
{
    struct str line = STR_INIT;
    const struct forecast_metric *user = forecast_metric(v->f, "user_s"), *sys = forecast_metric(v->f, "system_s");
    str_addf(&line, "%s: ", v->f->selection.name);
    compare_add_value(&line, whole->name, whole->value);
    str_addf(&line, " of %s time, %zu run%s: ", v->f->of_cpu ? "CPU" : "wall", v->f->runs.count,
             v->f->runs.count > 1 ? "s" : "");
    compare_add_value(&line, user->name, user->value);
    str_add(&line, " in the program, ");
    compare_add_value(&line, sys->name, sys->value);
    str_add(&line, " in the kernel for it");
    if (!v->f->of_cpu && whole->value > user->value + sys->value) {
        str_add(&line, ", ");
        compare_add_value(&line, whole->name, whole->value - user->value - sys->value);
        str_add(&line, " waiting");
    }
    if (v->f->of_cpu && strcmp(v->metric, "cpu_s") != 0)
        str_add(&line, "; several threads ran at once, so shares are of CPU time");
    doc_head(v->doc, "%s", line.data);
    str_release(&line);
}

void plan_head(const struct plan_view *v)
{
    const struct forecast_metric *whole = whole_metric(v);
    struct estimate e;
    say_whole(v, whole);
    forecast_estimate(v->f, v->wanted, 0, v->f->parts, &e);
    doc_fact_real(v->doc, v->f->of_cpu ? "cpu_s" : "wall_s", whole->value);
    if (v->supposed)
        return;
    doc_fact_real(v->doc, "speedup", e.speedup);
    doc_fact_real(v->doc, "speedup_low", e.interval.low);
    doc_fact_real(v->doc, "speedup_high", e.interval.high);
    struct str line = STR_INIT;
    plan_add_times(&line, e.speedup);
    str_add(&line, " times faster (95 % interval ");
    plan_add_interval(&line, e.interval);
    doc_head(v->doc, "With %s it becomes %s), by Amdahl's law", v->f->parts > 1 ? "all of this" : "this", line.data);
    str_release(&line);
}

enum { PART_GOAL = 8, PART_EFFORT };

/* Columns that have nothing to say are for programs alone. */
static struct column part_columns[] = {
    {"Part", "part", COLUMN_TEXT, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"%", "share", COLUMN_SHARE, USE_ALL},
    {"+-", "share_se", COLUMN_SHARE, USE_ALL},
    {"Faster", "", COLUMN_TEXT, USE_PEOPLE},
    {"Program", "", COLUMN_TEXT, USE_PEOPLE},
    {"95 %", "", COLUMN_TEXT, USE_PEOPLE},
    {"At most", "", COLUMN_TEXT, USE_PEOPLE},
    [PART_GOAL] = {"For goal", "", COLUMN_TEXT, USE_PEOPLE},
    [PART_EFFORT] = {"Effort", "effort", COLUMN_TEXT, USE_ALL},
    {"", "factor", COLUMN_ANY, USE_PROGRAMS},
    {"", "speedup", COLUMN_ANY, USE_PROGRAMS},
    {"", "speedup_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "speedup_high", COLUMN_ANY, USE_PROGRAMS},
    {"", "speedup_at_most", COLUMN_ANY, USE_PROGRAMS},
    {"", "factor_for_goal", COLUMN_ANY, USE_PROGRAMS},
};

static void part_row(const struct plan_view *v, struct table *t, size_t part)
{
    const struct improvement *im = &v->wanted->list.items[part];
    struct estimate e;
    forecast_estimate(v->f, v->wanted, part, 1, &e);
    double most = amdahl_speedup(e.share), need = amdahl_needed(e.share, 0, isnan(v->goal) ? 1 : v->goal);
    table_text(t, im->name);
    table_real(t, forecast_seconds(v->f, part));
    table_real(t, e.share);
    table_real(t, e.share_error);
    times_text(t, im->factor);
    times_text(t, e.speedup);
    interval_text(t, e.interval);
    times_text(t, most);
    if (isnan(v->goal))
        table_text(t, "");
    else
        times_text(t, need);
    table_text(t, im->effort == EFFORT_UNKNOWN ? "" : effort_word(im->effort));
    const double cells[] = {im->factor, e.speedup, e.interval.low, e.interval.high, most,
                            isnan(v->goal) ? NAN : need};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        table_finite(t, cells[i]);
}

void plan_parts(const struct plan_view *v)
{
    bool efforts = false;
    for (size_t i = 0; i < v->f->parts; i++)
        efforts |= v->wanted->list.items[i].effort != EFFORT_UNKNOWN;
    part_columns[PART_EFFORT].use = efforts ? USE_ALL : USE_PROGRAMS;
    part_columns[PART_GOAL].title = isnan(v->goal) ? "" : "For goal";
    struct table *t = doc_table(v->doc, "parts", NULL, part_columns, sizeof part_columns / sizeof *part_columns);
    for (size_t i = 0; i < v->f->parts; i++)
        part_row(v, t, i);
    if (!isnan(v->goal))
        doc_foot(v->doc, "For goal: how many times faster that part alone would have to be for %.3gx; -: not even "
                 "without it", v->goal);
}

static const struct column stage_columns[] = {
    {"Stage", "stage", COLUMN_NUMBER, USE_ALL},
    {"Effort", "effort", COLUMN_TEXT, USE_ALL},
    {"Program", "", COLUMN_TEXT, USE_PEOPLE},
    {"95 %", "", COLUMN_TEXT, USE_PEOPLE},
    {"Estimated", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "speedup", COLUMN_ANY, USE_PROGRAMS},
    {"", "speedup_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "speedup_high", COLUMN_ANY, USE_PROGRAMS},
    {"", "value", COLUMN_ANY, USE_PROGRAMS},
    {"", "metric", COLUMN_TEXT, USE_PROGRAMS},
    {"What, on top of the stages before", "parts", COLUMN_TEXT, USE_ALL},
};

/* What nobody said an effort of is taken as medium. */
static enum effort stage_of(const struct improvement *i)
{
    return i->effort == EFFORT_UNKNOWN ? EFFORT_MEDIUM : i->effort;
}

/* The figure that a table of speed-ups says besides: the one asked for where the runs have it. */
static const struct forecast_metric *shown_metric(const struct plan_view *v)
{
    const struct forecast_metric *m = forecast_metric(v->f, v->metric);
    return m ? m : whole_metric(v);
}

static void stage_row(const struct plan_view *v, struct table *t, int stage, size_t first, size_t end)
{
    struct estimate e;
    struct str parts = STR_INIT;
    const struct forecast_metric *m = shown_metric(v);
    for (size_t i = first; i < end; i++) {
        const struct improvement *im = &v->wanted->list.items[i];
        str_addf(&parts, "%s%s ", i > first ? ", " : "", im->name);
        str_addf(&parts, isinf(im->factor) ? "gone" : "%.3gx", im->factor);
    }
    forecast_estimate(v->f, v->wanted, 0, end, &e);
    table_int(t, stage);
    table_text(t, effort_word(stage_of(&v->wanted->list.items[first])));
    times_text(t, e.speedup);
    interval_text(t, e.interval);
    TEXT_CELL(t, compare_add_value(out, m->name, metric_then(m, e.speedup)));
    const double cells[] = {e.speedup, e.interval.low, e.interval.high, metric_then(m, e.speedup)};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        table_finite(t, cells[i]);
    table_text(t, m->name);
    table_text(t, parts.data);
    str_release(&parts);
}

void plan_stages(const struct plan_view *v)
{
    size_t count = v->wanted->list.count, known = 0, first = 0;
    for (size_t i = 0; i < count; i++)
        known += v->wanted->list.items[i].effort != EFFORT_UNKNOWN;
    if (!known)
        return;
    struct table *t = doc_table(v->doc, "stages", "Roadmap: low effort first, each stage with those before it",
                                stage_columns, sizeof stage_columns / sizeof *stage_columns);
    for (size_t end = 1, stage = 1; end <= count; end++) {
        bool last = end == count || stage_of(&v->wanted->list.items[end]) != stage_of(&v->wanted->list.items[first]);
        if (!last)
            continue;
        stage_row(v, t, (int)stage++, first, end);
        first = end;
    }
}

static const struct column goal_columns[] = {
    {"Goal", "", COLUMN_TEXT, USE_PEOPLE},
    {"Each", "", COLUMN_TEXT, USE_PEOPLE},
    {"At most", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "goal", COLUMN_ANY, USE_PROGRAMS},
    {"", "factor", COLUMN_ANY, USE_PROGRAMS},
    {"", "speedup_at_most", COLUMN_ANY, USE_PROGRAMS},
    {"Parts", "parts", COLUMN_TEXT, USE_ALL},
};

static int by_share(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

/* {share, index} of all parts, largest first; yours to free. */
static double (*ranked(const struct plan_view *v))[2]
{
    double (*list)[2] = xcalloc(v->f->parts + 1, sizeof *list);
    for (size_t i = 0; i < v->f->parts; i++) {
        struct estimate e;
        forecast_estimate(v->f, v->wanted, i, 1, &e);
        list[i][0] = e.share;
        list[i][1] = (double)i;
    }
    qsort(list, v->f->parts, sizeof *list, by_share);
    return list;
}

/* As few parts as reach the goal with a factor that may be hoped for, else as few as reach it at all. */
static size_t parts_for(const struct plan_view *v, double (*list)[2], double goal, double *share)
{
    size_t enough = 0;
    double sum = 0, first = 0;
    for (size_t m = 1; m <= v->f->parts; m++) {
        sum += list[m - 1][0];
        double factor = amdahl_needed(sum, 0, goal);
        if (!isnan(factor) && factor <= PLAN_HOPE) {
            *share = sum;
            return m;
        }
        if (!isnan(factor)) {            /* it is reached, with more than is hoped for: the more parts, the less */
            enough = m;
            first = sum;
        }
    }
    *share = enough ? first : sum;
    return enough ? enough : v->f->parts;
}

static void goal_row(const struct plan_view *v, struct table *t, double (*list)[2], double goal)
{
    double share = 0;
    size_t count = parts_for(v, list, goal, &share);
    double factor = amdahl_needed(share, 0, goal), most = amdahl_speedup(share);
    struct str parts = STR_INIT;
    bool all = !v->programs && count > 1 && count == v->f->parts;
    if (all)
        str_addf(&parts, "all %zu", count);
    for (size_t i = 0; i < count && !all; i++)
        str_addf(&parts, "%s%s", i ? ", " : "", v->wanted->list.items[(size_t)list[i][1]].name);
    times_text(t, goal);
    times_text(t, factor);
    times_text(t, most);
    table_finite(t, goal);
    table_finite(t, factor);
    table_finite(t, most);
    table_text(t, parts.data);
    str_release(&parts);
}

void plan_goals(const struct plan_view *v)
{
    static const double usual[] = {1.5, 2, 3};
    bool one = !isnan(v->goal);
    double (*list)[2] = ranked(v);
    struct table *t = doc_table(v->doc, "goals", "What a faster program asks for: the largest parts, all by one factor",
                                goal_columns, sizeof goal_columns / sizeof *goal_columns);
    for (size_t i = 0; i < (one ? 1 : 3); i++)
        goal_row(v, t, list, one ? v->goal : usual[i]);
    free(list);
}

static const struct column figure_columns[] = {
    {"Figure", "metric", COLUMN_TEXT, USE_ALL},
    {"Now", "", COLUMN_TEXT, USE_PEOPLE},
    {"Estimated", "", COLUMN_TEXT, USE_PEOPLE},
    {"95 %", "", COLUMN_TEXT, USE_PEOPLE},
    {"", "now", COLUMN_ANY, USE_PROGRAMS},
    {"", "estimated", COLUMN_ANY, USE_PROGRAMS},
    {"", "estimated_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "estimated_high", COLUMN_ANY, USE_PROGRAMS},
};

static void figure_row(struct table *t, const struct forecast_metric *m, const struct estimate *e)
{
    double then = metric_then(m, e->speedup), a = metric_then(m, e->interval.low),
           b = metric_then(m, e->interval.high), low = fmin(a, b), high = fmax(a, b);
    struct str range = STR_INIT;
    compare_add_value(&range, m->name, low);
    str_add(&range, "..");
    compare_add_value(&range, m->name, high);
    table_text(t, m->name);
    TEXT_CELL(t, compare_add_value(out, m->name, m->value));
    TEXT_CELL(t, compare_add_value(out, m->name, then));
    table_text(t, range.data);
    const double cells[] = {m->value, then, low, high};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        table_finite(t, cells[i]);
    str_release(&range);
}

void plan_figures(const struct plan_view *v)
{
    struct estimate e;
    struct table *t = NULL;
    forecast_estimate(v->f, v->wanted, 0, v->f->parts, &e);
    for (size_t i = 0; i < v->f->metrics.count; i++) {
        const struct forecast_metric *m = &v->f->metrics.items[i];
        bool more, whole = m == whole_metric(v), rate = forecast_direction(m->name, &more) && more;
        if (!whole && !rate && strcmp(m->name, v->metric) != 0)
            continue;
        if (!t)
            t = doc_table(v->doc, "figures", NULL, figure_columns, sizeof figure_columns / sizeof *figure_columns);
        figure_row(t, m, &e);
    }
}
