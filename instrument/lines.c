/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/lines.h"

#include <ctype.h>

static uint32_t intern(struct lines *l, const char *name, size_t len)
{
    for (size_t i = l->files.count; i-- > 0; )
        if (strlen(l->files.items[i]) == len && memcmp(l->files.items[i], name, len) == 0)
            return (uint32_t)i;
    *vec_push(&l->files) = str_copy_bytes(name, len);
    return (uint32_t)l->files.count - 1;
}

/* Compilers escape quotes, backslashes and newlines, clang tabs as well, and what else is not printable in octal. */
static char read_escape(const char **at, const char *end)
{
    unsigned code = 0, digits = 0;
    for (; digits < 3 && *at < end && **at >= '0' && **at <= '7'; digits++)
        code = code * 8 + (unsigned)(*(*at)++ - '0');
    if (digits)
        return (char)code;
    char c = *(*at)++;
    return c == 'n' ? '\n' : c == 't' ? '\t' : c;
}

static uint32_t read_name(struct lines *l, const char *at, const char *end)
{
    struct str name = STR_INIT;
    while (at < end && *at != '"') {
        if (*at != '\\' || at + 1 == end) {
            str_add_char(&name, *at++);
            continue;
        }
        at++;
        str_add_char(&name, read_escape(&at, end));
    }
    uint32_t file = intern(l, name.data, name.len);
    str_release(&name);
    return file;
}

/* `# 12 "name" flags` or `#line 12 "name"` from `at` to the end of its line. */
static bool read_marker(struct lines *l, const char *at, const char *end, struct lines_segment *s)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (end - at > 5 && memcmp(at, "line ", 5) == 0)
        at += 5;
    if (at == end || !isdigit((unsigned char)*at))
        return false;
    for (s->line = 0; at < end && isdigit((unsigned char)*at); at++)
        s->line = s->line * 10 + (uint32_t)(*at - '0');
    while (at < end && *at == ' ')
        at++;
    if (at < end && *at == '"')
        s->file = read_name(l, at + 1, end);
    else
        s->file = l->segments.items[l->segments.count - 1].file;
    return true;
}

/* Steps over a literal or comment at `at`; else one byte. Newlines inside comments are rows too. */
static size_t skip(struct lines *l, const char *text, size_t len, size_t at)
{
    char c = text[at];
    if (c == '"' || c == '\'') {
        for (at++; at < len && text[at] != c && text[at] != '\n'; at++)
            at += text[at] == '\\' && at + 1 < len && text[at + 1] != '\n';
        return at < len && text[at] == c ? at + 1 : at;
    }
    if (c == '/' && at + 1 < len && text[at + 1] == '/') {
        const char *newline = memchr(text + at, '\n', len - at);
        return newline ? (size_t)(newline - text) : len;
    }
    if (c != '/' || at + 1 >= len || text[at + 1] != '*')
        return at + 1;
    const char *close = memmem(text + at + 2, len - at - 2, "*/", 2);
    size_t end = close ? (size_t)(close - text) + 2 : len;
    for (const char *p = text + at; (p = memchr(p, '\n', (size_t)(text + end - p))); p++)
        *vec_push(&l->rows) = (uint32_t)(p + 1 - text);
    return end;
}

void lines_init(struct lines *l, const char *text, size_t len)
{
    memset(l, 0, sizeof *l);
    *vec_push(&l->rows) = 0;
    *vec_push(&l->segments) = (struct lines_segment){.line = 1, .file = intern(l, "", 0)};
    bool fresh = true;           /* nothing but blanks on this line so far */
    for (size_t at = 0; at < len; ) {
        char c = text[at];
        if (c == '#' && fresh) {
            const char *newline = memchr(text + at, '\n', len - at);
            size_t end = newline ? (size_t)(newline - text) : len;
            struct lines_segment s = {.start = (uint32_t)end + 1, .row = (uint32_t)l->rows.count};
            if (read_marker(l, text + at + 1, text + end, &s))
                *vec_push(&l->segments) = s;
            at = end;
        } else if (c == '\n') {
            *vec_push(&l->rows) = (uint32_t)++at;
            fresh = true;
        } else if (isspace((unsigned char)c)) {
            at++;
        } else {
            fresh = false;
            at = skip(l, text, len, at);
        }
    }
}

void lines_release(struct lines *l)
{
    for (size_t i = 0; i < l->files.count; i++)
        free(l->files.items[i]);
    vec_release(&l->rows);
    vec_release(&l->segments);
    vec_release(&l->files);
    l->last = 0;
}

static uint32_t row_of(const struct lines *l, uint32_t offset)
{
    size_t low = 0, high = l->rows.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(l->rows.items[middle] <= offset ? &low : &high) = middle;
    }
    return (uint32_t)low;
}

static bool covers(const struct lines *l, size_t segment, uint32_t offset)
{
    return l->segments.items[segment].start <= offset
        && (segment + 1 == l->segments.count || offset < l->segments.items[segment + 1].start);
}

struct lines_spot lines_at(struct lines *l, uint32_t offset)
{
    if (!covers(l, l->last, offset)) {
        size_t low = 0, high = l->segments.count;
        while (high - low > 1) {
            size_t middle = low + (high - low) / 2;
            *(l->segments.items[middle].start <= offset ? &low : &high) = middle;
        }
        l->last = low;
    }
    const struct lines_segment *s = &l->segments.items[l->last];
    return (struct lines_spot){s->file, s->line + row_of(l, offset) - s->row};
}
