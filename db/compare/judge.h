/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the runs of two sides say of one figure: by how much it changed, how sure that is, and why. Pure: numbers in,
 * numbers out.
 *
 * A change is shown where the rank test and the analysis of covariance (a linear drift allowed for) both say so after
 * the correction for many tests, and where it is at least as large as the smallest effect that matters.
 */
#ifndef DB_JUDGE_H
#define DB_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/stats/stats.h"

#define JUDGE_ALPHA 0.05         /* of false alarms that are accepted: of comparisons in the gate, of rows in tables */
#define JUDGE_LEVEL 0.95         /* of intervals */
#define JUDGE_PROGRAM_EFFECT 0.02
#define JUDGE_EFFECT 0.05        /* of functions and lines */
#define JUDGE_SEED 1

struct judge {
    size_t n[2];                 /* runs of each side */
    uint64_t seed;
    size_t replicates;
    double *order;               /* when each run took place, the first side's first */
    struct bootstrap boot[2];
    double *medians[2];          /* of the replicates of the figure at hand */
    double *scratch;
};

/* order: see stats_drift; copied. */
void judge_init(struct judge *j, size_t before, size_t after, const double *order, size_t replicates, uint64_t seed);
void judge_release(struct judge *j);

struct judged {
    double before, after, delta;         /* medians and their difference */
    struct interval ci;                  /* of delta; NAN where it is not known */
    double ratio;                        /* after / before; NAN where before is 0 */
    struct interval ratio_ci;
    double p;                            /* of both tests the larger; NAN: too few runs */
    double q;                            /* p after the correction for many tests, by the caller */
    double rank_p;                       /* of the rank test alone: what would be said if no machine drifted */
    double smallest;                     /* smallest delta that these runs show with a power of 80 %, at JUDGE_ALPHA */
    bool shown;                          /* by judge_show */
};

/* Medians and p alone, which is cheap. */
void judge_test(const struct judge *j, const struct series side[2], struct judged *out);

/* All of it but q. Leaves the replicates for judge_split. */
void judge_figure(struct judge *j, const struct series side[2], struct judged *out);

/* shown, by q and the smallest effect that matters (a share of the value before). */
void judge_show(struct judged *d, double alpha, double effect);

struct split {                   /* of a change in time */
    bool known;
    double from_hits, from_cost;         /* their sum is delta */
    struct interval hits_ci, cost_ci;
};

/* Why the time of the figure judged last changed: it ran more often, or each time cost more. `hits` are those of the
 * runs of each side; exact ones have no spread. With cost c = time / hits: from_hits = (h1 - h0) (c0 + c1) / 2 and
 * from_cost = (c1 - c0) (h0 + h1) / 2, the split in which neither comes first (Shapley 1953). What did not run on one
 * side is all from hits. A cost cannot be told from less than a sample, which lasts `resolution` seconds. */
void judge_split(const struct judge *j, const double hits[2], const double resolution[2], const struct judged *d,
                 struct split *out);

/* Standard error of a median of n runs that have `samples` samples each, of which a share p names the figure, in the
 * unit of `whole`, what the share is of: Wilson's (see select_error), times sqrt(pi / 2 / n), the median's loss against
 * the mean for normal values, where n > 2. */
double judge_sampling_error(double p, double samples, double whole, size_t n);

#endif
