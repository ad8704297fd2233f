/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes that were made: what was estimated, and what came of it.
 */
#include <math.h>
#include <stdlib.h>

#include "db/compare/compare_view.h"
#include "db/study/plan_view.h"

void plan_steps_release(struct plan_steps *s)
{
    for (size_t i = 0; i < s->list.count; i++)
        free(s->list.items[i].name);
    vec_release(&s->list);
}

const char *plan_verdict(const struct plan_step *s)
{
    if (isnan(s->interval.low))
        return "?";
    if (s->interval.low > s->estimate.interval.high && s->measured > (1 + PLAN_CLOSE) * s->estimate.speedup)
        return "more than estimated";
    bool less = s->interval.high < s->estimate.interval.low && s->measured < (1 - PLAN_CLOSE) * s->estimate.speedup;
    return less ? "less than estimated" : "as estimated";
}

/* Errors of logarithms add up as squares. */
void plan_product(const struct plan_steps *s, struct estimate *out)
{
    double low = 0, high = 0;
    *out = (struct estimate){.speedup = 1};
    for (size_t i = 0; i < s->list.count; i++) {
        const struct estimate *e = &s->list.items[i].estimate;
        out->speedup *= e->speedup;
        low += pow(log(e->speedup / e->interval.low), 2);
        high += pow(log(e->interval.high / e->speedup), 2);
    }
    out->saved = 1 - 1 / out->speedup;
    out->interval = (struct interval){out->speedup * exp(-sqrt(low)), out->speedup * exp(sqrt(high))};
}

static const struct column columns[] = {
    {"Change", "change", COLUMN_TEXT, USE_ALL},
    {"Estimated", "", COLUMN_TEXT, USE_PEOPLE},
    {"Measured", "", COLUMN_TEXT, USE_PEOPLE},
    {"Verdict", "verdict", COLUMN_TEXT, USE_ALL},
    {"Parts before", "parts_before_s", COLUMN_SECONDS, USE_ALL},
    {"Estimated", "parts_estimated_s", COLUMN_SECONDS, USE_ALL},
    {"After", "parts_after_s", COLUMN_SECONDS, USE_ALL},
    {"", "estimated", COLUMN_ANY, USE_PROGRAMS},
    {"", "estimated_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "estimated_high", COLUMN_ANY, USE_PROGRAMS},
    {"", "measured", COLUMN_ANY, USE_PROGRAMS},
    {"", "measured_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "measured_high", COLUMN_ANY, USE_PROGRAMS},
};

static void add_figure(struct str *out, double speedup, struct interval i)
{
    plan_add_times(out, speedup);
    str_add(out, "x ");
    plan_add_interval(out, i);
}

static void row(struct table *t, const struct plan_step *s)
{
    const struct interval e = s->estimate.interval, m = s->interval;
    table_text(t, s->name);
    TEXT_CELL(t, add_figure(out, s->estimate.speedup, e));
    TEXT_CELL(t, add_figure(out, s->measured, m));
    table_text(t, plan_verdict(s));
    table_finite(t, s->before_s);
    table_finite(t, s->estimated_s);
    table_finite(t, s->after_s);
    const double cells[] = {s->estimate.speedup, e.low, e.high, s->measured, m.low, m.high};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        table_finite(t, cells[i]);
}

void plan_measured(struct doc *d, const struct plan_steps *s, const char *metric)
{
    struct table *t = doc_table(d, "measured", "Speed-up, estimated before the change and measured after it", columns,
                                sizeof columns / sizeof *columns);
    size_t unknown = 0;
    for (size_t i = 0; i < s->list.count; i++) {
        row(t, &s->list.items[i]);
        unknown += isnan(s->list.items[i].interval.low);
    }
    doc_foot(d, "Measured: %s, median against median, with the bootstrap's 95 %% interval; estimates by Amdahl's law "
             "from the runs before", metric);
    if (unknown)
        doc_foot(d, "?: one run of a side has no interval; `farmdb record --interleave -r 10` makes more");
}

void plan_chart(const struct plan_steps *s, const char *title, struct chart *out)
{
    chart_init(out, "steps", title, "");
    chart_panel(out, "", "times faster");
    struct chart_series *series = chart_series(out, "estimated (Amdahl)");
    for (size_t i = 0; i < s->list.count; i++) {
        const struct estimate *e = &s->list.items[i].estimate;
        chart_point(series, (double)i + 1, e->speedup, e->interval.low, e->interval.high);
    }
    series = chart_series(out, "measured");
    for (size_t i = 0; i < s->list.count; i++) {
        const struct plan_step *step = &s->list.items[i];
        bool known = !isnan(step->interval.low);
        chart_point(series, (double)i + 1, step->measured, known ? step->interval.low : step->measured,
                    known ? step->interval.high : step->measured);
    }
    for (size_t i = 0; i < s->list.count; i++)
        chart_tick(out, s->list.items[i].name);
}
