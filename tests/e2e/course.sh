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
    growth $sampler leak leak
    expect "the unit of growth" "$(grep -c '"per": "step"' show.json)" 1
    # 16 kB and what the notes on allocations take
    within "growth in bytes by step" "$(sed -n 's/.*"growth_bytes": \([0-9.e+]*\).*/\1/p' show.json)" 15000 22000
    growth $sampler sawtooth 'no leak shown'
done

for sampler in perf timer none; do
    fresh_store
    FARM_SAMPLER=$sampler ./course threads
    thread() { query "SELECT $2 FROM thread_time WHERE name = '$1'"; }
    within "threads seen by $sampler" "$(query 'SELECT max(threads) FROM series')" 3 3
    within "CPU ms of sleeper" "$(thread sleeper '(user_ns + sys_ns) / 1e6')" 50 130
    within "CPU ms of spinner" "$(thread spinner '(user_ns + sys_ns) / 1e6')" 250 350
    within "blocked ms of sleeper" "$(thread sleeper '(waiting_ns - ready_ns) / 1e6')" 500 700
    within "blocked ms of spinner" "$(thread spinner '(waiting_ns - ready_ns) / 1e6')" 200 400
    within "waits of sleeper" "$(thread sleeper voluntary)" 1 50
    own=$(query 'SELECT sum(own_ns) / 1e6 FROM series_core WHERE time_ns = (SELECT max(time_ns) FROM series_core)')
    within "CPU ms of all cores" "$own" 300 480
    within "CPU ms of the process" "$(query 'SELECT (user_ns + sys_ns) / 1e6 FROM process')" 380 480
    "$farmdb" show --format json | grep -oE '"busy_max_share": *[0-9.]+' >busy
    busy=$(awk '$2 > most { most = $2 } END { print 100 * most }' busy)
    within "busiest core, percent" "$busy" 20 100
    within "threads in the series" "$(query 'SELECT count(DISTINCT number) FROM series_thread')" 2 3
done

fresh_store
./course disk
written=$(query 'SELECT sum(write_bytes) FROM series_rate')
[ "$(stat -f -c %T .)" = tmpfs ] || within "bytes written" "$written" 20000000 30000000
"$farmdb" show --series --format csv >points
within "points" "$(wc -l <points)" 4 200
expect "rising times" "$(awk -F, 'NR > 2 && $2 <= last { print } { last = $2 }' points)" ""
"$farmdb" show >text
grep -q 'Memory: start' text || fail "show says nothing of the course"
grep -q 'Memory grows by' text || fail "show says nothing of growth"
"$farmdb" show --series --format json | grep -q '"core_series"' || fail "no series by core"

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    fresh_store
    mkdir store
    chmod 777 . store
    FARM_DB=$work/store/farm.db
    setpriv --reuid=65534 --regid=65534 --clear-groups ./course threads
    within "threads seen by an ordinary user" "$(query 'SELECT max(threads) FROM series')" 3 3
fi

# 22 s are more than the 10 s that 512 points at 20 ms last: halved once or twice, evenly spread, up to the end
wait $long_pid
FARM_DB=$work/long/farm.db
count=$(query 'SELECT count(*) FROM series')
within "points of a long run" "$count" 150 520
within "seconds up to the last point" "$(query 'SELECT max(time_ns) / 1e9 FROM series')" $((long - 1)) $((long + 5))
within "the longest span in ms" "$(query 'SELECT max(span_ns) / 1e6 FROM series_rate')" 30 3000

# a process that sleeps: no points, and no CPU time to speak of for its helper (in ticks of 10 ms)
fresh_store
cat >sleep.c <<'END'
#include <unistd.h>
int main(void)
{
    sleep(3);
    return 0;
}
END
"$farmcc" sleep.c -o sleeping
./sleeping &
pid=$!
tries=0
while helper=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v p=$pid '/\(farm-helper\)/ && $4 == p { print $1 }') &&
    [ ! "$helper" ] && [ $tries -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.02
done
[ "$helper" ] || fail "no helper"
sleep 2
ticks=$(awk '{ print $14 + $15 }' "/proc/$helper/stat")
within "CPU ticks of the helper in 2 s of sleep" "$ticks" 0 2
wait $pid
within "points of a process that sleeps" "$(query 'SELECT count(*) FROM series')" 0 3
