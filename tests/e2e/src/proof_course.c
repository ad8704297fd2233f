/* SPDX-License-Identifier: MIT
 *
 * proof_course MODE: leak, sawtooth, threads, disk, long; what a process does over time, with known figures.
 */
#define _GNU_SOURCE
#include <farm/farm.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile unsigned sink;

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void spin_for(double seconds)
{
    double end = now(CLOCK_THREAD_CPUTIME_ID) + seconds;
    while (now(CLOCK_THREAD_CPUTIME_ID) < end)
        for (unsigned i = 0; i < 10000; i++)
            sink += i;
}

/* 16 kB stay with each step, or come and go in teeth of 40 steps. */
static void grow(int leaks)
{
    static char *kept[1000];
    int count = 0;
    for (int i = 0; i < 800; i++) {
        FARM_STEP("step");
        kept[count] = malloc(16384);
        memset(kept[count++], i, 16384);
        if (!leaks && count == 40)
            while (count)
                free(kept[--count]);
        spin_for(0.003);
    }
}

static void *sleeper(void *unused)
{
    usleep(600000);
    spin_for(0.1);
    return unused;
}

static void *spinner(void *unused)
{
    spin_for(0.3);
    usleep(300000);
    return unused;
}

static void run_threads(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, sleeper, NULL);
    pthread_setname_np(a, "sleeper");
    pthread_create(&b, NULL, spinner, NULL);
    pthread_setname_np(b, "spinner");
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    usleep(50000);
}

static void write_disk(void)
{
    static char block[1 << 20];
    int fd = open("written", O_CREAT | O_WRONLY | O_TRUNC, 0666);
    for (int i = 0; i < 20; i++) {
        memset(block, i, sizeof block);
        if (write(fd, block, sizeof block) != (ssize_t)sizeof block)
            exit(1);
        spin_for(0.005);
    }
    close(fd);
}

static void live_long(double seconds)
{
    double end = now(CLOCK_MONOTONIC) + seconds;
    while (now(CLOCK_MONOTONIC) < end) {
        spin_for(0.0005);
        usleep(4000);
    }
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    if (!strcmp(mode, "leak") || !strcmp(mode, "sawtooth"))
        grow(mode[0] == 'l');
    else if (!strcmp(mode, "threads"))
        run_threads();
    else if (!strcmp(mode, "disk"))
        write_disk();
    else if (!strcmp(mode, "long"))
        live_long(argc > 2 ? atof(argv[2]) : 1);
    return 0;
}
