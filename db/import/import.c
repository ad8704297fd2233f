/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/import/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/gzip.h"
#include "db/path.h"

extern const struct import_format import_lcov, import_gcov, import_callgrind, import_perf;

static const struct import_format *const formats[] = {&import_lcov, &import_gcov, &import_callgrind, &import_perf};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

#define LARGEST ((size_t)1 << 31)        /* bytes of one file, unpacked */

const struct import_format *import_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

void import_init(struct import *im, const char *folder)
{
    *im = (struct import){.folder = folder, .unit = STR_INIT, .command = STR_INIT};
}

void import_release(struct import *im)
{
    for (size_t i = 0; i < im->functions.count; i++)
        free(im->functions.items[i].name);
    for (size_t i = 0; i < im->samples.count; i++)
        free(im->samples.items[i].below);
    for (size_t i = 0; i < im->nodes.count; i++)
        free(im->nodes.items[i].outside);
    for (size_t i = 0; i < im->outside.count; i++) {
        free(im->outside.items[i].place);
        free(im->outside.items[i].reason);
    }
    vec_release(&im->functions);
    vec_release(&im->lines);
    vec_release(&im->samples);
    vec_release(&im->branches);
    vec_release(&im->nodes);
    vec_release(&im->outside);
    vec_release(&im->totals);
    vec_release(&im->slots);
    names_release(&im->files);
    names_release(&im->keys);
    str_release(&im->unit);
    str_release(&im->command);
}

static bool unpack(const char *path, struct str *text, struct str *err)
{
    struct str raw = STR_INIT, why = STR_INIT;
    if (!gzip_is(text->data, text->len))
        return true;
    bool ok = gzip_unpack(text->data, text->len, LARGEST, &raw, &why);
    if (!ok)
        str_addf(err, "cannot import %s: %s", path, why.data);
    str_release(text);
    *text = raw;
    str_release(&why);
    return ok;
}

/* Lines are places in tables later on: one that cannot be would fill the memory. */
static bool check_lines(const struct import *im, const char *path, struct str *err)
{
    int64_t most = 0;
    for (size_t i = 0; i < im->functions.count; i++)
        most = im->functions.items[i].line > most ? im->functions.items[i].line : most;
    for (size_t i = 0; i < im->functions.count; i++)
        most = im->functions.items[i].last_line > most ? im->functions.items[i].last_line : most;
    for (size_t i = 0; i < im->lines.count; i++)
        most = im->lines.items[i].line > most ? im->lines.items[i].line : most;
    for (size_t i = 0; i < im->samples.count; i++)
        most = im->samples.items[i].line > most ? im->samples.items[i].line : most;
    if (most > IMPORT_LAST_LINE)
        str_addf(err, "%s: no source has a line %" PRId64, path, most);
    return most <= IMPORT_LAST_LINE;
}

bool import_read(struct import *im, const struct import_format *format, const char *path, struct str *err)
{
    struct str text = STR_INIT;
    bool ok = file_read(path, &text, err) && unpack(path, &text, err);
    if (ok && memchr(text.data, 0, text.len)) {
        str_addf(err, "%s is not what %s writes: it is no text", path, format->name);
        ok = false;
    }
    ok = ok && format->read(im, path, &text, err) && check_lines(im, path, err);
    str_release(&text);
    return ok;
}

void import_add(int64_t *to, int64_t value)
{
    if (*to < 0)
        *to = value;
    else if (__builtin_add_overflow(*to, value, to))
        *to = INT64_MAX;
}

size_t import_file(struct import *im, const char *path)
{
    char *normal = path_normal(im->folder, path);
    size_t number = names_put(&im->files, normal) - 1;
    free(normal);
    return number;
}

/* The place of what the key names in its list; `count`, the next one, where it is new. Takes the key. */
static size_t place_of(struct import *im, char *key, size_t count)
{
    size_t known = im->keys.list.count, number = names_put(&im->keys, key);
    free(key);
    if (number > known)
        *vec_push(&im->slots) = count;
    return im->slots.items[number - 1];
}

size_t import_function(struct import *im, size_t file, const char *name)
{
    size_t at = place_of(im, str_format("f%zu %s", file, name), im->functions.count);
    if (at == im->functions.count)
        *vec_push(&im->functions) = (struct import_function){.file = file, .name = str_copy(name), .calls = -1};
    return at;
}

struct import_line *import_line(struct import *im, size_t function, size_t file, int64_t line)
{
    size_t at = place_of(im, str_format("l%zu %zu %" PRId64, function, file, line), im->lines.count);
    if (at == im->lines.count)
        *vec_push(&im->lines) = (struct import_line){.function = function, .file = file, .line = line, .hits = -1};
    return &im->lines.items[at];
}

struct import_samples *import_samples(struct import *im, size_t function, size_t file, int64_t line, const char *below)
{
    char *key = str_format("s%zu %zu %" PRId64 " %s", function, file, line, below);
    size_t at = place_of(im, key, im->samples.count);
    if (at == im->samples.count)
        *vec_push(&im->samples) = (struct import_samples){function, file, line, 0, str_copy(below)};
    return &im->samples.items[at];
}

struct import_branch *import_branch(struct import *im, size_t function, size_t file, int64_t line, int64_t place)
{
    char *key = str_format("b%zu %zu %" PRId64 " %" PRId64, function, file, line, place);
    size_t at = place_of(im, key, im->branches.count);
    if (at == im->branches.count)
        *vec_push(&im->branches) = (struct import_branch){function, file, line, place, {0, 0}};
    return &im->branches.items[at];
}

size_t import_node(struct import *im, size_t parent, const struct import_node *place)
{
    char *key = place->known ? str_format("n%zu %zu %zu %" PRId64, parent, place->function, place->file, place->line)
                             : str_format("o%zu %s", parent, place->outside);
    size_t at = place_of(im, key, im->nodes.count);
    if (at == im->nodes.count) {
        struct import_node *n = vec_push(&im->nodes);
        *n = *place;
        n->parent = parent;
        n->samples = 0;
        n->outside = str_copy(place->known ? "" : place->outside);
    }
    return at + 1;
}

struct import_outside *import_outside(struct import *im, const char *place, const char *reason)
{
    size_t at = place_of(im, str_format("x%s\n%s", place, reason), im->outside.count);
    if (at == im->outside.count)
        *vec_push(&im->outside) = (struct import_outside){str_copy(place), str_copy(reason), 0};
    return &im->outside.items[at];
}

int64_t *import_total(struct import *im, size_t function)
{
    while (im->totals.count <= function)
        *vec_push(&im->totals) = 0;
    return &im->totals.items[function];
}
