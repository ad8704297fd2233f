#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs that are repeated: interrupted and gone on with, killed at any moment, ended in time with all that they started,
# and never timed at the same time as others.
. "$(dirname "$0")/lib.sh"
TMPDIR=$work                     # other tests run programs, too
export TMPDIR

cat >prog.c <<'E2'
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    long sum = 0, n = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
    for (long i = 0; i < n; i++)
        sum += i;
    printf("sum %ld\n", sum);
    return 0;
}
E2
"$farmcc" -O1 -o prog prog.c
loop=$(source_line prog.c 'sum += i')

# step N: a run that notes itself, and at line $hold of the log says so and waits to be let go.
cat >step <<'E2'
#!/bin/sh
echo "$1" >>log
if [ "$(wc -l <log)" = "$(cat hold)" ]; then
    echo held >ready
    read line <go
fi
exec ./prog "$1"
E2
chmod +x step
mkfifo ready go
exec 3<>ready                    # else a writer that is about to close looks like the end

# done_once RUNS: every point has each repeat once, as a run with the label and one process with exact counts.
done_once() {
    expect "finished" "$(query "SELECT finished FROM experiment")" 1
    expect "runs of the experiment" \
        "$(query "SELECT count(*), count(DISTINCT point_id || '.' || repeat) FROM point_run")" "$1,$1"
    expect "runs with the label" "$(query "SELECT count(*) FROM run WHERE label = 's'")" "$1"
    expect "processes of each" "$(query "SELECT min(n), max(n) FROM (SELECT count(p.id) AS n FROM point_run
        LEFT JOIN process p ON p.run_id = point_run.run_id GROUP BY point_run.run_id)")" 1,1
    expect "hits" "$(query "SELECT count(*) FROM sweep_point s JOIN line_hits h ON h.run_id = s.run_id
        WHERE h.line = $loop AND h.hits = s.value")" "$1"
}

fresh() {
    fresh_store
    rm -f log hold
}

# ---- interrupted by a signal
for signal in 15 1; do             # TERM, HUP
    fresh
    echo 5 >hold
    "$farmdb" sweep -P n=1,2,3,4 -r 3 -l s -- ./step '{n}' >out 2>err &
    pid=$!
    read line <&3
    kill -$signal $pid
    status=0
    wait $pid || status=$?
    expect "status after signal $signal" $status $((128 + signal))
    grep -q 'interrupted after 4 of 12 runs; `farmdb sweep --resume`' err || fail "said: $(cat err)"
    expect "runs so far" "$(query "SELECT count(*) FROM point_run")" 4
    expect "the one under way, without the label" "$(query "SELECT label, ended FROM run JOIN recorded ON run_id = id
        WHERE id NOT IN (SELECT run_id FROM point_run)")" ",signal"
    "$farmdb" sweep --resume >out 2>err || fail "resume: $(cat err)"
    done_once 12
    expect "lines of the log" "$(wc -l <log)" 13
done

# ---- whoever does not heed the first signal is killed by the second
cat >deaf <<'E2'
#!/bin/sh
trap 'echo deaf >ready' TERM
echo held >ready
read line <go
while :; do read line <go; done
E2
chmod +x deaf
"$farmdb" record -r 2 -- ./deaf >out 2>err &
pid=$!
read line <&3
kill -TERM $pid
read line <&3
expect "it heard" "$line" deaf
kill -TERM $pid
status=0
wait $pid || status=$?
expect "status" $status 143

# ---- farmdb itself killed: between runs, in one, while it writes
fresh
echo 0 >hold
"$farmdb" sweep -P n=1,2,3 -r 8 -l s -- ./step '{n}' >out 2>err &
pid=$!
for moment in 1 3 4 7 11 16; do
    until [ -f log ] && [ "$(wc -l <log)" -ge $moment ]; do :; done
    kill -9 $pid                 # it may have done all by then
    wait $pid 2>/dev/null || :
    "$farmdb" sweep --resume >out 2>err &
    pid=$!
done
wait $pid || grep -q 'no sweep that was interrupted' err || fail "resume: $(cat err)"
done_once 24
as_logged() {
    [ "$(query "SELECT count(*) = $(wc -l <log) FROM run WHERE id IN (SELECT run_id FROM process)")" = 1 ]
}
wait_until "the runs whose farmdb was killed" as_logged

# ---- and with the run under way left alone
fresh
echo 3 >hold
"$farmdb" sweep -P n=1,2 -r 2 -l s -- ./step '{n}' >out 2>err &
pid=$!
read line <&3
kill -9 $pid
wait $pid 2>/dev/null || :
echo >go
third_recorded() { [ "$(query "SELECT count(*) FROM process")" = 3 ]; }
wait_until "the run that was left alone" third_recorded
expect "it is no repeat" "$(query "SELECT count(*) FROM run WHERE label = 's'")" 2
"$farmdb" sweep --resume >out 2>err || fail "resume: $(cat err)"
done_once 4

# ---- one experiment at a time goes on with what was interrupted
fresh
echo 2 >hold
"$farmdb" sweep -P n=1,2 -r 2 -l s -- ./step '{n}' >out 2>err &
pid=$!
read line <&3
status=0
"$farmdb" sweep --resume >out2 2>err2 || status=$?
expect "status of the second" $status 4
grep -q 'under way in another' err2 || fail "said: $(cat err2)"
echo >go
wait $pid || fail "said: $(cat err)"
done_once 4

# ---- the time limit ends the whole group, also who does not listen
fresh
cat >family <<'E2'
#!/bin/sh
trap '' TERM
sh -c 'trap "" TERM; exec sleep 1000' >alive &
wait
sleep 1000
E2
chmod +x family
mkfifo alive
cat alive >nothing &
reader=$!
status=0
"$farmdb" record --time-limit 3 -- ./family 2>err || status=$?
expect "status" $status 124
wait $reader                     # nobody holds the other end any more
expect "ended" "$(query "SELECT ended, end_value FROM recorded")" timeout,3000

# ---- two farmdb never time at once
fresh
cat >alone <<'E2'
#!/bin/sh
mkdir busy || echo clash >>clashes
./prog 200000
rmdir busy
E2
chmod +x alone
"$farmdb" --db one.db record -r 12 -- ./alone >out1 2>err1 &
pid=$!
"$farmdb" --db two.db record -r 12 -- ./alone >out2 2>err2
wait $pid
[ ! -f clashes ] || fail "two runs were timed at once"

# ---- a single run does not wait, nor is waited for; all are marked
"$farmdb" record -- sh -c 'echo held >ready; read line <go' 2>err &
pid=$!
read line <&3
"$farmdb" record -r 2 -- true >out 2>err2
echo >go
wait $pid
expect "marked" "$(query "SELECT count(*) FROM recorded WHERE contaminated LIKE '%another recording went on%'")" 3
grep -q '2 of 2 runs are contaminated' err2 || fail "said: $(cat err2)"
"$farmdb" record -r 1 -- sh -c 'echo held >ready; read line <go' >out 2>err &
pid=$!
read line <&3
"$farmdb" record -- true 2>err2
echo >go
wait $pid
expect "marked" "$(query "SELECT count(*) FROM recorded WHERE contaminated LIKE '%another recording went on%'")" 5

# ---- how far it is: said after a second where it is asked for
"$farmdb" record -r 3 --progress -- sleep 0.6 >out 2>err
grep -q '^[12] of 3 runs, now sleep, about 0:0[0-9] left$' err || fail "progress: $(cat err)"
"$farmdb" record -r 2 -- sleep 0.6 >out 2>err
! grep -q 'of 2 runs, now' err || fail "progress where nobody asked: $(cat err)"

# ---- a recording inside of one is part of it
"$farmdb" record -r 1 -- "$farmdb" --db inner.db record -r 2 -- true >out 2>err
expect "inside" "$("$farmdb" --db inner.db sql --format csv "SELECT count(*) FROM recorded" | sed 1d)" 2
