/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One format a file (format_*.c), its descriptor last; the list is in format.c.
 */
#ifndef DB_FORMAT_H
#define DB_FORMAT_H

#include <stdio.h>

#include "db/doc.h"

struct look {
    bool color;
    size_t width;                /* of the terminal; 0: lines are not cut */
};

struct format {
    const char *name;
    bool programs;               /* for programs: facts and full data, no words */
    void (*write)(const struct doc *d, const struct look *look, FILE *out);
};

const struct format *format_find(const char *name);      /* NULL: no such format */
const char *format_names(void);                          /* "text, csv, ..." */

/* Is the column part of a table for people or for programs? */
bool format_shows(const struct format *f, const struct column *c);

/* The cell as people read it, appended. */
void format_people(const struct column *c, const struct cell *cell, struct str *out);

/* Length of the UTF-8 sequence that `text` begins with, 0 where it is none. */
size_t format_sequence(const char *text);

/* A JSON string with its quotes, appended. Bytes that are no UTF-8 become U+FFFD. */
void format_json_string(const char *text, struct str *out);

#endif
