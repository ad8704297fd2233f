/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which calls surely come back to where they were made, once, in the same thread. Behind any other call a count cannot
 * be derived from the one before it: exit, longjmp, fork, setjmp and what may call them.
 */
#ifndef INSTRUMENT_CALLS_H
#define INSTRUMENT_CALLS_H

#include "instrument/tree.h"

/* What is known of a function by its name alone: TREE_RETURNS, TREE_NEVER or TREE_MAY_STAY. */
enum tree_fate calls_known(const char *name);

bool calls_returns_twice(const char *name);

/* Turns each TREE_HAS_BODY into TREE_RETURNS or TREE_MAY_STAY by what the bodies call, also where they call each other
 * in circles. */
void calls_settle(struct tree *t);

/* Whether `call` is made as often as the expression whose parts are `list` is begun. */
bool calls_are_sure(const struct tree *t, uint32_t list, uint32_t call);

/* Whether a declaration's initialisers may leave, or hold what is evaluated only sometimes. */
bool calls_bar(const struct tree *t, uint32_t declaration);

/* Whether a statement, or a block's own ones, call what never returns. */
bool calls_end(const struct tree *t, uint32_t body);

#endif
