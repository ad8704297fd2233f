/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/said.h"

#include <string.h>

#include "base/str.h"

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
