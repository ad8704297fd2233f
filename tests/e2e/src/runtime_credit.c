/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * runtime_credit MS: spends MS of CPU time in each of some functions that pass it on to libraries, and prints what each
 * took by the thread's own clock. The sampler must find the same shares below these functions.
 */
#define COUNTERS 16
#include "tests/e2e/src/hand.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PLAIN __attribute__((noinline))

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static char from[1 << 16], to[1 << 16];
static int numbers[2000];
static volatile double sum;
static void *volatile held;

PLAIN static void in_memcpy(void)
{
    HAND_ENTER;
    for (int i = 0; i < 20; i++) {
        ++c[1];
        memcpy(to, from, sizeof to);
        held = to;
    }
}

PLAIN static void in_malloc(void)
{
    HAND_ENTER;
    for (int i = 0; i < 2000; i++) {
        ++c[2];
        held = malloc((size_t)i + 1);
        free(held);
    }
}

PLAIN static int compare(const void *a, const void *b)
{
    HAND_ENTER;
    ++c[3];
    return *(const int *)a - *(const int *)b;
}

PLAIN static void in_qsort(void)
{
    HAND_ENTER;
    ++c[4];
    for (int i = 0; i < 2000; i++)
        numbers[i] = i * 7919 % 2003;
    qsort(numbers, 2000, sizeof *numbers, compare);
    sum += numbers[7];           /* else the call would be a jump, and this function not there */
}

PLAIN static void in_snprintf(void)
{
    HAND_ENTER;
    char text[128];
    for (int i = 0; i < 500; i++) {
        ++c[5];
        snprintf(text, sizeof text, "%d %s %.9f", i, "some text", i / 7.0);
        held = text;
    }
}

PLAIN static void in_sin(void)
{
    HAND_ENTER;
    for (int i = 0; i < 5000; i++) {
        ++c[6];
        sum += sin(i * 1.7);
    }
}

PLAIN static void in_own_code(void)
{
    HAND_ENTER;
    for (int i = 0; i < 20000; i++) {
        ++c[7];
        sum = sum * 0.999 + i;
    }
}

static const struct {
    const char *name;
    void (*run)(void);
} parts[] = {{"in_memcpy", in_memcpy},     {"in_malloc", in_malloc}, {"in_qsort", in_qsort},
             {"in_snprintf", in_snprintf}, {"in_sin", in_sin},       {"in_own_code", in_own_code}};

enum { PARTS = sizeof parts / sizeof *parts };

/* Some milliseconds of one part, so that all get the same time whatever a call of them costs. */
static double piece(void (*run)(void))
{
    double start = now(), end = start;
    while (end - start < 5) {
        run();
        end = now();
    }
    return end - start;
}

int main(int argc, char **argv)
{
    HAND_ENTER;
    ++c[0];
    double wanted = argc > 1 ? atof(argv[1]) : 100, spent[PARTS] = {0};
    for (double begin = now(); now() - begin < wanted * PARTS;)
        for (int i = 0; i < PARTS; i++)
            spent[i] += piece(parts[i].run);
    for (int i = 0; i < PARTS; i++)
        printf("%s %.3f\n", parts[i].name, spent[i]);
    return 0;
}
