/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/compare/history_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VERSIONS_APART 8         /* as many colours; more versions are one series */

struct figure {
    double value, error;         /* error NAN: exact; value NAN: the run has none */
};

typedef struct figure figure_of(const struct history_run *r);

static struct figure count_of(const struct history_run *r)
{
    return (struct figure){r->counted ? (double)r->count : NAN, NAN};
}

static struct figure time_of(const struct history_run *r)
{
    double ms = 1e3 * r->seconds;
    return (struct figure){ms, r->samples > 0 ? ms / sqrt(r->samples) : NAN};
}

static struct figure per_count(const struct history_run *r)
{
    double ns = r->counted && r->count && r->seconds > 0 ? 1e9 * r->seconds / (double)r->count : NAN;
    return (struct figure){ns, r->samples > 0 ? ns / sqrt(r->samples) : NAN};
}

static char *version_name(const struct history *h, size_t at)
{
    static const char *const words[] = {"", ", edited", ", new", "", ", moved"};
    const struct history_version *v = &h->versions.items[at];
    long long first = (long long)h->runs.items[v->first].run;
    long long last = (long long)h->runs.items[v->first + v->count - 1].run;
    const char *word = at || h->begins ? words[v->mark] : "";
    return v->count > 1 ? str_format("run %lld .. %lld%s", first, last, word) : str_format("run %lld%s", first, word);
}

static void add_runs(const struct history *h, size_t first, size_t count, figure_of *figure, struct chart_series *s)
{
    double sum = 0, known = 0;
    bool alike = true;                           /* the mean of runs with other parameters says nothing */
    for (size_t i = first; i < first + count; i++) {
        struct figure f = figure(&h->runs.items[i]);
        double reach = isnan(f.error) ? 0 : 2 * f.error;
        if (isnan(f.value))
            continue;
        alike &= strcmp(h->runs.items[i].with, h->runs.items[first].with) == 0;
        chart_point(s, (double)i + 1, f.value, fmax(0, f.value - reach), f.value + reach);
        sum += f.value;
        known++;
    }
    if (known && alike && count > 1) {
        chart_curve_point(s, (double)first + 1, sum / known);
        chart_curve_point(s, (double)(first + count), sum / known);
    }
}

static bool any(const struct history *h, figure_of *figure)
{
    for (size_t i = 0; i < h->runs.count; i++)
        if (figure(&h->runs.items[i]).value > 0)
            return true;
    return false;
}

static void add_panel(const struct history *h, const char *title, const char *unit, figure_of *figure,
                      struct chart *out)
{
    if (!any(h, figure))
        return;
    chart_panel(out, title, unit);
    if (h->versions.count > VERSIONS_APART) {
        struct chart_series *s = chart_series(out, "all versions");
        for (size_t i = 0; i < h->versions.count; i++)
            add_runs(h, h->versions.items[i].first, h->versions.items[i].count, figure, s);
        return;
    }
    for (size_t i = 0; i < h->versions.count; i++) {
        char *name = version_name(h, i);
        add_runs(h, h->versions.items[i].first, h->versions.items[i].count, figure, chart_series(out, name));
        free(name);
    }
}

void history_chart(const struct history *h, const char *title, struct chart *out)
{
    chart_init(out, "scale", title, "run, in the order of the table");
    add_panel(h, "Count", "per run", count_of, out);
    add_panel(h, "Time", "ms per run", time_of, out);
    add_panel(h, "Time per count", "ns", per_count, out);
}
