/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A comparison of two sides: the program, its functions, its lines. What is exact (hits, calls) is compared as it is;
 * times are tested from the top down: the program, functions of at least 1 %, lines of functions that changed.
 */
#ifndef DB_COMPARE_H
#define DB_COMPARE_H

#include "db/compare/judge.h"
#include "db/compare/side.h"

enum { BEFORE, AFTER };

#define COMPARE_FUNCTION_SHARE 0.01      /* of the user CPU time, on either side: below, functions are not tested */
#define COMPARE_LINE_SHARE 0.001         /* the same for lines; and what changes by less of the program is not shown */

/* A count. Where all repeats of a side agree it is exact, and any change of it is one. */
struct exact {
    bool known[2];               /* by side: there is such a count */
    bool same;                   /* repeats agree on both sides */
    double value[2];             /* medians */
    bool changed;                /* same, and other */
};

struct compare_metric {
    char *name;                  /* as in the view run_metric; the unit is its end */
    bool exact;                  /* a count of the site tables: `count`, else `judged` */
    bool higher_is_better;
    struct exact count;
    struct judged judged;
    double *values[2];           /* by run */
};

struct compare_function {
    int function[2];             /* of side.functions, -1: none */
    bool renamed, moved, edited;         /* edited: a line of it is not the same */
    bool tested;                 /* its time was large enough */
    bool picked;                 /* its lines were looked at */
    struct exact calls;
    struct judged self, total;
    struct split split;          /* of self, summed over its lines */
    size_t lines_changed;        /* whose hits changed */
};

struct compare_line {
    int text[2], line[2];        /* -1, 0 where there is none */
    int function;                /* of comparison.functions, -1: none */
    enum align_mark mark;
    bool joined;                 /* several lines on one side: a statement that was broken in another way */
    bool owned[2];
    int64_t *hits[2];            /* by run; NULL: no such line */
    int64_t *allocs[2], *alloc_bytes[2];
    double *time[2];
    unsigned char state[2];      /* enum slot_state */
    struct exact count;
    struct exact alloc, alloc_byte;      /* a line that is not there allocates nothing; not known: neither is known */
    bool timed, tested;          /* timed: with an interval */
    struct judged judged;        /* where not timed, only before, after and delta */
    struct split split;
};

struct comparison {
    struct side side[2];
    struct align align;
    struct judge judge;
    double user_s[2], samples[2];        /* medians over runs */
    VEC(struct compare_metric) metrics;
    VEC(struct compare_function) functions;
    VEC(struct compare_line) lines;      /* as they stand in the text after; lines that are gone behind all others */
    int *function_of[2];         /* [function of the side] -> of comparison.functions */
    int *line_of[2];             /* [slot] -> of comparison.lines, -1 */
    double *nothing;             /* zeros for a side that lacks a line */
    int64_t *none;
    VEC(char *) warnings;        /* in which the sides differ beside the program */
    size_t vary;                 /* lines whose repeats disagree */
};

struct compare_wishes {
    uint64_t seed;
    bool (*wanted)(const void *data, const struct comparison *c, const struct compare_function *f);  /* NULL: all */
    const void *data;
    bool force;                  /* answer where the sides have little in common */
};

/* False, with a sentence: a side names no runs, or the two cannot be compared. */
bool compare_sides(struct sql *db, const char *before, const char *after, const struct compare_wishes *wishes,
                   struct comparison *out, struct str *err);
void compare_release(struct comparison *c);

const struct compare_metric *compare_metric(const struct comparison *c, const char *name);       /* NULL: none */

/* The program's own function names and places: of the side after where it is there, else before. */
const struct side_function *compare_function_at(const struct comparison *c, const struct compare_function *f,
                                                int *side);

/* ---- parts (compare_*.c) */
void compare_metrics(struct sql *db, struct comparison *c);
void compare_lines(struct comparison *c);
void compare_free_line(struct compare_line *l, int side);    /* what it owns of a side */
void compare_functions(struct comparison *c);
void compare_times(struct comparison *c, const struct compare_wishes *wishes);

/* In what the sides differ beside the program: warnings. */
void compare_circumstances(struct sql *db, struct comparison *c);

/* From counts by run; NULL: none. */
struct exact compare_exact(const struct comparison *c, const int64_t *before, const int64_t *after);

#endif
