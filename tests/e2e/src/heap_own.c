/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program with an allocator of its own, and a timer whose handler allocates: whatever it interrupts, nothing hangs.
 * The allocator is safe in handlers, hands out multiples of 8, and says how often it was called.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>

#include "heap_own.h"

static volatile sig_atomic_t ticks;

static void at_tick(int number)
{
    own_free(malloc(24)); /* handler */
    ticks++;
}

int main(void)
{
    struct sigaction action = {.sa_handler = at_tick};
    struct itimerval often = {{0, 500}, {0, 500}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (long i = 0; i < 200000 || ticks < 100; i++)
        own_free(malloc(8 + i % 100)); /* loop */
    setitimer(ITIMER_REAL, &never, NULL);
    char *kept = malloc(1000); /* kept */
    kept = realloc(kept, 2000);
    printf("%d %s\n", kept != NULL, own_calls() > 200000 ? "own" : "other");
    return 0;
}
