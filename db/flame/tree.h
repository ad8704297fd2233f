/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call stacks of one or two selections of runs as one tree: a node has a value for each side. Node 0 is everything.
 */
#ifndef DB_FLAME_TREE_H
#define DB_FLAME_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "db/sql.h"

enum flame_by { FLAME_BY_FUNCTION, FLAME_BY_LINE };
enum flame_of { FLAME_TIME, FLAME_ALLOCS, FLAME_BYTES };

struct flame_node {
    char *name, *file;           /* file "" where it is not known */
    int64_t line;                /* 0: of the whole function */
    bool outside;                /* not instrumented */
    uint32_t parent, next, child;        /* next sibling, first child; 0: none */
    double self[2], total[2];    /* by side, of one run: ns, allocations, bytes; totals after flame_sum */
};

struct flame_tree {
    VEC(struct flame_node) nodes;
    uint32_t *slots;
    size_t slot_count;
};

void flame_init(struct flame_tree *t);
void flame_release(struct flame_tree *t);

/* Adds what side `side` (of select_side) has, per run of `runs`. Of allocations the counts of lines are
 * exact, and the shares of their callers estimated (allocs.c). `fold`: a function that calls itself, by whatever way,
 * is one node. */
void flame_load(struct flame_tree *t, struct sql *db, int side, size_t runs, enum flame_by by, enum flame_of of,
                bool fold);

/* The child of `parent` with this name, file and line, made where it is missing. */
uint32_t flame_child(struct flame_tree *t, uint32_t parent, const char *name, const char *file, int64_t line);

/* Totals, and children in the order of their names: the same program gives the same picture. */
void flame_sum(struct flame_tree *t);

/* Has the first side samples, after flame_sum? False, with a sentence about `name`. */
bool flame_has_time(const struct flame_tree *t, const char *name, struct str *err);

/* "name" or "name (file.c:12)". Appends. */
void flame_label(const struct flame_node *n, struct str *out);

#endif
