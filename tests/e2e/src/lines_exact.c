/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of known length, in all the ways in which a function is run and left. busy() waits on the clock; what its
 * callers in shares() took in fact, on a busy machine, is told on stderr.
 */
#include <farm/farm.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static jmp_buf back;
static volatile long sink;
static long took[4];

/* Microseconds, at least `us`. */
static long busy(long us)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    long start = t.tv_sec * 1000000 + t.tv_nsec / 1000, now;
    do {
        clock_gettime(CLOCK_MONOTONIC, &t);
        now = t.tv_sec * 1000000 + t.tv_nsec / 1000;
    } while (now < start + us);
    return now - start;
}

void shares(int n)
{
    for (int i = 0; i < n; i++) {
        took[0] += busy(100);    /* 10 of 100 */
        took[1] += busy(300);    /* 30 of 100 */
        if (i % 2)
            took[2] += busy(400);        /* 20 of 100 */
        else if (n > 0)
            took[3] += busy(800);        /* 40 of 100 */
    }
}

void recurses(int n)
{
    busy(500);                   /* once outermost */
    if (n > 0)
        recurses(n - 1);         /* the others */
    sink++;
}

void outer(void)
{
    shares(5);                   /* all that shares takes */
    busy(1000);                  /* beside it */
}

void tiny(long n)
{
    for (long i = 0; i < n; i++) {
        sink += i;               /* adds */
        sink -= i;               /* subtracts */
    }
}

void leaves(int n)
{
    busy(1000);                  /* before the jump */
    if (n)
        longjmp(back, 1);        /* jumps */
    busy(1000);                  /* behind no jump */
}

void catches(void)
{
    if (setjmp(back) == 0)
        leaves(1);               /* left by a jump */
    busy(2000);                  /* behind the jump */
}

void *in_thread(void *unused)
{
    busy(3000);                  /* in each thread */
    if (!unused)
        pthread_exit(NULL);      /* leaves */
    return NULL;
}

void child(void)
{
    busy(1000);                  /* before the fork */
    pid_t pid = fork();
    busy(2000);                  /* on both sides */
    if (pid == 0)
        _exit(0);
    waitpid(pid, NULL, 0);
}

void collects(void)
{
    busy(1000);                  /* while it is on */
    farm_stop();
    busy(1000);                  /* while it is off */
    farm_start();
    sink++;
}

int main(int argc, char **argv)
{
    pthread_t threads[4];
    shares(40);
    recurses(9);
    outer();
    tiny(100000);
    catches();
    leaves(0);
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, in_thread, i % 2 ? &back : NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    child();
    collects();
    if (argc > 1) {
        busy(20000);             /* until the signal */
        raise(SIGSEGV);
    }
    printf("%ld\n", sink);
    fprintf(stderr, "%ld %ld %ld %ld\n", took[0], took[1], took[2], took[3]);
    busy(5000);                  /* exit ends it */
    exit(0);
}
