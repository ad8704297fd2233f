/* SPDX-License-Identifier: MIT
 *
 * proof_short TURNS: a third of its work is in first, two thirds in second. It prints the milliseconds that it took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static volatile unsigned sink;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void spin(unsigned times)
{
    for (unsigned i = 0; i < times; i++)
        sink += i;
}

__attribute__((noinline)) static void first(unsigned times)
{
    spin(times);                                     /* first */
    sink++;
}

__attribute__((noinline)) static void second(unsigned times)
{
    spin(2 * times);                                 /* second */
    sink++;
}

int main(int argc, char **argv)
{
    double start = now();
    if (argc < 2)
        return 2;
    first((unsigned)atoi(argv[1]));
    second((unsigned)atoi(argv[1]));
    double spent = 1e3 * (now() - start);
    printf("%.6f\n", spent);                         /* tells */
    return 0;
}
