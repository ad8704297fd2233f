/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/outcome.h"

#include <fnmatch.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/path.h"
#include "db/study/state.h"

static bool read_phase(struct outcome *o, int number, const char *folder, struct str *err)
{
    char *path = str_format("%s/phase%d/phase%d_summary.json", folder, number, number);
    bool ok = true;
    if (file_exists(path))
        ok = o->has[number - 1] = summary_read(&o->phases[number - 1], path, err);
    free(path);
    return ok;
}

/* "index.c:227" into file and line; false: it is not of that form. */
static bool split_place(const char *place, char **file, int64_t *line)
{
    const char *colon = strrchr(place, ':');
    if (!colon || !colon[1] || colon[1 + strspn(colon + 1, "0123456789")])
        return false;
    *file = str_copy_bytes(place, (size_t)(colon - place));
    *line = strtoll(colon + 1, NULL, 10);
    return true;
}

/* Summaries have paths as people see them, which may lack the folders that a pattern begins with: "sim/index.c" is
 * "index.c" there. A rest that begins with a wildcard would be anything. */
static const char *component_by_end(const struct study *s, const char *file)
{
    for (size_t i = 0; i < s->patterns.count; i++) {
        const struct study_pattern *p = &s->patterns.items[i];
        for (const char *rest = p->file ? strchr(p->text, '/') : NULL; rest; rest = strchr(rest, '/')) {
            rest++;
            if (!strchr("*?[", *rest) && fnmatch(rest, file, FNM_PATHNAME) == 0)
                return s->components.items[p->component];
        }
    }
    return "other";
}

static const char *component_of(const struct study *s, const char *file, const char *function)
{
    char *path = path_normal(s->folder, file);
    const char *component = study_component(s, path, function);
    free(path);
    return strcmp(component, "other") == 0 ? component_by_end(s, file) : component;
}

static void add_function(struct outcome *o, const struct summary_measurement *m)
{
    struct outcome_function f = {.line = 0};
    for (size_t i = 0; i < o->functions.count; i++)
        if (strcmp(o->functions.items[i].name, m->subject) == 0)
            return;
    if (!m->place || !split_place(m->place, &f.file, &f.line))
        f.file = str_copy("");
    f.name = str_copy(m->subject);
    f.component = str_copy(component_of(&o->study, f.file, f.name));
    *vec_push(&o->functions) = f;
}

bool outcome_read(struct outcome *o, const char *folder, struct str *err)
{
    struct state state;
    *o = (struct outcome){0};
    if (!state_read(&state, folder, err))
        return false;
    bool ok = study_load(&o->study, state.file, err);
    o->store = str_copy(state.store);
    state_release(&state);
    for (int number = 1; ok && number <= STUDY_PHASES; number++)
        ok = read_phase(o, number, folder, err);
    if (ok && !o->has[0]) {
        str_addf(err, "%s has no phase 1: `farmdb study %s --phase 1` tells where time goes", folder, o->study.path);
        ok = false;
    }
    for (size_t p = 0; ok && p < STUDY_PHASES; p++)
        for (size_t i = 0; o->has[p] && i < o->phases[p].measurements.count; i++)
            if (o->phases[p].measurements.items[i].kind == SUMMARY_FUNCTION)
                add_function(o, &o->phases[p].measurements.items[i]);
    return ok;
}

void outcome_release(struct outcome *o)
{
    for (size_t i = 0; i < o->functions.count; i++) {
        free(o->functions.items[i].name);
        free(o->functions.items[i].file);
        free(o->functions.items[i].component);
    }
    vec_release(&o->functions);
    for (size_t p = 0; p < STUDY_PHASES; p++)
        if (o->has[p])
            summary_release(&o->phases[p]);
    free(o->store);
    study_release(&o->study);
}

/* The function whose beginning is the nearest above the line. */
static const struct outcome_function *function_at(const struct outcome *o, const char *file, int64_t line)
{
    const struct outcome_function *best = NULL;
    for (size_t i = 0; i < o->functions.count; i++) {
        const struct outcome_function *f = &o->functions.items[i];
        bool same = path_ends(f->file, file) || path_ends(file, f->file);
        if (same && f->line && f->line <= line && (!best || f->line > best->line))
            best = f;
    }
    return best;
}

static const char *component_of_line(const struct outcome *o, const char *file, int64_t line)
{
    const struct outcome_function *f = function_at(o, file, line);
    return f && strcmp(f->component, "other") != 0 ? f->component : component_of(&o->study, file, "");
}

const char *outcome_component(const struct outcome *o, const char *subject)
{
    char *file;
    int64_t line;
    if (split_place(subject, &file, &line)) {
        const char *component = component_of_line(o, file, line);
        free(file);
        return component;
    }
    for (size_t i = 0; i < o->functions.count; i++)
        if (strcmp(o->functions.items[i].name, subject) == 0)
            return o->functions.items[i].component;
    return study_component(&o->study, "", subject);
}

const char *outcome_line_component(const struct outcome *o, const struct summary_measurement *line)
{
    const struct study *s = &o->study;
    const char *component = outcome_component(o, line->subject);
    for (size_t i = 0; strcmp(component, "other") == 0 && i < s->functions.count; i++)
        if (strcmp(s->functions.items[i].name, line->place) == 0)
            component = outcome_component(o, s->functions.items[i].is);
    return component;
}

double outcome_share(const struct summary_measurement *m)
{
    static const char *const metrics[] = {[SUMMARY_COMPONENT] = "share", [SUMMARY_FUNCTION] = "self_share",
                                          [SUMMARY_LINE] = "program_share", [SUMMARY_SERIES] = NULL};
    return metrics[m->kind] && strcmp(m->metric, metrics[m->kind]) == 0 ? m->value : NAN;
}

char *outcome_runs(const struct outcome *o)
{
    const struct summary *s = &o->phases[0];
    struct str out = STR_INIT;
    const struct summary_runs *runs = NULL;
    for (size_t i = 0; i < s->measurements.count; i++)
        if (!isnan(outcome_share(&s->measurements.items[i])))
            runs = &s->measurements.items[i].runs;
    for (size_t i = 0; runs && i < runs->list.count; i++)
        str_addf(&out, "%s%lld", i ? "," : "", (long long)runs->list.items[i]);
    return str_detach(&out);
}

enum effort outcome_effort(const struct outcome *o, const char *subject)
{
    enum effort e = EFFORT_UNKNOWN;
    const struct json *efforts = study_member(&o->study, "effort");
    if (efforts && json_get(efforts, subject))
        effort_parse(json_text(json_get(efforts, subject)), &e);
    return e;
}

bool outcome_plan(const struct outcome *o, struct improvements *out, struct str *err)
{
    struct str why = STR_INIT;
    bool ok = improvements_take(out, study_member(&o->study, "plan"), &why);
    if (ok)
        improvements_study(out, &o->study);
    else
        str_addf(err, "%s: plan%s", o->study.path, why.data);
    str_release(&why);
    return ok;
}
