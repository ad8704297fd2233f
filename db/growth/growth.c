/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/growth/growth.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "db/growth/internal.h"
#include "db/stats/chance.h"
#include "db/stats/stats.h"

#define RUNS_MAX 32              /* of a size; further ones are not looked at */
#define FALLS (-0.05)            /* exponent */
#define REACH 4
#define LEADS 0.10               /* share of the value at REACH times the largest size: makes a term the leading one */

double growth_predict(const struct growth_model *m, double n)
{
    long double sum = 0;
    for (size_t k = 0; k < m->count; k++) {
        const struct growth_term *t = &m->terms[k];
        long double value = basis_value(t->basis, n, m->rate);
        sum += t->denominator ? value * t->numerator / t->denominator : value * t->coefficient;
    }
    return (double)sum;
}

static double term_value(const struct growth_model *m, size_t k, double n)
{
    return (double)basis_value(m->terms[k].basis, n, m->rate) * m->terms[k].coefficient;
}

enum growth_class growth_leading(const struct growth_model *m, double largest)
{
    double n = REACH * largest, all = fabs(growth_predict(m, n));
    for (size_t k = 0; k + 1 < m->count; k++)
        if (fabs(term_value(m, k, n)) >= LEADS * all)
            return basis_class(m->terms[k].basis);
    return m->count ? basis_class(m->terms[m->count - 1].basis) : GROWTH_CONSTANT;
}

double growth_slope(const struct growth_point *points, size_t i)
{
    double a = stats_median(points[i].values, points[i].count);
    double b = stats_median(points[i + 1].values, points[i + 1].count);
    return a > 0 && b > 0 ? log(b / a) / log(points[i + 1].n / points[i].n) : NAN;
}

double growth_power(const double *n, const double *y, size_t count, double *slope, double *spread)
{
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, left = 0, m = (double)count;
    for (size_t i = 0; i < count; i++) {
        mean_x += log(n[i]) / m;
        mean_y += log(y[i]) / m;
    }
    for (size_t i = 0; i < count; i++) {
        xx += (log(n[i]) - mean_x) * (log(n[i]) - mean_x);
        xy += (log(n[i]) - mean_x) * (log(y[i]) - mean_y);
    }
    *slope = xy / xx;
    *spread = xx;
    for (size_t i = 0; i < count; i++) {
        double e = log(y[i]) - mean_y - *slope * (log(n[i]) - mean_x);
        left += e * e;
    }
    return left;
}

static bool all_positive(const struct growth_series *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (!(s->y[i] > 0))
            return false;
    return true;
}

/* The slope by size, and Student's interval of it. */
static void exponent(const struct growth_series *s, struct growth *out)
{
    double spread, freedom = (double)s->count - 2;
    out->exponent = out->exponent_low = out->exponent_high = NAN;
    if (s->count < 2 || !all_positive(s))
        return;
    double left = growth_power(s->n, s->y, s->count, &out->exponent, &spread);
    if (s->count < 3)
        return;
    double half = chance_t_quantile(0.975, freedom) * sqrt(left / freedom / spread);
    out->exponent_low = out->exponent - half;
    out->exponent_high = out->exponent + half;
}

static bool repeats(const struct growth_point *points, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 1; k < points[i].count; k++)
            if (points[i].values[k] != points[i].values[0])
                return false;
    return true;
}

static bool all_equal(const struct growth_series *s)
{
    for (size_t i = 1; i < s->count; i++)
        if (s->y[i] != s->y[0])
            return false;
    return true;
}

static void constant(const struct growth_series *s, struct growth *out)
{
    out->class = out->low = out->high = GROWTH_CONSTANT;
    out->exact = true;
    out->confidence = 1;
    out->held_out = 0;
    out->model.count = 1;
    out->model.terms[0] = (struct growth_term){BASIS_1, s->y[0], (int64_t)s->y[0], s->y[0] == floor(s->y[0])};
}

/* Why no class of growth can be seen; NULL: one may. `falling`: the largest exponent that the values allow. */
static const char *too_little(const struct growth_series *s, double falling)
{
    if (s->count < GROWTH_POINTS_MIN)
        return "fewer than 5 sizes";
    if (s->n[s->count - 1] < GROWTH_SPAN_MIN * s->n[0])
        return "the sizes span less than 16 times";
    if (!all_positive(s))
        return "some values are 0";
    return falling < FALLS ? "it falls as n grows" : NULL;
}

static void classify(const struct growth_point *points, const struct growth_series *s, bool counted, uint64_t seed,
                     struct growth *out)
{
    counted = counted && repeats(points, s->count);
    if (counted && s->count >= 3 && all_equal(s)) {
        constant(s, out);
        return;
    }
    if (counted && s->count >= 4 && growth_exact(s, out))
        return;
    out->why = too_little(s, out->exponent_high);
    if (!out->why)
        growth_noisy(points, s, counted, seed, out);
}

static double least(const struct growth_point *p)
{
    double value = p->values[0];
    for (size_t i = 1; i < p->count; i++)
        value = fmin(value, p->values[i]);
    return value;
}

static double most(const struct growth_point *p)
{
    double value = p->values[0];
    for (size_t i = 1; i < p->count; i++)
        value = fmax(value, p->values[i]);
    return value;
}

size_t growth_cliff(const struct growth_point *points, size_t count)
{
    for (size_t i = 1; i + 2 < count; i++) {
        double beside = fmax(growth_slope(points, i - 1), growth_slope(points, i + 1));
        double ratio = points[i + 1].n / points[i].n;
        if (growth_slope(points, i) > beside + 1 && least(&points[i + 1]) > most(&points[i]) * pow(ratio, beside))
            return i;
    }
    return SIZE_MAX;
}

/* The Hodges-Lehmann estimate: the median of the means of all pairs. As good as the mean where noise is normal (0.95,
 * the median has 0.64; Hodges and Lehmann 1963), and some slow runs do not move it. */
static double middle(const double *values, size_t count)
{
    size_t used = count < RUNS_MAX ? count : RUNS_MAX, pairs = 0;
    double means[RUNS_MAX * (RUNS_MAX + 1) / 2];
    for (size_t i = 0; i < used; i++)
        for (size_t k = i; k < used; k++)
            means[pairs++] = (values[i] + values[k]) / 2;
    return stats_median(means, pairs);
}

void growth_middles(const struct growth_point *points, const struct growth_series *s, double *n, double *y)
{
    for (size_t i = 0; i < s->count; i++) {
        n[i] = points[i].n;
        y[i] = middle(points[i].values, points[i].count);
    }
}

void growth_constant_share(const struct growth_series *s, struct growth *out)
{
    double largest = s->count ? growth_predict(&out->model, s->n[s->count - 1]) : 0;
    if (!out->model.count || !(largest > 0))
        return;
    const struct growth_term *last = &out->model.terms[out->model.count - 1];
    out->constant_share = last->basis == BASIS_1 ? fmax(0, last->coefficient) / largest : 0;
}

void growth_classify(const struct growth_point *points, size_t count, bool counted, uint64_t seed,
                     struct growth *out)
{
    double n[POINTS_MAX], y[POINTS_MAX];
    struct growth_series s = {count < POINTS_MAX ? count : POINTS_MAX, n, y};
    *out = (struct growth){.class = GROWTH_INCONCLUSIVE, .low = GROWTH_INCONCLUSIVE, .high = GROWTH_INCONCLUSIVE,
                           .held_out = NAN, .noise = 0, .constant_share = NAN};
    growth_middles(points, &s, n, y);
    exponent(&s, out);
    classify(points, &s, counted, seed, out);
    growth_constant_share(&s, out);
}

double growth_crossover(const struct growth_model *a, const struct growth_model *b, double from, double to)
{
    if (growth_predict(a, to) <= growth_predict(b, to) || growth_predict(a, from) > growth_predict(b, from))
        return NAN;
    for (int step = 0; step < 200; step++) {
        double middle = sqrt(from * to);
        if (growth_predict(a, middle) > growth_predict(b, middle))
            to = middle;
        else
            from = middle;
    }
    return to;
}

static void add_basis(enum basis b, const struct growth_model *m, const char *n, struct str *out)
{
    for (const char *c = basis_text(b); *c; c++) {
        if (*c == '$')
            str_add(out, n);
        else if (*c == '%')
            str_addf(out, "%.4g", m->rate);
        else
            str_add_char(out, *c);
    }
}

static void add_exact(const struct growth_term *t, const struct growth_model *m, const char *n, struct str *out)
{
    int64_t by = t->numerator < 0 ? -t->numerator : t->numerator;
    if (t->basis == BASIS_1 || by != 1)
        str_addf(out, "%lld", (long long)by);
    if (t->basis != BASIS_1 && by != 1)
        str_add(out, isdigit((unsigned char)*basis_text(t->basis)) ? " * " : strlen(n) > 1 ? " " : "");
    if (t->basis != BASIS_1)
        add_basis(t->basis, m, n, out);
    if (t->denominator != 1)
        str_addf(out, "/%lld", (long long)t->denominator);
}

/* Fractions that nobody would write: they are decimals (formula.c). */
static bool is_clumsy(const struct growth_term *t)
{
    return t->denominator >= 10000 && t->numerator != 1 && t->numerator != -1;
}

static void add_number(const struct growth_term *t, const struct growth_model *m, const char *n, struct str *out)
{
    char number[32];
    snprintf(number, sizeof number, t->denominator ? "%.10g" : "%.3g", fabs(t->coefficient));
    if (t->basis == BASIS_1) {
        str_add(out, number);
        return;
    }
    if (strcmp(number, "1") != 0)
        str_addf(out, "%s ", number);
    add_basis(t->basis, m, n, out);
}

void growth_model_text(const struct growth_model *m, const char *n, struct str *out)
{
    for (size_t k = 0; k < m->count; k++) {
        const struct growth_term *t = &m->terms[k];
        str_add(out, k ? t->coefficient < 0 ? " - " : " + " : t->coefficient < 0 ? "-" : "");
        if (t->denominator && !is_clumsy(t))
            add_exact(t, m, n, out);
        else
            add_number(t, m, n, out);
    }
    if (!m->count)
        str_add(out, "0");
}

void growth_class_text(const struct growth *g, struct str *out)
{
    if (g->low != g->high)
        str_addf(out, "%s..%s", growth_class_name(g->low), growth_class_name(g->high));
    else
        str_add(out, growth_class_name(g->class));
}
