/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The data of a chart as the scripts of plots/ read them: settings in lines that begin with "#! ", then two blocks for
 * each series, its points (x, y, low, high) and its curve (x, y).
 */
#include <math.h>
#include <stdio.h>

#include "db/chart/chart.h"

struct range {
    double low, high;
};

/* gnuplot's own quoting: nothing is special inside single quotes, which are doubled. Line ends become blanks. */
void chart_setting(struct str *out, const char *name, const char *text)
{
    str_addf(out, "#! %s = '", name);
    for (; *text; text++) {
        str_add_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
        if (*text == '\'')
            str_add_char(out, '\'');
    }
    str_add(out, "'\n");
}

static void add_numbered(struct str *out, const char *name, size_t number, const char *text)
{
    char numbered[32];
    snprintf(numbered, sizeof numbered, "%s%zu", name, number);
    chart_setting(out, numbered, text);
}

static void widen(struct range *r, double value, bool logarithmic)
{
    if (!isfinite(value) || (logarithmic && value <= 0))
        return;
    r->low = fmin(r->low, value);
    r->high = fmax(r->high, value);
}

static struct range with_margin(struct range r, bool logarithmic)
{
    if (!(r.low <= r.high))
        return (struct range){logarithmic ? 0.1 : 0, 1};
    if (logarithmic)
        return (struct range){r.low / 1.4, r.high * 1.4};
    double margin = r.high > r.low ? 0.05 * (r.high - r.low) : 1;
    return (struct range){r.low >= 0 ? 0 : r.low - margin, r.high + margin};
}

static struct range x_range(const struct chart *c)
{
    struct range r = {INFINITY, -INFINITY};
    for (size_t i = 0; i < c->series.count; i++) {
        const struct chart_series *s = &c->series.items[i];
        for (size_t k = 0; k < s->points.count; k++)
            widen(&r, s->points.items[k].x, c->logarithmic_x);
        for (size_t k = 0; k < s->curve.count; k++)
            widen(&r, s->curve.items[k].x, c->logarithmic_x);
    }
    return with_margin(r, c->logarithmic_x);
}

static struct range y_range(const struct chart *c, const struct chart_panel *p)
{
    struct range r = {INFINITY, -INFINITY};
    for (size_t i = p->first; i <= p->last; i++) {
        const struct chart_series *s = &c->series.items[i];
        for (size_t k = 0; k < s->points.count; k++) {
            widen(&r, s->points.items[k].low, c->logarithmic_y);
            widen(&r, s->points.items[k].high, c->logarithmic_y);
        }
        for (size_t k = 0; k < s->curve.count; k++)
            widen(&r, s->curve.items[k].y, c->logarithmic_y);
    }
    return with_margin(r, c->logarithmic_y);
}

static void add_panel(const struct chart *c, size_t number, struct str *out)
{
    const struct chart_panel *p = &c->panels.items[number];
    const struct chart_series *first = &c->series.items[p->first];
    struct range y = y_range(c, p);
    add_numbered(out, "panel", number, p->title);
    add_numbered(out, "y_label", number, p->y_label);
    str_addf(out, "#! first%zu = %zu; last%zu = %zu; low%zu = %.9g; high%zu = %.9g\n", number, p->first, number,
             p->last, number, y.low, number, y.high);
    str_addf(out, "#! x%zu = %.9g; y%zu = %.9g\n", number, first->points.count ? first->points.items[0].x : 1, number,
             first->points.count ? first->points.items[0].y : 1);
}

static void add_series(const struct chart_series *s, struct str *out)
{
    str_addf(out, "# %s\n", s->name);
    for (size_t k = 0; k < s->points.count; k++) {
        const struct chart_point *p = &s->points.items[k];
        str_addf(out, "%.9g\t%.9g\t%.9g\t%.9g\n", p->x, p->y, p->low, p->high);
    }
    str_add(out, s->points.count ? "\n\n" : "NaN\tNaN\tNaN\tNaN\n\n\n");
    for (size_t k = 0; k < s->curve.count; k++)
        str_addf(out, "%.9g\t%.9g\n", s->curve.items[k].x, s->curve.items[k].y);
    str_add(out, s->curve.count ? "\n\n" : "NaN\tNaN\n\n\n");
}

void chart_tsv(const struct chart *c, struct str *out)
{
    struct range x = x_range(c);
    chart_setting(out, "title", c->title);
    chart_setting(out, "x_label", c->x_label);
    str_addf(out, "#! panels = %zu; logarithmic_x = %d; logarithmic_y = %d; slopes = %d\n", c->panels.count,
             c->logarithmic_x, c->logarithmic_y, c->slopes && c->logarithmic_x && c->logarithmic_y ? 3 : 0);
    str_addf(out, "#! x_low = %.9g; x_high = %.9g\n", x.low, x.high);
    for (size_t i = 0; i < c->panels.count; i++)
        add_panel(c, i, out);
    for (size_t i = 0; i < c->series.count; i++)
        add_numbered(out, "name", i, c->series.items[i].name);
    for (size_t i = 0; i < c->series.count; i++)
        str_addf(out, "#! points%zu = %zu\n", i, c->series.items[i].points.count);
    if (c->ticks.count)
        str_addf(out, "#! ticks = %zu\n", c->ticks.count);
    for (size_t i = 0; i < c->ticks.count; i++)
        add_numbered(out, "tick", i + 1, c->ticks.items[i]);
    for (size_t i = 0; i < c->series.count; i++)
        add_series(&c->series.items[i], out);
}
