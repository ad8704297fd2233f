#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What counting allocations costs a program that does hardly anything else, beside heaptrack and Valgrind, and whether
# all of them count the same. `bench/heap.sh --write` puts the tables into RESULTS.md.
ROUNDS=${ROUNDS:-7}
. "$(dirname "$0")/lib.sh"
need heaptrack valgrind
"$BENCH_CC" -O2 -g "$root/bench/src/trees.c" -o plain
"$farmcc" -O2 -g "$root/bench/src/trees.c" -o farm
rounds=100

tab=$(printf '\t')
cat >commands <<END
plain${tab}./plain $rounds
farmcc${tab}./farm $rounds
off${tab}FARM_HEAP=off ./farm $rounds
heaptrack${tab}rm -f track.*; heaptrack -o track ./plain $rounds >&2
END
"$work/pairs" "$ROUNDS" commands >times
# Valgrind once: it takes as long as all the others
echo "plain${tab}./plain 2" >commands
for tool in memcheck dhat; do
    echo "$tool${tab}valgrind --tool=$tool --run-libc-freeres=no --log-file=$tool.log ./plain 2" >>commands
done
"$work/pairs" 1 commands >slow

ours() {
    fresh_store
    ./farm 2 >/dev/null
    query "SELECT sum(allocs) || ' ' || sum(frees) || ' ' || sum(bytes)
           FROM (SELECT allocs, frees, bytes FROM line_allocs
                 UNION ALL SELECT allocs, frees, bytes FROM outside_allocs)"
}
counts() {
    echo "farmcc $(ours)"
    tr -d , <memcheck.log | awk '/total heap usage/ { print "memcheck", $5, $7, $9 }'
    tr -d , <dhat.log | awk '/Total:/ { print "dhat", $6, "-", $3 }'
    rm -f track.*
    heaptrack -o track ./plain 2 >/dev/null 2>&1
    heaptrack_print -f track.* 2>/dev/null | awk '/^calls to allocation/ { print "heaptrack", $5, "-", "-" }'
}

{
    echo "## Allocations ($BENCH_CC)"
    echo
    echo "$(machine). bench/src/trees.c; medians of $ROUNDS interleaved rounds (least - greatest), CPU time with all" \
        "helpers, ratio to plain -O2; Valgrind once, on a shorter run."
    echo
    echo "| | seconds | ratio |"
    echo "|---|---|---|"
    awk -F '\t' 'NR == 1 { printf "| %s | %.2f | |\n", $1, $2; next }
        { printf "| %s | | %.2f (%.2f-%.2f) |\n", $1, $3, $4, $5 }' times
    awk -F '\t' 'NR > 1 { printf "| valgrind --tool=%s | | %.1f |\n", $1, $3 }' slow
    echo
    echo "| counted by | allocations | frees | bytes |"
    echo "|---|---|---|---|"
    counts | awk '{ printf "| %s | %s | %s | %s |\n", $1, $2, $3, $4 }'
} | publish "heap $BENCH_CC"
