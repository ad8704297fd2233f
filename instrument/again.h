/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which functions have their calls timed, and how. A call is timed by calling the function again, with the same
 * arguments, from the runtime, between two readings of the clock: nothing has to be inserted at the ways out of it,
 * tail calls stay tail calls, and a call that is not timed costs one branch.
 */
#ifndef INSTRUMENT_AGAIN_H
#define INSTRUMENT_AGAIN_H

#include "instrument/tree.h"

/* It can be called again, and has a loop or enough statements to be worth it. */
bool again_wanted(const struct tree *t, const struct tree_function *f);

#endif
