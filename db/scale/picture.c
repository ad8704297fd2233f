/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/scale/picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/path.h"
#include "db/scale/unit.h"
#include "db/stats/stats.h"
#include "db/wanted.h"

#define CURVE_POINTS 60

static bool drawn(const struct scale_scene *scene, const struct scale_verdict *v)
{
    const struct scale_series *s = v->series;
    if (s->scope != scene->scope || strcmp(s->metric, scene->metric) != 0 || v->points.points.count < 2)
        return false;
    struct wanted w = {scene->function, NULL, scene->folder, scene->folder};
    return !scene->function || wanted_function(&w, s->file, s->function, s->line, s->line);
}

static bool same_thing(const struct scale_series *a, const struct scale_series *b)
{
    return strcmp(a->function, b->function) == 0 && strcmp(a->file, b->file) == 0 &&
           (a->scope != SCALE_LINE || a->line == b->line);
}

static const struct scale_verdict *find(const struct scale_set *set, const struct scale_scene *scene,
                                        const struct scale_series *like)
{
    for (size_t i = 0; i < set->verdicts.list.count; i++)
        if (drawn(scene, &set->verdicts.list.items[i]) && same_thing(set->verdicts.list.items[i].series, like))
            return &set->verdicts.list.items[i];
    return NULL;
}

/* Not the fitted interval but what was measured: of the median where there are runs enough, else all of them. */
static void add_points(struct chart_series *out, const struct scale_verdict *v, double scale)
{
    for (size_t i = 0; i < v->points.points.count; i++) {
        const struct growth_point *p = &v->points.points.items[i];
        struct interval range = {INFINITY, -INFINITY};
        if (!stats_median_interval(p->values, p->count, 0.95, &range))
            for (size_t k = 0; k < p->count; k++) {
                range.low = fmin(range.low, p->values[k]);
                range.high = fmax(range.high, p->values[k]);
            }
        chart_point(out, p->n, scale * stats_median(p->values, p->count), scale * range.low, scale * range.high);
    }
}

static void add_curve(struct chart_series *out, const struct scale_verdict *v, const struct scale_scene *scene,
                      double scale)
{
    double low = fmax(v->points.points.items[0].n, v->growth.from_n), high = fmax(scene->at, low);
    if (!v->growth.model.count)
        return;
    for (int i = 0; i < CURVE_POINTS; i++) {
        double part = (double)i / (CURVE_POINTS - 1);
        double n = scene->linear ? low + (high - low) * part : low * pow(high / low, part);
        chart_curve_point(out, n, scale * growth_predict(&v->growth.model, n));
    }
}

static void add_series(struct chart *c, const struct scale_set *set, const struct scale_scene *scene,
                       const struct scale_verdict *v, struct scale_unit unit)
{
    struct str name = STR_INIT;
    str_addf(&name, "%s: ", set->selection.name);
    growth_class_text(&v->growth, &name);
    if (v->growth.model.count && scene->panels == 1) {
        str_add(&name, ",  ");
        scale_unit_model(v, unit, &name);
    }
    struct chart_series *out = chart_series(c, name.data);
    add_points(out, v, unit.scale);
    add_curve(out, v, scene, unit.scale);
    str_release(&name);
}

static void add_panel(struct chart *c, const struct scale_set *sets, size_t count, const struct scale_scene *scene,
                      const struct scale_verdict *first)
{
    const struct growth_point *last = &first->points.points.items[first->points.points.count - 1];
    struct scale_unit unit = scale_unit_of(first->series->metric, stats_median(last->values, last->count));
    struct str title = STR_INIT, y = STR_INIT;
    if (scene->scope == SCALE_FUNCTION)
        str_addf(&title, "%s()", first->series->function);
    else if (scene->scope == SCALE_LINE)
        str_addf(&title, "%s:%lld  %s()", path_inside(scene->folder, first->series->file),
                 (long long)first->series->line, first->series->function);
    scale_unit_label(first->series->metric, unit, &y);
    chart_panel(c, title.data, y.data);
    for (size_t i = 0; i < count; i++) {
        const struct scale_verdict *v = find(&sets[i], scene, first->series);
        if (v)
            add_series(c, &sets[i], scene, v, unit);
    }
    str_release(&title);
    str_release(&y);
}

bool scale_picture(const struct scale_set *sets, size_t count, const struct scale_scene *scene, struct chart *out,
                   struct str *err)
{
    static const char *const scopes[] = {"the program", "functions", "lines"};
    VEC(const struct scale_verdict *) panels = {0};
    for (size_t i = 0; i < sets[0].verdicts.list.count; i++)
        if (drawn(scene, &sets[0].verdicts.list.items[i]))
            *vec_push(&panels) = &sets[0].verdicts.list.items[i];
    if (!panels.count) {
        str_addf(err, "nothing to draw: no metric %s of %s%s%s", scene->metric, scopes[scene->scope],
                 scene->function ? " named " : "", scene->function ? scene->function : "");
        return false;
    }
    qsort(panels.items, panels.count, sizeof *panels.items, scale_by_weight);
    struct scale_scene fitting = *scene;
    fitting.panels = panels.count < scene->panels ? panels.count : scene->panels;
    struct str title = STR_INIT;
    str_addf(&title, "%s of %s by %s", scene->metric, scopes[scene->scope], scene->by);
    chart_init(out, "scale", title.data, scene->by);
    str_release(&title);
    out->logarithmic_x = out->logarithmic_y = out->slopes = !scene->linear;
    for (size_t i = 0; i < fitting.panels; i++)
        add_panel(out, sets, count, &fitting, panels.items[i]);
    vec_release(&panels);
    return true;
}
