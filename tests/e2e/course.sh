#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A process over time: memory growth with a verdict, threads with their waiting, CPU by core, disk; the table stays
# bounded, and a process that sleeps costs nothing. By both samplers and as an ordinary user.
. "$(dirname "$0")/lib.sh"
"$farmcc" -O2 "$e2e/src/proof_course.c" -lpthread -o course
long=22

# the long one runs beside the others, with a store of its own
mkdir long
FARM_DB=$work/long/farm.db ./course long $long &
long_pid=$!

growth() {
    fresh_store
    FARM_SAMPLER=$1 ./course "$2"
    "$farmdb" show --format json >show.json
    sed -n '/"memory_growth"/,/\]/p' show.json | tr -d '\n' | grep -q "\"verdict\": \"$3\"" ||
        {
            sed -n '/"memory_growth"/,/\]/p' show.json
            query 'SELECT count(*), max(steps) FROM series'
            fail "$2: not '$3'"
        }
}
for sampler in perf timer; do
    once_in 5 growth $sampler leak leak
    expect "the unit of growth" "$(grep -c '"per": "step"' show.json)" 1
    # 16 kB and what the notes on allocations take
    within "growth in bytes by step" "$(sed -n 's/.*"growth_bytes": \([0-9.e+]*\).*/\1/p' show.json)" 15000 22000
    once_in 5 growth $sampler sawtooth 'no leak shown'
done

threads_by() {
    fresh_store
    FARM_SAMPLER=$1 ./course threads
    thread() { query "SELECT $2 FROM thread_time WHERE name = '$1'"; }
    within "threads seen by $1" "$(query 'SELECT max(threads) FROM series')" 3 3
    within "CPU ms of sleeper" "$(thread sleeper '(user_ns + sys_ns) / 1e6')" 50 130
    within "CPU ms of spinner" "$(thread spinner '(user_ns + sys_ns) / 1e6')" 250 350
    within "blocked ms of sleeper" "$(thread sleeper '(waiting_ns - ready_ns) / 1e6')" 500 700
    within "blocked ms of spinner" "$(thread spinner '(waiting_ns - ready_ns) / 1e6')" 200 400
    within "waits of sleeper" "$(thread sleeper voluntary)" 1 50
    process=$(query 'SELECT (user_ns + sys_ns) / 1e6 FROM process')
    within "CPU ms of the process" "$process" 380 600
    own=$(query 'SELECT sum(own_ns) / 1e6 FROM series_core WHERE time_ns = (SELECT max(time_ns) FROM series_core)')
    within "CPU ms of all cores" "$own" 300 "$process"
    # in some span it had at least its mean share of one of the cores
    "$farmdb" show --format json | grep -oE '"busy_max_share": *[0-9.]+' >busy
    busy=$(awk '$2 > most { most = $2 } END { print 100 * most }' busy)
    mean=$(query "SELECT 100.0 * $own * 1e6 / wall_ns / $(nproc) FROM process")
    within "busiest core, percent" "$busy" "$mean" 100
    within "threads in the series" "$(query 'SELECT count(DISTINCT number) FROM series_thread')" 2 3
}
# The helper sees threads from outside: late where it has to wait for the processor.
for sampler in perf timer none; do once_in 5 threads_by $sampler; done

# Busy to the end: the last point knows what the process used until then.
cat >busy.c <<'END'
static volatile unsigned sink;
int main(void)
{
    for (unsigned i = 0; i < 150000000; i++)
        sink = sink * 1664525u + i;
    return 0;
}
END
"$farmcc" -O1 busy.c -o busy || fail "busy.c does not compile"
for sampler in perf timer none; do
    fresh_store
    FARM_SAMPLER=$sampler ./busy
    within "CPU ms behind the last point, $sampler" "$(query 'SELECT (process.user_ns + process.sys_ns -
        max(series.user_ns + series.sys_ns)) / 1e6 FROM process JOIN series ON process_id = process.id')" -1 4
done

fresh_store
./course disk
written=$(query 'SELECT sum(write_bytes) FROM series_rate')
[ "$(stat -f -c %T .)" = tmpfs ] || within "bytes written" "$written" 20000000 30000000
"$farmdb" show --series --format csv >points
within "points" "$(wc -l <points)" 4 513
expect "rising times" "$(awk -F, 'NR > 2 && $2 <= last { print } { last = $2 }' points)" ""
"$farmdb" show >text
grep -q 'RSS: start' text || fail "show says nothing of the course"
grep -q 'Memory grows by' text || fail "show says nothing of growth"
"$farmdb" show --series --format json | grep -q '"core_series"' || fail "no series by core"

if can_be_user; then
    fresh_store
    mkdir store
    chmod 777 . store
    FARM_DB=$work/store/farm.db
    by_user() {
        fresh_store
        as_user ./course threads
        within "threads seen by an ordinary user" "$(query 'SELECT max(threads) FROM series')" 3 3
    }
    once_in 5 by_user
fi

# 22 s are more than the 10 s that 512 points at 20 ms last: halved once or twice, evenly spread, up to the end
wait $long_pid
FARM_DB=$work/long/farm.db
count=$(query 'SELECT count(*) FROM series')
within "points of a long run" "$count" 60 520
within "seconds up to the last point" "$(query 'SELECT max(time_ns) / 1e9 FROM series')" $((long - 1)) $((long + 5))
within "the longest span in ms" "$(query 'SELECT max(span_ns) / 1e6 FROM series_rate')" 30 3000

# a process that sleeps: no points but those of its start (one each 20 ms would be 150), and no CPU time to speak of
# for its helper (in ticks of 10 ms)
fresh_store
cat >sleep.c <<'END'
#include <unistd.h>
int main(void)
{
    char byte;
    return read(0, &byte, 1) != 0;
}
END
"$farmcc" sleep.c -o sleeping
mkfifo awake
./sleeping <awake &
pid=$!
exec 3>awake
ticks() { awk '{ print $14 + $15 }' "/proc/$helper/stat"; }
finds_helper() {
    helper=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v p=$pid '/\(farm-helper\)/ && $4 == p { print $1 }')
    [ "$helper" ]
}
wait_until "the helper" finds_helper
sleep 1                          # what it does at the start
before=$(ticks)
sleep 2
within "CPU ticks of the helper in 2 s of sleep" $(($(ticks) - before)) 0 2
exec 3>&-
wait $pid
within "points of a process that sleeps" "$(query 'SELECT count(*) FROM series')" 0 15
