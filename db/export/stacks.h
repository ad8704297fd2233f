/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What formats of call stacks share.
 */
#ifndef DB_EXPORT_STACKS_H
#define DB_EXPORT_STACKS_H

#include <stdbool.h>

#include "db/export/export.h"
#include "db/flame/tree.h"

/* The stacks of all selected runs, summed, with totals, into a new tree, released by flame_release: nothing where
 * nothing was sampled. */
void export_load_stacks(const struct export *e, enum flame_by by, struct flame_tree *out);

/* The same. False, with a sentence: nothing was sampled. */
bool export_stacks(const struct export *e, enum flame_by by, struct flame_tree *out, struct str *err);

#endif
