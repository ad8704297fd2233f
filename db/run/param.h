/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parameters of a sweep, as they are written:
 *     NAME=ITEM,ITEM...
 *     ITEM = 100 | fast                a value, as it stands
 *          | 1..5 | 10..100:30         from, to, step (1)
 *          | 2^6..2^14                 powers: 2^6, 2^7 ... 2^14; also alone, 2^6
 *          | 100..10000/8              8 values, each the same factor above the one before; whole where both ends are
 */
#ifndef DB_PARAM_H
#define DB_PARAM_H

#include <stdbool.h>

#include "base/vec.h"

struct param {
    char *name;
    VEC(char *) values;          /* in the order given, none twice */
};

struct params {
    VEC(struct param) list;
};

/* The values of one item make this many at most. */
#define PARAM_VALUES_MAX 10000

/* Adds the parameter that `text` describes; false, with a sentence. */
bool param_add(struct params *p, const char *text, struct str *err);
void params_release(struct params *p);

struct assignment {
    VEC(size_t) values;          /* by parameter: index of its value */
};

struct assignments {
    VEC(struct assignment) list;
};

/* All combinations, the last parameter running fastest; with `one_at_a_time` the first values of all, and then each
 * other value of each parameter with the rest at their first. */
void params_combine(const struct params *p, bool one_at_a_time, struct assignments *out);
void assignments_release(struct assignments *a);

#endif
