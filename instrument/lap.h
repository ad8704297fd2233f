/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact line time: where the clock is read in a function whose lines are timed. Pure: a function's tree in, laps out.
 *
 * A lap stands wherever control may come from another line: in front of a statement that begins on another line than
 * the one before, in conditions and steps of loops that spread over lines, in operands of && || ?: on lines of their
 * own. Within a line there is none, so a loop of one line runs as it always does. What is on several lines and not in
 * such an operand (arguments of a call, a statement expression) has the line where its statement begins.
 */
#ifndef INSTRUMENT_LAP_H
#define INSTRUMENT_LAP_H

#include "instrument/tree.h"

struct lap_line {
    uint32_t file, line;
};

struct laps {                    /* starts zeroed; all of one function */
    VEC(struct lap_line) lines;  /* slots: each has two counters, FARM_LAP_WORDS behind the function's state */
    VEC(uint32_t) at;            /* by node less f->first_node: slot + 1 of the lap in front of it; 0: none */
    VEC(bool) jumps;             /* the same: leaves other functions by longjmp and the like */
};

/* `timed`: the function's lines are. Otherwise only jumps are found. Earlier contents are replaced. */
void lap_place(const struct tree *t, const struct tree_function *f, bool timed, struct laps *laps);

/* Where the compiler would merge a thread's lines, or the clock cannot be read: why lines are not timed; NULL: they
 * can be. */
const char *lap_obstacle(const struct tree_function *f, bool portable);

void lap_release(struct laps *laps);

#endif
