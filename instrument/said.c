/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/said.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

/* Compilers say before an error in which function it is, linkers in which section; `collect2: error` only sums up. */
static const char *const signs[] = {
    "undefined reference", "undefined symbol", "multiple definition", "relocation truncated", "cannot find", "error: ",
};

static const char *line_of(const char *said, const char *at)
{
    while (at > said && at[-1] != '\n')
        at--;
    return at;
}

static const char *best_line(const char *said)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *found = strstr(said, signs[i]);
        if (found)
            return line_of(said, found);
    }
    return said + strspn(said, "\n");
}

/* Length of ":12" in "file.c:3:12: error"; 0 where there is none. */
static size_t column_at(const char *colon)
{
    size_t digits = strspn(colon + 1, "0123456789");
    return digits && colon[1 + digits] == ':' ? 1 + digits : 0;
}

char *said_first(const char *said)
{
    const char *line = best_line(said);
    size_t len = strcspn(line, "\n");
    for (const char *colon = memchr(line, ':', len); colon; ) {
        size_t row = column_at(colon), column = row ? column_at(colon + row) : 0;
        if (column) {
            const char *rest = colon + row + column;
            return str_format("%.*s%.*s", (int)(colon + row - line), line, (int)(len - (size_t)(rest - line)), rest);
        }
        colon = memchr(colon + 1, ':', len - (size_t)(colon + 1 - line));
    }
    return str_copy_bytes(line, len);
}

/* ---- warnings ---- */

struct warnings {
    VEC(char *) keys;            /* "FILE:LINE [-Wflag]" */
    bool others;                 /* there is something else as well */
};

static char *key_of(const char *line, size_t len, const char *sign)
{
    size_t place = (size_t)(sign - line);
    for (const char *colon = memchr(line, ':', place); colon; ) {
        size_t row = column_at(colon);
        if (row) {
            place = (size_t)(colon + row - line);
            break;
        }
        colon = memchr(colon + 1, ':', place - (size_t)(colon + 1 - line));
    }
    const char *flag = memrchr(line, '[', len);
    size_t flag_len = flag && flag > sign ? (size_t)(line + len - flag) : 0;
    return str_format("%.*s %.*s", (int)place, line, (int)flag_len, flag_len ? flag : "");
}

static void read_warnings(struct warnings *w, const char *said)
{
    static const char *const alien[] = {"error: ", "Error: ", "Warning: ", "fatal: "};
    for (size_t len; *said; said += len + (said[len] == '\n')) {
        len = strcspn(said, "\n");
        for (size_t i = 0; i < sizeof alien / sizeof *alien; i++)
            w->others |= memmem(said, len, alien[i], strlen(alien[i])) != NULL;
        const char *sign = memmem(said, len, ": warning: ", 11);
        if (sign)
            *vec_push(&w->keys) = key_of(said, len, sign);
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void release(struct warnings *w)
{
    for (size_t i = 0; i < w->keys.count; i++)
        free(w->keys.items[i]);
    vec_release(&w->keys);
}

bool said_same_warnings(const char *said, const char *other)
{
    struct warnings a = {0}, b = {0};
    read_warnings(&a, said);
    read_warnings(&b, other);
    bool same = !a.others && !b.others && a.keys.count && a.keys.count == b.keys.count;
    if (same) {
        qsort(a.keys.items, a.keys.count, sizeof *a.keys.items, by_text);
        qsort(b.keys.items, b.keys.count, sizeof *b.keys.items, by_text);
    }
    for (size_t i = 0; same && i < a.keys.count; i++)
        same = strcmp(a.keys.items[i], b.keys.items[i]) == 0;
    release(&a);
    release(&b);
    return same;
}
