/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * shares THREADS UNIT EXTRA: lines of 1, 5, 25, 50 and 19 units of the same divisions, each of which waits for the one
 * before, in each thread; EXTRA more units on the first.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static long unit, extra;

static double work(double x)
{
    for (long i = 0; i < (1 + extra) * unit; i++) x = x / 1.0000001 + 1; /* 1 unit */
    for (long i = 0; i < 5 * unit; i++) x = x / 1.0000001 + 1; /* 5 units */
    for (long i = 0; i < 25 * unit; i++) x = x / 1.0000001 + 1; /* 25 units */
    for (long i = 0; i < 50 * unit; i++) x = x / 1.0000001 + 1; /* 50 units */
    for (long i = 0; i < 19 * unit; i++) x = x / 1.0000001 + 1; /* 19 units */
    return x;
}

static void *in_thread(void *x)
{
    *(double *)x = work(*(double *)x);
    return NULL;
}

int main(int argc, char **argv)
{
    enum { MOST = 64 };
    int threads = argc > 1 ? atoi(argv[1]) : 1;
    pthread_t t[MOST];
    double x[MOST], sum = 0;
    unit = argc > 2 ? atol(argv[2]) : 1000000;
    extra = argc > 3 ? atol(argv[3]) : 0;
    for (int i = 0; i < threads && i < MOST; i++) {
        x[i] = i;
        pthread_create(&t[i], NULL, in_thread, &x[i]);
    }
    for (int i = 0; i < threads && i < MOST; i++) {
        pthread_join(t[i], NULL);
        sum += x[i];
    }
    printf("%g\n", sum);
    return 0;
}
