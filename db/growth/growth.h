/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a metric grows with a parameter n: its class, a model, and how sure that is. Pure: no store, no tables.
 *
 * Counts that repeat exactly are explained by formulas (growth/exact.c): polynomials with rational coefficients, forms
 * with floor and ceil of lg n, sums of two terms that predict a size they have not seen. Everything else is noisy
 * (growth/noisy.c): c + a f(n) with a, c >= 0, chosen by leave-one-out error, the simplest within one standard error,
 * and kept only as far as resampling the runs keeps it. Where data allow several classes the answer is all of them.
 */
#ifndef DB_GROWTH_GROWTH_H
#define DB_GROWTH_GROWTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "db/growth/basis.h"

/* Fewer sizes, or a narrower range, carry no class but that of a formula that fits exactly. */
#define GROWTH_POINTS_MIN 5
#define GROWTH_SPAN_MIN 16.0
#define GROWTH_TERMS_MAX 5

struct growth_point {
    double n;                    /* > 0; points are in rising order of n, each n once */
    const double *values;        /* one per run, >= 0; borrowed */
    size_t count;                /* >= 1 */
    double sampling;             /* relative standard error of one value that comes of its own measuring; 0: none */
};

struct growth_term {
    enum basis basis;
    double coefficient;
    int64_t numerator, denominator;      /* of the coefficient where it is exact; denominator 0: it is not */
};

struct growth_model {
    struct growth_term terms[GROWTH_TERMS_MAX];  /* fastest first */
    size_t count;
    double rate;                 /* what the exponential term is a power of */
};

struct growth {
    enum growth_class class;
    enum growth_class low, high; /* all classes that the data allow; both as `class` where it is one */
    bool exact;                  /* the model gives each count, but for rounding by one */
    double confidence;           /* share of the resampled data with this class; 1 where exact */
    double exponent, exponent_low, exponent_high;        /* slope of log y by log n, its 95 % interval */
    struct growth_model model;   /* count 0: none */
    double from_n;               /* sizes below follow another rule; 0: none does */
    double constant_share;       /* of the value at the largest size: what does not grow with n */
    double held_out;             /* relative error at the largest size as predicted by the others; NAN: not known */
    double noise;                /* relative standard deviation of one run */
    const char *why;             /* of an inconclusive or doubtful answer; NULL */
};

/* `counted`: a count, explained exactly where all runs of a size agree. Same input, same answer. */
void growth_classify(const struct growth_point *points, size_t count, bool counted, uint64_t seed,
                     struct growth *out);

/* Makes `class`, which is one of those that the data allow, the answer, with its model. */
void growth_settle(const struct growth_point *points, size_t count, enum growth_class class, struct growth *g);

double growth_predict(const struct growth_model *m, double n);

/* Slope of log y by log n between point i and the next; NAN where a value is 0. */
double growth_slope(const struct growth_point *points, size_t i);

/* The first i between whose point and the next the value grows by a power of n that is higher by one than on both
 * sides of it, and by more than its runs vary; SIZE_MAX: there is no such cliff. */
size_t growth_cliff(const struct growth_point *points, size_t count);

/* The smallest n in (from, to] from which on `a` is above `b`, having been below; NAN: it never overtakes there. */
double growth_crossover(const struct growth_model *a, const struct growth_model *b, double from, double to);

/* "3n^2/2 - n/2", "0.00175 n^2 + 1.96"; the unit is the caller's. Appends. */
void growth_model_text(const struct growth_model *m, const char *n, struct str *out);

/* "n log n", or "n..n log n" where it is not one class. Appends. */
void growth_class_text(const struct growth *g, struct str *out);

#endif
