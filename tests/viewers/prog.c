/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * prog N [up|down]: the program of the examples in the manuals: a quadratic function, allocations, a leak, steps.
 */
#include <farm/farm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef WANTED
#define WANTED 3
#define STEPS 4
#endif

static long observe(const int *things, int n)
{
    long pairs = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            pairs += things[i] * (long)things[j] % 7 < WANTED;
    return pairs;
}

static int *load(int n, int down)
{
    int *things = malloc((size_t)n * sizeof *things);
    for (int i = 0; i < n; i++)
        things[i] = down ? n - i : i;
    return things;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 300;
    long sum = 0;
    for (int step = 0; step < STEPS; step++) {
        FARM_STEP("step");
        int *things = load(n, argc > 2 && strcmp(argv[2], "down") == 0);
        sum += observe(things, n);
        if (step)
            free(things);
    }
    printf("sum %ld\n", sum);
    return 0;
}
