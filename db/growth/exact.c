/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts that repeat: a formula; else a sum of a constant and at most two terms, fitted by relative least squares to
 * all sizes but the largest, which it must then predict within one per cent (two with logarithms); else the same for
 * the sizes behind a threshold, such as that below which a sort takes another way. Counts of real programs are off
 * such laws by blocks, windows and what the data happen to be, so a sum stands alone only where others are far worse.
 */
#include <math.h>

#include "db/growth/internal.h"
#include "db/stats/numeric.h"

#define WITHIN 0.01
#define WITHIN_LOG 0.02
#define BETTER 8
#define AS_GOOD 4                /* times the error of the best: what such a sum says may be true as well */
#define DRIFT 0.05               /* what data alone may make a law without logarithms miss */
#define SPARE 3                  /* sizes more than terms */
#define COUNT_MIN 30             /* at the largest size: smaller counts are near any law */
#define TAKEN_OFF 0.5            /* of the least count: the constant of an exponential */
#define RATE_MIN 1.05            /* slower exponentials cannot be told from powers */

static const enum basis singles[] = {
    BASIS_LG, BASIS_N, BASIS_N_LG, BASIS_N2, BASIS_N2_LG, BASIS_N3,
};
#define SINGLES (sizeof singles / sizeof *singles)

struct sum {
    struct growth_model model;
    double held_out, worst;      /* relative errors: of the largest size, of the others */
    bool explains;               /* within what is asked for */
    bool by_chance;              /* no count is off by more than events that come by chance are */
};

/* A count may be off by one: whatever it is, it is a whole number. */
static double relative(double predicted, double y)
{
    return fmax(0, fabs(predicted - y) - 1) / fmax(y, 10);
}

/* Fits terms (fastest first, the constant last) to the first `count` sizes. */
static bool fit_sum(const struct growth_series *s, size_t count, struct growth_model *m)
{
    double columns[4][POINTS_MAX], w[POINTS_MAX], c[4];
    const double *at[4];
    for (size_t i = 0; i < count; i++)
        w[i] = 1 / (fmax(s->y[i], 10) * fmax(s->y[i], 10));
    for (size_t k = 0; k < m->count; k++) {
        at[k] = columns[k];
        for (size_t i = 0; i < count; i++)
            columns[k][i] = (double)basis_value(m->terms[k].basis, s->n[i], m->rate);
    }
    if (!numeric_terms(at, m->count, w, s->y, count, c))
        return false;
    for (size_t k = 0; k < m->count; k++)
        m->terms[k].coefficient = c[k];
    return true;
}

static bool all_positive(const struct growth_model *m)
{
    for (size_t k = 0; k < m->count; k++)
        if (!(m->terms[k].coefficient > 0))
            return false;
    return true;
}

static bool has_log(const struct growth_model *m)
{
    for (size_t k = 0; k < m->count; k++)
        if (m->terms[k].basis == BASIS_LG || m->terms[k].basis == BASIS_N_LG || m->terms[k].basis == BASIS_N2_LG)
            return true;
    return false;
}

/* As fit_sum(), with no constant where there is none above zero; false also where another term is not above it. */
static bool fit_positive(const struct growth_series *s, size_t count, struct growth_model *m)
{
    if (!fit_sum(s, count, m))
        return false;
    if (m->terms[m->count - 1].coefficient <= 0 && m->terms[m->count - 1].basis == BASIS_1) {
        m->count--;
        if (!fit_sum(s, count, m))
            return false;
    }
    return all_positive(m);
}

/* Fitted without the largest size, then with it; false where it makes no sense. */
static bool try_sum(const struct growth_series *s, struct sum *sum)
{
    struct growth_model *m = &sum->model;
    size_t last = s->count - 1;
    if (s->count < m->count + SPARE || !fit_positive(s, last, m))
        return false;
    double limit = has_log(m) ? WITHIN_LOG : WITHIN;
    sum->held_out = relative(growth_predict(m, s->n[last]), s->y[last]);
    sum->worst = 0;
    for (size_t i = 0; i < last; i++)
        sum->worst = fmax(sum->worst, relative(growth_predict(m, s->n[i]), s->y[i]));
    sum->explains = sum->held_out <= limit && sum->worst <= limit;
    if (!fit_positive(s, s->count, m))
        return false;
    sum->by_chance = true;
    for (size_t i = 0; i < s->count; i++)
        sum->by_chance &= fabs(growth_predict(m, s->n[i]) - s->y[i]) <= 1 + sqrt(s->y[i]);
    return true;
}

static struct growth_model model_of(enum basis first, enum basis second)
{
    struct growth_model m = {.count = 2};
    m.terms[0].basis = first;
    m.terms[1].basis = second;
    if (second != BASIS_1) {
        m.terms[2].basis = BASIS_1;
        m.count = 3;
    }
    return m;
}

static double badness(const struct sum *s)
{
    return fmax(s->held_out, s->worst);
}

/* What `s` says may be true as well as what the best one says. */
static bool is_possible(const struct sum *s, const struct sum *best)
{
    return s->by_chance || badness(s) <= AS_GOOD * badness(best) + 0.0005 ||
           (!has_log(&s->model) && badness(s) <= DRIFT);
}

/* The best of the sums with `terms` terms beside the constant, and the range of classes of those AS_GOOD. *error:
 * what the best leaves, explained or not. False: none explains the counts, and much better than `without`, the error
 * without the last term: with counts that are only near a law, two terms always come nearer. */
static bool best_sum(const struct growth_series *s, int terms, double without, double *error, struct growth *out)
{
    struct sum best = {0}, all[SINGLES * (SINGLES + 1)];
    size_t count = 0;
    *error = INFINITY;
    for (size_t i = 0; i < SINGLES; i++)
        for (size_t j = 0; j <= (terms == 1 ? 0 : i); j++) {
            struct sum sum = {.model = model_of(singles[i], j ? singles[j - 1] : BASIS_1)};
            if (!try_sum(s, &sum))
                continue;
            if ((terms == 1 || j) && badness(&sum) < *error) {
                best = sum;
                *error = badness(&sum);
            }
            all[count++] = sum;
        }
    if (!best.explains || *error > without / BETTER)
        return false;
    double largest = s->n[s->count - 1];
    out->model = best.model;
    out->held_out = best.held_out;
    out->class = out->low = out->high = growth_leading(&best.model, largest);
    for (size_t i = 0; i < count; i++) {
        enum growth_class class = growth_leading(&all[i].model, largest);
        if (!is_possible(&all[i], &best))
            continue;
        out->low = class < out->low ? class : out->low;
        out->high = class > out->high ? class : out->high;
    }
    return true;
}

/* The error of c + a rate^n, fitted without the largest size; the model is left in `m`. */
static double exponential_error(const struct growth_series *s, double rate, struct growth_model *m, double *held_out)
{
    size_t last = s->count - 1;
    double worst = 0;
    *m = model_of(BASIS_EXP, BASIS_1);
    m->rate = rate;
    if (!fit_sum(s, last, m))
        return INFINITY;
    for (size_t i = 0; i < last; i++)
        worst = fmax(worst, relative(growth_predict(m, s->n[i]), s->y[i]));
    *held_out = relative(growth_predict(m, s->n[last]), s->y[last]);
    return fmax(worst, *held_out);
}

/* The error of the best sum of two powers, also where there are too few sizes to believe it. */
static double power_error(const struct growth_series *s)
{
    static const enum basis powers[] = {BASIS_N, BASIS_N2, BASIS_N3};
    size_t last = s->count - 1;
    double best = INFINITY;
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++)
        for (size_t j = 0; j <= i; j++) {
            struct growth_model m = model_of(powers[i], j ? powers[j - 1] : BASIS_1);
            double worst = 0;
            if (!fit_sum(s, last, &m))
                continue;
            for (size_t k = 0; k < s->count; k++)
                worst = fmax(worst, relative(growth_predict(&m, s->n[k]), s->y[k]));
            best = fmin(best, worst);
        }
    return best;
}

/* A power less a constant looks like an exponential less a greater one: what is taken off must be little, and the sums
 * of powers must be far worse. */
static bool is_exponential(const struct growth_series *s, const struct growth_model *m, double error)
{
    return error <= WITHIN && m->terms[0].coefficient > 0 && m->terms[1].coefficient >= -TAKEN_OFF * s->y[0]
        && power_error(s) >= BETTER * fmax(error, WITHIN / 2);
}

/* By the golden section between the slowest rate and twice what the last two sizes show. */
static bool try_exponential(const struct growth_series *s, struct growth *out)
{
    size_t last = s->count - 1;
    double slope = log(s->y[last] / fmax(s->y[last - 1], 1)) / (s->n[last] - s->n[last - 1]);
    double low = log(RATE_MIN), high = 2 * slope, held_out = NAN;
    if (s->count < GROWTH_POINTS_MIN || !(slope > log(RATE_MIN)) || high * s->n[last] > 600)
        return false;
    struct growth_model m;
    const double golden = 0.6180339887498949;
    for (int step = 0; step < 80; step++) {
        double a = high - golden * (high - low), b = low + golden * (high - low);
        if (exponential_error(s, exp(a), &m, &held_out) < exponential_error(s, exp(b), &m, &held_out))
            high = b;
        else
            low = a;
    }
    double error = exponential_error(s, exp((low + high) / 2), &m, &held_out);
    if (!is_exponential(s, &m, error))
        return false;
    out->model = m;
    out->held_out = held_out;
    out->class = out->low = out->high = GROWTH_EXPONENTIAL;
    return true;
}

static bool explain(const struct growth_series *s, struct growth *out)
{
    struct growth_model m;
    if (growth_formula(s, &m)) {
        out->model = m;
        out->exact = true;
        out->held_out = 0;
        out->class = out->low = out->high = growth_leading(&m, s->n[s->count - 1]);
        return true;
    }
    if (s->count < GROWTH_POINTS_MIN)
        return false;
    if (s->n[s->count - 1] < GROWTH_SPAN_MIN * s->n[0])
        return try_exponential(s, out);
    if (s->y[s->count - 1] < COUNT_MIN)
        return false;
    double one, two;
    return best_sum(s, 1, INFINITY, &one, out) || try_exponential(s, out) || best_sum(s, 2, one, &two, out);
}

bool growth_exact(const struct growth_series *s, struct growth *out)
{
    for (size_t skip = 0; !skip || skip + GROWTH_POINTS_MIN <= s->count; skip++) {
        struct growth_series tail = {s->count - skip, s->n + skip, s->y + skip};
        if (!explain(&tail, out))
            continue;
        out->from_n = skip ? tail.n[0] : 0;
        out->confidence = 1;
        return true;
    }
    return false;
}
