/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the gate's figures come from: a comparison of two sides of the store, or a baseline file and one side. The file
 * is JSON, small, made to be committed: a figure or a function a line, in a fixed order, so that a change of it reads
 * well as a diff.
 */
#ifndef DB_BASELINE_H
#define DB_BASELINE_H

#include "db/compare/compare.h"
#include "db/gate/gate.h"

/* The side AFTER of a comparison as a baseline, appended. */
void baseline_write(struct sql *db, const struct comparison *c, struct str *out);

/* The gate of a file against the side AFTER. False, with a sentence: no such file, or not a baseline of this program,
 * unless `force`. Differences that matter less are warned of. */
bool baseline_gate(struct sql *db, const char *path, const struct comparison *c, bool force, struct gate *g,
                   struct str *err);

/* Functions that ran more often than the file says, once the gate has decided. */
void baseline_explain(const char *path, const struct comparison *c, struct gate *g);

/* The gate of a comparison, and the lines behind its verdict. */
void baseline_compared(const struct comparison *c, struct gate *g);
void baseline_explain_compared(const struct comparison *c, struct gate *g);

#endif
