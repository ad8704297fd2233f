/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values with noise: each class is c + a f(n), a, c >= 0, fitted by relative least squares to the middle values of the
 * sizes. A class is judged by how well it predicts sizes that it was not fitted to (leave one out); the slowest class
 * within one standard error of the best is taken. Then values are drawn again with the error that the runs show (few
 * runs do not stand for their own distribution): the class stands alone if it keeps being taken, and if it would not be
 * were one of its neighbours the true one.
 */
#include <math.h>

#include "db/growth/internal.h"
#include "db/stats/chance.h"
#include "db/stats/numeric.h"

#define RESAMPLES 300
#define SURE 0.95                /* share of the resamples that makes one class the answer */
#define COVERED 0.995            /* else: that all named classes have together */
#define RARE 0.05                /* of the cases: how often a class may be taken while another is true */
#define FLAT 0.03
#define MISFIT 0.15              /* relative; a class that leaves more, and more than noise does, is not right */
#define PIECE_MIN 3
#define FLOOR 0.25               /* of the standard error of a size: differences below are noise */
#define RATE_MIN 1.05

static const enum basis bases[] = {
    BASIS_1, BASIS_LG, BASIS_N, BASIS_N_LG, BASIS_N2, BASIS_N2_LG, BASIS_N3, BASIS_EXP,
};
#define BASES (sizeof bases / sizeof *bases)

struct noisy {
    size_t count;
    double n[POINTS_MAX], y[POINTS_MAX];
    double error[POINTS_MAX];    /* relative standard error of y */
    double trust[POINTS_MAX];    /* weight of a size by its error; 1 on average */
    double floor;                /* prediction errors below are noise */
    double rate;                 /* of the exponential; 0: none can be meant */
    double columns[BASES][POINTS_MAX];
};

static void fill_column(struct noisy *d, size_t k)
{
    for (size_t i = 0; i < d->count; i++)
        d->columns[k][i] = (double)basis_value(bases[k], d->n[i], d->rate);
}

/* The exponential is the one class that the values have a part in. */
static void set_rate(struct noisy *d)
{
    size_t last = d->count - 1;
    double slope = log(d->y[last] / d->y[last - 1]) / (d->n[last] - d->n[last - 1]);
    d->rate = slope > log(RATE_MIN) && slope * d->n[last] < 600 ? exp(slope) : 0;
    for (size_t k = 0; k < BASES; k++)
        if (bases[k] == BASIS_EXP)
            fill_column(d, k);
}

/* Coefficients of class k without point `out` (count: with all). */
static void fit(const struct noisy *d, size_t k, size_t out, double c[2])
{
    double x[POINTS_MAX], w[POINTS_MAX], y[POINTS_MAX], sum = 0, weights = 0;
    size_t m = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (i == out)
            continue;
        x[m] = d->columns[k][i];
        y[m] = d->y[i];
        w[m] = d->trust[i] / (d->y[i] * d->y[i]);
        sum += w[m] * y[m];
        weights += w[m++];
    }
    c[0] = sum / weights;
    c[1] = 0;
    if (bases[k] != BASIS_1)
        numeric_line(x, w, y, m, c);
}

static double miss(const struct noisy *d, size_t k, const double c[2], size_t i)
{
    return log((c[0] + c[1] * d->columns[k][i]) / d->y[i]);
}

/* Root mean square of the relative errors of the left-out points; *spread: standard error of that. */
static double left_out(const struct noisy *d, size_t k, double *spread)
{
    double sum = 0, squares = 0, m = (double)d->count;
    for (size_t i = 0; i < d->count; i++) {
        double c[2];
        fit(d, k, i, c);
        double e = miss(d, k, c, i);
        sum += d->trust[i] * e * e;
        squares += d->trust[i] * d->trust[i] * e * e * e * e;
    }
    double mean = sum / m, variance = fmax(0, squares / m - mean * mean);
    double rms = fmax(sqrt(mean), d->floor);
    *spread = sqrt(variance / m) / (2 * rms);
    return rms;
}

/* The class that is taken; *error: its left-out error. */
static size_t choose(const struct noisy *d, double *error)
{
    double errors[BASES], spread[BASES];
    size_t best = 0;
    for (size_t k = 0; k < BASES; k++) {
        errors[k] = bases[k] == BASIS_EXP && !d->rate ? INFINITY : left_out(d, k, &spread[k]);
        if (errors[k] < errors[best])
            best = k;
    }
    size_t chosen = best;
    for (size_t k = best; k-- > 0;)
        if (errors[k] <= errors[best] + spread[best])
            chosen = k;
    *error = errors[chosen];
    return chosen;
}

/* Relative standard deviation of one run beside what its measuring explains, pooled over the sizes; NAN where each size
 * has one run. */
static double pooled_noise(const struct growth_point *points, size_t count)
{
    double sum = 0, freedom = 0;
    for (size_t i = 0; i < count; i++) {
        double mean = 0, squares = 0, m = (double)points[i].count;
        for (size_t k = 0; k < points[i].count; k++)
            mean += points[i].values[k] / m;
        for (size_t k = 0; k < points[i].count && mean > 0; k++)
            squares += (points[i].values[k] / mean - 1) * (points[i].values[k] / mean - 1);
        sum += squares - (m - 1) * points[i].sampling * points[i].sampling;
        freedom += m - 1;
    }
    return freedom > 0 ? sqrt(fmax(0, sum / freedom)) : NAN;
}

/* What class k leaves when it is fitted to all sizes. */
static double fitted(const struct noisy *d, size_t k)
{
    double c[2], sum = 0;
    fit(d, k, d->count, c);
    for (size_t i = 0; i < d->count; i++)
        sum += d->trust[i] * miss(d, k, c, i) * miss(d, k, c, i);
    return sqrt(sum / ((double)d->count - 2));
}

/* One run each: the noise is what the best class leaves. */
static double residual_noise(const struct noisy *d)
{
    double least = INFINITY;
    for (size_t k = 0; k < BASES; k++)
        if (bases[k] != BASIS_EXP || d->rate)
            least = fmin(least, fitted(d, k));
    return least;
}

/* No class is right: two laws, if cutting the sizes in two explains far more than one power law does; else unknown. */
static void misfit(const struct noisy *d, struct growth *out)
{
    double slope, spread, whole = growth_power(d->n, d->y, d->count, &slope, &spread), least = INFINITY;
    size_t cut = 0;
    for (size_t k = PIECE_MIN; k + PIECE_MIN <= d->count; k++) {
        double left = growth_power(d->n, d->y, k, &slope, &spread) +
                      growth_power(d->n + k, d->y + k, d->count - k, &slope, &spread);
        if (left < least) {
            least = left;
            cut = k;
        }
    }
    bool two = cut && least < whole / 9 && sqrt(least / (double)d->count) < MISFIT;
    out->class = out->low = out->high = two ? GROWTH_PIECEWISE : GROWTH_INCONCLUSIVE;
    out->from_n = two ? d->n[cut] : 0;
    out->why = two ? "the sizes follow two laws" : "no class explains the sizes";
    out->model.count = 0;
}

/* What would be taken if `truth` were the true values. */
static void tally(const struct noisy *d, const double *truth, uint64_t seed, size_t votes[BASES])
{
    struct chance *random = chance_new(seed);
    struct noisy again = *d;
    double error;
    for (int round = 0; round < RESAMPLES; round++) {
        for (size_t i = 0; i < d->count; i++)
            again.y[i] = truth[i] * exp(d->error[i] * chance_normal(random));
        set_rate(&again);
        votes[choose(&again, &error)]++;
    }
    chance_free(random);
}

/* The 99.9 % quantile of chi-squared (Wilson and Hilferty 1931). */
static double chi_squared_limit(double freedom)
{
    double step = 2 / (9 * freedom);
    return freedom * pow(1 - step + 3.09 * sqrt(step), 3);
}

/* Could class k be the true one: do the values agree with it, and would `taken` then be taken more than rarely? */
static bool rivals(const struct noisy *d, size_t k, size_t taken, uint64_t seed)
{
    double c[2], truth[POINTS_MAX], sum = 0;
    size_t votes[BASES] = {0};
    if (bases[k] == BASIS_EXP && !d->rate)
        return false;
    fit(d, k, d->count, c);
    for (size_t i = 0; i < d->count; i++) {
        truth[i] = c[0] + c[1] * d->columns[k][i];
        sum += pow(miss(d, k, c, i) / fmax(d->error[i], 1e-9), 2);
    }
    if (sum > chi_squared_limit((double)d->count - 2))
        return false;
    tally(d, truth, seed, votes);
    return (double)votes[taken] >= RARE * RESAMPLES;
}

/* The smallest range of classes around the most frequent one that has COVERED of the votes. */
static void range(const size_t votes[BASES], size_t top, size_t *low, size_t *high)
{
    size_t all = 0, inside = votes[top];
    for (size_t k = 0; k < BASES; k++)
        all += votes[k];
    *low = *high = top;
    while ((double)inside < COVERED * (double)all) {
        size_t down = 0, up = 0;
        for (size_t k = 0; k < *low; k++)
            down += votes[k];
        for (size_t k = *high + 1; k < BASES; k++)
            up += votes[k];
        if (down > up)
            inside += votes[--*low];
        else
            inside += votes[++*high];
    }
}

static void set_model(const struct noisy *d, size_t k, struct growth *out)
{
    double c[2];
    fit(d, k, d->count, c);
    out->model = (struct growth_model){.rate = d->rate};
    if (c[1] > 0)
        out->model.terms[out->model.count++] = (struct growth_term){.basis = bases[k], .coefficient = c[1]};
    if (c[0] > 0)
        out->model.terms[out->model.count++] = (struct growth_term){.basis = BASIS_1, .coefficient = c[0]};
    fit(d, k, d->count - 1, c);
    out->held_out = fabs(expm1(miss(d, k, c, d->count - 1)));
}

/* All values within FLAT of one another: whatever they follow, it is nothing to speak of. */
static bool flat(const struct noisy *d)
{
    double least = d->y[0], most = d->y[0];
    for (size_t i = 1; i < d->count; i++) {
        least = fmin(least, d->y[i]);
        most = fmax(most, d->y[i]);
    }
    return most <= least * (1 + FLAT);
}

static void answer(const struct noisy *d, bool repeating, uint64_t seed, struct growth *out)
{
    size_t votes[BASES] = {0}, all = 0, low, high;
    double error;
    size_t taken = choose(d, &error), top = taken;
    if (flat(d)) {
        out->class = out->low = out->high = GROWTH_CONSTANT;
        out->confidence = 1;
        set_model(d, 0, out);
        return;
    }
    tally(d, d->y, seed, votes);
    for (size_t k = 0; k < BASES; k++) {
        all += votes[k];
        if (votes[k] > votes[top])
            top = k;
    }
    out->confidence = all ? (double)votes[top] / (double)all : 0;
    range(votes, top, &low, &high);
    if (out->confidence >= SURE && top == taken)
        low = high = top;
    low = taken < low ? taken : low;
    high = taken > high ? taken : high;
    while (taken && low > 1 && rivals(d, low - 1, taken, seed))
        low--;
    while (taken && high + 1 < BASES && rivals(d, high + 1, taken, seed))    /* a constant is one of each class */
        high++;
    out->class = basis_class(bases[taken]);
    out->low = basis_class(bases[low]);
    out->high = basis_class(bases[high]);
    set_model(d, taken, out);
    if (fitted(d, taken) > (repeating ? MISFIT : fmax(MISFIT, 3 * d->floor / FLOOR)))
        misfit(d, out);
}

/* Errors of the middle values, and what weight they leave each size. */
static void weigh(const struct growth_point *points, double noise, struct noisy *d)
{
    double sum = 0, m = (double)d->count;
    for (size_t i = 0; i < d->count; i++) {
        d->error[i] = hypot(noise, points[i].sampling) / sqrt((double)points[i].count);
        sum += 1 / fmax(d->error[i] * d->error[i], 1e-12);
    }
    for (size_t i = 0; i < d->count; i++)
        d->trust[i] = m / sum / fmax(d->error[i] * d->error[i], 1e-12);
    d->floor = FLOOR * sqrt(m / sum);
}

/* Everything but the answer. */
static void describe(const struct growth_point *points, const struct growth_series *middles, bool repeating,
                     struct noisy *d, double *noise)
{
    *d = (struct noisy){.count = middles->count};
    for (size_t i = 0; i < d->count; i++) {
        d->n[i] = middles->n[i];
        d->y[i] = middles->y[i];
        d->trust[i] = 1;
    }
    for (size_t k = 0; k < BASES; k++)
        fill_column(d, k);
    set_rate(d);
    *noise = repeating ? NAN : pooled_noise(points, d->count);
    if (isnan(*noise))
        *noise = residual_noise(d);
    weigh(points, *noise, d);
}

void growth_noisy(const struct growth_point *points, const struct growth_series *middles, bool repeating, uint64_t seed,
                  struct growth *out)
{
    struct noisy d;
    describe(points, middles, repeating, &d, &out->noise);
    answer(&d, repeating, seed, out);
}

void growth_settle(const struct growth_point *points, size_t count, enum growth_class class, struct growth *g)
{
    double n[POINTS_MAX], y[POINTS_MAX], noise;
    struct growth_series middles = {count < POINTS_MAX ? count : POINTS_MAX, n, y};
    struct noisy d;
    growth_middles(points, &middles, n, y);
    describe(points, &middles, false, &d, &noise);
    for (size_t k = 0; k < BASES; k++)
        if (basis_class(bases[k]) == class)
            set_model(&d, k, g);
    g->class = g->low = g->high = class;
    growth_constant_share(&middles, g);
}
