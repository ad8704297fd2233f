/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who called a function and whom it called, from call stacks.
 */
#ifndef DB_FLAME_AROUND_H
#define DB_FLAME_AROUND_H

#include "db/flame/tree.h"

struct around_row {
    const char *name;            /* borrowed from the tree; "" where nobody that is known called it */
    double value;                /* of the stacks that go through this call */
};

struct around_rows {
    VEC(struct around_row) list; /* largest first */
};

struct around {
    double total, self;          /* of the function: recursion counts once */
    struct around_rows callers, callees;         /* the callers' values add up to the total */
};

/* `t`: by function, side 0, after flame_sum. False: no stack has the function. */
bool around_find(const struct flame_tree *t, const char *name, struct around *out);
void around_release(struct around *a);

#endif
