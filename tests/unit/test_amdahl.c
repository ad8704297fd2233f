/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Amdahl's law: known figures, several parts, what is needed, how sure it is, and who gets time that several claim.
 */
#include <math.h>

#include "db/study/amdahl.h"
#include "tests/unit/check.h"

static void near(double actual, double expected, int line)
{
    if (!check_that(fabs(actual - expected) <= 1e-9 * (1 + fabs(expected)), __FILE__, line, "near"))
        fprintf(stderr, "    expected %.9g\n    actual   %.9g\n", expected, actual);
}

#define NEAR(actual, expected) near((actual), (expected), __LINE__)

/* 95 % parallel on 20 processors: 10.256, the example of every textbook. */
static void known_figures(void)
{
    struct amdahl_part one = {.95, 20}, parts[] = {{.5, 2}, {.3, 3}, {.1, INFINITY}};
    NEAR(amdahl_speedup(amdahl_saved(&one, 1)), 1 / (.05 + .95 / 20));
    NEAR(amdahl_saved(parts, 3), .25 + .2 + .1);
    NEAR(amdahl_speedup(amdahl_saved(parts, 3)), 1 / .45);
    NEAR(amdahl_speedup(amdahl_saved(parts, 0)), 1);
    CHECK(isinf(amdahl_speedup(1)));
    one = (struct amdahl_part){.5, .5};          /* twice as slow */
    NEAR(amdahl_speedup(amdahl_saved(&one, 1)), 1 / 1.5);
}

static void needed(void)
{
    NEAR(amdahl_needed(.6, 0, 2), .6 / (.5 - .4));
    struct amdahl_part part = {.6, amdahl_needed(.6, 0, 2)};
    NEAR(amdahl_speedup(amdahl_saved(&part, 1)), 2);
    CHECK(isnan(amdahl_needed(.4, 0, 2)));       /* gone it gives 1.67 */
    NEAR(amdahl_needed(.4, .2, 2), .4 / .1);     /* with .2 saved elsewhere it can */
    NEAR(amdahl_needed(.4, .5, 2), 1);
    NEAR(amdahl_needed(.4, 0, 1), 1);
}

static void sureness(void)
{
    struct amdahl_part gone = {.5, INFINITY}, half = {.5, 2}, two[] = {{.25, INFINITY}, {.25, INFINITY}};
    NEAR(amdahl_error(&gone, 1, 10000), .005);
    NEAR(amdahl_error(&half, 1, 10000), .0025);
    NEAR(amdahl_error(two, 2, 10000), .005);     /* cut in two or not, what is saved is as sure */
    NEAR(amdahl_error(&gone, 1, 0), 0);
    struct interval i = amdahl_interval(.5, .005);
    CHECK(i.low > 1.96 && i.low < 1.97 && i.high > 2.03 && i.high < 2.05);
    CHECK(isinf(amdahl_interval(.999, .005).high));
}

/* main -> observe (all of it part 0) -> see, whose line 46 is part 1 -> index (own lines part 2) -> index, recursive */
static void overlaps(void)
{
    const struct amdahl_node nodes[] = {
        {0, -1, -1, -1, 1},      /* main */
        {0, -1, -1, 0, 2},       /* observe */
        {1, -1, -1, -1, 4},      /* see, called by it */
        {1, 1, -1, -1, 8},       /* see, at line 46 */
        {3, -1, 2, -1, 16},      /* index, from line 46 */
        {4, -1, -1, -1, 32},     /* what index calls: still within observe, own lines do not reach so far */
        {0, -1, -1, 3, 64},      /* another function with all it calls ... */
        {6, -1, -1, 0, 128},     /* ... where it calls observe, the nearer one */
        {6, 1, 2, 0, 256},       /* the line before all others */
    };
    int part[9];
    amdahl_allot(nodes, 9, part);
    static const int expected[] = {-1, 0, 0, 1, 2, 0, 3, 0, 1};
    for (int i = 0; i < 9; i++)
        CHECK_INT(part[i], expected[i]);
}

int main(void)
{
    known_figures();
    needed();
    sureness();
    overlaps();
    return check_done();
}
