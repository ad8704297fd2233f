#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A program that ends while another thread is in a loop without calls: the loop's hits are a lower bound, and marked.
# They are exact where the thread was joined, and where it waits.
. "$(dirname "$0")/lib.sh"
need gcc
cat >program.c <<'E2'
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Atomic int begun;         /* a volatile store may come before the counters of its function */
static volatile unsigned long rounds = 1000;
static unsigned long sum;
static volatile pid_t waiter;

static void *spin(void *endless)
{
    begun = 1;
    for (unsigned long i = 0; endless || i < rounds; i++)
        sum += i;
    return NULL;
}

static void *wait_for_end(void *unused)
{
    spin(NULL);
    waiter = gettid();
    for (;;)
        pause();
}

static int asleep(void)
{
    char path[64], state = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", (int)waiter);
    FILE *f = waiter ? fopen(path, "r") : NULL;
    if (!f)
        return 0;
    fscanf(f, "%*d (%*[^)]) %c", &state);
    fclose(f);
    return state == 'S';
}

int main(int argc, char **argv)
{
    pthread_t thread;
    int waits = strcmp(argv[1], "wait") == 0;
    pthread_create(&thread, NULL, waits ? wait_for_end : spin, strcmp(argv[1], "spin") == 0 ? "" : NULL);
    while (waits ? !asleep() : !begun)
        ;
    if (strcmp(argv[1], "join") == 0)
        pthread_join(thread, NULL);
    if (argc > 2)
        execl("/bin/true", "true", (char *)NULL);
    exit(sum == 1);
}
E2
"$farmcc" -O2 -pthread -o program program.c
marks() {
    rm -rf farm.db*
    ./program "$@"
    "$farmdb" sql --format csv "SELECT count(*) || ' ' || coalesce(max(in_flight), 0) FROM line_hits
        WHERE function = 'spin' AND in_flight" | sed 1d
}
for round in 1 2 3 4 5; do
    expect "joined" "$(marks join)" "0 0"
done
expect "waiting" "$(marks wait)" "0 0"
expect "running" "$(marks spin)" "1 1"
expect "running, exec" "$(marks spin exec)" "1 1"
