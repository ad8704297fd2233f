/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which functions a question is about, in the ways people name them.
 */
#ifndef DB_WANTED_H
#define DB_WANTED_H

#include <stdbool.h>
#include <stdint.h>

struct wanted {
    const char *function;        /* NAME, a glob of it, FILE:NAME or FILE:LINE; NULL: all */
    const char *file;            /* FILE; NULL: all */
    const char *folder;          /* that paths are shown in */
    const char *here;            /* working folder */
};

/* FILE is an absolute path, one relative to the working folder or to `folder`, the last components of one, or a glob of
 * any of these. */
bool wanted_file(const struct wanted *w, const char *file, const char *path);

bool wanted_function(const struct wanted *w, const char *path, const char *name, int64_t line, int64_t last_line);

#endif
