/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where counters go, and how each line's count is computed from them. Pure: a function's tree in, places and linear
 * expressions out.
 *
 * The walk carries E, "how often control got here", as a linear expression over counters:
 *   entry        E = a counter.
 *   leaving      behind return, goto, break, continue and calls that never return: dead, until a label.
 *   calls        behind a call that may not return (calls.h), E is unknown: a new counter stands behind the statement.
 *   if           one branch has a counter, the other one is E less it; the sum of both ends follows. Where the
 *                condition holds an unknown call, each branch has its own.
 *   loops        the body has a counter v. Evaluations of the condition = E + ways back where both are known, and
 *                then E behind = evaluations - v + breaks; otherwise a counter stands behind the loop and
 *                evaluations = v + it - breaks.
 *   switch       labels have counters; without default, E less all direct jumps passes by.
 * Counters are made whenever the walk wants a value, and those that no line needs are dropped at the end, so a count
 * that cancels out costs nothing. No value is ever a difference across a call that may return twice or not at all.
 *
 * A line's count, as gcov has it: a statement's line is its executions; `for` and `while` lines the evaluations of the
 * condition; `for (;;step)` the steps; `for (;;)`, `while (1)` and `do` have none; `} while (c);` its evaluations; a
 * label's or case's line the times it is reached (further labels directly behind it have no count of their own); the
 * line of a function's name its calls; the closing `}` the exits by falling off the end, where gcov lists it. Where a
 * line holds several statements, it has the count of the first one that begins on it. Lines that only continue a
 * statement have its count if code is put there; operands of && || ?: that start on a later line have their own
 * evaluations.
 */
#ifndef INSTRUMENT_FLOW_H
#define INSTRUMENT_FLOW_H

#include "instrument/tree.h"
#include "instrument/value.h"

enum flow_where {
    FLOW_ENTRY,                  /* of the function */
    FLOW_OPEN,                   /* behind the `{` of a block */
    FLOW_BEFORE, FLOW_AFTER,     /* a statement */
    FLOW_OPERAND,                /* in front of an operand */
    FLOW_DECLARE                 /* before a declaration that other declarations may follow: must be one itself */
};

struct flow_place {
    enum flow_where where;
    uint32_t node;
    uint32_t loop;               /* not 0: a local counts, and is added to the counter behind this loop */
    bool cold;                   /* on the way to a call that never returns */
};

struct flow_line {
    uint32_t file, line;
    bool loop;                   /* counted inside a loop whose counts are added behind it */
    struct sites_expr hits;
};

struct flow_branch {             /* a condition both of whose outcomes are known */
    uint32_t file, line;
    struct sites_expr taken, missed;     /* times it was true, and false */
};

struct flow_call {               /* a call of a function that only this unit knows */
    uint32_t node;
    bool sure;                   /* it is made as often as `made` says, whatever leaves the expression around it */
    struct sites_expr made;
};

struct flow {                    /* starts zeroed; all of one function */
    value_terms terms;
    VEC(struct flow_place) places;      /* index = counter */
    VEC(struct flow_line) lines;        /* by file and line */
    VEC(struct flow_branch) branches;   /* those that the lines' counters tell, in the order of the walk */
    VEC(struct flow_call) made;
    struct sites_expr calls;
};

struct flow_options {
    bool locals;                 /* loops may count in locals */
};

/* The tree's calls must be settled. Earlier contents are replaced. All counters that the walk made are there
 * until trim_flow. */
void flow_walk(const struct tree *t, const struct tree_function *f, struct flow_options options, struct flow *flow);

void flow_release(struct flow *flow);

#endif
