/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The patterns of --farm-include and --farm-exclude. A pattern matches where it fits a file's path, its base name, or
 * a function's name; `*` also crosses slashes.
 */
#ifndef INSTRUMENT_GLOBS_H
#define INSTRUMENT_GLOBS_H

#include <stdbool.h>

#include "base/vec.h"

struct globs {                   /* starts zeroed */
    VEC(char *) patterns;
};

void globs_add(struct globs *g, const char *list);     /* patterns separated by commas; empty ones are dropped */
void globs_release(struct globs *g);
bool globs_match(const struct globs *g, const char *path, const char *function);

#endif
