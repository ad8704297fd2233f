/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of call stacks of one process on its way into the store (table stack or alloc_stack): places that are the
 * same, reached in the same way, are one node.
 */
#ifndef DB_STACKS_H
#define DB_STACKS_H

#include <stdbool.h>
#include <stdint.h>

#include "db/sql.h"

#define STACKS_ROOT 0u

struct stack_place {
    int64_t function, file;      /* 0: in no function of a site table */
    int line;
    const char *library;         /* then the library or program; else "". Borrowed, as is the next */
    const char *outside;         /* and what it is called: the library, with its function where that is known */
};

struct stacks;

struct stacks *stacks_new(void);
void stacks_free(struct stacks *s);

/* Is code of `library` that `parent` called part of `parent`? Frames within a library are one, named by the outermost,
 * which is what the program called; at the root they are left out. */
bool stacks_joins(const struct stacks *s, uint32_t parent, const char *library);

/* The node of a place that `parent` called; STACKS_ROOT where it is left out. */
uint32_t stacks_child(struct stacks *s, uint32_t parent, const struct stack_place *place);

/* Where a timed call goes on: the runtime calls the function again from its own entry. If `node` is in this function,
 * its parent; else `node`. */
uint32_t stacks_before_entry(const struct stacks *s, uint32_t node, int64_t function);

/* Samples with this node innermost. At the root they go to `place`. */
void stacks_count(struct stacks *s, uint32_t node, const struct stack_place *place, uint32_t samples);
void stacks_put(const struct stacks *s, struct sql_stmt *put, int64_t process);   /* put: a row of that table */

#endif
