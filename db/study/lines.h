/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a function over a point's runs, and the table of them as people know it from line profilers.
 */
#ifndef DB_STUDY_LINES_H
#define DB_STUDY_LINES_H

#include "db/study/rows.h"

enum lines_value { LINES_HITS, LINES_TIME_NS, LINES_ALLOCS, LINES_EXACT_NS, LINES_VALUES };

struct lines_line {
    int64_t file, line;
    char *place, *text;          /* FILE:LINE, short; the source, without its indentation */
    double *values[LINES_VALUES];        /* by run; NAN: not known */
    double median[LINES_VALUES];
    double samples;              /* of all runs */
};

struct lines {
    VEC(struct lines_line) list; /* in the order of the source */
    const struct rows *rows;     /* whose runs they are of */
    bool exact;                  /* the function's lines were timed by the clock */
};

void lines_load(const struct study_results *r, const struct rows *rows, const struct rows_function *f,
                struct lines *out);
void lines_release(struct lines *l);

/* What a line's time is taken from: the clock where that is known, else samples. */
enum lines_value lines_time(const struct lines *l);

/* Time of all lines, ns: the median of each added up. */
double lines_total(const struct lines *l);

/* Is the time enough for shares of it? By the clock always, by samples from SELECT_FEW_SAMPLES on. */
bool lines_shared(const struct lines *l);

/* The table, appended: line, hits, time, per hit, % of the function's time, allocations, source. */
void lines_text(const struct lines *l, const struct rows_function *f, const char *name, struct str *out);

#endif
