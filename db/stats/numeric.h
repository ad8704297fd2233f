/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least squares: the door to GSL's fitting.
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

#endif
