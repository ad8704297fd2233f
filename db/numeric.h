/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least squares, distributions and random numbers: the door to GSL.
 */
#ifndef DB_NUMERIC_H
#define DB_NUMERIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* y = c[0] + c[1] x by weights; negative coefficients are set to 0 and the other fitted alone. */
void numeric_line(const double *x, const double *w, const double *y, size_t count, double c[2]);

#define NUMERIC_TERMS_MAX 8

/* y = sum of c[k] * columns[k][i] by weights, `terms` of them. False: too few points,
 * too many terms. */
bool numeric_terms(const double *const *columns, size_t terms, const double *w, const double *y, size_t count,
                   double *c);

struct numeric_random;
struct numeric_random *numeric_random_new(uint64_t seed);
void numeric_random_free(struct numeric_random *r);
size_t numeric_random_below(struct numeric_random *r, size_t limit);
double numeric_random_normal(struct numeric_random *r);

/* The upper quantile of Student's t, such as p = 0.975. */
double numeric_student(double p, double freedom);

#endif
