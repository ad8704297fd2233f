/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text of one function's counters: what stands where. No newline is ever inserted, so the user's line numbers stay.
 */
#ifndef INSTRUMENT_INSERT_H
#define INSTRUMENT_INSERT_H

#include "instrument/edit.h"
#include "instrument/flow.h"
#include "instrument/lap.h"
#include "instrument/tree.h"

struct insert_unit {
    uint64_t id;                 /* of the unit: its names in the text end with it */
    uint32_t base;               /* the function's counter 0 is the unit's counter `base` */
    const char *reach;           /* text of insert_reach */
    const char *mark;            /* text of insert_mark, or "" */
    bool clang;                  /* the real compiler is */
    bool timed;                  /* its calls are; counter 0 counts downward */
    const struct laps *laps;     /* NULL: no function's lines are timed */
    uint32_t lap_state;          /* counter where the state of its timed lines begins; 0: they are not timed */
};

/* The text that turns the pointer __farm_t from a thread's base, NULL where it has none, into one to the counters of
 * the unit `id`. `portable`: without x86-64's assembly language. */
void insert_reach(struct str *out, uint64_t id, bool portable);

/* The text that marks a function that allocates for its callers. */
void insert_mark(struct str *out, bool portable);

void insert_function(struct edit *edit, const struct tree *t, const struct tree_function *f, const struct flow *flow,
                     struct insert_unit unit);

#endif
