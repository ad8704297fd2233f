/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/heat.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "db/chart/chart.h"
#include "db/stats/stats.h"
#include "db/store.h"

struct values {
    VEC(double) list;
};

struct cell {
    double x, y, value;
};

struct heat {
    VEC(struct cell) cells;      /* one for each pair: the median of its runs */
    struct values xs, ys;        /* different ones, rising */
    double least, most;
};

static size_t place(const struct values *v, double value)
{
    size_t at = 0;
    while (at < v->list.count && v->list.items[at] < value)
        at++;
    return at;
}

static void add_value(struct values *v, double value)
{
    size_t at = place(v, value);
    if (at < v->list.count && v->list.items[at] == value)
        return;
    *vec_push(&v->list) = value;
    for (size_t i = v->list.count - 1; i > at; i--)
        v->list.items[i] = v->list.items[i - 1];
    v->list.items[at] = value;
}

static void end_cell(struct heat *h, double x, double y, struct values *runs)
{
    if (!runs->list.count)
        return;
    double median = stats_median(runs->list.items, runs->list.count);
    *vec_push(&h->cells) = (struct cell){x, y, median};
    add_value(&h->xs, x);
    add_value(&h->ys, y);
    h->least = fmin(h->least, median);
    h->most = fmax(h->most, median);
    vec_clear(&runs->list);
}

static void load(struct sql *db, const char *metric, const char *by, const char *with, struct heat *h)
{
    struct sql_stmt *s = store_prepare(db, "scale_heat");
    struct values runs = {0};
    double x = NAN, y = NAN;
    sql_bind_text(s, "metric", metric);
    sql_bind_text(s, "by", by);
    sql_bind_text(s, "with", with);
    while (sql_step(s)) {
        if (sql_real(s, 0) != x || sql_real(s, 1) != y)
            end_cell(h, x, y, &runs);
        x = sql_real(s, 0);
        y = sql_real(s, 1);
        *vec_push(&runs.list) = sql_real(s, 2);
    }
    end_cell(h, x, y, &runs);
    sql_done(s);
    vec_release(&runs.list);
}

static void add_ticks(struct str *out, char axis, const struct values *v)
{
    for (size_t i = 0; i < v->list.count; i++)
        str_addf(out, "#! %c%zu = '%g'\n", axis, i, v->list.items[i]);
}

static void describe(const struct heat *h, const char *metric, const char *by, const char *with, struct str *out)
{
    chart_setting(out, "x_label", by);
    chart_setting(out, "y_label", with);
    chart_setting(out, "value_label", metric);
    str_addf(out, "#! title = value_label.' by '.x_label.' and '.y_label\n");
    str_addf(out, "#! columns = %zu; rows = %zu; least = %.9g; most = %.9g; logarithmic = %d\n", h->xs.list.count,
             h->ys.list.count, h->least, h->most, h->least > 0 && h->most > 20 * h->least);
    add_ticks(out, 'x', &h->xs);
    add_ticks(out, 'y', &h->ys);
    for (size_t i = 0; i < h->cells.count; i++) {
        const struct cell *c = &h->cells.items[i];
        str_addf(out, "%zu\t%zu\t%.9g\t%.3g\n", place(&h->xs, c->x), place(&h->ys, c->y), c->value, c->value);
    }
}

bool scale_heat(struct sql *db, const char *metric, const char *by, const char *with, const char *path,
                struct str *err)
{
    struct heat h = {.least = INFINITY, .most = -INFINITY};
    struct str data = STR_INIT;
    load(db, metric, by, with, &h);
    bool ok = h.cells.count;
    if (ok)
        describe(&h, metric, by, with, &data);
    else
        str_addf(err, "no run has the metric %s and both parameters, %s and %s", metric, by, with);
    ok = ok && chart_write_data("heat", &data, path, err);
    str_release(&data);
    vec_release(&h.cells);
    vec_release(&h.xs.list);
    vec_release(&h.ys.list);
    return ok;
}
