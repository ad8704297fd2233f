/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work of known shape for the exports: 11 calls of big, a recursion, a call back from libc, a thread, steps, a header.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "farm.h"
#include "viewed.h"

static volatile unsigned sink;

static void __attribute__((noinline)) spin(unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        sink = sink * 1664525u + i;
}

static void __attribute__((noinline)) big(void) { spin(30 * THOUSANDS); sink++; }

static void __attribute__((noinline)) deep(int n)
{
    if (n)
        deep(n - 1);
    spin(THOUSANDS);
    sink++;
}

static int __attribute__((noinline)) compare(const void *a, const void *b)
{
    spin(20);
    return *(const int *)a - *(const int *)b;
}

static void *thread(void *p)
{
    big();
    return p;
}

int main(void)
{
    static int values[20000];
    pthread_t other;
    pthread_create(&other, NULL, thread, NULL);
    for (int i = 0; i < 10; i++) {
        FARM_STEP("tick");
        big();
        FARM_BEGIN("descent");
        deep(9);
        FARM_END("descent");
        FARM_METRIC("size", i);
    }
    for (int i = 0; i < 20000; i++)
        values[i] = twice(i) * 7919 % 20011;
    qsort(values, 20000, sizeof *values, compare);
    char *volatile p = malloc(12345);
    free(p);
    pthread_join(other, NULL);
    return 0;
}
