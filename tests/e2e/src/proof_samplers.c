/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Spends known amounts of CPU time on known lines: in libc and libm functions that each line calls, and in loops of its
 * own. The amounts are kept by the thread's CPU clock, so the shares hold whatever the machine.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static volatile double result;
static volatile unsigned long count;
static long unit_ms;

static long cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void in_memcpy(void)
{
    static char from[1 << 16], to[1 << 16];
    for (long end = cpu_ms() + 2 * unit_ms; cpu_ms() < end;) {
        for (int i = 0; i < 100; i++) {
            from[i] = (char)i;
            memcpy(to, from, sizeof to - (size_t)(count & 1));      /* memcpy */
        }
        count += (unsigned char)to[5];
    }
}

static void in_qsort(void)
{
    static char names[4096][8];
    for (long end = cpu_ms() + 2 * unit_ms; cpu_ms() < end;) {
        unsigned x = 1;
        for (int i = 0; i < 4096; i++) {
            x = x * 1103515245u + 12345u;
            memcpy(names[i], &x, 4);
        }
        qsort(names, 4096, 8, (int (*)(const void *, const void *))(void *)strcmp);     /* qsort */
    }
}

static void in_snprintf(void)
{
    char text[200];
    for (long end = cpu_ms() + 2 * unit_ms; cpu_ms() < end;)
        for (int i = 0; i < 300; i++)
            snprintf(text, sizeof text, "%d %s %f %lx", i, "some text", i / 7.0, (long)i);      /* snprintf */
}

static void in_malloc(void)
{
    static void *blocks[1000];
    for (long end = cpu_ms() + 2 * unit_ms; cpu_ms() < end;) {
        for (int i = 0; i < 1000; i++)
            blocks[i] = realloc(blocks[i], 1000 + 16 * (size_t)(rand() % 50));      /* malloc */
    }
}

static void in_sin(void)
{
    for (long end = cpu_ms() + 2 * unit_ms; cpu_ms() < end;)
        for (int i = 0; i < 2000; i++)
            result += sin(i * 1e5);     /* sin */
}

/* A division depends on the one before: the time is on the one line, whatever the optimiser does. */
static void busy_small(void)
{
    unsigned long x = count | 1;
    for (long end = cpu_ms() + unit_ms; cpu_ms() < end;)
        for (int i = 0; i < 2000; i++)
            x = 0xfffffffffffffff1ul / (x | 3);     /* small */
    count = x;
}

static void busy_large(void)
{
    unsigned long x = count | 1;
    for (long end = cpu_ms() + 9 * unit_ms; cpu_ms() < end;)
        for (int i = 0; i < 2000; i++)
            x = 0xfffffffffffffff1ul / (x | 5);     /* large */
    count = x;
}

int main(int argc, char **argv)
{
    unit_ms = argc > 1 ? atol(argv[1]) : 100;
    in_memcpy();
    in_qsort();
    in_snprintf();
    in_malloc();
    in_sin();
    busy_small();
    busy_large();
    return 0;
}
