/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/improvement.h"

#include <stdlib.h>
#include <string.h>

#include "db/json.h"
#include "db/study/study.h"

static const char *const efforts[] = {"?", "low", "medium", "high"};

const char *effort_word(enum effort e)
{
    return efforts[e];
}

bool effort_parse(const char *word, enum effort *out)
{
    for (int i = EFFORT_LOW; i <= EFFORT_HIGH; i++)
        if (strcmp(word, efforts[i]) == 0) {
            *out = (enum effort)i;
            return true;
        }
    return false;
}

static bool names_file(const char *what)
{
    size_t len = strlen(what);
    return strchr(what, '/') || (len > 2 && what[len - 2] == '.' && (what[len - 1] == 'c' || what[len - 1] == 'h'));
}

void improvement_aim(struct improvement *i, const char *what)
{
    struct aim *a = vec_push(&i->aims);
    const char *colon = strrchr(what, ':');
    const char *behind = colon ? colon + 1 : "";
    if (strcmp(behind, "self") == 0)
        *a = (struct aim){AIM_SELF, str_copy_bytes(what, (size_t)(colon - what)), 0};
    else if (*behind && behind[strspn(behind, "0123456789")] == 0)
        *a = (struct aim){AIM_LINE, str_copy_bytes(what, (size_t)(colon - what)), strtoll(behind, NULL, 10)};
    else if (!colon && names_file(what))
        *a = (struct aim){AIM_FILE, str_copy(what), 0};
    else
        *a = (struct aim){AIM_FUNCTION, str_copy(what), 0};
}

static bool parse_factor(const char *text, struct improvement *out, struct str *err)
{
    char *end;
    out->factor = strtod(text, &end);
    end += *end == 'x';
    if (end == text || !(out->factor > 0) || (*end && *end != ':')) {
        str_addf(err, "a speed-up is WHAT=FACTOR or WHAT=FACTOR:EFFORT with a factor above 0, as in observe=3:low; "
                 "'%s' is no such factor", text);
        return false;
    }
    if (*end && !effort_parse(end + 1, &out->effort)) {
        str_addf(err, "the effort of a speed-up is low, medium or high, not '%s'", end + 1);
        return false;
    }
    return true;
}

bool improvement_parse(const char *text, struct improvement *out, struct str *err)
{
    const char *equals = strrchr(text, '=');
    *out = (struct improvement){0};
    if (!equals || equals == text || memchr(text, '=', (size_t)(equals - text))) {
        str_addf(err, "a speed-up is WHAT=FACTOR, as in observe=3 or sim/observe.c:46=2, not '%s'", text);
        return false;
    }
    if (!parse_factor(equals + 1, out, err))
        return false;
    out->name = str_copy_bytes(text, (size_t)(equals - text));
    char *words = str_copy(out->name), *rest = words;
    for (char *word = strsep(&rest, ","); word; word = strsep(&rest, ","))
        improvement_aim(out, word);
    free(words);
    return true;
}

void improvement_release(struct improvement *i)
{
    for (size_t k = 0; k < i->aims.count; k++)
        free(i->aims.items[k].pattern);
    vec_release(&i->aims);
    free(i->name);
}

void improvements_release(struct improvements *l)
{
    for (size_t i = 0; i < l->list.count; i++)
        improvement_release(&l->list.items[i]);
    vec_release(&l->list);
}

static bool is_component(const struct study *study, const char *name)
{
    for (size_t i = 0; i < study->components.count; i++)
        if (strcmp(study->components.items[i], name) == 0)
            return true;
    return strcmp(name, "other") == 0;
}

void improvements_study(struct improvements *l, const struct study *study)
{
    l->study = study;
    for (size_t i = 0; i < l->list.count; i++)
        for (size_t k = 0; k < l->list.items[i].aims.count; k++) {
            struct aim *a = &l->list.items[i].aims.items[k];
            if (a->kind == AIM_FUNCTION && is_component(study, a->pattern))
                a->kind = AIM_COMPONENT;
        }
}

static bool take_improvement(const struct json *j, struct improvement *out, struct str *err)
{
    const char *what = json_text(json_get(j, "what")), *name = json_text(json_get(j, "name"));
    const char *effort = json_text(json_get(j, "effort"));
    double factor = json_number(json_get(j, "speedup"));
    char *text = str_format("%s=%.9g%s%s", what, factor, *effort ? ":" : "", effort);
    bool ok = improvement_parse(text, out, err);
    free(text);
    if (ok && *name) {
        free(out->name);
        out->name = str_copy(name);
    }
    return ok;
}

bool improvements_take(struct improvements *out, const struct json *plan, struct str *err)
{
    static const char *const names[] = {"name", "what", "speedup", "effort", NULL};
    size_t index = 0;
    if (plan && json_kind(plan) != JSON_ARRAY) {
        str_add(err, ": this takes an array of improvements");
        return false;
    }
    for (const struct json *j = json_first(plan); j; j = json_next(j), index++) {
        struct str why = STR_INIT;
        bool ok = json_only(j, "an improvement", names, &why) && take_improvement(j, vec_push(&out->list), &why);
        if (!ok)
            str_addf(err, "[%zu]: %s", index, why.data);
        str_release(&why);
        if (!ok)
            return false;
    }
    return true;
}
