/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the experiments of the study file: what they vary, what they report, what proves that a switch was real.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/study/reader.h"

static const char *const sections[STUDY_PHASES] = {"macro", "component", "line", "system"};

/* A point of more than this many parameters' values is a slip of the hand. */
#define MOST_POINTS 10000

static struct param *find_param(struct params *p, const char *name)
{
    for (size_t i = 0; i < p->list.count; i++)
        if (strcmp(p->list.items[i].name, name) == 0)
            return &p->list.items[i];
    return NULL;
}

static bool add_value(struct reader *r, struct param *p, char *value)
{
    if (!value)
        return false;
    for (size_t i = 0; i < p->values.count; i++) {
        if (strcmp(p->values.items[i], value) != 0)
            continue;
        reader_wrong(r, "%s stands here twice", value);
        free(value);
        return false;
    }
    *vec_push(&p->values) = value;
    return true;
}

/* A text as `farmdb sweep -P` takes it: "2^4..2^10", "100..10000/8", "a,b". */
static bool add_written(struct reader *r, struct params *to, const char *name, const char *values)
{
    struct str why = STR_INIT;
    char *text = str_format("%s=%s", name, values);
    bool ok = param_add(to, text, &why) || reader_wrong(r, "%s", why.data);
    str_release(&why);
    free(text);
    return ok;
}

/* The values of parameter `name`: an array, a text with ranges, or one value. */
static bool add_param(struct reader *r, struct params *to, const char *name, const struct json *values)
{
    size_t index = 0;
    if (find_param(to, name))
        return reader_wrong(r, "this parameter stands here twice");
    if (json_kind(values) == JSON_TEXT)
        return add_written(r, to, name, json_text(values));
    struct param *p = vec_push(&to->list);
    p->name = str_copy(name);
    if (json_kind(values) != JSON_ARRAY)
        return add_value(r, p, reader_value(r, values));
    for (const struct json *e = json_first(values); e; e = json_next(e), index++) {
        size_t element = reader_enter_element(r, index);
        if (!add_value(r, p, reader_value(r, e)))
            return false;
        reader_leave(r, element);
    }
    return p->values.count || reader_wrong(r, "there are no values");
}

/* Is {NAME} in the command, or FARM_PARAM_NAME? Else values of it would change nothing. */
static bool uses(const char *command, const char *name)
{
    char *word = str_format("{%s}", name), *variable = str_format("FARM_PARAM_%s", name);
    bool found = strstr(command, word) || strstr(command, variable);
    free(word);
    free(variable);
    return found;
}

static bool read_grid(struct reader *r, const struct json *object, const char *name, const char *command,
                      struct params *to)
{
    const struct json *grid = json_get(object, name);
    size_t before = reader_enter(r, name);
    if (grid && json_kind(grid) != JSON_OBJECT)
        return reader_wrong(r, "this takes an object of parameters and their values");
    for (const struct json *m = json_first(grid); m; m = json_next(m)) {
        if (json_is_remark(m))
            continue;
        size_t member = reader_enter(r, json_name(m));
        if (!uses(command, json_name(m)))
            return reader_wrong(r, "the command does not use {%s}: it would change nothing", json_name(m));
        if (!add_param(r, to, json_name(m), m))
            return false;
        reader_leave(r, member);
    }
    reader_leave(r, before);
    return true;
}

static void copy_param(struct params *to, const struct param *p)
{
    struct param *copy = vec_push(&to->list);
    copy->name = str_copy(p->name);
    for (size_t i = 0; i < p->values.count; i++)
        *vec_push(&copy->values) = str_copy(p->values.items[i]);
}

/* What --quick varies: the same parameters, with its values where it names them. */
static bool complete_quick(struct reader *r, struct study_experiment *e, struct params *named)
{
    for (size_t i = 0; i < named->list.count; i++) {
        if (find_param(&e->full, named->list.items[i].name))
            continue;
        size_t before = reader_enter(r, "quick");
        reader_wrong(r, "%s is not in the grid", named->list.items[i].name);
        reader_leave(r, before);
        return false;
    }
    for (size_t i = 0; i < e->full.list.count; i++) {
        const struct param *quick = find_param(named, e->full.list.items[i].name);
        copy_param(&e->quick, quick ? quick : &e->full.list.items[i]);
    }
    return true;
}

/* "by": "agents", "values": [...], "quick": [...]: short for a grid of one parameter. */
static bool read_values(struct reader *r, const struct json *object, const char *command, struct study_experiment *e,
                        struct params *quick)
{
    const struct json *few = json_get(object, "quick");
    size_t before = reader_enter(r, "values");
    if (!*e->by)
        return reader_wrong(r, "\"values\" belong to the parameter that \"by\" names");
    if (e->full.list.count)
        return reader_wrong(r, "there is a \"grid\" already: put them there");
    if (!uses(command, e->by))
        return reader_wrong(r, "the command does not use {%s}: it would change nothing", e->by);
    if (!add_param(r, &e->full, e->by, json_get(object, "values")))
        return false;
    reader_leave(r, before);
    before = reader_enter(r, "quick");
    if (few && json_kind(few) != JSON_BOOL && !add_param(r, quick, e->by, few))
        return false;
    reader_leave(r, before);
    return true;
}

static bool read_variation(struct reader *r, const struct json *object, const char *command,
                           struct study_experiment *e)
{
    const struct json *few = json_get(object, "quick");
    struct params quick = {0};
    bool short_form = json_get(object, "values");
    bool ok = read_grid(r, object, "grid", command, &e->full);
    if (ok && short_form)
        ok = read_values(r, object, command, e, &quick);
    else if (ok && few && json_kind(few) != JSON_BOOL)
        ok = read_grid(r, object, "quick", command, &quick);
    e->full_only = few && json_kind(few) == JSON_BOOL && !json_true(few);
    ok = ok && complete_quick(r, e, &quick) && read_grid(r, object, "set", command, &e->set);
    params_release(&quick);
    if (!ok)
        return false;
    for (size_t i = 0; i < e->set.list.count; i++)
        if (e->set.list.items[i].values.count != 1 || find_param(&e->full, e->set.list.items[i].name))
            return reader_wrong(r, "set: %s takes one value, and no other in the grid", e->set.list.items[i].name);
    double points = 1;
    for (size_t i = 0; i < e->full.list.count; i++)
        points *= (double)e->full.list.items[i].values.count;
    if (points > MOST_POINTS && !e->one_at_a_time)
        return reader_wrong(r, "that makes %.0f points; \"one_at_a_time\": true makes fewer", points);
    return true;
}

/* ---- what is asked of an experiment */

static bool read_proof(struct reader *r, const struct json *j, struct study_experiment *e)
{
    static const char *const names[] = {"metric", "equals", "at_least", "at_most", NULL};
    struct study_proof *p = vec_push(&e->proofs);
    const struct json *equals;
    *p = (struct study_proof){str_copy(""), NULL, NAN, NAN};
    if (!reader_only(r, j, names) || !reader_text(r, j, "metric", &p->metric) ||
        !reader_number(r, j, "at_least", -HUGE_VAL, &p->at_least) ||
        !reader_number(r, j, "at_most", -HUGE_VAL, &p->at_most))
        return false;
    equals = json_get(j, "equals");
    if (equals && !(p->equals = reader_value(r, equals)))
        return false;
    if (!*p->metric || (!p->equals && isnan(p->at_least) && isnan(p->at_most)))
        return reader_wrong(r, "a proof is a \"metric\" and what it \"equals\", or is \"at_least\" or \"at_most\"");
    return true;
}

static bool read_proofs(struct reader *r, const struct json *object, struct study_experiment *e)
{
    const struct json *proof = json_get(object, "proof");
    size_t before = reader_enter(r, "proof"), index = 0;
    if (proof && json_kind(proof) != JSON_ARRAY && !read_proof(r, proof, e))
        return false;
    for (const struct json *p = json_kind(proof) == JSON_ARRAY ? json_first(proof) : NULL; p; p = json_next(p)) {
        size_t element = reader_enter_element(r, index++);
        if (!read_proof(r, p, e))
            return false;
        reader_leave(r, element);
    }
    reader_leave(r, before);
    return true;
}

static bool take_reported(struct reader *r, const char *text)
{
    *vec_push(&r->experiment->metrics) = str_copy(text);
    return *text || reader_wrong(r, "a metric has a name");
}

static bool read_better(struct reader *r, const struct json *object, struct study_experiment *e)
{
    char *better = str_copy("less");
    bool ok = reader_text(r, object, "metric", &e->metric) && reader_text(r, object, "better", &better);
    if (ok && json_get(object, "better") && !*e->metric)
        ok = reader_wrong(r, "\"better\" belongs to a \"metric\"");
    if (ok && strcmp(better, "less") != 0 && strcmp(better, "more") != 0)
        ok = reader_wrong(r, "better: it is \"less\" or \"more\", not '%s'", better);
    e->more_is_better = strcmp(better, "more") == 0;
    free(better);
    return ok;
}

static bool check_component(struct reader *r, const struct study_experiment *e)
{
    const struct study *s = r->study;
    bool known = !*e->component;
    for (size_t i = 0; i < s->components.count; i++)
        known = known || strcmp(s->components.items[i], e->component) == 0;
    return known || reader_wrong(r, "component: '%s' is not among the study's \"components\"", e->component);
}

/* {NAME} of a command must be a parameter. What the shell takes for itself, ${NAME} and {a,b}, is none. */
static bool check_command(struct reader *r, const char *place, const char *command, const struct study_experiment *e)
{
    for (const char *at = strchr(command, '{'); at; at = strchr(at + 1, '{')) {
        size_t len = strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        if (!len || at[1 + len] != '}' || (at > command && at[-1] == '$'))
            continue;
        char *name = str_copy_bytes(at + 1, len);
        bool known = strcmp(name, "out") == 0 || strcmp(name, "scratch") == 0 || study_default(r->study, name) ||
                     (e && (find_param((struct params *)&e->full, name) || find_param((struct params *)&e->set, name)));
        if (!known)
            reader_wrong(r, "%s: there is no parameter '%s'; give it a value in \"parameters\"", place, name);
        free(name);
        if (!known)
            return false;
    }
    return true;
}

static bool check_by(struct reader *r, struct study_experiment *e)
{
    if (*e->by && !find_param(&e->full, e->by))
        return reader_wrong(r, "by: '%s' is not in the grid", e->by);
    if (!*e->by && e->full.list.count == 1) {
        free(e->by);
        e->by = str_copy(e->full.list.items[0].name);
    }
    return true;
}

static bool check_name(struct reader *r, int phase, const struct study_experiment *e)
{
    if (!*e->name)
        return reader_wrong(r, "an \"experiment\" has a name");
    for (size_t i = 0; i + 1 < r->study->experiments[phase].count; i++)
        if (strcmp(r->study->experiments[phase].items[i].name, e->name) == 0)
            return reader_wrong(r, "there is another experiment '%s' in this phase", e->name);
    return true;
}

static struct study_experiment *new_experiment(struct study *s, int phase)
{
    struct study_experiment *e = vec_push(&s->experiments[phase]);
    e->name = str_copy(phase == 1 || phase == 3 ? "" : sections[phase]);     /* of several each has its own */
    e->component = str_copy("");
    e->run = str_copy("");
    e->by = str_copy("");
    e->metric = str_copy("");
    return e;
}

static bool read_experiment(struct reader *r, int phase, const struct json *object)
{
    static const char *const names[] = {"experiment", "component", "run", "grid", "quick", "set", "one_at_a_time", "by",
                                        "values", "metric", "better", "metrics", "proof", "timeout_s", NULL};
    struct study_experiment *e = r->experiment = new_experiment(r->study, phase);
    bool ok = reader_only(r, object, names) && reader_text(r, object, "experiment", &e->name) &&
              check_name(r, phase, e) && reader_text(r, object, "component", &e->component) && check_component(r, e) &&
              reader_text(r, object, "run", &e->run) && reader_text(r, object, "by", &e->by) &&
              reader_flag(r, object, "one_at_a_time", &e->one_at_a_time) &&
              reader_number(r, object, "timeout_s", 0, &e->timeout_s) && read_better(r, object, e) &&
              reader_texts(r, object, "metrics", take_reported) && read_proofs(r, object, e);
    const char *command = ok && *e->run ? e->run : r->study->run;
    char *commands = str_format("%s\n%s", command, r->study->prepare);
    ok = ok && read_variation(r, object, commands, e) && check_by(r, e) &&
         check_command(r, *e->run ? "run" : "the study's run", command, e);
    free(commands);
    return ok;
}

static bool read_section(struct reader *r, int phase, const struct json *section)
{
    size_t before = reader_enter(r, sections[phase]), index = 0;
    if (!section) {                      /* where time goes can be asked without an experiment, growth cannot */
        reader_leave(r, before);
        return phase == 1 || phase == 3 ||
               check_command(r, "run", r->study->run, new_experiment(r->study, phase));
    }
    if (json_kind(section) != JSON_ARRAY) {
        bool ok = read_experiment(r, phase, section);
        if (ok)
            reader_leave(r, before);
        return ok;
    }
    for (const struct json *e = json_first(section); e; e = json_next(e)) {
        size_t element = reader_enter_element(r, index++);
        if (!read_experiment(r, phase, e))
            return false;
        reader_leave(r, element);
    }
    if (!index)
        return reader_wrong(r, "there is no experiment: leave \"%s\" out for one run of the defaults", sections[phase]);
    reader_leave(r, before);
    return true;
}

bool reader_experiments(struct reader *r, const struct json *file)
{
    bool ok = check_command(r, "build", r->study->build, NULL) && check_command(r, "prepare", r->study->prepare, NULL);
    for (int phase = 0; ok && phase < STUDY_PHASES; phase++)
        ok = read_section(r, phase, json_get(file, sections[phase]));
    return ok;
}
