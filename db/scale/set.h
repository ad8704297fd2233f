/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The runs of one selection, judged: what commands start from.
 */
#ifndef DB_SCALE_SET_H
#define DB_SCALE_SET_H

#include "db/scale/judge.h"
#include "db/scale/parameters.h"
#include "db/select.h"

/* As far as is extrapolated unasked: times the largest size. */
#define SCALE_REACH 4.0

struct scale_set {
    struct selection selection;
    struct scale_data data;
    struct scale_verdicts verdicts;
    struct scale_parameters varying;
    char *by;                    /* the parameter */
    double at;                   /* size that is predicted */
};

/* `by` NULL: the parameter that varies. `at` NAN: twice the largest size. Ends the program with a sentence where there
 * are no such runs. */
void scale_set_open(struct sql *db, const char *spec, const char *by, double at, struct scale_set *out);

/* The same, but false, with a sentence and nothing to close, where there are no such runs. */
bool scale_set_try(struct sql *db, const char *spec, const char *by, double at, struct scale_set *out, struct str *err);
void scale_set_close(struct scale_set *s);

#endif
