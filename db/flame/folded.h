/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folded stacks: a line for each stack, "main;parse;read 1200", as flamegraph.pl and its kin read them.
 */
#ifndef DB_FLAME_FOLDED_H
#define DB_FLAME_FOLDED_H

#include <stdbool.h>

#include "base/str.h"
#include "db/flame/tree.h"

/* Appends a line for each node with a value of its own, in whole units, so nanoseconds for time; with two counts where
 * there are two sides. */
void flame_folded(const struct flame_tree *t, bool two, struct str *out);

#endif
