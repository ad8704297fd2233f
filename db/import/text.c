/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/import/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *text_line(struct text *t)
{
    if (t->at >= t->end)
        return NULL;
    char *line = t->at, *end = memchr(line, '\n', (size_t)(t->end - line));
    end = end ? end : t->end;
    t->at = end + 1;
    t->number++;
    *end = 0;
    if (end > line && end[-1] == '\r')
        end[-1] = 0;
    return line;
}

char *text_behind(char *line, const char *head)
{
    size_t len = strlen(head);
    return strncmp(line, head, len) == 0 ? line + len : NULL;
}

bool text_number(char **at, int64_t *out)
{
    char *end;
    if (!isdigit((unsigned char)**at))
        return false;
    errno = 0;
    *out = strtoll(*at, &end, 10);
    *at = end;
    return errno == 0;
}

bool text_number_then(char **at, char end, int64_t *out)
{
    if (!text_number(at, out) || **at != end)
        return false;
    *at += end != 0;
    return true;
}

bool text_refuse(struct text *t, const char *format, ...)
{
    va_list args;
    str_addf(t->err, "%s:%zu: ", t->name, t->number);
    va_start(args, format);
    str_vaddf(t->err, format, args);
    va_end(args);
    return false;
}
