/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `gcov --json-format` writes (gcov(1), "JSON intermediate format"): hits by line, calls of functions. gcov's
 * branches are those of the compiler's blocks, not conditions of the source, and are left out.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/import/import.h"
#include "db/json.h"

extern const struct import_format import_gcov;

#define NO_FUNCTION "(no function)"
#define LARGEST_NUMBER 9e18      /* that fits an integer; doubles are exact up to 2^53 */

static bool refuse(struct str *err, const char *name, const char *what)
{
    str_addf(err, "%s: %s", name, what);
    return false;
}

static bool number(const struct json *object, const char *member, int64_t *out)
{
    const struct json *j = json_get(object, member);
    double value = j ? json_number(j) : -1;
    if (!j || json_kind(j) != JSON_NUMBER || !(value >= 0 && value < LARGEST_NUMBER))
        return false;
    *out = (int64_t)value;
    return true;
}

static bool read_function(struct import *im, size_t file, const struct json *j, const char *name, struct str *err)
{
    int64_t line, last, calls;
    const struct json *own = json_get(j, "name");
    if (!own || !*json_text(own) || !number(j, "start_line", &line) || !number(j, "end_line", &last) ||
        !number(j, "execution_count", &calls))
        return refuse(err, name, "a function has no name, start_line, end_line or execution_count");
    size_t number = import_function(im, file, json_text(own));
    struct import_function *f = &im->functions.items[number];
    f->line = line;
    f->last_line = last;
    import_add(&f->calls, calls);
    return true;
}

static bool read_line(struct import *im, size_t file, const struct json *j, const char *name, struct str *err)
{
    int64_t line, count;
    const struct json *own = json_get(j, "function_name");
    if (!number(j, "line_number", &line) || !line || !number(j, "count", &count))
        return refuse(err, name, "a line has no line_number or count");
    size_t function = import_function(im, file, own && *json_text(own) ? json_text(own) : NO_FUNCTION);
    struct import_function *f = &im->functions.items[function];
    f->line = f->line ? f->line : line;
    f->last_line = line > f->last_line ? line : f->last_line;
    import_add(&import_line(im, function, file, line)->hits, count);
    return true;
}

/* Paths are relative to the folder of the compilation where gcov says which that was. */
static size_t file_of(struct import *im, const struct json *document, const char *path)
{
    const struct json *folder = json_get(document, "current_working_directory");
    char *joined = str_join_path(folder ? json_text(folder) : "", path);
    size_t file = import_file(im, folder && *json_text(folder) ? joined : path);
    free(joined);
    return file;
}

static bool read_file(struct import *im, const struct json *document, const struct json *j, const char *name,
                      struct str *err)
{
    const struct json *path = json_get(j, "file"), *functions = json_get(j, "functions"), *lines = json_get(j, "lines");
    if (!path || !*json_text(path) || !functions || !lines)
        return refuse(err, name, "a file has no name, functions or lines");
    size_t file = file_of(im, document, json_text(path));
    for (const struct json *f = json_first(functions); f; f = json_next(f))
        if (!read_function(im, file, f, name, err))
            return false;
    for (const struct json *l = json_first(lines); l; l = json_next(l))
        if (!read_line(im, file, l, name, err))
            return false;
    return true;
}

static bool read_document(struct import *im, const struct json *document, const char *name, struct str *err)
{
    const struct json *files = json_get(document, "files"), *version = json_get(document, "format_version");
    if (!files || json_kind(files) != JSON_ARRAY)
        return refuse(err, name, "this is not what gcov --json-format writes: it has no files");
    if (version && strcmp(json_text(version), "1") != 0 && strcmp(json_text(version), "2") != 0)
        return refuse(err, name, "its format_version is neither 1 nor 2");
    for (const struct json *f = json_first(files); f; f = json_next(f))
        if (!read_file(im, document, f, name, err))
            return false;
    return true;
}

static struct json *parse(const char *name, const char *text, const char **at, struct str *err)
{
    const char *end = *at;
    struct json *j = json_parse(*at, &end);
    int line = 1;
    for (const char *byte = text; !j && byte < end; byte++)
        line += *byte == '\n';
    if (!j)
        str_addf(err, "%s:%d: this is no JSON", name, line);
    *at = end;
    return j;
}

/* gcov --stdout writes one document after the other. */
static bool read_gcov(struct import *im, const char *name, struct str *text, struct str *err)
{
    const char *at = text->data;
    bool ok = true, any = false;
    while (ok && at[strspn(at, " \t\r\n")]) {
        struct json *document = parse(name, text->data, &at, err);
        ok = document && read_document(im, document, name, err);
        json_free(document);
        any = true;
    }
    im->hits = im->calls = true;
    return ok && (any || refuse(err, name, "the file is empty"));
}

const struct import_format import_gcov = {"gcov", read_gcov};
