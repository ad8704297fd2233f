/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/study.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

static void experiment_release(struct study_experiment *e)
{
    for (size_t i = 0; i < e->metrics.count; i++)
        free(e->metrics.items[i]);
    vec_release(&e->metrics);
    for (size_t i = 0; i < e->proofs.count; i++) {
        free(e->proofs.items[i].metric);
        free(e->proofs.items[i].equals);
    }
    vec_release(&e->proofs);
    params_release(&e->full);
    params_release(&e->quick);
    params_release(&e->set);
    free(e->name);
    free(e->component);
    free(e->run);
    free(e->by);
    free(e->metric);
}

static void release_lists(struct study *s)
{
    for (size_t i = 0; i < s->metrics.count; i++)
        free(s->metrics.items[i]);
    vec_release(&s->metrics);
    for (size_t i = 0; i < s->parameters.count; i++) {
        free(s->parameters.items[i].name);
        free(s->parameters.items[i].value);
    }
    vec_release(&s->parameters);
    for (size_t i = 0; i < s->components.count; i++)
        free(s->components.items[i]);
    vec_release(&s->components);
    for (size_t i = 0; i < s->patterns.count; i++)
        free(s->patterns.items[i].text);
    vec_release(&s->patterns);
    for (size_t i = 0; i < s->functions.count; i++) {
        free(s->functions.items[i].name);
        free(s->functions.items[i].is);
    }
    vec_release(&s->functions);
}

void study_release(struct study *s)
{
    for (int phase = 0; phase < STUDY_PHASES; phase++) {
        for (size_t i = 0; i < s->experiments[phase].count; i++)
            experiment_release(&s->experiments[phase].items[i]);
        vec_release(&s->experiments[phase]);
    }
    release_lists(s);
    json_free(s->file);
    char *texts[] = {s->path, s->name, s->folder, s->build, s->run, s->prepare, s->step, s->gate, s->out, s->scratch};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    *s = (struct study){0};
}

void study_place(struct study *s, const char *results)
{
    free(s->out);
    free(s->scratch);
    s->out = str_join_path(results, "build");
    s->scratch = str_join_path(results, "scratch");
}

const struct json *study_member(const struct study *s, const char *name)
{
    return json_get(s->file, name);
}

const char *study_default(const struct study *s, const char *name)
{
    for (size_t i = 0; i < s->parameters.count; i++)
        if (strcmp(s->parameters.items[i].name, name) == 0)
            return s->parameters.items[i].value;
    return NULL;
}

static bool fits(const struct study_pattern *p, const char *path, const char *function)
{
    if (!p->file)
        return fnmatch(p->text, function, 0) == 0;
    char *end = str_format("*/%s", p->text);
    bool is = fnmatch(p->text, path, 0) == 0 || fnmatch(end, path, 0) == 0;
    free(end);
    return is;
}

const char *study_component(const struct study *s, const char *path, const char *function)
{
    for (int files = 0; files < 2; files++)
        for (size_t i = 0; i < s->patterns.count; i++)
            if (s->patterns.items[i].file == (files != 0) && fits(&s->patterns.items[i], path, function))
                return s->components.items[s->patterns.items[i].component];
    return "other";
}
