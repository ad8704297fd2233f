/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The phases, and the points of their experiments.
 */
#include "db/study/phase.h"

#include <stdlib.h>
#include <string.h>

static const struct phase *const phases[STUDY_PHASES] = {&phase_macro, &phase_component, &phase_line, &phase_system};

const struct phase *phase_find(int number)
{
    return phases[number - 1];
}

static void set(struct study_point *p, const char *name, const char *value)
{
    for (size_t i = 0; i < p->parameters.count; i++) {
        if (strcmp(p->parameters.items[i].name, name) == 0) {
            free(p->parameters.items[i].value);
            p->parameters.items[i].value = str_copy(value);
            return;
        }
    }
    *vec_push(&p->parameters) = (struct setting){str_copy(name), str_copy(value)};
}

/* The study's own {NAME}s, then those of the point. */
char *study_fill(const struct study *s, const struct study_point *p, const char *text)
{
    struct point all = {0};
    point_set(&all, "out", s->out);
    point_set(&all, "scratch", s->scratch);
    for (size_t i = 0; i < p->parameters.count; i++)
        point_set(&all, p->parameters.items[i].name, p->parameters.items[i].value);
    for (size_t i = 0; !p->parameters.count && i < s->parameters.count; i++)
        point_set(&all, s->parameters.items[i].name, s->parameters.items[i].value);
    char *filled = point_fill(&all, text);
    for (size_t i = 0; i < all.settings.count; i++) {
        free(all.settings.items[i].name);
        free(all.settings.items[i].value);
    }
    vec_release(&all.settings);
    return filled;
}

static void add_point(const struct study *s, const struct study_experiment *e, const struct params *varied,
                      const struct assignment *a, struct study_points *out)
{
    struct study_point *p = vec_push(&out->list);
    p->experiment = e;
    for (size_t i = 0; i < s->parameters.count; i++)
        set(p, s->parameters.items[i].name, s->parameters.items[i].value);
    for (size_t i = 0; i < e->set.list.count; i++)
        set(p, e->set.list.items[i].name, e->set.list.items[i].values.items[0]);
    for (size_t i = 0; i < varied->list.count; i++) {
        const char *name = varied->list.items[i].name, *value = varied->list.items[i].values.items[a->values.items[i]];
        set(p, name, value);
        *vec_push(&p->varied) = (struct setting){str_copy(name), str_copy(value)};
    }
    p->command = study_fill(s, p, *e->run ? e->run : s->run);
}

static void add_experiment(const struct study *s, const struct study_wish *w, const struct study_experiment *e,
                           struct study_points *out)
{
    struct assignments points;
    const struct params *varied = w->quick ? &e->quick : &e->full;
    if ((w->quick && e->full_only) || (w->component && strcmp(e->component, w->component) != 0))
        return;
    params_combine(varied, e->one_at_a_time, &points);
    for (size_t i = 0; i < points.list.count; i++)
        add_point(s, e, varied, &points.list.items[i], out);
    assignments_release(&points);
}

void phase_points(const struct phase *p, const struct study *s, const struct study_wish *w, struct study_points *out)
{
    *out = (struct study_points){0};
    for (size_t i = 0; i < s->experiments[p->number - 1].count; i++)
        add_experiment(s, w, &s->experiments[p->number - 1].items[i], out);
}

static void release_settings(struct setting *settings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(settings[i].name);
        free(settings[i].value);
    }
}

void study_points_release(struct study_points *points)
{
    for (size_t i = 0; i < points->list.count; i++) {
        struct study_point *p = &points->list.items[i];
        release_settings(p->parameters.items, p->parameters.count);
        release_settings(p->varied.items, p->varied.count);
        vec_release(&p->parameters);
        vec_release(&p->varied);
        vec_release(&p->runs);
        vec_release(&p->failed_runs);
        free(p->command);
        free(p->why);
    }
    vec_release(&points->list);
}

void study_point_name(const struct study_point *p, struct str *out)
{
    for (size_t i = 0; i < p->varied.count; i++)
        str_addf(out, "%s%s=%s", i ? ", " : "", p->varied.items[i].name, p->varied.items[i].value);
    if (!p->varied.count)
        str_add(out, "as it is");
}

const char *study_point_value(const struct study_point *p, const char *parameter)
{
    for (size_t i = 0; i < p->parameters.count; i++)
        if (strcmp(p->parameters.items[i].name, parameter) == 0)
            return p->parameters.items[i].value;
    return NULL;
}
