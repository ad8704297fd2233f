/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The statistics against published values.
 */
#include <math.h>

#include "db/stats/chance.h"
#include "db/stats/stats.h"
#include "tests/unit/check.h"

#define NEAR(actual, expected, by) near((actual), (expected), (by), __LINE__, #actual)
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void near(double actual, double expected, double by, int line, const char *what)
{
    if (!check_that(fabs(actual - expected) <= by, __FILE__, line, what))
        fprintf(stderr, "    expected %.6g\n    actual   %.6g\n", expected, actual);
}

/* Mann and Whitney, On a test of whether one of two random variables is stochastically larger than the other, Annals of
 * Mathematical Statistics 18 (1947), table I: P(U <= u), three decimals. */
static void table_of_mann_and_whitney(void)
{
    static const struct {
        size_t n, m;
        int u;
        double p;
    } rows[] = {
        {3, 3, 0, .050}, {3, 3, 1, .100}, {3, 3, 2, .200}, {4, 3, 0, .028}, {4, 3, 1, .057}, {4, 4, 0, .014},
        {4, 4, 1, .029}, {4, 4, 2, .057}, {4, 4, 3, .100}, {5, 5, 0, .004}, {5, 5, 1, .008}, {5, 5, 2, .016},
        {5, 5, 3, .028}, {5, 5, 4, .048}, {5, 5, 5, .075}, {6, 6, 2, .004}, {6, 6, 5, .021}, {6, 6, 7, .047},
        {8, 8, 13, .025}, {8, 8, 15, .041},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        /* a = 1 .. n, b above it; then as many steps up through b as U is to be. */
        double a[8], b[8];
        int u = rows[i].u;
        for (size_t k = 0; k < rows[i].n; k++)
            a[k] = (double)k;
        for (size_t k = 0; k < rows[i].m; k++)
            b[k] = 100 + (double)k;
        for (size_t k = rows[i].n; k-- > 0 && u > 0;) {
            int step = u < (int)rows[i].m ? u : (int)rows[i].m;
            a[k] = 100 + step - 0.5;
            u -= step;
        }
        for (size_t k = 1; k < rows[i].n; k++)
            a[k] += a[k] == a[k - 1] ? 0.1 : 0;
        NEAR(stats_rank_p(a, rows[i].n, b, rows[i].m) / 2, rows[i].p, .0006);
    }
}

/* Hollander and Wolfe, Nonparametric Statistical Methods (1973), page 69: water permeability; one-sided .1272. */
static void chorioamnion(void)
{
    const double term[] = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    const double early[] = {1.15, 0.88, 0.90, 0.74, 1.21};
    NEAR(stats_rank_p(term, 10, early, 5), 2 * 0.1272, .0001);
}

/* With ties: StatXact 4 manual, page 221, blood pressure; exact two-sided .0989 (also in R's exactRankTests). */
static void blood_pressure(void)
{
    const double treated[] = {94, 108, 110, 90};
    const double control[] = {80, 94, 85, 90, 90, 90, 108, 94, 78, 105, 88};
    NEAR(stats_rank_p(treated, 4, control, 11), .0989, .00005);
}

static void rank_edges(void)
{
    const double a[] = {1, 2, 3}, same[] = {5, 5, 5, 5};
    NEAR(stats_rank_p(a, 3, a, 3), 1, 0);
    NEAR(stats_rank_p(same, 4, same, 4), 1, 0);
    CHECK(isnan(stats_rank_p(a, 3, a, 0)));
    NEAR(stats_rank_p_min(4, 4), 2 / 70.0, 1e-12);
    NEAR(stats_rank_p_min(5, 5), 2 / 252.0, 1e-12);
    NEAR(stats_rank_p_min(9, 9), 4.1e-5, 1e-6);
    CHECK_INT(stats_runs_needed(1, 0.05), 4);
    CHECK_INT(stats_runs_needed(1000, 0.05), 9);
    /* The approximation takes over smoothly: 50 + 50 values are exact, 51 + 50 are not. */
    double x[51], y[50];
    for (int i = 0; i < 51; i++)
        x[i] = i;
    for (int i = 0; i < 50; i++)
        y[i] = i + 6.3;
    double exact = stats_rank_p(x, 50, y, 50), more = stats_rank_p(x, 51, y, 50);
    NEAR(exact, .03, .02);
    NEAR(more, exact, .02);
}

/* Conover, table A3 of the binomial: n = 10: second to ninth, 97.9 %; n = 6: first to sixth, 96.9 %; n = 20: 6th to
 * 15th, 95.9 %. */
static void median_intervals(void)
{
    double v[20];
    struct interval i;
    for (int k = 0; k < 20; k++)
        v[k] = k + 1;
    NEAR(stats_median(v, 20), 10.5, 0);
    NEAR(stats_median(v, 5), 3, 0);
    CHECK(!stats_median_interval(v, 5, .95, &i));
    CHECK(stats_median_interval(v, 6, .95, &i) && i.low == 1 && i.high == 6);
    CHECK(stats_median_interval(v, 10, .95, &i) && i.low == 2 && i.high == 9);
    CHECK(stats_median_interval(v, 20, .95, &i) && i.low == 6 && i.high == 15);
}

/* Holm: four p values, by hand. Benjamini and Hochberg: their 15 p values (section 3.1 of their article), of which the
 * procedure at .05 rejects the four smallest and Holm's three. */
static void many(void)
{
    double p[] = {.01, .04, NAN, .03, .005};
    stats_holm(p, 5);
    NEAR(p[4], .02, 1e-12);
    NEAR(p[0], .03, 1e-12);
    NEAR(p[3], .06, 1e-12);
    NEAR(p[1], .06, 1e-12);
    CHECK(isnan(p[2]));
    double q[] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1};
    double h[COUNT(q)];
    int discovered = 0, held = 0;
    memcpy(h, q, sizeof q);
    stats_benjamini_hochberg(q, COUNT(q));
    stats_holm(h, COUNT(h));
    for (size_t i = 0; i < COUNT(q); i++) {
        discovered += q[i] <= .05;
        held += h[i] <= .05;
    }
    CHECK_INT(discovered, 4);
    CHECK_INT(held, 3);
    NEAR(q[3], .0095 * 15 / 4, 1e-12);
    const double some[] = {.03, NAN, .04, .9};
    NEAR(stats_simes(some, 4), .06, 1e-12);
    CHECK(isnan(stats_simes(some + 1, 1)));
}

/* The replicates are those of plain resampling: the same mean and spread, and the same from the same seed. */
static void bootstrap_of_medians(void)
{
    const double v[] = {3, 1, 4, 1.5, 9, 2.6, 5.3, 5.8, 9.7, 9.3};
    enum { R = 20000 };
    static double fast[R], plain[R], again[R];
    struct bootstrap b, c;
    bootstrap_init(&b, R, 10, 7);
    bootstrap_init(&c, R, 10, 7);
    bootstrap_medians(&b, &(struct series){v, 10, 0}, fast);
    bootstrap_medians(&c, &(struct series){v, 10, 0}, again);
    CHECK(memcmp(fast, again, sizeof fast) == 0);
    struct chance *chance = chance_new(3);
    for (int r = 0; r < R; r++) {
        double sample[10];
        for (int i = 0; i < 10; i++)
            sample[i] = v[(int)(chance_uniform(chance) * 10)];
        plain[r] = stats_median(sample, 10);
    }
    chance_free(chance);
    double sum[2] = {0, 0};
    for (int r = 0; r < R; r++) {
        sum[0] += fast[r] / R;
        sum[1] += plain[r] / R;
    }
    NEAR(sum[0], sum[1], .05);
    struct interval x = stats_percentiles(fast, R, .95), y = stats_percentiles(plain, R, .95);
    NEAR(x.low, y.low, .4);
    NEAR(x.high, y.high, .4);
    /* One run: all that is known is the sampling error. */
    bootstrap_release(&b);
    bootstrap_init(&b, R, 1, 7);
    bootstrap_medians(&b, &(struct series){v, 1, 0.5}, fast);
    x = stats_percentiles(fast, R, .95);
    NEAR(x.low, 3 - 1.96 * .5, .03);
    NEAR(x.high, 3 + 1.96 * .5, .03);
    bootstrap_release(&b);
    bootstrap_release(&c);
}

/* A drift alone is not a difference, in blocks or interleaved; a step on top of it is. */
static void drift(void)
{
    double a[8], b[8], interleaved[16], blocks[16];
    for (int i = 0; i < 8; i++) {
        interleaved[i] = 2 * i;
        interleaved[8 + i] = 2 * i + 1;
        blocks[i] = i;
        blocks[8 + i] = 8 + i;
    }
    for (int i = 0; i < 8; i++) {
        a[i] = 100 + blocks[i] + (i % 2 ? .3 : -.3);
        b[i] = 100 + blocks[8 + i] + (i % 2 ? .3 : -.3);
    }
    struct drift d = stats_drift(a, 8, b, 8, blocks);
    CHECK(stats_rank_p(a, 8, b, 8) < .001);
    CHECK(d.p > .05);
    NEAR(d.slope, 1, .1);
    NEAR(d.inflation, 4, .1);
    for (int i = 0; i < 8; i++)
        b[i] += 10;
    d = stats_drift(a, 8, b, 8, blocks);
    CHECK(d.p < 1e-6);
    NEAR(d.difference, 10, 1);
    CHECK(stats_drift(a, 8, b, 8, interleaved).inflation < 1.1);
    CHECK(isnan(stats_drift(a, 1, b, 8, blocks).p));
    CHECK(isinf(stats_smallest(&d, 3, 3, .05)));
    CHECK(stats_smallest(&d, 8, 8, .05) > 0 && stats_smallest(&d, 8, 8, .05) < 10);
}

int main(void)
{
    table_of_mann_and_whitney();
    chorioamnion();
    blood_pressure();
    rank_edges();
    median_intervals();
    many();
    bootstrap_of_medians();
    drift();
    return check_done();
}
