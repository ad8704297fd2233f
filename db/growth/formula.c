/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Formulas that give each count exactly, or but for rounding: polynomials up to n^4 and forms with floor and ceil of
 * lg n. Each candidate is fitted from its fastest term down; a coefficient is replaced by the simplest fraction within
 * its error before the next is looked at, so that "3n^2/2 - n/2" is found and not 1.49999. A formula stands only if two
 * sizes more than it has terms agree with it.
 */
#include <math.h>

#include "db/growth/internal.h"
#include "db/stats/numeric.h"

#define SPARE 2
#define ROUNDED_MIN 100.0        /* rounding by one explains nothing about counts that are themselves small */

struct form {
    enum basis terms[4];         /* fastest first; ends with BASIS_1 */
    bool of_logs;
    bool may_round;              /* counts may be off by one, as where each is a rounded quotient */
};

static const struct form forms[] = {
    {{BASIS_N, BASIS_1}, false, true},
    {{BASIS_N2, BASIS_N, BASIS_1}, false, true},
    {{BASIS_N3, BASIS_N2, BASIS_N, BASIS_1}, false, true},
    {{BASIS_FLOOR_LG, BASIS_1}, true, false},
    {{BASIS_CEIL_LG, BASIS_1}, true, false},
    {{BASIS_FLOOR_POWER, BASIS_1}, true, false},
    {{BASIS_CEIL_POWER, BASIS_1}, true, false},
    {{BASIS_N, BASIS_FLOOR_LG, BASIS_1}, true, false},
    {{BASIS_N, BASIS_CEIL_LG, BASIS_1}, true, false},
    {{BASIS_FLOOR_POWER, BASIS_N, BASIS_1}, true, false},
    {{BASIS_CEIL_POWER, BASIS_N, BASIS_1}, true, false},
    {{BASIS_N_FLOOR_LG, BASIS_N, BASIS_1}, true, false},
    {{BASIS_N_CEIL_LG, BASIS_N, BASIS_1}, true, false},
    {{BASIS_N_FLOOR_LG, BASIS_N, BASIS_FLOOR_LG, BASIS_1}, true, false},
    {{BASIS_N_CEIL_LG, BASIS_N, BASIS_CEIL_LG, BASIS_1}, true, false},
    {{BASIS_N_FLOOR_LG, BASIS_FLOOR_POWER, BASIS_N, BASIS_1}, true, false},
    {{BASIS_N_CEIL_LG, BASIS_CEIL_POWER, BASIS_N, BASIS_1}, true, false},
    {{BASIS_N_FLOOR_LG, BASIS_FLOOR_POWER, BASIS_FLOOR_LG, BASIS_1}, true, false},
    {{BASIS_N2_FLOOR_LG, BASIS_N2, BASIS_N, BASIS_1}, true, false},
    {{BASIS_N2_CEIL_LG, BASIS_N2, BASIS_N, BASIS_1}, true, false},
    {{BASIS_N4, BASIS_N2, BASIS_N, BASIS_1}, false, false},
};

static size_t form_length(const struct form *f)
{
    size_t count = 1;
    while (f->terms[count - 1] != BASIS_1)
        count++;
    return count;
}

/* The fraction with the smallest denominator, at most `limit`, in [c - slack, c + slack], by continued fractions. */
static bool simplest(double c, double slack, int64_t limit, struct growth_term *t)
{
    double low = fabs(c) - slack, high = fabs(c) + slack;
    int64_t p0 = 0, q0 = 1, p1 = 1, q1 = 0;
    if (low <= 0) {
        t->numerator = 0;
        t->denominator = 1;
        return true;
    }
    for (int step = 0; step < 40; step++) {
        double whole = ceil(low);
        bool last = whole <= high;
        if (!last)
            whole = floor(low);
        if (whole > 9e15)
            return false;
        int64_t p2 = (int64_t)whole * p1 + p0, q2 = (int64_t)whole * q1 + q0;
        if (q2 > limit)
            return false;
        if (last) {
            t->numerator = c < 0 ? -p2 : p2;
            t->denominator = q2;
            return true;
        }
        double next_low = 1 / (high - whole), next_high = 1 / (low - whole);
        low = next_low;
        high = next_high;
        p0 = p1;
        q0 = q1;
        p1 = p2;
        q1 = q2;
    }
    return false;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    return b ? common_divisor(b, a % b) : a < 0 ? -a : a;
}

/* The decimal fraction with the fewest digits in the interval: what people write, such as 0.0005, where a smaller
 * denominator (1/1995) is as near. */
static bool shortest(double c, double slack, struct growth_term *t)
{
    for (int64_t scale = 1; scale <= 1000000000; scale *= 10) {
        double rounded = nearbyint(c * (double)scale);
        if (fabs(rounded) > 9e15)
            return false;
        if (fabs(rounded / (double)scale - c) <= slack) {
            int64_t by = common_divisor((int64_t)rounded, scale);
            t->numerator = (int64_t)rounded / by;
            t->denominator = scale / by;
            return true;
        }
    }
    return false;
}

static bool snap(double c, double slack, bool rounded, const struct form *f, struct growth_term *t)
{
    bool found = rounded ? simplest(c, slack, 128, t) || shortest(c, slack, t)
                         : simplest(c, slack, f->of_logs ? 64 : 10000, t);
    t->coefficient = found ? (double)t->numerator / (double)t->denominator : c;
    return found;
}

static long double exactly(const struct growth_term *t, double n)
{
    return basis_value(t->basis, n, 0) * t->numerator / t->denominator;
}

/* Least squares of what is left by the terms from `first` on: the coefficient of that one. */
static bool fit_first(const struct growth_series *s, const long double *left, const struct form *f, size_t first,
                      size_t terms, double *coefficient)
{
    static const double one = 1;
    double columns[4][POINTS_MAX], y[POINTS_MAX], w[POINTS_MAX], c[4];
    const double *at[4];
    for (size_t k = first; k < terms; k++) {
        at[k - first] = columns[k];
        for (size_t i = 0; i < s->count; i++)
            columns[k][i] = (double)basis_value(f->terms[k], s->n[i], 0);
    }
    for (size_t i = 0; i < s->count; i++) {
        y[i] = (double)left[i];
        w[i] = one;
    }
    bool fits = numeric_terms(at, terms - first, w, y, s->count, c);
    *coefficient = c[0];
    return fits && isfinite(c[0]);
}

static long double largest(const long double *values, size_t count)
{
    long double max = 0;
    for (size_t i = 0; i < count; i++)
        max = fmaxl(max, fabsl(values[i]));
    return max;
}

/* `rounding`: how far a coefficient may be off, in counts at the largest size; 0: the formula must give each count. */
static bool try_form(const struct growth_series *s, const struct form *f, double rounding, struct growth_model *out)
{
    bool rounded = rounding > 0;
    size_t terms = form_length(f);
    long double left[POINTS_MAX];
    if (s->count < terms + SPARE || s->count > POINTS_MAX)
        return false;
    for (size_t i = 0; i < s->count; i++)
        left[i] = s->y[i];
    *out = (struct growth_model){.rate = 0};
    for (size_t k = 0; k < terms; k++) {
        struct growth_term *t = &out->terms[out->count];
        double c, top = (double)basis_value(f->terms[k], s->n[s->count - 1], 0);
        t->basis = f->terms[k];
        if (!fit_first(s, left, f, k, terms, &c))
            return false;
        double slack = 1e-10 * (double)largest(left, s->count) / top + (rounded ? rounding / top : 1e-9);
        if (!snap(c, slack, rounded, f, t) || (k == 0 && t->numerator <= 0))
            return false;
        if (k == 0 && rounded && t->coefficient * top < ROUNDED_MIN)
            return false;
        for (size_t i = 0; i < s->count; i++)
            left[i] -= exactly(t, s->n[i]);
        out->count += t->numerator != 0;
    }
    return largest(left, s->count) <= (rounded ? 1.0L : 1e-3L);
}

static bool all_powers_of_two(const struct growth_series *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (log2(s->n[i]) != floor(log2(s->n[i])))
            return false;
    return true;
}

/* Where all sizes are powers of two nothing tells floor from ceil: the logarithm is as it is, and 2^lg n is n. */
static bool skip(const struct form *f, bool powers, struct form *plain)
{
    *plain = *f;
    if (!f->of_logs || !powers)
        return false;
    for (size_t k = 0; k < form_length(f); k++)
        switch (f->terms[k]) {
        case BASIS_FLOOR_LG: plain->terms[k] = BASIS_LG; break;
        case BASIS_N_FLOOR_LG: plain->terms[k] = BASIS_N_LG; break;
        case BASIS_N2_FLOOR_LG: plain->terms[k] = BASIS_N2_LG; break;
        case BASIS_CEIL_LG: case BASIS_N_CEIL_LG: case BASIS_N2_CEIL_LG: case BASIS_FLOOR_POWER: case BASIS_CEIL_POWER:
            return true;
        default: break;
        }
    return false;
}

/* The shortest of the forms that fit. */
static bool best_form(const struct growth_series *s, double rounding, struct growth_model *out)
{
    bool powers = all_powers_of_two(s), found = false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct form plain;
        struct growth_model m;
        if ((rounding > 0 && !forms[i].may_round) || skip(&forms[i], powers, &plain))
            continue;
        if (!try_form(s, &plain, rounding, &m) || (found && m.count >= out->count))
            continue;
        *out = m;
        found = true;
    }
    return found;
}

/* The loosest first: coefficients may be as simple as rounding by one allows. */
bool growth_formula(const struct growth_series *s, struct growth_model *out)
{
    static const double roundings[] = {0, 8, 3, 0.75};
    for (size_t i = 0; i < sizeof roundings / sizeof *roundings; i++)
        if (best_form(s, roundings[i], out))
            return true;
    return false;
}
