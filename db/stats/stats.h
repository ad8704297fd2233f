/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The statistics of a comparison. Pure: numbers in, numbers out. The source of each formula stands at its function in
 * stats_*.c.
 */
#ifndef DB_STATS_H
#define DB_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct interval {
    double low, high;
};

/* ---- medians (stats_median.c) */

double stats_median(const double *values, size_t n);                 /* n >= 1 */

/* The order-statistic interval of a median that covers it with at least `level`, the narrowest symmetric one. False
 * where not even the smallest and the largest value do: fewer than 6 values for 95 %. */
bool stats_median_interval(const double *values, size_t n, double level, struct interval *out);

/* A side of a comparison: one value for each run. */
struct series {
    const double *values;
    size_t n;
    double sampling_se;          /* standard error of the median that is there even if all runs are alike: of samples;
                                  * 0 where the values were not sampled */
};

/* Replicates of a bootstrap: which order statistics of n values the median of the r-th resample is. Shared by all
 * series of a length, so that thousands of them cost little. */
struct bootstrap {
    size_t replicates, n;
    unsigned *low, *high;        /* the median is the mean of the two */
    double *normal;              /* for the sampling error */
};

void bootstrap_init(struct bootstrap *b, size_t replicates, size_t n, uint64_t seed);
void bootstrap_release(struct bootstrap *b);

/* out[r]: the median of the r-th resample. Where resampling varies less than sampling_se says, the rest is added. */
void bootstrap_medians(const struct bootstrap *b, const struct series *s, double *out);

/* The percentile interval of replicates, which are sorted. NAN where more than the level allows are NAN. */
struct interval stats_percentiles(double *replicates, size_t count, double level);

/* ---- tests (stats_rank.c, stats_many.c) */

/* Mann-Whitney U, two-sided, exact and conditional on the ties: the probability that the rank sum is at least as far
 * from its mean. Normal approximation with ties and continuity corrected beyond STATS_EXACT_MAX values. */
#define STATS_EXACT_MAX 100
double stats_rank_p(const double *a, size_t n, const double *b, size_t m);

/* The smallest p that n and m runs can give. */
double stats_rank_p_min(size_t n, size_t m);

/* Runs on each side from which on the smallest p is at most alpha / tests. */
size_t stats_runs_needed(size_t tests, double alpha);

/* Adjusts p values in place: Holm for the chance of one false alarm among all, Benjamini-Hochberg for the share of
 * false ones among what is shown. NAN stays and does not count. */
void stats_holm(double *p, size_t n);
void stats_benjamini_hochberg(double *p, size_t n);

/* One p value for all of them being without effect (Simes). NAN do not count; NAN where all are. */
double stats_simes(const double *p, size_t n);

/* ---- drift (stats_drift.c) */

/* Does the second side differ when a linear drift of the machine over the order of the runs is allowed for? */
struct drift {
    double p;                    /* of the sides' difference; NAN with fewer than 4 runs */
    double difference;           /* second less first side, at the same moment */
    double slope;                /* from one run to the next */
    double noise;                /* standard deviation of what is left */
    double inflation;            /* how many times larger the variance of the difference is than in interleaved runs */
};

/* order[i]: when run i took place, first all of a, then all of b; any unit, only their order counts. */
struct drift stats_drift(const double *a, size_t n, const double *b, size_t m, const double *order);

/* The smallest difference that runs with this noise show with a power of 80 % at `alpha`; INFINITY where n and m runs
 * cannot show any. */
double stats_smallest(const struct drift *d, size_t n, size_t m, double alpha);

#endif
