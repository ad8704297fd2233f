/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/json.h"

static const char *const phase_states[] = {"left", "running", "done", "interrupted"};

static void point_release(struct state_point *p)
{
    free(p->experiment);
    free(p->parameters);
    free(p->why);
}

void state_release(struct state *s)
{
    for (size_t i = 0; i < s->parts.count; i++) {
        for (size_t k = 0; k < s->parts.items[i].points.count; k++)
            point_release(&s->parts.items[i].points.items[k]);
        vec_release(&s->parts.items[i].points);
    }
    vec_release(&s->parts);
    char *texts[] = {s->study, s->file, s->store, s->hash, s->started, s->component, s->function};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    *s = (struct state){0};
}

static void add_point(struct json *list, const struct state_point *p)
{
    struct json *o = json_add(list, NULL, json_new_object());
    json_add_text(o, "experiment", p->experiment);
    json_add_text(o, "parameters", p->parameters);
    json_add_text(o, "state", summary_state_name(p->state));
    json_add_text(o, "why", p->why);
    json_add_number(o, "runs", p->runs);
    json_add_number(o, "wanted", p->wanted);
}

static void add_part(struct json *list, const struct state_part *p)
{
    struct json *o = json_add(list, NULL, json_new_object());
    json_add_number(o, "phase", p->number);
    json_add_text(o, "state", phase_states[p->state]);
    json_add_number(o, "experiment", (double)p->experiment);
    struct json *points = json_add(o, "points", json_new_array());
    for (size_t i = 0; i < p->points.count; i++)
        add_point(points, &p->points.items[i]);
}

bool state_write(const struct state *s, const char *results, struct str *err)
{
    struct json *o = json_new_object();
    json_add_number(o, "schema", 1);
    json_add_text(o, "study", s->study);
    json_add_text(o, "file", s->file);
    json_add_text(o, "store", s->store);
    json_add_text(o, "hash", s->hash);
    json_add_text(o, "started", s->started);
    json_add_true(o, "quick", s->quick);
    json_add_true(o, "check", s->check);
    json_add_text(o, "component", s->component);
    json_add_text(o, "function", s->function);
    json_add_number(o, "pid", (double)s->pid);
    json_add_number(o, "pid_started", (double)s->pid_started);
    json_add_number(o, "seconds_left", s->seconds_left);
    struct json *phases = json_add(o, "phases", json_new_array());
    for (size_t i = 0; i < s->parts.count; i++)
        add_part(phases, &s->parts.items[i]);
    char *text = json_write(o), *path = str_join_path(results, "study.json");
    bool ok = file_write(path, text, strlen(text), err);
    json_free(o);
    free(text);
    free(path);
    return ok;
}

static char *copy_of(const struct json *o, const char *name)
{
    return str_copy(json_text(json_get(o, name)));
}

static double number_of(const struct json *o, const char *name)
{
    return json_number(json_get(o, name));
}

static void read_part(const struct json *o, struct state_part *p)
{
    const char *state = json_text(json_get(o, "state"));
    p->number = (int)number_of(o, "phase");
    p->experiment = (int64_t)number_of(o, "experiment");
    for (int i = 0; i < 4; i++)
        if (strcmp(state, phase_states[i]) == 0)
            p->state = (enum state_phase)i;
    for (const struct json *e = json_first(json_get(o, "points")); e; e = json_next(e)) {
        struct state_point *point = vec_push(&p->points);
        *point = (struct state_point){copy_of(e, "experiment"), copy_of(e, "parameters"), copy_of(e, "why"),
                                      SUMMARY_LEFT, number_of(e, "runs"), number_of(e, "wanted")};
        summary_state_find(json_text(json_get(e, "state")), &point->state);
    }
}

bool state_read(struct state *s, const char *results, struct str *err)
{
    char *path = str_join_path(results, "study.json");
    *s = (struct state){0};
    if (!file_exists(path)) {
        str_addf(err, "there is no study in %s: `farmdb study FILE` makes one, -o names its folder", results);
        free(path);
        return false;
    }
    struct json *o = json_read(path, err);
    if (o && number_of(o, "schema") != 1)
        str_addf(err, "%s is not of this farmdb", path);
    if (o && !err->len) {
        *s = (struct state){copy_of(o, "study"), copy_of(o, "file"), copy_of(o, "store"), copy_of(o, "hash"),
                            copy_of(o, "started"), json_true(json_get(o, "quick")), json_true(json_get(o, "check")),
                            copy_of(o, "component"), copy_of(o, "function"), (int64_t)number_of(o, "pid"),
                            (int64_t)number_of(o, "pid_started"), number_of(o, "seconds_left"), {0}};
        for (const struct json *p = json_first(json_get(o, "phases")); p; p = json_next(p))
            read_part(p, vec_push(&s->parts));
    }
    json_free(o);
    free(path);
    return !err->len;
}

int64_t state_process_start(int64_t pid)
{
    char *path = str_format("/proc/%lld/stat", (long long)pid);
    struct str text = STR_INIT, err = STR_INIT;
    int64_t start = 0;
    const char *at = file_read(path, &text, &err) ? strrchr(text.data, ')') : NULL;
    for (int field = 2; at && field < 22; field++)           /* the name may hold blanks; 22 is the start */
        at = strchr(at + 1, ' ');
    if (at)
        start = strtoll(at, NULL, 10);
    str_release(&text);
    str_release(&err);
    free(path);
    return start;
}

bool state_alive(const struct state *s)
{
    return s->pid && s->pid_started && state_process_start(s->pid) == s->pid_started;
}
