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
    const char *direct;          /* counters name themselves, in __farm_n (prologue_declare): the thread-local that
                                    holds the thread's base; NULL: they are reached by a pointer */
    bool asks;                   /* then: a thread may begin with it that has no block yet */
    const char *mark;            /* text of insert_mark, or "" */
    bool clang;                  /* the real compiler is */
    bool timed;                  /* its calls are; counter 0 counts downward */
    bool derived;                /* counter 0 is not there */
    const struct laps *laps;     /* NULL: no function's lines are timed */
    uint32_t lap_state;          /* counter where the state of its timed lines begins; 0: they are not timed */
};

/* The text that declares __farm_t, a pointer to the thread's counters of the unit `id`. `base`: name of the
 * thread-local that holds the thread's base, or NULL. `portable`: without x86-64's assembly language. */
void insert_reach(struct str *out, uint64_t id, const char *base, bool portable);

/* The text that marks a function that allocates for its callers. */
void insert_mark(struct str *out, bool portable);

void insert_function(struct edit *edit, const struct tree *t, const struct tree_function *f, const struct flow *flow,
                     struct insert_unit unit);

#endif
