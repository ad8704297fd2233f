#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# calls.sh: timed calls. Counts stay exact, times are those that the calls were made to last, short ones are thinned,
# a recursion counts once, and whatever way a function is left, nothing lasts longer than the run. Ten million tail
# calls need no stack. What farm_stop and farm_reset leave out is in no call's time.
. "$(dirname "$0")/lib.sh"

# value COLUMN FUNCTION: of the process that started first
value() {
    query "SELECT $1 FROM call_time WHERE function = '$2'
           AND process_id = (SELECT min(id) FROM process WHERE parent_uuid = '')"
}

# calls FUNCTION
calls() {
    query "SELECT sum(calls) FROM function_time WHERE function = '$1'
           AND process_id = (SELECT min(id) FROM process WHERE parent_uuid = '')"
}

for cc in gcc clang-19; do
    command -v "$cc" >/dev/null || continue
    fresh_store
    FARM_CC=$cc "$farmcc" -O2 "$root/tests/e2e/src/calls.c" -o calls -pthread
    (ulimit -s 8192; ./calls >out) || fail "$cc: the program ended with $?"
    expect "$cc: what it prints" "$(head -1 out)" "75025 0"
    expect "$cc: calls of lasting" "$(calls lasting)" 200
    expect "$cc: calls of brief" "$(calls brief)" 1000000
    expect "$cc: calls of fibonacci" "$(calls fibonacci)" 242785
    expect "$cc: tail calls" "$(calls down)" 10000000
    expect "$cc: tail calls without a value" "$(calls down_without_value)" 10000000
    expect "$cc: calls that jump out" "$(calls jumps)" 6000
    expect "$cc: timed calls of lasting" "$(value "timed || ' ' || thinned" lasting)" "200 0"
    expect "$cc: lasting lasts a millisecond" "$(value 'least_ns BETWEEN 995000 AND 1100000' lasting)" 1
    expect "$cc: brief is thinned" "$(value 'thinned AND timed < 200000 AND timed > 100' brief)" 1
    expect "$cc: brief's weights are its calls" "$(value 'abs(calls - 1000000) < 10000' brief)" 1
    expect "$cc: brief is brief" "$(value 'least_ns < 1000' brief)" 1
    expect "$cc: the recursion counts once" "$(value "timed || ' ' || recursed" fibonacci)" "1 1"
    expect "$cc: main still runs at its end" "$(value "timed || ' ' || running" main)" "1 1"
    expect "$cc: nothing lasts longer than the run" "$(query 'SELECT count(*) FROM timing
        JOIN process ON id = process_id WHERE most_ns > 1.001 * wall_ns')" 0
    expect "$cc: the clock" "$(query "SELECT count(*) FROM clock WHERE ticks_per_s > 1e6 AND call_cost_ns < 10000
        AND (source = 'monotonic' OR call_cost_ns > 0)")" 3
    "$farmdb" top --calls >top
    grep -q 'Mean.*p50.*p99' top || fail "$cc: top --calls shows no times"
    FARM_CALLS=off ./calls >/dev/null || fail "$cc: FARM_CALLS=off changes the program"
    fresh_store
    FARM_CC=$cc "$farmcc" --farm-time=off -O2 "$root/tests/e2e/src/calls.c" -o untimed -pthread
    ./untimed >/dev/null
    expect "$cc: calls, untimed" "$(calls lasting)" 200
    expect "$cc: no times" "$(query 'SELECT count(*) FROM timing')" 0
done

# 20 calls of the first across(), 10 of the second, 7 behind it; main's time is theirs
"$farmcc" -O2 "$root/tests/e2e/src/stops.c" -o stops
stopped() {
    fresh_store
    ./stops >/dev/null
    expect "stopped: timed calls of lasting" "$(value "timed || ' ' || calls" lasting)" "37 37"
    expect "stopped: timed calls of across" "$(value "timed || ' ' || calls" across)" "1 1"
    within "stopped: main's time by that of lasting, in %" "$(query "SELECT 100 * m.mean_ns / (l.calls * l.mean_ns)
        FROM call_time m, call_time l WHERE m.function = 'main' AND l.function = 'lasting'")" 99 140
}
# between two calls others may take the processor
once_in 5 stopped
fresh_store
./stops reset >/dev/null
expect "reset: timed calls of lasting" "$(value "timed || ' ' || calls" lasting)" "7 7"
expect "reset: nothing of main" "$(query "SELECT count(*) FROM call_time WHERE function = 'main' AND calls > 0")" 0

# A program that is told to record nothing takes the slow path of an entry once, not with each call
cat >quiet.c <<'CODE'
#include <stdlib.h>
static unsigned long sum;
__attribute__((noinline)) static void add(unsigned long n)
{
    if (n % 3)
        sum += n;
}
int main(int argc, char **argv)
{
    void (*volatile step)(unsigned long) = add;
    for (unsigned long n = strtoul(argv[argc - 1], NULL, 10); n > 0; n--)
        step(n);
    return sum == 1;
}
CODE
instructions() {
    FARM_OFF=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 | sed -n 's/.*Collected : //p'
}
for options in "" "--farm-time=exact --farm-function=add"; do
    "$farmcc" -O1 $options quiet.c -o quiet
    within "instructions of a call that is not recorded, $options" \
        $((($(instructions ./quiet 11000) - $(instructions ./quiet 1000)) / 10000)) 5 90
done
