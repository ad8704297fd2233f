/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls of known length, in all the ways in which functions are left.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static jmp_buf back;
static volatile long sink;

static long now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

long lasting(long us)
{
    long start = now_us(), passed;
    do
        passed = now_us() - start;
    while (passed < us);
    return passed;
}

long brief(long n)
{
    long sum = 0;
    for (long i = 0; i < n; i++)
        sum += i * sink;
    return sum;
}

long fibonacci(int n)
{
    for (int i = 0; i < 1; i++)
        sink++;
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

void jumps(int n)
{
    for (int i = 0; i < 1; i++)
        sink++;
    if (n == 0)
        longjmp(back, 1);
    jumps(n - 1);
}

long down(long n)
{
    for (int i = 0; i < 1; i++)
        n--;
    return n <= 0 ? n : down(n);
}

void down_without_value(long n)
{
    for (int i = 0; i < 1; i++)
        n--;
    if (n > 0)
        down_without_value(n);
}

void forks(void)
{
    for (int i = 0; i < 2; i++) {
        pid_t child = fork();
        if (!child)
            return;              /* a call that another process began */
        waitpid(child, NULL, 0);
    }
}

void *cancelled(void *unused)
{
    for (;;)
        pause();
    return unused;
}

void *thread(void *unused)
{
    for (int i = 0; i < 50; i++)
        lasting(1000);
    return unused;
}

int main(void)
{
    int parent = getpid();
    pthread_t t[2], c;
    for (int i = 0; i < 100; i++)
        lasting(1000);
    for (int i = 0; i < 1000000; i++)
        brief(20);
    for (volatile int i = 0; i < 1000; i++)
        if (!setjmp(back))
            jumps(5);
    printf("%ld %ld\n", fibonacci(25), down(10000000));
    down_without_value(10000000);
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, thread, NULL);
    pthread_create(&c, NULL, cancelled, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    pthread_cancel(c);
    pthread_join(c, NULL);
    forks();
    exit(getpid() == parent ? 0 : 1);
}
