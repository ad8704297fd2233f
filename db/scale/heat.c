/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/heat.h"

#include <math.h>
#include <stdlib.h>

#include "db/chart/chart.h"
#include "db/scale/unit.h"
#include "db/stats/stats.h"
#include "db/store.h"

#define LOGARITHMIC_FROM 20.0    /* times the least */

struct values {
    VEC(double) list;
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts, and leaves each value once. */
static size_t distinct(double *values, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(values, count, sizeof *values, by_value);
    for (size_t i = 0; i < count; i++)
        if (!kept || values[kept - 1] != values[i])
            values[kept++] = values[i];
    return kept;
}

static size_t place(const double *values, size_t count, double value)
{
    const double *found = bsearch(&value, values, count, sizeof *values, by_value);
    return (size_t)(found - values);
}

static void end_cell(struct scale_heat *h, double x, double y, struct values *runs)
{
    if (!runs->list.count)
        return;
    double median = stats_median(runs->list.items, runs->list.count);
    *vec_push(&h->cells) = (struct scale_cell){x, y, median};
    *vec_push(&h->xs.list) = x;
    *vec_push(&h->ys.list) = y;
    h->least = fmin(h->least, median);
    h->most = fmax(h->most, median);
    vec_clear(&runs->list);
}

bool scale_heat_load(struct sql *db, const char *metric, const char *by, const char *with, struct scale_heat *out,
                     struct str *err)
{
    struct sql_stmt *s = store_prepare(db, "scale_heat");
    struct values runs = {0};
    double x = NAN, y = NAN;
    *out = (struct scale_heat){.least = INFINITY, .most = -INFINITY};
    sql_bind_text(s, "metric", metric);
    sql_bind_text(s, "by", by);
    sql_bind_text(s, "with", with);
    while (sql_step(s)) {
        if (sql_real(s, 0) != x || sql_real(s, 1) != y)
            end_cell(out, x, y, &runs);
        x = sql_real(s, 0);
        y = sql_real(s, 1);
        *vec_push(&runs.list) = sql_real(s, 2);
    }
    end_cell(out, x, y, &runs);
    sql_done(s);
    vec_release(&runs.list);
    out->xs.list.count = distinct(out->xs.list.items, out->xs.list.count);
    out->ys.list.count = distinct(out->ys.list.items, out->ys.list.count);
    out->logarithmic = out->least > 0 && out->most > LOGARITHMIC_FROM * out->least;
    if (!out->cells.count)
        str_addf(err, "no run has the metric %s and both parameters, %s and %s", metric, by, with);
    return out->cells.count;
}

void scale_heat_release(struct scale_heat *h)
{
    vec_release(&h->cells);
    vec_release(&h->xs.list);
    vec_release(&h->ys.list);
}

double scale_heat_level(const struct scale_heat *h, double value)
{
    if (!(h->most > h->least))
        return 0;
    return h->logarithmic ? log(value / h->least) / log(h->most / h->least)
                          : (value - h->least) / (h->most - h->least);
}

static void add_ticks(struct str *out, char axis, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        str_addf(out, "#! %c%zu = '%g'\n", axis, i, values[i]);
}

static void describe(const struct scale_heat *h, const char *metric, const char *by, const char *with, struct str *out)
{
    struct scale_unit unit = scale_unit_of(metric, h->least > 0 ? sqrt(h->least * h->most) : h->most);
    struct str label = STR_INIT;
    scale_unit_label(metric, unit, &label);
    chart_setting(out, "x_label", by);
    chart_setting(out, "y_label", with);
    chart_setting(out, "value_label", label.data);
    str_release(&label);
    str_addf(out, "#! title = value_label.' by '.x_label.' and '.y_label\n");
    str_addf(out, "#! columns = %zu; rows = %zu; least = %.9g; most = %.9g; logarithmic = %d\n", h->xs.list.count,
             h->ys.list.count, unit.scale * h->least, unit.scale * h->most, h->logarithmic);
    add_ticks(out, 'x', h->xs.list.items, h->xs.list.count);
    add_ticks(out, 'y', h->ys.list.items, h->ys.list.count);
    for (size_t i = 0; i < h->cells.count; i++) {
        const struct scale_cell *c = &h->cells.items[i];
        str_addf(out, "%zu\t%zu\t%.9g\t", place(h->xs.list.items, h->xs.list.count, c->x),
                 place(h->ys.list.items, h->ys.list.count, c->y), unit.scale * c->value);
        scale_unit_figure(unit.scale * c->value, out);
        str_add(out, "\n");
    }
}

bool scale_heat(struct sql *db, const char *metric, const char *by, const char *with, const char *path,
                struct str *err)
{
    struct scale_heat h;
    struct str data = STR_INIT;
    bool ok = scale_heat_load(db, metric, by, with, &h, err);
    if (ok)
        describe(&h, metric, by, with, &data);
    ok = ok && chart_write_data("heat", &data, path, err);
    str_release(&data);
    scale_heat_release(&h);
    return ok;
}
