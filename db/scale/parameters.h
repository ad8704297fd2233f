/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What varies among runs: parameters that are numbers above 0, with their values.
 */
#ifndef DB_SCALE_PARAMETERS_H
#define DB_SCALE_PARAMETERS_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/sql.h"

struct scale_value {
    char *text;                  /* as the runs have it */
    double number;
    int64_t runs;
};

struct scale_parameter {
    char *name;
    VEC(struct scale_value) values;      /* rising, two at least */
    size_t usual;                /* the value that most runs have; the largest one of several */
};

struct scale_parameters {
    VEC(struct scale_parameter) list;    /* those that a sweep varied where one did, else all */
};

/* Of the runs of a side (db/select.h). */
void scale_parameters_load(struct sql *db, int side, struct scale_parameters *out);
void scale_parameters_release(struct scale_parameters *p);

/* The only one, borrowed. NULL and a sentence where there is none, or where there are several. */
const char *scale_parameters_only(const struct scale_parameters *p, struct str *err);

#endif
