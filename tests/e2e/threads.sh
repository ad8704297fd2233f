#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Four threads count 10 million hits each on the same lines; not one is lost. Also threads that follow each other, more
# at once than there are cores, and threads of OpenMP.
. "$(dirname "$0")/lib.sh"

file=proof_threads.c
source=$e2e/src/$file
every=$(source_line "$source" 'every call')
second=$(source_line "$source" 'every second call')
loop=$(source_line "$source" 'each step')

# count THREADS CALLS
count() {
    fresh_store
    ./threads "$1" "$2" >out || fail "the program fails"
    expect "hits of the common line, $cc, $1 threads" "$(hits $file "$every")" $(($1 * $2))
    expect "hits of the branch, $cc, $1 threads" "$(hits $file "$second")" $(($1 * $2 / 2))
    expect "hits in the loop, $cc, $1 threads" "$(hits $file "$loop")" $(($1 * $2))
}

openmp() {
    cat >omp.c <<'CODE'
#include <stdio.h>
static long f(long i) { return i * 3; }
int main(void)
{
    long sum = 0;
#pragma omp parallel for reduction(+ : sum) num_threads(4)
    for (long i = 0; i < 1000000; i++) {
        sum += f(i);
        if (i % 4 == 0)
            sum--;
    }
    printf("%ld\n", sum);
    return 0;
}
CODE
    fresh_store
    "$farmcc" -O2 -fopenmp omp.c -o omp || skip "no OpenMP for $cc"
    expect "output of omp, $cc" "$(./omp)" 1499998250000
    expect "hits in the parallel loop, $cc" "$(hits omp.c 8)" 1000000
    expect "hits of its branch, $cc" "$(hits omp.c 10)" 250000
}

for cc in $(compilers); do
    FARM_CC=$cc
    export FARM_CC
    "$farmcc" -O2 -pthread "$source" -o threads
    count 4 10000000
    count 1 1000
    count 64 20000
    [ "$cc" != gcc ] || openmp
    echo "$cc: exact"
done

# A program under ThreadSanitizer hears of its own races only, not of one thread's counters that were another's.
cat >follow.c <<'CODE'
#include <pthread.h>
#include <unistd.h>
static void *count(void *n)
{
    volatile long sum = 0;
    for (long i = 0; i < (long)n; i++)
        if (i & 1)
            sum += i; /* every second */
    return 0;
}
int main(void)
{
    pthread_t threads[40];
    for (int i = 0; i < 40; i++) {
        if (pthread_create(&threads[i], 0, count, (void *)100))
            return 1;
        usleep(2000); /* mostly the next one takes over what this one had */
    }
    for (int i = 0; i < 40; i++)
        pthread_join(threads[i], 0);
    return 0;
}
CODE
for cc in $(compilers); do
    $cc -O2 -fsanitize=thread -pthread follow.c -o follow 2>/dev/null && ./follow 2>/dev/null || continue
    fresh_store
    FARM_CC=$cc "$farmcc" -O2 -fsanitize=thread -pthread follow.c -o follow
    ./follow 2>err || fail "ThreadSanitizer, $cc: $(head -5 err)"
    expect "hits under ThreadSanitizer, $cc" "$(hits follow.c "$(source_line follow.c 'every second')")" 2000
done
