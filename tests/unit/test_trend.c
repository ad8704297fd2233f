/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A leak is found, and nothing else is taken for one: a plateau, a sawtooth, a warm-up, noise.
 */
#include <math.h>

#include "db/course/trend.h"
#include "tests/unit/check.h"

enum { POINTS = 400 };
static double x[POINTS], y[POINTS];

static double noise(int i)
{
    return fmod((double)i * 7919.0 * 0.6180339887, 1.0) - 0.5;
}

static struct trend floor_of(double (*memory)(int i))
{
    struct trend t = {0};
    for (int i = 0; i < POINTS; i++) {
        x[i] = i * 10;
        y[i] = memory(i);
    }
    CHECK(trend_floor(x, y, POINTS, &t));
    return t;
}

static double leak(int i)
{
    return 1e6 + 30 * i * 10 + 20000 * noise(i);
}

static double plateau(int i)
{
    return 1e6 + 20000 * noise(i);
}

static double sawtooth(int i)
{
    return 1e6 + 4000.0 * (i % 50);
}

static double leaking_sawtooth(int i)
{
    return sawtooth(i) + 50 * i * 10;
}

static double warm_up(int i)
{
    return i < 120 ? 1e6 + 5000 * i : 1.6e6;
}

static double steps_up_once(int i)
{
    return i < 250 ? 1e6 : 2e6;
}

static void test_leaks(void)
{
    struct trend t = floor_of(leak);
    CHECK(t.low > 0);
    CHECK(t.low <= 30 && 30 <= t.high);
    t = floor_of(leaking_sawtooth);
    CHECK(t.low > 0);
    CHECK(fabs(t.slope - 50) < 10);
}

static void test_no_leaks(void)
{
    CHECK(floor_of(plateau).low <= 0);
    CHECK(floor_of(sawtooth).low <= 0);
    CHECK(floor_of(warm_up).low <= 0);
    CHECK(floor_of(steps_up_once).low <= 0);
}

/* Sen's own example: slope and interval of a short series without ties. */
static void test_slope(void)
{
    const double at[] = {1, 2, 3, 4, 10, 12, 18, 20}, value[] = {9, 15, 19, 20, 45, 55, 78, 82};
    struct trend t;
    CHECK(trend_fit(at, value, 8, &t));
    CHECK(fabs(t.slope - 4) < 0.2);
    CHECK(t.low < t.slope && t.slope < t.high);
    CHECK(!trend_fit(at, value, TREND_POINTS - 1, &t));
}

int main(void)
{
    test_leaks();
    test_no_leaks();
    test_slope();
    return check_done();
}
