#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# conservation.sh: the times of all lines, and of what is outside of them, add up to the user CPU time of the run: with
# threads, forked children (one too short for a sample) and time in libraries, by both samplers. What our own code in
# the program takes is named and in no line.
. "$(dirname "$0")/lib.sh"

cat >parts.c <<'C'
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile double sink;

static void own(long n)
{
    for (long i = 0; i < n; i++)
        sink += (double)i;
}

static int by_value(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void library(int rounds)
{
    static __thread int numbers[20000];
    char text[64];
    for (int r = 0; r < rounds; r++) {
        for (int i = 0; i < 20000; i++)
            numbers[i] = (i * 7919 + r) % 20011;
        qsort(numbers, 20000, sizeof *numbers, by_value);
        for (int i = 0; i < 5000; i++) {
            snprintf(text, sizeof text, "%d %f", i, sin(i));
            sink += text[0];
        }
    }
}

static void allocating(int rounds)
{
    void *volatile blocks[8];
    for (int r = 0; r < rounds; r++) {
        for (int i = 0; i < 8; i++)
            blocks[i] = malloc(16 + 16 * (size_t)i);
        for (int i = 0; i < 8; i++)
            free(blocks[i]);
    }
}

static void *in_thread(void *unused)
{
    own(20000000);
    library(10);
    return unused;
}

int main(void)
{
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, in_thread, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < 3; i++) {
        if (fork() == 0) {
            own(i * 20000000L);
            exit(0);
        }
        wait(NULL);
    }
    own(20000000);
    allocating(1000000);
    return 0;
}
C
"$farmcc" -O2 -pthread parts.c -o parts -lm
conserved() {
    fresh_store
    FARM_SAMPLER=$1 ./parts
    used=$(query "SELECT sampler FROM process ORDER BY started_ns LIMIT 1")
    expect "$used: processes" "$(query 'SELECT count(*) FROM process')" 4
    user=$(query 'SELECT sum(user_ns) FROM process')
    lines=$(query 'SELECT sum(time_ns) FROM line_time')
    outside=$(query 'SELECT coalesce(sum(o.samples * s.sample_ns), 0) FROM outside_samples o
        JOIN process p ON p.id = o.process_id JOIN run_sampling s USING (run_id, sampler, sample_hz)')
    within "$used: of the user CPU time, in %" "$(awk "BEGIN { print 100 * ($lines + $outside) / $user }")" 99 101
    within "$used: lines alone" "$(awk "BEGIN { print 100 * $lines / $user }")" 60 99.5
    below=$(query "SELECT sum(time_ns) FROM line_time WHERE below <> ''")
    ours=$(query 'SELECT sum(o.samples * s.sample_ns) FROM own_samples o
        JOIN process p ON p.id = o.process_id JOIN run_sampling s USING (run_id, sampler, sample_hz)')
    within "$used: of it our own work, in %" "$(awk "BEGIN { print 100 * $ours / $user }")" 1 40
    "$farmdb" report >report
    grep -q "more were the profiler's own work: they are in no line and no share" report ||
        fail "$used: the report does not say what was our own"
    "$farmdb" report --format json >report.json
    said=$(awk -F '[:,]' '/"profiler_s"/ { print $2 }' report.json)
    within "$used: of it said as data, in %" "$(awk "BEGIN { print 100 * $said * 1e9 / $ours }")" 99 101
    within "$used: of it in libraries" "$(awk "BEGIN { print 100 * $below / $user }")" 3 90
}
# how much of it is our own work is a matter of few samples
for sampler in perf timer; do once_in 6 conserved $sampler; done
