/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What runs say of a figure, and why it changed.
 */
#include <math.h>

#include "db/compare/judge.h"
#include "tests/unit/check.h"

static void near(double actual, double expected, double by, int line)
{
    if (!check_that(fabs(actual - expected) <= by, __FILE__, line, "near"))
        fprintf(stderr, "    expected %.6g\n    actual   %.6g\n", expected, actual);
}

#define NEAR(actual, expected, by) near((actual), (expected), (by), __LINE__)

enum { N = 8 };

static struct judge make(void)
{
    double order[2 * N];
    struct judge j;
    for (int i = 0; i < 2 * N; i++)
        order[i] = i < N ? 2 * i : 2 * (i - N) + 1;
    judge_init(&j, N, N, order, 2000, 1);
    return j;
}

/* Times around `a` and `b`; the standard deviation is about 1 % of a. */
static struct judged figure(struct judge *j, double a, double b)
{
    static const double wobble[N] = {-1.5, .7, -.2, 1.4, .1, -.8, .9, -.6};
    static double before[N], after[N];
    for (int i = 0; i < N; i++) {
        before[i] = a + wobble[i] * a / 100;
        after[i] = b + wobble[(i + 3) % N] * a / 100;
    }
    struct series series[2] = {{before, N, 0}, {after, N, 0}};
    struct judged d;
    judge_figure(j, series, &d);
    return d;
}

static void shown(void)
{
    struct judge j = make();
    struct judged d = figure(&j, 1, 1.1);
    judge_show(&d, JUDGE_ALPHA, JUDGE_EFFECT);
    CHECK(d.shown);
    CHECK(d.ci.low < 0.1 && d.ci.high > 0.1 && d.ci.low > 0.05);
    NEAR(d.ratio, 1.1, 0.02);
    d = figure(&j, 1, 1.03);
    judge_show(&d, JUDGE_ALPHA, JUDGE_EFFECT);
    CHECK(d.p < .05 && !d.shown);                /* sure, but too small to matter */
    judge_show(&d, JUDGE_ALPHA, JUDGE_PROGRAM_EFFECT);
    CHECK(d.shown);
    d = figure(&j, 1, 1);
    judge_show(&d, JUDGE_ALPHA, JUDGE_EFFECT);
    CHECK(!d.shown && d.p > .2);
    NEAR(d.smallest, .017, .01);
    judge_release(&j);
}

static void why(void)
{
    struct judge j = make();
    struct split s;
    const double none[2] = {0, 0}, sample[2] = {.001, .001};
    struct judged d = figure(&j, 1, 3);
    judge_split(&j, (double[2]){100, 300}, none, &d, &s);        /* three times as often, at the same cost */
    NEAR(s.from_hits, 2, .1);
    NEAR(s.from_cost, 0, .1);
    CHECK(s.cost_ci.low < 0 && s.cost_ci.high > 0 && s.hits_ci.low > 1.9);
    judge_split(&j, (double[2]){100, 100}, none, &d, &s);        /* as often, at three times the cost */
    NEAR(s.from_hits, 0, 1e-9);
    NEAR(s.from_cost, 2, .1);
    judge_split(&j, (double[2]){100, 150}, none, &d, &s);        /* both: (50)(.01 + .02)/2 and the rest */
    NEAR(s.from_hits, .75, .05);
    NEAR(s.from_hits + s.from_cost, d.delta, 1e-9);
    d = figure(&j, 0, 2);
    judge_split(&j, (double[2]){0, 100}, none, &d, &s);          /* it is new */
    NEAR(s.from_hits, 2, .1);
    NEAR(s.from_cost, 0, 1e-9);
    judge_split(&j, (double[2]){.01, 1000}, sample, &d, &s);     /* unseen before: may cost the same */
    NEAR(s.from_hits, 2, .1);
    NEAR(s.from_cost, 0, .01);
    judge_split(&j, (double[2]){1000, 1000}, sample, &d, &s);    /* it would have been seen */
    NEAR(s.from_cost, 2, .1);
    judge_release(&j);
}

/* Wilson's error at p = 1/2 of 100 samples is 5 %, less the shrinkage; of the median of 4 runs. */
static void sampling(void)
{
    NEAR(judge_sampling_error(.5, 100, 2, 1), 2 * .05, .001);
    NEAR(judge_sampling_error(.5, 100, 2, 4), 2 * .05 * sqrt(M_PI / 2 / 4), .001);
    CHECK(judge_sampling_error(0, 100, 2, 4) > 0);
    NEAR(judge_sampling_error(.5, 0, 2, 4), 0, 0);
}

int main(void)
{
    shown();
    why();
    sampling();
    return check_done();
}
