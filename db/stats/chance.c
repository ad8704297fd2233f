/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/stats/chance.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

/* GSL's generator itself; the name hides it from everybody else. */
struct chance;

static gsl_rng *rng_of(struct chance *c)
{
    return (gsl_rng *)c;
}

struct chance *chance_new(uint64_t seed)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, (unsigned long)seed);
    return (struct chance *)rng;
}

void chance_free(struct chance *c)
{
    if (c)
        gsl_rng_free(rng_of(c));
}

double chance_uniform(struct chance *c)
{
    return gsl_rng_uniform(rng_of(c));
}

double chance_normal(struct chance *c)
{
    return gsl_ran_gaussian_ziggurat(rng_of(c), 1);
}

double chance_beta(struct chance *c, double a, double b)
{
    return gsl_ran_beta(rng_of(c), a, b);
}

unsigned chance_binomial(struct chance *c, double p, unsigned n)
{
    return gsl_ran_binomial(rng_of(c), p, n);
}

void chance_sort(double *values, size_t n)
{
    gsl_sort(values, 1, n);
}

double chance_median_of_sorted(const double *sorted, size_t n)
{
    return gsl_stats_median_from_sorted_data(sorted, 1, n);
}

double chance_quantile_of_sorted(const double *sorted, size_t n, double q)
{
    return gsl_stats_quantile_from_sorted_data(sorted, 1, n, q);
}

double chance_normal_quantile(double p)
{
    return gsl_cdf_ugaussian_Pinv(p);
}

double chance_normal_above(double z)
{
    return gsl_cdf_ugaussian_Q(z);
}

double chance_t_quantile(double p, double degrees)
{
    return gsl_cdf_tdist_Pinv(p, degrees);
}

double chance_t_above(double t, double degrees)
{
    return gsl_cdf_tdist_Q(t, degrees);
}

double chance_binomial_up_to(unsigned k, double p, unsigned n)
{
    return gsl_cdf_binomial_P(k, p, n);
}

double chance_choose(unsigned n, unsigned k)
{
    return gsl_sf_choose(n, k);
}
