/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/fallthrough.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/str.h"

/* Behind "fall": "s", blanks and hyphens, "thr". */
static bool goes_through(const char *at, const char *end)
{
    at += at < end && (*at == 's' || *at == 'S');
    while (at < end && (*at == ' ' || *at == '\t' || *at == '-'))
        at++;
    return end - at >= 3 && strncasecmp(at, "thr", 3) == 0;
}

bool fallthrough_is_said(const char *source, size_t len)
{
    const char *end = source + len;
    for (const char *at = source; end - at >= 7; at++)
        if ((*at == 'f' || *at == 'F') && strncasecmp(at, "fall", 4) == 0 && goes_through(at + 4, end))
            return true;
    return false;
}

struct region {                  /* the lines between two linemarkers */
    const char *name;            /* in the first, NULL: it has none */
    size_t name_len;
    bool system;
    const char *begin, *end;
};

/* At the start of a line. */
static bool is_marker(const char *at, const char *end)
{
    return end - at > 3 && at[0] == '#' && at[1] == ' ' && isdigit((unsigned char)at[2]);
}

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline + 1 : end;
}

/* The region that begins with the line at `at`, which is a linemarker or the text's first. */
static struct region read_region(const char *at, const char *end)
{
    struct region r = {.begin = line_end(at, end)};
    const char *name = memchr(at, '"', (size_t)(r.begin - at));
    const char *close = name ? memrchr(at, '"', (size_t)(r.begin - at)) : NULL;
    if (is_marker(at, end) && close > name) {
        r.name = name + 1;
        r.name_len = (size_t)(close - r.name);
        r.system = memchr(close, '3', (size_t)(r.begin - close)) != NULL;
    }
    for (r.end = r.begin; r.end < end && !is_marker(r.end, end); )
        r.end = line_end(r.end, end);
    return r;
}

static bool file_says(const struct region *r)
{
    struct str source = STR_INIT, ignored = STR_INIT;
    char *path = str_copy_bytes(r->name, r->name_len);
    bool says = file_is_regular(path) && file_read(path, &source, &ignored)
        && fallthrough_is_said(source.data, source.len);
    free(path);
    str_release(&source);
    str_release(&ignored);
    return says;
}

bool fallthrough_is_included(const char *text, size_t len, const char *main_file)
{
    const char *end = text + len;
    struct region last = {0};    /* the file that was looked at last */
    bool said = false;
    for (const char *at = text; !said && at < end; ) {
        struct region r = read_region(at, end);
        at = r.end;
        bool main = r.name_len == strlen(main_file) && memcmp(r.name, main_file, r.name_len) == 0;
        bool again = r.name_len == last.name_len && r.name && memcmp(r.name, last.name, r.name_len) == 0;
        if (!r.name || r.system || main || again || !memmem(r.begin, (size_t)(r.end - r.begin), "case", 4))
            continue;
        said = file_says(&r);
        last = r;
    }
    return said;
}
