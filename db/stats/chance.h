/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to GSL: distributions, order statistics and random numbers.
 */
#ifndef DB_CHANCE_H
#define DB_CHANCE_H

#include <stddef.h>
#include <stdint.h>

struct chance;                   /* a stream of random numbers: MT19937, the same from the same seed everywhere */

struct chance *chance_new(uint64_t seed);
void chance_free(struct chance *c);                      /* accepts NULL */
double chance_uniform(struct chance *c);                 /* 0 <= x < 1 */
double chance_normal(struct chance *c);                  /* mean 0, standard deviation 1 */
double chance_beta(struct chance *c, double a, double b);
unsigned chance_binomial(struct chance *c, double p, unsigned n);

void chance_sort(double *values, size_t n);
double chance_median_of_sorted(const double *sorted, size_t n);
double chance_quantile_of_sorted(const double *sorted, size_t n, double q);    /* linear between order statistics */

double chance_normal_quantile(double p);
double chance_normal_above(double z);                    /* P(Z > z) */
double chance_t_quantile(double p, double degrees);
double chance_t_above(double t, double degrees);
double chance_binomial_up_to(unsigned k, double p, unsigned n);      /* P(X <= k) */
double chance_choose(unsigned n, unsigned k);            /* n over k, as a real number */

#endif
