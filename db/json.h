/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to cJSON: reading small files that people wrote. Names and texts are borrowed until json_free.
 */
#ifndef DB_JSON_H
#define DB_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct json;                     /* a value */

/* The whole file, yours to free. NULL, with a sentence that names the line: no such file, or no JSON. */
struct json *json_read(const char *path, struct str *err);
void json_free(struct json *j);

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };
enum json_kind json_kind(const struct json *j);
double json_number(const struct json *j);            /* 0 of what is no number */
bool json_true(const struct json *j);
const char *json_text(const struct json *j);         /* "" of what is no text */

/* Of an array or object. */
const struct json *json_first(const struct json *j);
const struct json *json_next(const struct json *j);
const char *json_name(const struct json *member);
const struct json *json_get(const struct json *object, const char *name);      /* NULL: no such member */

/* A member whose name begins with "//" or "$": a remark, or what editors want to know. */
bool json_is_remark(const struct json *member);

/* False, with a sentence: it is no object, or has a member, not a remark, that is not among `names`, which end with
 * NULL. */
bool json_only(const struct json *object, const char *what, const char *const *names, struct str *err);

/* A value at the start of `text`; *end is behind it. NULL: there is none. */
struct json *json_parse(const char *text, const char **end);

/* Values to be written. What is added belongs to the object or array; texts are copied; a number that is not finite is
 * null. `name` NULL: an element of an array. */
struct json *json_new_object(void);
struct json *json_new_array(void);
struct json *json_add(struct json *to, const char *name, struct json *value);    /* returns the value */
void json_add_text(struct json *to, const char *name, const char *value);
void json_add_number(struct json *to, const char *name, double value);
void json_add_true(struct json *to, const char *name, bool value);

/* Members of a struct as members of an object: one table says both ways. */
enum json_field_kind {
    JSON_FIELD_TEXT,             /* char * */
    JSON_FIELD_REAL,             /* double */
    JSON_FIELD_INT,              /* int64_t */
    JSON_FIELD_TRUE              /* bool */
};
struct json_field {
    const char *name;
    enum json_field_kind kind;
    size_t at;                   /* offset in the struct */
};
void json_add_fields(struct json *to, const void *from, const struct json_field *fields, size_t count);

/* Texts are copied: yours. What is missing is "", 0 or false. */
void json_get_fields(const struct json *object, void *to, const struct json_field *fields, size_t count);

/* With line breaks for people, and one at its end; yours. */
char *json_write(const struct json *j);

#endif
