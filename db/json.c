/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/file.h"

static const cJSON *raw(const struct json *j)
{
    return (const cJSON *)j;
}

static const struct json *ours(const cJSON *c)
{
    return (const struct json *)c;
}

struct json *json_read(const char *path, struct str *err)
{
    struct str text = STR_INIT;
    const char *end = NULL;
    if (!file_read(path, &text, err))
        return NULL;
    cJSON *c = cJSON_ParseWithOpts(text.data, &end, 1);
    if (!c) {
        const char *begin = text.data;       /* of the line */
        int line = 1;
        for (const char *at = text.data; end && at < end; at++) {
            line += *at == '\n';
            begin = *at == '\n' ? at + 1 : begin;
        }
        str_addf(err, "%s:%d:%d: this is no JSON", path, line, (int)(end - begin) + 1);
        if (*end)
            str_addf(err, ", from '%.*s' on", (int)strcspn(end, "\r\n") < 20 ? (int)strcspn(end, "\r\n") : 20, end);
        else
            str_add(err, ": it ends too early");
    }
    str_release(&text);
    return (struct json *)c;
}

void json_free(struct json *j)
{
    cJSON_Delete((cJSON *)j);
}

enum json_kind json_kind(const struct json *j)
{
    const cJSON *c = raw(j);
    return cJSON_IsBool(c) ? JSON_BOOL : cJSON_IsNumber(c) ? JSON_NUMBER : cJSON_IsString(c) ? JSON_TEXT
         : cJSON_IsArray(c) ? JSON_ARRAY : cJSON_IsObject(c) ? JSON_OBJECT : JSON_NULL;
}

double json_number(const struct json *j)
{
    return cJSON_IsNumber(raw(j)) ? raw(j)->valuedouble : 0;
}

bool json_true(const struct json *j)
{
    return cJSON_IsTrue(raw(j));
}

const char *json_text(const struct json *j)
{
    return cJSON_IsString(raw(j)) ? raw(j)->valuestring : "";
}

const struct json *json_first(const struct json *j)
{
    return j ? ours(raw(j)->child) : NULL;
}

const struct json *json_next(const struct json *j)
{
    return ours(raw(j)->next);
}

const char *json_name(const struct json *member)
{
    return raw(member)->string ? raw(member)->string : "";
}

const struct json *json_get(const struct json *object, const char *name)
{
    return ours(cJSON_GetObjectItemCaseSensitive(raw(object), name));
}

bool json_is_remark(const struct json *member)
{
    return strncmp(json_name(member), "//", 2) == 0 || *json_name(member) == '$';
}

bool json_only(const struct json *object, const char *what, const char *const *names, struct str *err)
{
    if (!object || json_kind(object) != JSON_OBJECT) {
        str_addf(err, "%s is not an object", what);
        return false;
    }
    for (const struct json *m = json_first(object); m; m = json_next(m)) {
        bool known = json_is_remark(m);
        for (const char *const *n = names; *n; n++)
            known = known || strcmp(*n, json_name(m)) == 0;
        if (known)
            continue;
        str_addf(err, "%s has no setting '%s':", what, json_name(m));
        for (const char *const *n = names; *n; n++)
            str_addf(err, "%s %s", n == names ? "" : ",", *n);
        return false;
    }
    return true;
}

struct json *json_parse(const char *text, const char **end)
{
    return (struct json *)cJSON_ParseWithOpts(text, end, 0);
}

struct json *json_new_object(void)
{
    return (struct json *)cJSON_CreateObject();
}

struct json *json_new_array(void)
{
    return (struct json *)cJSON_CreateArray();
}

struct json *json_add(struct json *to, const char *name, struct json *value)
{
    if (name)
        cJSON_AddItemToObject((cJSON *)to, name, (cJSON *)value);
    else
        cJSON_AddItemToArray((cJSON *)to, (cJSON *)value);
    return value;
}

void json_add_text(struct json *to, const char *name, const char *value)
{
    json_add(to, name, (struct json *)cJSON_CreateString(value));
}

void json_add_number(struct json *to, const char *name, double value)
{
    json_add(to, name, (struct json *)(isfinite(value) ? cJSON_CreateNumber(value) : cJSON_CreateNull()));
}

void json_add_true(struct json *to, const char *name, bool value)
{
    json_add(to, name, (struct json *)cJSON_CreateBool(value));
}

void json_add_fields(struct json *to, const void *from, const struct json_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const void *member = (const char *)from + fields[i].at;
        switch (fields[i].kind) {
        case JSON_FIELD_TEXT: json_add_text(to, fields[i].name, *(char *const *)member); break;
        case JSON_FIELD_REAL: json_add_number(to, fields[i].name, *(const double *)member); break;
        case JSON_FIELD_INT: json_add_number(to, fields[i].name, (double)*(const int64_t *)member); break;
        case JSON_FIELD_TRUE: json_add_true(to, fields[i].name, *(const bool *)member); break;
        }
    }
}

void json_get_fields(const struct json *object, void *to, const struct json_field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct json *j = json_get(object, fields[i].name);
        void *member = (char *)to + fields[i].at;
        switch (fields[i].kind) {
        case JSON_FIELD_TEXT: *(char **)member = str_copy(json_text(j)); break;
        case JSON_FIELD_REAL: *(double *)member = json_number(j); break;
        case JSON_FIELD_INT: *(int64_t *)member = (int64_t)json_number(j); break;
        case JSON_FIELD_TRUE: *(bool *)member = json_true(j); break;
        }
    }
}

char *json_write(const struct json *j)
{
    char *text = cJSON_Print(raw(j)), *out = str_format("%s\n", text);
    cJSON_free(text);
    return out;
}
