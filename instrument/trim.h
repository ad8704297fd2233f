/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The last step of flow.c: of all counters and sums that the walk made, only what a line needs stays.
 */
#ifndef INSTRUMENT_TRIM_H
#define INSTRUMENT_TRIM_H

#include "instrument/flow.h"

#define TRIM_NO_COUNT UINT32_MAX /* hits.first of a line that was reserved but turned out to have no count */

/* Drops such lines, sorts the others, numbers the used counters anew from 0, and drops the other ones. Calls of
 * functions that are `derived` (by callee; NULL: none is) keep their counters, those of others become empty. */
void trim_flow(const struct tree *t, const bool *derived, struct flow *flow);

#endif
