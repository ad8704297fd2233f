/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does something grow? A robust slope with a confidence interval that allows for autocorrelation.
 *
 * Slope: the median of the slopes of all pairs of points (Theil 1950; Sen, J. Am. Stat. Assoc. 63:1379, 1968).
 * Interval: the slopes with the ranks (N -+ z sqrt(V)) / 2 among those N (Gilbert, Statistical Methods for
 * Environmental Pollution Monitoring, 1987, 16.5), where V = m (m - 1) (2 m + 5) / 18 is the variance of Kendall's S
 * for m points. Points that follow one another are alike, so V is multiplied by (1 + r) / (1 - r), with r the lag-1
 * autocorrelation of the residuals where it is above 0, and 0.9 at most (effective sample size of an AR(1) process:
 * Bayley and Hammersley 1946; for this test Yue and Wang, Water Resour. Manag. 18:201, 2004). z = 1.96.
 */
#ifndef DB_TREND_H
#define DB_TREND_H

#include <stdbool.h>
#include <stddef.h>

struct trend {
    double slope, low, high;     /* y per x; 95 % interval */
    double level;                /* median of y */
    size_t points;
};

#define TREND_POINTS 8           /* fewer say nothing */

/* x must rise. False: too few points. */
bool trend_fit(const double *x, const double *y, size_t count, struct trend *out);

/* What remains in memory: of `count` points in order of x those of the first third are left out (a program warms up),
 * the rest are cut into TREND_BLOCKS ranges of x of equal length, and each gives its lowest y, so that what is taken
 * and given back in turns (a sawtooth) counts with what is left between. False: too few points or ranges. */
#define TREND_BLOCKS 16
bool trend_floor(const double *x, const double *y, size_t count, struct trend *out);

#endif
