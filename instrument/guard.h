/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs what may crash, hang or eat all memory in a forked child, so that it can only fail.
 */
#ifndef INSTRUMENT_GUARD_H
#define INSTRUMENT_GUARD_H

#include "base/str.h"

/* The value (0 to 9) that work(context) returned in the child; -1 where the child died, and then *why says how. The
 * child's messages are shown only where `loud`. */
int guard_run(int (*work)(void *context), void *context, int loud, struct str *why);

#endif
