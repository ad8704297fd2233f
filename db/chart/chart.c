/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/chart/chart.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

void chart_init(struct chart *c, const char *kind, const char *title, const char *x_label)
{
    *c = (struct chart){.kind = kind, .title = str_copy(title), .x_label = str_copy(x_label)};
}

void chart_release(struct chart *c)
{
    for (size_t i = 0; i < c->panels.count; i++) {
        free(c->panels.items[i].title);
        free(c->panels.items[i].y_label);
    }
    for (size_t i = 0; i < c->series.count; i++) {
        free(c->series.items[i].name);
        vec_release(&c->series.items[i].points);
        vec_release(&c->series.items[i].curve);
    }
    for (size_t i = 0; i < c->ticks.count; i++)
        free(c->ticks.items[i]);
    vec_release(&c->panels);
    vec_release(&c->series);
    vec_release(&c->ticks);
    free(c->title);
    free(c->x_label);
}

void chart_panel(struct chart *c, const char *title, const char *y_label)
{
    struct chart_panel *p = vec_push(&c->panels);
    *p = (struct chart_panel){str_copy(title), str_copy(y_label), c->series.count, c->series.count};
}

struct chart_series *chart_series(struct chart *c, const char *name)
{
    struct chart_series *s = vec_push(&c->series);
    s->name = str_copy(name);
    c->panels.items[c->panels.count - 1].last = c->series.count - 1;
    return s;
}

void chart_point(struct chart_series *s, double x, double y, double low, double high)
{
    *vec_push(&s->points) = (struct chart_point){x, y, low, high};
}

void chart_curve_point(struct chart_series *s, double x, double y)
{
    *vec_push(&s->curve) = (struct chart_point){x, y, y, y};
}

void chart_tick(struct chart *c, const char *name)
{
    *vec_push(&c->ticks) = str_copy(name);
}

bool chart_write_data(const char *script, const struct str *data, const char *path, struct str *err)
{
    if (str_ends(path, ".png") || str_ends(path, ".svg") || str_ends(path, ".pdf"))
        return chart_draw(script, data, path, err);
    if (str_ends(path, ".tsv"))
        return file_write(path, data->data, data->len, err);
    str_addf(err, "the name of a chart ends with .png, .svg, .pdf, .tsv or .txt, not as in '%s'", path);
    return false;
}

bool chart_write(const struct chart *c, const char *path, struct str *err)
{
    struct str text = STR_INIT;
    bool as_text = str_ends(path, ".txt");
    if (as_text)
        chart_text(c, &text);
    else
        chart_tsv(c, &text);
    bool ok = as_text ? file_write(path, text.data, text.len, err) : chart_write_data(c->kind, &text, path, err);
    str_release(&text);
    return ok;
}
