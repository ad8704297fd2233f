/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls while something is collected, while nothing is, and both; given a word, farm_reset in their midst.
 */
#include <farm/farm.h>
#include <stdio.h>
#include <time.h>

static long now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

long lasting(long us)
{
    long start = now_us(), passed;
    for (passed = 0; passed < us; passed = now_us() - start)
        continue;
    return passed;
}

/* 10 ms collected, 30 not */
long across(void)
{
    long sum = 0;
    for (int i = 0; i < 10; i++)
        sum += lasting(500);
    farm_stop();
    for (int i = 0; i < 30; i++)
        sum += lasting(1000);
    farm_start();
    for (int i = 0; i < 10; i++)
        sum += lasting(500);
    return sum;
}

int main(int argc, char **argv)
{
    long sum = across();
    farm_stop();
    for (int i = 0; i < 20; i++)
        sum += lasting(1000);
    sum += across();             /* collected from its middle on */
    if (argc > 1)
        farm_reset();
    for (int i = 0; i < 7; i++)
        sum += lasting(2000);
    printf("%d\n", sum > 0);
    return 0;
}
