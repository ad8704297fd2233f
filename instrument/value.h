/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "How often control got here" as a linear expression over counters. Values are slices of one growing array of terms,
 * so they are copied freely and never freed.
 */
#ifndef INSTRUMENT_VALUE_H
#define INSTRUMENT_VALUE_H

#include "base/sites.h"
#include "base/vec.h"

enum value_state {
    DEAD,                        /* control never gets here */
    KNOWN,
    UNKNOWN
};

struct value {
    enum value_state state;
    uint32_t first, count;       /* KNOWN: slice of the terms, by counter */
};

typedef VEC(struct sites_term) value_terms;

/* a + sign * b. Dead counts as zero; the sum of two dead ones is dead. Sums that get too long become unknown: they cost
 * more in the table than a counter costs in the program. */
struct value value_combine(value_terms *terms, struct value a, int32_t sign, struct value b);

enum value_state value_worse(enum value_state a, enum value_state b);     /* behind both */

#endif
