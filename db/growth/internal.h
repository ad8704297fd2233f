/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this folder share.
 */
#ifndef DB_GROWTH_INTERNAL_H
#define DB_GROWTH_INTERNAL_H

#include "db/growth/growth.h"

struct growth_series {           /* one value for each size */
    size_t count;
    const double *n, *y;
};

#define POINTS_MAX 64            /* sizes; further ones are not looked at */

/* Fills n and y, which `s` refers to: y is the middle of a size's values. */
void growth_middles(const struct growth_point *points, const struct growth_series *s, double *n, double *y);
void growth_constant_share(const struct growth_series *s, struct growth *out);

/* Explains counts that repeat. False, with `out` untouched: no formula, no sum of terms does. */
bool growth_exact(const struct growth_series *s, struct growth *out);
bool growth_formula(const struct growth_series *s, struct growth_model *out);

/* Answers for values with noise, and (`repeating`) for counts that no formula explains; never exact. */
void growth_noisy(const struct growth_point *points, const struct growth_series *middles, bool repeating, uint64_t seed,
                  struct growth *out);

/* The straight line through the logarithms of positive values: what it leaves, as a sum of squares. *spread: sum of
 * squares of log n about its mean. */
double growth_power(const double *n, const double *y, size_t count, double *slope, double *spread);

/* The class of the leading term, unless it is still below a tenth at four times the largest size: then of the next. */
enum growth_class growth_leading(const struct growth_model *m, double largest);

#endif
