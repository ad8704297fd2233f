/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/exclude.h"

#include <string.h>

enum { WHOLE = 1, BRANCHES = 2 };

static bool has(const char *line, size_t len, const char *marker)
{
    return memmem(line, len, marker, strlen(marker));
}

/* What is open behind the start or stop that the line may hold. */
static unsigned next_open(unsigned open, const char *line, size_t len)
{
    if (has(line, len, "LCOV_EXCL_STOP"))
        open &= ~(unsigned)WHOLE;
    if (has(line, len, "LCOV_EXCL_BR_STOP"))
        open &= ~(unsigned)BRANCHES;
    if (has(line, len, "LCOV_EXCL_START"))
        open |= WHOLE;
    if (has(line, len, "LCOV_EXCL_BR_START"))
        open |= BRANCHES;
    return open;
}

void exclude_read(struct exclude *e, const char *text, size_t len)
{
    vec_clear(&e->lines);
    if (!has(text, len, "LCOV_EXCL_"))
        return;
    unsigned open = 0;
    for (const char *line = text, *end = text + len; line < end; ) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        size_t line_len = newline ? (size_t)(newline - line) : (size_t)(end - line);
        open = next_open(open, line, line_len);
        *vec_push(&e->lines) = (uint8_t)(open | (has(line, line_len, "LCOV_EXCL_LINE") ? WHOLE : 0)
                                         | (has(line, line_len, "LCOV_EXCL_BR_LINE") ? BRANCHES : 0));
        line += line_len + 1;
    }
}

void exclude_release(struct exclude *e)
{
    vec_release(&e->lines);
}

static unsigned at(const struct exclude *e, int64_t line)
{
    return line > 0 && (size_t)line <= e->lines.count ? e->lines.items[line - 1] : 0;
}

bool exclude_line(const struct exclude *e, int64_t line)
{
    return at(e, line) & WHOLE;
}

bool exclude_branch(const struct exclude *e, int64_t line)
{
    return at(e, line);
}
