/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * phaseN_summary.json, out and in.
 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "db/json.h"
#include "db/study/summary.h"

static const struct json_field machine_fields[] = {
    {"host", JSON_FIELD_TEXT, offsetof(struct summary_machine, host)},
    {"kernel", JSON_FIELD_TEXT, offsetof(struct summary_machine, kernel)},
    {"cpu", JSON_FIELD_TEXT, offsetof(struct summary_machine, cpu)},
    {"governor", JSON_FIELD_TEXT, offsetof(struct summary_machine, governor)},
    {"cores", JSON_FIELD_REAL, offsetof(struct summary_machine, cores)},
};

static const struct json_field class_fields[] = {
    {"experiment", JSON_FIELD_TEXT, offsetof(struct summary_class, experiment)},
    {"scope", JSON_FIELD_TEXT, offsetof(struct summary_class, scope)},
    {"subject", JSON_FIELD_TEXT, offsetof(struct summary_class, subject)},
    {"metric", JSON_FIELD_TEXT, offsetof(struct summary_class, metric)},
    {"class", JSON_FIELD_TEXT, offsetof(struct summary_class, class)},
    {"exponent", JSON_FIELD_REAL, offsetof(struct summary_class, exponent)},
    {"low", JSON_FIELD_REAL, offsetof(struct summary_class, low)},
    {"high", JSON_FIELD_REAL, offsetof(struct summary_class, high)},
    {"model", JSON_FIELD_TEXT, offsetof(struct summary_class, model)},
};

static void add_runs(struct json *to, const struct summary_runs *runs)
{
    struct json *list = json_add(to, "runs", json_new_array());
    for (size_t i = 0; i < runs->list.count; i++)
        json_add_number(list, NULL, (double)runs->list.items[i]);
}

/* Numbers stay numbers. */
static void add_parameters(struct json *to, const struct summary_parameters *p)
{
    struct json *object = json_add(to, "parameters", json_new_object());
    for (size_t i = 0; i < p->list.count; i++) {
        const char *value = p->list.items[i].value;
        char *end;
        double number = strtod(value, &end);
        if (*value && !*end && isfinite(number))
            json_add_number(object, p->list.items[i].name, number);
        else
            json_add_text(object, p->list.items[i].name, value);
    }
}

static void add_measurement(struct json *list, const struct summary_measurement *m)
{
    struct json *o = json_add(list, NULL, json_new_object());
    json_add_text(o, "experiment", m->experiment);
    json_add_text(o, "subject", m->subject);
    json_add_text(o, "kind", summary_kind_name(m->kind));
    json_add_text(o, "metric", m->metric);
    json_add_number(o, "value", m->value);
    json_add_number(o, "low", m->low);
    json_add_number(o, "high", m->high);
    json_add_text(o, "unit", m->unit);
    if (*m->place)
        json_add_text(o, "place", m->place);
    if (*m->text)
        json_add_text(o, "text", m->text);
    add_parameters(o, &m->parameters);
    add_runs(o, &m->runs);
}

static void add_points(struct json *to, const struct summary *s)
{
    struct json *list = json_add(to, "points", json_new_array());
    for (size_t i = 0; i < s->points.count; i++) {
        const struct summary_point *p = &s->points.items[i];
        struct json *o = json_add(list, NULL, json_new_object());
        json_add_text(o, "experiment", p->experiment);
        add_parameters(o, &p->parameters);
        json_add_text(o, "state", summary_state_name(p->state));
        json_add_text(o, "why", p->why);
        json_add_text(o, "command", p->command);
        add_runs(o, &p->runs);
    }
}

static void add_findings(struct json *to, const struct summary *s)
{
    struct json *list = json_add(to, "findings", json_new_array());
    for (size_t i = 0; i < s->findings.count; i++) {
        const struct summary_finding *f = &s->findings.items[i];
        struct json *o = json_add(list, NULL, json_new_object());
        json_add_text(o, "rule", f->rule);
        json_add_text(o, "experiment", f->experiment);
        json_add_text(o, "kind", summary_kind_name(f->kind));
        json_add_text(o, "subject", f->subject);
        json_add_number(o, "value", f->value);
        json_add_number(o, "limit", f->limit);
        json_add_text(o, "words", f->words);
        add_parameters(o, &f->parameters);
        add_runs(o, &f->runs);
    }
}

static void add_classes(struct json *to, const struct summary *s)
{
    struct json *list = json_add(to, "classes", json_new_array());
    for (size_t i = 0; i < s->classes.count; i++) {
        const struct summary_class *c = &s->classes.items[i];
        struct json *o = json_add(list, NULL, json_new_object());
        json_add_fields(o, c, class_fields, sizeof class_fields / sizeof *class_fields);
        add_runs(o, &c->runs);
    }
}

static struct json *whole(const struct summary *s)
{
    struct json *o = json_new_object();
    json_add_number(o, "schema", SUMMARY_SCHEMA);
    json_add_text(o, "study", s->study);
    json_add_number(o, "phase", s->phase);
    json_add_text(o, "title", s->title);
    json_add_true(o, "quick", s->quick);
    struct json *m = json_add(o, "machine", json_new_object());
    json_add_fields(m, &s->machine, machine_fields, sizeof machine_fields / sizeof *machine_fields);
    json_add_text(o, "commit", s->commit);
    json_add_true(o, "dirty", s->dirty);
    json_add_text(o, "started", s->started);
    json_add_number(o, "seconds", s->seconds);
    struct json *list = json_add(o, "measurements", json_new_array());
    for (size_t i = 0; i < s->measurements.count; i++)
        add_measurement(list, &s->measurements.items[i]);
    add_points(o, s);
    add_findings(o, s);
    add_classes(o, s);
    list = json_add(o, "files", json_new_array());
    for (size_t i = 0; i < s->files.count; i++)
        json_add_text(list, NULL, s->files.items[i]);
    return o;
}

bool summary_write(const struct summary *s, const char *folder, struct str *err)
{
    struct json *j = whole(s);
    struct str report = STR_INIT;
    char *text = json_write(j), *path = str_format("%s/phase%d_summary.json", folder, s->phase);
    bool ok = file_make_folders(folder, err) && file_write(path, text, strlen(text), err);
    json_free(j);
    free(text);
    free(path);
    path = str_format("%s/PHASE%d_REPORT.md", folder, s->phase);
    summary_report(s, &report);
    if (ok && report.len)
        ok = file_write(path, report.data, report.len, err);
    else
        unlink(path);
    str_release(&report);
    free(path);
    return ok;
}

/* ---- back */

static double number_or_nan(const struct json *object, const char *name)
{
    const struct json *j = json_get(object, name);
    return j && json_kind(j) == JSON_NUMBER ? json_number(j) : NAN;
}

static const char *text_of(const struct json *object, const char *name)
{
    return json_text(json_get(object, name));
}

static void read_runs(const struct json *object, struct summary_runs *out)
{
    for (const struct json *r = json_first(json_get(object, "runs")); r; r = json_next(r))
        summary_run(out, (int64_t)json_number(r));
}

static void read_parameters(const struct json *object, struct summary_parameters *out)
{
    for (const struct json *p = json_first(json_get(object, "parameters")); p; p = json_next(p)) {
        char *number = str_format("%.15g", json_number(p));
        summary_parameter(out, json_name(p), json_kind(p) == JSON_NUMBER ? number : json_text(p));
        free(number);
    }
}

static bool read_measurement(struct summary *s, const struct json *j)
{
    enum summary_kind kind;
    if (!summary_kind_find(text_of(j, "kind"), &kind))
        return false;
    struct summary_measurement *m = summary_measure(s, text_of(j, "experiment"), kind, text_of(j, "subject"),
                                                    text_of(j, "metric"), number_or_nan(j, "value"),
                                                    text_of(j, "unit"));
    m->low = number_or_nan(j, "low");
    m->high = number_or_nan(j, "high");
    summary_text(&m->place, text_of(j, "place"));
    summary_text(&m->text, text_of(j, "text"));
    read_parameters(j, &m->parameters);
    read_runs(j, &m->runs);
    return true;
}

static bool read_point(struct summary *s, const struct json *j)
{
    enum summary_state state;
    if (!summary_state_find(text_of(j, "state"), &state))
        return false;
    struct summary_point *p = summary_point(s, text_of(j, "experiment"), state, text_of(j, "why"));
    summary_text(&p->command, text_of(j, "command"));
    read_parameters(j, &p->parameters);
    read_runs(j, &p->runs);
    return true;
}

static bool read_finding(struct summary *s, const struct json *j)
{
    struct summary_finding *f = summary_find(s, text_of(j, "rule"), text_of(j, "subject"), number_or_nan(j, "value"),
                                             number_or_nan(j, "limit"), text_of(j, "words"));
    summary_text(&f->experiment, text_of(j, "experiment"));
    read_parameters(j, &f->parameters);
    read_runs(j, &f->runs);
    return summary_kind_find(text_of(j, "kind"), &f->kind);
}

static bool read_class(struct summary *s, const struct json *j)
{
    struct summary_class *c = summary_class(s, text_of(j, "experiment"), text_of(j, "scope"), text_of(j, "subject"),
                                            text_of(j, "metric"), text_of(j, "class"));
    summary_text(&c->model, text_of(j, "model"));
    c->exponent = number_or_nan(j, "exponent");
    c->low = number_or_nan(j, "low");
    c->high = number_or_nan(j, "high");
    read_runs(j, &c->runs);
    return true;
}

static void read_head(struct summary *s, const struct json *j)
{
    const struct json *m = json_get(j, "machine");
    s->quick = json_true(json_get(j, "quick"));
    s->dirty = json_true(json_get(j, "dirty"));
    s->seconds = number_or_nan(j, "seconds");
    summary_text(&s->commit, text_of(j, "commit"));
    summary_text(&s->started, text_of(j, "started"));
    summary_text(&s->machine.host, text_of(m, "host"));
    summary_text(&s->machine.kernel, text_of(m, "kernel"));
    summary_text(&s->machine.cpu, text_of(m, "cpu"));
    summary_text(&s->machine.governor, text_of(m, "governor"));
    s->machine.cores = number_or_nan(m, "cores");
}

static bool read_list(struct summary *s, const struct json *j, const char *name,
                      bool (*read)(struct summary *s, const struct json *j), const char *path, struct str *err)
{
    size_t index = 0;
    for (const struct json *e = json_first(json_get(j, name)); e; e = json_next(e), index++) {
        if (!read(s, e)) {
            str_addf(err, "%s: %s[%zu]: this is none that farmdb study writes", path, name, index);
            return false;
        }
    }
    return true;
}

bool summary_read(struct summary *s, const char *path, struct str *err)
{
    struct json *j = json_read(path, err);
    if (!j)
        return false;
    int phase = (int)json_number(json_get(j, "phase"));
    double schema = json_number(json_get(j, "schema"));
    summary_init(s, text_of(j, "study"), phase, text_of(j, "title"));
    if (!schema || !*s->study || phase < 1)
        str_addf(err, "%s: this is no summary of farmdb study", path);
    else if (schema > SUMMARY_SCHEMA)
        str_addf(err, "%s: this summary is of a newer farmdb (schema %g)", path, schema);
    if (!err->len)
        read_head(s, j);
    bool ok = !err->len && read_list(s, j, "measurements", read_measurement, path, err) &&
              read_list(s, j, "points", read_point, path, err) &&
              read_list(s, j, "findings", read_finding, path, err) &&
              read_list(s, j, "classes", read_class, path, err);
    for (const struct json *f = json_first(json_get(j, "files")); ok && f; f = json_next(f))
        summary_file(s, json_text(f));
    json_free(j);
    if (!ok)
        summary_release(s);
    return ok;
}
