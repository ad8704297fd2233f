/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readers of lines share this: lines of a text, numbers in them, and where an error is.
 */
#ifndef DB_IMPORT_TEXT_H
#define DB_IMPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct text {
    const char *name;            /* of the file */
    char *at, *end;
    size_t number;               /* of the line at hand, from 1 */
    struct str *err;
};

/* The next line without its end, cut out of the text; NULL behind the last. */
char *text_line(struct text *t);

/* What stands behind `head`, NULL where the line does not begin with it. */
char *text_behind(char *line, const char *head);

/* A number from 0 on at *at, which it moves behind it. False: there is none, or it is too large. */
bool text_number(char **at, int64_t *out);

/* The same, and `end` behind it, which is passed over. */
bool text_number_then(char **at, char end, int64_t *out);

/* False, with the place in front of the words. */
bool text_refuse(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
