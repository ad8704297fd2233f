/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/study/best.h"

#include <math.h>

#include "db/study/capacity.h"
#include "tests/unit/check.h"

static void finds_the_best(void)
{
    const struct best_option times[] = {{3, 2.9, 3.1}, {NAN, NAN, NAN}, {1, 0.9, 1.1}, {2, 1.8, 2.2}};
    struct best b;
    CHECK(best_find(times, 4, false, &b));
    CHECK(b.first == 2 && b.second == 3 && b.clear && b.sure);
    CHECK(fabs(b.factor - 2) < 1e-12);
    CHECK(best_find(times, 4, true, &b));
    CHECK(b.first == 0 && b.second == 3 && b.clear);
    CHECK(fabs(b.factor - 1.5) < 1e-12);
    CHECK(!best_find(times, 2, false, &b));
}

static void says_when_it_cannot_tell(void)
{
    const struct best_option near[] = {{1, 0.8, 1.3}, {1.2, 1.1, 1.4}}, once[] = {{1, NAN, NAN}, {9, NAN, NAN}};
    const struct best_option zero[] = {{0, 0, 0}, {2, 2, 2}};
    struct best b;
    CHECK(best_find(near, 2, false, &b) && b.first == 0 && b.sure && !b.clear);
    CHECK(best_find(once, 2, false, &b) && b.first == 0 && !b.sure && !b.clear);
    CHECK(best_find(zero, 2, false, &b) && b.first == 0 && isinf(b.factor) && b.clear);
}

/* Seconds a step of a program that takes 1e-6 n^2. */
static void add(struct capacity_curve *c, double n)
{
    *vec_push(&c->points) = (struct capacity_point){n, 1e-6 * n * n};
}

static const struct growth_model square = {.terms = {{.basis = BASIS_N2, .coefficient = 1e-6}}, .count = 1};

static void stays_within_limits(void)
{
    struct capacity_curve c = {0};
    for (double n = 10; n <= 1000; n *= 10)
        add(&c, n);
    struct capacity between = capacity_within(&c, 0.25);
    CHECK(between.end == CAPACITY_BETWEEN && fabs(between.n - 500) < 0.01);
    CHECK(capacity_within(&c, 1e-5).end == CAPACITY_NONE);
    struct capacity open = capacity_within(&c, 4);
    CHECK(open.end == CAPACITY_OPEN && open.n == 1000);
    c.model = &square;
    struct capacity far = capacity_within(&c, 4);
    CHECK(far.end == CAPACITY_PREDICTED && fabs(far.n - 2000) < 0.01);
    open = capacity_within(&c, 1e9);
    CHECK(open.end == CAPACITY_OPEN && open.n == 4000);
    vec_release(&c.points);
}

static void tells_figures_between(void)
{
    struct capacity_curve c = {0};
    CHECK(isnan(capacity_at(&c, 5)));
    for (double n = 10; n <= 1000; n *= 10)
        add(&c, n);
    CHECK(fabs(capacity_at(&c, 30) - 9e-4) < 1e-9);
    CHECK(capacity_at(&c, 100) == c.points.items[1].value);
    CHECK(isnan(capacity_at(&c, 9)) && isnan(capacity_at(&c, 1001)));
    c.model = &square;
    CHECK(fabs(capacity_at(&c, 2000) - 4) < 1e-9);
    CHECK(isnan(capacity_at(&c, 4001)));
    vec_release(&c.points);
}

/* A figure that is out of the limit once and in it again: what is beyond the first crossing is not promised. */
static void keeps_below_the_first_crossing(void)
{
    struct capacity_curve c = {0};
    *vec_push(&c.points) = (struct capacity_point){1, 1};
    *vec_push(&c.points) = (struct capacity_point){2, 8};
    *vec_push(&c.points) = (struct capacity_point){4, 1};
    struct capacity w = capacity_within(&c, 2);
    CHECK(w.end == CAPACITY_BETWEEN && w.n > 1 && w.n < 2);
    vec_release(&c.points);
}

int main(void)
{
    finds_the_best();
    says_when_it_cannot_tell();
    stays_within_limits();
    tells_figures_between();
    keeps_below_the_first_crossing();
    return check_done();
}
