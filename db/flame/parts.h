/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files that load flame graphs share.
 */
#ifndef DB_FLAME_PARTS_H
#define DB_FLAME_PARTS_H

#include "db/flame/tree.h"

struct flame_way {
    enum flame_by by;
    bool fold;
};

/* The node of what `parent` called, by function or line; with `fold` the one in which the function runs already. */
uint32_t flame_called(struct flame_tree *t, uint32_t parent, const char *name, const char *file, int64_t line,
                      const struct flame_way *way);

/* flame_load of allocations or bytes. */
void flame_load_allocs(struct flame_tree *t, struct sql *db, int side, double runs, enum flame_of of,
                       const struct flame_way *way);

#endif
