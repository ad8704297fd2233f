/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * stacks SECONDS: a busy program whose call stacks are hardly ever the same twice: eight functions that call each other
 * at random, 20 deep, with allocations at the bottom, steps and metrics. The worst case for what a record must keep.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef __FARMCC__
#include <farm.h>
#else
#define FARM_STEP(name) ((void)0)
#define FARM_METRIC(name, value) ((void)(value))
#endif

enum { DEPTH = 20, FUNCTIONS = 8 };
static unsigned state = 1;
static volatile unsigned sink;

static unsigned drawn(void)
{
    return (state = state * 1664525u + 1013904223u) >> 8;
}

static void (*const functions[FUNCTIONS])(int depth);

static void bottom(void)
{
    unsigned *volatile block = malloc(sizeof *block);         /* bottom */
    *block = drawn();
    for (int i = 0; i < 500; i++)
        sink += *block >> (i & 7);
    free(block);
}

static void go_on(int depth)
{
    if (depth)
        functions[drawn() % FUNCTIONS](depth - 1);
    else
        bottom();
}

#define FUNCTION(name)             \
    static void name(int depth)    \
    {                              \
        go_on(depth);              \
        sink++;                    \
    }
FUNCTION(a) FUNCTION(b) FUNCTION(c) FUNCTION(d) FUNCTION(e) FUNCTION(f) FUNCTION(g) FUNCTION(h)
static void (*const functions[FUNCTIONS])(int depth) = { a, b, c, d, e, f, g, h };

int main(int argc, char **argv)
{
    time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 120);
    long steps = 0;
    for (; time(NULL) < end; steps++) {
        FARM_STEP("round");
        for (int i = 0; i < 100; i++)
            go_on(DEPTH);
        FARM_METRIC("drawn", (double)state);
    }
    printf("%ld\n", steps);
    return 0;
}
