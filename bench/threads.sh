#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Cost of counting with 1 and 4 threads on the same lines, beside gcov and gcov with atomic counters.
ROUNDS=${ROUNDS:-7}
. "$(dirname "$0")/lib.sh"

for variant in plain farmcc gcov gcov-atomic; do
    $(cc_of $variant) -O2 -pthread "$root/tests/e2e/src/proof_threads.c" -o "$work/threads-$variant"
done
{
    echo "## Threads ($BENCH_CC)"
    echo
    echo "$(machine). 200 million calls of one small function in all; medians of $ROUNDS interleaved rounds,"
    echo "ratio of CPU time to the plain build with as many threads."
    echo
    echo "| threads | plain s | farmcc | gcov | gcov atomic |"
    echo "|---|---|---|---|---|"
    for threads in 1 4; do
        for variant in plain farmcc gcov gcov-atomic; do
            printf '%s\t%s\n' $variant "$work/threads-$variant $threads $((200000000 / threads))"
        done >"$work/commands"
        "$work/pairs" "$ROUNDS" "$work/commands" | awk -F '\t' -v threads=$threads '
            NR == 1 { row = sprintf("| %d | %.2f", threads, $2); next }
            { row = row sprintf(" | %.3f (%.2f-%.2f)", $3, $4, $5) }
            END { print row " |" }'
    done
} | publish "threads $BENCH_CC"
