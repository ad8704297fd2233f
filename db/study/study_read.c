/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the study file. The place of what is read is kept as a path through the file, for sentences about it; members
 * whose names begin with "//" or "$" are remarks.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/study/reader.h"

#define MOST 1e9                 /* larger numbers are slips of the hand */

bool reader_wrong(struct reader *r, const char *format, ...)
{
    va_list args;
    if (r->err->len)
        return false;                    /* the first sentence says it */
    str_addf(r->err, "%s: %s%s", r->study->path, r->place.data, r->place.len ? ": " : "");
    va_start(args, format);
    str_vaddf(r->err, format, args);
    va_end(args);
    return false;
}

size_t reader_enter(struct reader *r, const char *name)
{
    size_t before = r->place.len;
    str_addf(&r->place, "%s%s", before ? "." : "", name);
    return before;
}

size_t reader_enter_element(struct reader *r, size_t index)
{
    size_t before = r->place.len;
    str_addf(&r->place, "[%zu]", index);
    return before;
}

void reader_leave(struct reader *r, size_t before)
{
    r->place.len = before;
    if (r->place.cap)
        r->place.data[before] = 0;
}

bool reader_only(struct reader *r, const struct json *object, const char *const *names)
{
    struct str words = STR_INIT;
    bool ok = json_only(object, r->place.len ? "this" : "the study", names, &words);
    if (!ok)
        reader_wrong(r, "%s", words.data);
    str_release(&words);
    return ok;
}

bool reader_text(struct reader *r, const struct json *object, const char *name, char **out)
{
    const struct json *j = json_get(object, name);
    if (!j)
        return true;
    size_t before = reader_enter(r, name);
    if (json_kind(j) != JSON_TEXT || !*json_text(j))
        return reader_wrong(r, "this takes a text that is not empty");
    free(*out);
    *out = str_copy(json_text(j));
    reader_leave(r, before);
    return true;
}

bool reader_number(struct reader *r, const struct json *object, const char *name, double least, double *out)
{
    const struct json *j = json_get(object, name);
    if (!j)
        return true;
    size_t before = reader_enter(r, name);
    double value = json_number(j);
    if (json_kind(j) != JSON_NUMBER || !(value >= least) || value > MOST)
        return reader_wrong(r, "this takes a number from %g on", least);
    *out = value;
    reader_leave(r, before);
    return true;
}

bool reader_whole(struct reader *r, const struct json *object, const char *name, double least, double *out)
{
    double value = *out;
    if (!reader_number(r, object, name, least, &value))
        return false;
    size_t before = reader_enter(r, name);
    if (value != floor(value))
        return reader_wrong(r, "this takes a whole number, not %g", value);
    *out = value;
    reader_leave(r, before);
    return true;
}

bool reader_flag(struct reader *r, const struct json *object, const char *name, bool *out)
{
    const struct json *j = json_get(object, name);
    if (!j)
        return true;
    size_t before = reader_enter(r, name);
    if (json_kind(j) != JSON_BOOL)
        return reader_wrong(r, "this takes true or false");
    *out = json_true(j);
    reader_leave(r, before);
    return true;
}

/* A name as {NAME} of a command and FARM_PARAM_NAME of an environment can have it. */
static bool is_name(const char *text)
{
    if (!isalpha((unsigned char)*text) && *text != '_')
        return false;
    while (isalnum((unsigned char)*text) || *text == '_')
        text++;
    return !*text;
}

char *reader_value(struct reader *r, const struct json *j)
{
    double value = json_number(j);
    switch (json_kind(j)) {
    case JSON_TEXT: return str_copy(json_text(j));
    case JSON_NUMBER: return value == floor(value) && fabs(value) < 1e15 ? str_format("%.0f", value)
                                                                        : str_format("%.15g", value);
    case JSON_BOOL: return str_copy(json_true(j) ? "true" : "false");
    case JSON_NULL: case JSON_ARRAY: case JSON_OBJECT: break;
    }
    reader_wrong(r, "a value is a number, a text, true or false");
    return NULL;
}

bool reader_texts(struct reader *r, const struct json *object, const char *name,
                  bool (*take)(struct reader *r, const char *text))
{
    const struct json *j = json_get(object, name);
    size_t before = reader_enter(r, name), index = 0;
    if (!j || json_kind(j) == JSON_TEXT) {
        bool ok = !j || take(r, json_text(j));
        reader_leave(r, ok ? before : r->place.len);
        return ok;
    }
    if (json_kind(j) != JSON_ARRAY)
        return reader_wrong(r, "this takes a text or an array of texts");
    for (const struct json *e = json_first(j); e; e = json_next(e), index++) {
        size_t element = reader_enter_element(r, index);
        if (json_kind(e) != JSON_TEXT)
            return reader_wrong(r, "this is no text");
        if (!take(r, json_text(e)))
            return false;
        reader_leave(r, element);
    }
    reader_leave(r, before);
    return true;
}

/* ---- the whole file */

static bool take_metric(struct reader *r, const char *text)
{
    struct metrics parsed;
    struct str why = STR_INIT;
    char *texts[] = {(char *)text};
    bool ok = metrics_open(&parsed, texts, 1, &why);
    if (ok)
        *vec_push(&r->study->metrics) = str_copy(text);
    else
        reader_wrong(r, "%s", why.data);
    metrics_close(&parsed);
    str_release(&why);
    return ok;
}

static bool read_parameters(struct reader *r, const struct json *object)
{
    size_t before = reader_enter(r, "parameters");
    if (object && json_kind(object) != JSON_OBJECT)
        return reader_wrong(r, "this takes an object of names and values");
    for (const struct json *m = json_first(object); m; m = json_next(m)) {
        if (json_is_remark(m))
            continue;
        size_t member = reader_enter(r, json_name(m));
        const char *name = json_name(m);
        if (!is_name(name))
            return reader_wrong(r, "the name of a parameter has letters, digits and _, and begins with no digit");
        if (strcmp(name, "experiment") == 0 || strcmp(name, "out") == 0 || strcmp(name, "scratch") == 0)
            return reader_wrong(r, "this name has a meaning of its own: take another one");
        if (study_default(r->study, name))
            return reader_wrong(r, "this parameter stands here twice");
        char *value = reader_value(r, m);
        if (!value)
            return false;
        *vec_push(&r->study->parameters) = (struct study_entry){str_copy(name), value};
        reader_leave(r, member);
    }
    reader_leave(r, before);
    return true;
}

static bool read_runs(struct reader *r, const struct json *object)
{
    static const char *const names[] = {"repeats", "quick_repeats", "check_repeats", "warmup", "timeout_s", NULL};
    struct study *s = r->study;
    if (!object)
        return true;
    size_t before = reader_enter(r, "runs");
    bool ok = reader_only(r, object, names) && reader_whole(r, object, "repeats", 1, &s->repeats) &&
              reader_whole(r, object, "quick_repeats", 1, &s->quick_repeats) &&
              reader_whole(r, object, "check_repeats", 1, &s->check_repeats) &&
              reader_whole(r, object, "warmup", 0, &s->warmup) &&
              reader_number(r, object, "timeout_s", 0, &s->timeout_s);
    if (ok)
        reader_leave(r, before);
    return ok;
}

static bool take_pattern(struct reader *r, const char *text)
{
    struct study *s = r->study;
    size_t len = strlen(text);
    if (!len)
        return reader_wrong(r, "a pattern is the glob of a function or a file");
    const char *end = len > 2 ? text + len - 2 : text;
    bool file = strchr(text, '/') || strcmp(end, ".c") == 0 || strcmp(end, ".h") == 0;
    *vec_push(&s->patterns) = (struct study_pattern){str_copy(text), s->components.count - 1, file};
    return true;
}

static bool read_components(struct reader *r, const struct json *object)
{
    size_t before = reader_enter(r, "components");
    if (object && json_kind(object) != JSON_OBJECT)
        return reader_wrong(r, "this takes an object: the name of each component and its functions and files");
    for (const struct json *m = json_first(object); m; m = json_next(m)) {
        if (json_is_remark(m))
            continue;
        if (!*json_name(m) || strcmp(json_name(m), "other") == 0)
            return reader_wrong(r, "a component has a name, and 'other' is what belongs to none");
        *vec_push(&r->study->components) = str_copy(json_name(m));
        if (!reader_texts(r, object, json_name(m), take_pattern))
            return false;
    }
    reader_leave(r, before);
    return true;
}

static bool read_function(struct reader *r, const struct json *j)
{
    static const char *const names[] = {"name", "alias_of", NULL};
    struct study_function f = {NULL, NULL};
    if (json_kind(j) == JSON_TEXT) {
        f.name = str_copy(json_text(j));
    } else if (!reader_only(r, j, names) || !reader_text(r, j, "name", &f.name) ||
               !reader_text(r, j, "alias_of", &f.is)) {
        free(f.name);
        free(f.is);
        return false;
    }
    f.name = f.name ? f.name : str_copy("");
    f.is = f.is ? f.is : str_copy(f.name);
    bool twice = false;
    for (size_t i = 0; i < r->study->functions.count; i++)
        twice = twice || strcmp(r->study->functions.items[i].name, f.name) == 0;
    *vec_push(&r->study->functions) = f;
    if (!*f.name)
        return reader_wrong(r, "a function has a name");
    return !twice || reader_wrong(r, "%s stands here twice", f.name);
}

static bool read_functions(struct reader *r, const struct json *array)
{
    size_t before = reader_enter(r, "functions"), index = 0;
    if (array && json_kind(array) != JSON_ARRAY)
        return reader_wrong(r, "this takes an array of functions");
    for (const struct json *e = json_first(array); e; e = json_next(e), index++) {
        size_t element = reader_enter_element(r, index);
        if (!read_function(r, e))
            return false;
        reader_leave(r, element);
    }
    reader_leave(r, before);
    return true;
}

static bool read_rules(struct reader *r, const struct json *object)
{
    static const char *const names[] = {"component_share", "function_share", "line_share", "cumulative_share",
                                        "tiny_call_ns", "growth_factor", NULL};
    struct study_rules *u = &r->study->rules;
    double *values[] = {&u->component_share, &u->function_share, &u->line_share, &u->cumulative_share, &u->tiny_call_ns,
                        &u->growth_factor};
    if (!object)
        return true;
    size_t before = reader_enter(r, "rules");
    bool ok = reader_only(r, object, names);
    for (size_t i = 0; ok && names[i]; i++)
        ok = reader_number(r, object, names[i], 0, values[i]);
    if (ok)
        reader_leave(r, before);
    return ok;
}

static void defaults(struct study *s, const char *path)
{
    *s = (struct study){.path = str_copy(path), .name = str_copy(""), .build = str_copy(""), .run = str_copy(""),
                        .prepare = str_copy(""), .step = str_copy(""), .gate = str_copy(""), .out = str_copy(""),
                        .scratch = str_copy(""), .repeats = 3, .quick_repeats = 1, .check_repeats = 10, .warmup = 1,
                        .timeout_s = 120, .rules = {0.25, 0.1, 0.05, 0.3, 50, 1.5}};
}

static bool check_step(struct reader *r)
{
    if (*r->study->step && !study_default(r->study, r->study->step))
        return reader_wrong(r, "step: there is no parameter '%s'", r->study->step);
    return true;
}

/* Folders are named from the file's own, so that a study gives the same wherever it is started from. */
static bool find_folder(struct reader *r, char *wanted)
{
    char *own = file_folder(r->study->path), *joined = str_join_path(own, wanted ? wanted : ".");
    r->study->folder = realpath(joined, NULL);
    bool ok = r->study->folder || reader_wrong(r, "folder: there is no folder %s", joined);
    free(joined);
    free(own);
    free(wanted);
    return ok;
}

static bool check_version(struct reader *r, const struct json *file)
{
    const struct json *schema = json_get(file, "schema");
    if (!schema || json_kind(schema) != JSON_NUMBER || json_number(schema) != 1)
        return reader_wrong(r, "a study file says \"schema\": 1");
    if (!*r->study->name)
        return reader_wrong(r, "a study has a \"name\"");
    for (const char *c = r->study->name; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("_-.", *c))
            return reader_wrong(r, "name: it has letters, digits, '_', '-' and '.' only, as it is part of labels");
    if (!*r->study->run)
        return reader_wrong(r, "a study says what to \"run\"");
    if (r->study->exact_lines && (!strstr(r->study->build, "{out}") || !strstr(r->study->run, "{out}")))
        return reader_wrong(r, "exact_lines: this takes a second program, so \"build\" and \"run\" must name {out}");
    return true;
}

static bool read_file(struct reader *r)
{
    static const char *const names[] = {"schema", "name", "folder", "build", "run", "prepare", "metrics", "parameters",
                                        "step", "runs", "components", "functions", "exact_lines", "rules", "gate",
                                        "macro", "component", "line", "system", "thresholds", "capacity", "effort",
                                        "plan", NULL};
    struct study *s = r->study;
    const struct json *file = s->file;
    char *folder = NULL;
    if (json_kind(file) != JSON_OBJECT)
        return reader_wrong(r, "a study is an object: `farmdb study init` writes one");
    bool ok = reader_only(r, file, names) && reader_text(r, file, "name", &s->name) &&
              reader_text(r, file, "folder", &folder) && reader_text(r, file, "build", &s->build) &&
              reader_text(r, file, "run", &s->run) && reader_text(r, file, "prepare", &s->prepare) &&
              reader_text(r, file, "step", &s->step) && reader_text(r, file, "gate", &s->gate) &&
              reader_flag(r, file, "exact_lines", &s->exact_lines);
    if (!ok) {
        free(folder);
        return false;
    }
    return find_folder(r, folder) && check_version(r, file) && reader_texts(r, file, "metrics", take_metric) &&
           read_parameters(r, json_get(file, "parameters")) && check_step(r) && read_runs(r, json_get(file, "runs")) &&
           read_components(r, json_get(file, "components")) && read_functions(r, json_get(file, "functions")) &&
           read_rules(r, json_get(file, "rules")) && reader_experiments(r, file) && reader_limits(r, file);
}

bool study_load(struct study *s, const char *path, struct str *err)
{
    struct reader r = {s, err, NULL, STR_INIT};
    defaults(s, path);
    s->file = json_read(path, err);
    bool ok = s->file && read_file(&r);
    str_release(&r.place);
    if (!ok)
        study_release(s);
    return ok;
}
