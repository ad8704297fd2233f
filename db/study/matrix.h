/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bottlenecks as all phases of a study see them, one row for each component (for each function where the study names
 * no components), ordered by study/priority.h. Figures come from the summaries alone.
 */
#ifndef DB_MATRIX_H
#define DB_MATRIX_H

#include "db/study/outcome.h"

/* Below this share of the time nothing is a bottleneck. */
#define MATRIX_SHARE 0.01

struct matrix_row {              /* texts are borrowed from the outcome; "" where a phase says nothing */
    const char *subject;
    double share;                /* phase 1: of the program's time */
    const char *finding;         /* phase 2: the configuration in use that is farthest from the best one */
    double gain;                 /* times that it is better; NAN: not known */
    const char *line, *text;     /* phase 3: the hottest line of those it looked at, else the line that grows */
    double line_share;           /* NAN: none */
    const char *class, *grows;   /* phase 4: the fastest class, and what grows so */
    enum effort effort;
    double score;
};

struct matrix {
    VEC(struct matrix_row) rows; /* first things first */
};

void matrix_make(const struct outcome *o, struct matrix *out);
void matrix_release(struct matrix *m);

#endif
