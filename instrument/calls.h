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

#endif
