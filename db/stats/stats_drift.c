/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Machines get warm and noisy while they measure. Analysis of covariance (Fisher 1932; Snedecor and Cochran,
 * Statistical Methods, chapter 18): value = a + b * place in the order of runs + c * side, by least squares. Where
 * sides are interleaved, b and c are estimated apart; where one came after the other, c is only sure in as far as the
 * slope within the sides is, and its variance says so.
 */
#include <math.h>
#include <stdlib.h>

#include "base/str.h"
#include "db/stats/chance.h"
#include "db/stats/stats.h"

struct moment {
    double when;
    size_t at;
};

static int by_when(const void *x, const void *y)
{
    const struct moment *a = x, *b = y;
    if (a->when != b->when)
        return (a->when > b->when) - (a->when < b->when);
    return (a->at > b->at) - (a->at < b->at);
}

/* The place of each run in the order of all; yours to free. */
static double *places_of(const double *order, size_t count)
{
    struct moment *all = xcalloc(count, sizeof *all);
    double *place = xcalloc(count, sizeof *place);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct moment){order[i], i};
    qsort(all, count, sizeof *all, by_when);
    for (size_t i = 0; i < count; i++)
        place[all[i].at] = (double)i;
    free(all);
    return place;
}

static double mean_of(const double *v, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    return sum / (double)n;
}

struct sums {
    double xx, xy, yy;           /* about the means of their own side */
};

static void add_side(struct sums *s, const double *x, const double *y, size_t n)
{
    double mx = mean_of(x, n), my = mean_of(y, n);
    for (size_t i = 0; i < n; i++) {
        s->xx += (x[i] - mx) * (x[i] - mx);
        s->xy += (x[i] - mx) * (y[i] - my);
        s->yy += (y[i] - my) * (y[i] - my);
    }
}

struct drift stats_drift(const double *a, size_t n, const double *b, size_t m, const double *order)
{
    struct drift d = {.p = NAN, .inflation = 1};
    if (n < 2 || m < 2)
        return d;
    double *place = places_of(order, n + m), freedom = (double)(n + m) - 3;
    double apart = mean_of(place + n, m) - mean_of(place, n), plain = 1 / (double)n + 1 / (double)m;
    struct sums s = {0, 0, 0};
    add_side(&s, place, a, n);
    add_side(&s, place + n, b, m);
    free(place);
    d.slope = s.xx > 0 ? s.xy / s.xx : 0;
    double left = s.yy - d.slope * s.xy;
    d.noise = sqrt((left > 0 ? left : 0) / freedom);
    d.difference = mean_of(b, m) - mean_of(a, n) - d.slope * apart;
    d.inflation = s.xx > 0 ? (plain + apart * apart / s.xx) / plain : 1;
    double error = d.noise * sqrt(plain * d.inflation);
    d.p = error > 0 ? 2 * chance_t_above(fabs(d.difference) / error, freedom) : d.difference == 0 ? 1 : 0;
    return d;
}

/* (t(1 - alpha/2) + t(0.8)) standard errors of the difference (Snedecor and Cochran, section 6.14), times
 * sqrt(pi / 3), the rank test's loss against the t test for normal values (Lehmann, section 2.4). */
double stats_smallest(const struct drift *d, size_t n, size_t m, double alpha)
{
    const double power = 0.8;
    if (n < 2 || m < 2 || stats_rank_p_min(n, m) > alpha)
        return INFINITY;
    double freedom = (double)(n + m) - 3;
    double error = d->noise * sqrt((1 / (double)n + 1 / (double)m) * d->inflation);
    return (chance_t_quantile(1 - alpha / 2, freedom) + chance_t_quantile(power, freedom)) * error * sqrt(M_PI / 3);
}
