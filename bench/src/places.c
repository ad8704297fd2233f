/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * places UNIT: work on known lines, and what share of the CPU time each took by the program's own clock, in per cent:
 * five functions of libc and libm, each called from one line, and one sum twice, by a function that is called for each
 * element and by the same one inlined.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define APART __attribute__((noinline))
enum { SIZE = 4096, SORTED = 512 };

static char from[SIZE], to[SIZE];
static volatile double sink;
static volatile unsigned total;
static unsigned numbers[SIZE];

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int order(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static APART void copying(long n)
{
    for (long i = 0; i < 40 * n; i++) memcpy(to, from, (size_t)(SIZE - (i & 63))); /* line memcpy */
}

static APART void sorting(long n)
{
    int v[SORTED];
    for (long i = 0; i < n / 12; i++) {
        for (int k = 0; k < SORTED; k++)
            v[k] = (int)(((unsigned)k * 2654435761u + (unsigned)i) >> 8);
        qsort(v, SORTED, sizeof *v, order); /* line qsort */
    }
}

static APART void printing(long n)
{
    for (long i = 0; i < 12 * n; i++)
        total += (unsigned)snprintf(to, sizeof to, "%ld %s %g", i, "text", 0.5); /* line snprintf */
}

static APART void allocating(long n)
{
    void *p[8];
    for (long i = 0; i < 12 * n; i++) {
        for (int k = 0; k < 8; k++) p[k] = malloc((size_t)(16 + 16 * k)); /* line malloc */
        for (int k = 0; k < 8; k++) free(p[k]);
    }
}

static APART void turning(long n)
{
    for (long i = 0; i < 150 * n; i++) sink += sin((double)i); /* line sin */
}

static APART unsigned mixed_apart(unsigned sum, unsigned x)
{
    return (sum ^ x) * 16777619u;
}

static inline __attribute__((always_inline)) unsigned mixed_inline(unsigned sum, unsigned x)
{
    return (sum ^ x) * 16777619u;
}

static APART void called(long n)
{
    unsigned sum = 1;
    for (long i = 0; i < n / 2; i++)
        for (int k = 0; k < SIZE; k++)
            sum = mixed_apart(sum, numbers[k]);
    total += sum;
}

static APART void inlined(long n)
{
    unsigned sum = 1;
    for (long i = 0; i < n / 2; i++)
        for (int k = 0; k < SIZE; k++)
            sum = mixed_inline(sum, numbers[k]);
    total += sum;
}

int main(int argc, char **argv)
{
    static const struct part { const char *name; void (*run)(long); } parts[] = {
        {"copying", copying}, {"sorting", sorting}, {"printing", printing}, {"allocating", allocating},
        {"turning", turning}, {"called", called}, {"inlined", inlined},
    };
    enum { PARTS = sizeof parts / sizeof *parts };
    long n = argc > 1 ? atol(argv[1]) : 10000;
    double took[PARTS] = {0}, all = 0;
    for (int i = 0; i < SIZE; i++)
        numbers[i] = (unsigned)i * 40503u;
    for (int round = 0; round < 4; round++)
        for (int i = 0; i < PARTS; i++) {
            double begun = seconds();
            parts[i].run(n / 4);
            took[i] += seconds() - begun;
        }
    for (int i = 0; i < PARTS; i++)
        all += took[i];
    for (int i = 0; i < PARTS; i++)
        printf("%s %.3f %.3f\n", parts[i].name, 100 * took[i] / all, took[i]);
    return 0;
}
