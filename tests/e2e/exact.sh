#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# exact.sh: lines timed exactly. Lines that wait for a known time show it, in shares within a point; calls count for
# the line that makes them, a recursion once; a jump, exit, a thread's end, a signal and a fork lose nothing and add
# nothing; what reading the clock costs is taken off; farm_stop stops it; the program's result and its hits are
# unchanged.
. "$(dirname "$0")/lib.sh"
source=$root/tests/e2e/src/lines_exact.c
names=shares,recurses,outer,tiny,leaves,catches,in_thread,child,collects,main

# exact PATTERN: milliseconds of the line with PATTERN, over all processes of a run; the run that others disturbed least
exact() {
    query "SELECT coalesce(min(ms), 0) FROM (SELECT sum(time_ns) / 1e6 AS ms FROM exact_time
           WHERE line = $(source_line "$source" "$1") GROUP BY run_id)"
}

# shares_fit: whether the lines of shares() have the shares that the program itself has measured, within a point. Others
# may take the processor where only one of both sees it.
shares_fit() {
    for part in '10 of 100' '30 of 100' '20 of 100' '40 of 100'; do
        query "SELECT 100 * sum(time_ns * (line = $(source_line "$source" "$part"))) / sum(time_ns) FROM exact_time
               WHERE function = 'shares'"
    done | awk '
        NR == FNR { for (i = 1; i <= 4; i++) sum += truth[i] = $i; next }
        { off = $1 - 100 * truth[FNR] / sum; if (off > 1 || off < -1) bad = 1; n++ }
        END { exit bad || n != 4 }' took -
}

# lasts PATTERN MS: at least that long, and at most some more: others use the processor too, so there are more runs
# where it was too much
lasts() {
    runs=0
    until awk "BEGIN { exit !($(exact "$1") <= $2 * 3 + 10) }"; do
        [ $((runs += 1)) -lt 100 ] || break
        ./timed ${3:-} >/dev/null 2>&1 || [ "${3:-}" ] || fail "$cc: ended with $?"
    done
    within "$cc: $1" "$(exact "$1")" "$(awk "BEGIN { print $2 * 0.99 }")" "$(awk "BEGIN { print $2 * 3 + 10 }")"
}

gcc -O2 -pthread -I"$FARM_BUILD/include" "$source" -o plain
./plain >expected 2>plain.took
for cc in $(compilers); do
    fresh_store
    FARM_CC=$cc "$farmcc" -O2 -pthread --farm-time=exact --farm-function=$names "$source" -o timed
    ./timed >out 2>took || fail "$cc: ended with $?"
    same "$cc: what it prints" out expected
    tries=1
    until shares_fit; do
        [ $((tries += 1)) -le 30 ] || fail "$cc: in none of 30 runs are the shares of shares() within a point"
        fresh_store
        ./timed >/dev/null 2>took
    done
    for again in 1 2 3; do ./timed >/dev/null 2>&1; done
    lasts 'once outermost' 0.5
    lasts 'the others' 4.5
    lasts 'all that shares takes' 5.2
    lasts 'beside it' 1
    lasts 'before the jump' 2
    lasts 'left by a jump' 1
    lasts 'behind no jump' 1
    lasts 'behind the jump' 2
    lasts 'in each thread' 12
    lasts 'before the fork' 1
    lasts 'on both sides' 4
    lasts 'exit ends it' 5
    lasts 'while it is on' 1
    within "$cc: while it is off" "$(exact 'while it is off')" 0 0.5
    within "$cc: readings taken off a line" "$(query "SELECT cost_ns / lap_cost_ns FROM exact_time
        JOIN exact_clock USING (process_id) WHERE line = $(source_line "$source" 'adds')
        ORDER BY abs(cost_ns / lap_cost_ns - 100000) LIMIT 1")" 99000 100100
    within "$cc: what it cost" "$(query "SELECT lap_cost_ns FROM exact_clock LIMIT 1")" 1 1000
    expect "$cc: hits" "$(hits lines_exact.c "$(source_line "$source" 'adds')")" 100000
    "$farmdb" report --function tiny >report
    grep -q '^  exact: .*a reading costs' report || fail "$cc: the report does not tell the calibration"
    grep -q 'Exact/hit' report || fail "$cc: the report has no column for it"
    [ "$("$farmdb" report --format json --function tiny | grep -c '"exact_s": *[0-9]')" -ge 3 ] ||
        fail "$cc: no exact_s in JSON"
done

# A signal that kills it: the line at work has its time up to then, as far as the record tells
fresh_store
"$farmcc" -O2 -pthread --farm-time=exact --farm-function=main "$source" -o timed
./timed raise >/dev/null 2>&1 && fail "it was not killed"
cc=gcc
lasts 'until the signal' 20 raise

# Named in vain: said, and nothing else changes
fresh_store
"$farmcc" -O2 -fopenmp --farm-time=exact --farm-function=shared "$root/tests/e2e/src/lines_openmp.c" -o openmp
./openmp >/dev/null
"$farmdb" report | grep -q 'shared: its lines are not timed: it holds OpenMP' || fail "nothing is said of OpenMP"
"$farmcc" --farm-time=exact -c "$source" -o x.o 2>err && fail "exact without functions is accepted"
grep -q 'needs --farm-function' err || fail "no word on the missing functions"
