/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/state.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/json.h"

static const char *const phase_states[] = {"left", "running", "done", "interrupted"};

static const struct json_field state_fields[] = {
    {"study", JSON_FIELD_TEXT, offsetof(struct state, study)},
    {"file", JSON_FIELD_TEXT, offsetof(struct state, file)},
    {"store", JSON_FIELD_TEXT, offsetof(struct state, store)},
    {"hash", JSON_FIELD_TEXT, offsetof(struct state, hash)},
    {"started", JSON_FIELD_TEXT, offsetof(struct state, started)},
    {"quick", JSON_FIELD_TRUE, offsetof(struct state, quick)},
    {"check", JSON_FIELD_TRUE, offsetof(struct state, check)},
    {"component", JSON_FIELD_TEXT, offsetof(struct state, component)},
    {"function", JSON_FIELD_TEXT, offsetof(struct state, function)},
    {"pid", JSON_FIELD_INT, offsetof(struct state, pid)},
    {"pid_started", JSON_FIELD_INT, offsetof(struct state, pid_started)},
    {"seconds_left", JSON_FIELD_REAL, offsetof(struct state, seconds_left)},
};
enum { STATE_FIELDS = sizeof state_fields / sizeof *state_fields };

static const struct json_field point_fields[] = {
    {"experiment", JSON_FIELD_TEXT, offsetof(struct state_point, experiment)},
    {"parameters", JSON_FIELD_TEXT, offsetof(struct state_point, parameters)},
    {"why", JSON_FIELD_TEXT, offsetof(struct state_point, why)},
    {"runs", JSON_FIELD_REAL, offsetof(struct state_point, runs)},
    {"wanted", JSON_FIELD_REAL, offsetof(struct state_point, wanted)},
};
enum { POINT_FIELDS = sizeof point_fields / sizeof *point_fields };

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
    json_add_fields(o, p, point_fields, POINT_FIELDS);
    json_add_text(o, "state", summary_state_name(p->state));
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
    json_add_fields(o, s, state_fields, STATE_FIELDS);
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
        json_get_fields(e, point, point_fields, POINT_FIELDS);
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
        json_get_fields(o, s, state_fields, STATE_FIELDS);
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
