/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * proof_threads THREADS CALLS: each thread makes CALLS calls of the same small function, whose lines are counted by
 * all.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static long calls;

__attribute__((noinline)) static long step(long i)
{
    long r = i ^ 5;             /* every call */
    if (i & 1)
        r += 3;                 /* every second call */
    return r;
}

static void *work(void *arg)
{
    long sum = (long)arg;
    for (long i = 0; i < calls; i++)
        sum += step(i);         /* each step */
    return (void *)sum;
}

int main(int argc, char **argv)
{
    long threads = argc > 1 ? atol(argv[1]) : 4;
    calls = argc > 2 ? atol(argv[2]) : 10000000;
    pthread_t *ids = calloc((size_t)threads, sizeof *ids);
    for (long t = 0; t < threads; t++)
        pthread_create(&ids[t], NULL, work, (void *)t);
    long sum = 0;
    for (long t = 0; t < threads; t++) {
        void *part;
        pthread_join(ids[t], &part);
        sum += (long)part;
    }
    free(ids);
    printf("%ld\n", sum);
    return 0;
}
