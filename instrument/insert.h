/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text of one function's counters: what stands where. No newline is ever inserted, so the user's line numbers stay.
 */
#ifndef INSTRUMENT_INSERT_H
#define INSTRUMENT_INSERT_H

#include "instrument/edit.h"
#include "instrument/flow.h"
#include "instrument/tree.h"

struct insert_unit {
    uint64_t id;                 /* of the unit: its names in the text end with it */
    uint32_t base;               /* the function's counter 0 is the unit's counter `base` */
};

void insert_function(struct edit *edit, const struct tree *t, const struct tree_function *f, const struct flow *flow,
                     struct insert_unit unit);

#endif
