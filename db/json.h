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
const char *json_text(const struct json *j);         /* "" of what is no text */

/* Of an array or object. */
const struct json *json_first(const struct json *j);
const struct json *json_next(const struct json *j);
const char *json_name(const struct json *member);
const struct json *json_get(const struct json *object, const char *name);      /* NULL: no such member */

/* False, with a sentence: it is no object, or has a member that is not among `names`, which end with NULL. */
bool json_only(const struct json *object, const char *what, const char *const *names, struct str *err);

#endif
