#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# farmdb live: figures of a running program that grow, its end, several programs, no write access to anything of it.
. "$(dirname "$0")/lib.sh"
"$farmcc" -O1 "$e2e/src/proof_course.c" -lpthread -o course

wait_for() {
    tries=0
    until [ -e "$1"/*.rec ] 2>/dev/null && "$farmdb" live --once --format json 2>/dev/null | grep -q spin_for; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || fail "the program does not appear"
        sleep 0.05
    done
}
calls() { sed -n 's/.*"function": "spin_for", "calls": \([0-9]*\).*/\1/p'; }

"$farmdb" live --once 2>err && fail "live without a program answers"
grep -q 'no recorded program runs here' err || fail "$(cat err)"

./course long 60 &
first=$!
wait_for "$FARM_DB-records"
before=$("$farmdb" live --once --format json | calls)
"$farmdb" live $first --count 2 --interval 0.2 >text
expect "tables of two refreshes" "$(grep -c '^Function' text)" 2
[ "$(awk '{ if (length($0) > m) m = length($0) } END { print m }' text)" -le 80 ] || fail "wider than 80 columns"
after=$("$farmdb" live $first --once --format json | calls)
[ "$after" -gt "$before" ] || fail "calls do not grow: $before, $after"
"$farmdb" live $first --once --format json | grep -q '"lines": \[' || fail "no lines"
[ ! -e "$FARM_DB" ] || fail "live has made a store"

./course long 60 &
second=$!
tries=0
until "$farmdb" live --once 2>/dev/null | grep -q '2 recorded programs'; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || fail "no list of two programs"
    sleep 0.05
done
kill $second
wait $second 2>/dev/null || true

# nobody's right to write: the record may only be read
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    chmod 755 . "$FARM_DB-records"
    chmod 444 "$FARM_DB-records"/*.rec
    setpriv --reuid=65534 --regid=65534 --clear-groups "$farmdb" live $first --once --format json >other ||
        fail "an ordinary user cannot watch"
    [ "$(calls <other)" -ge "$after" ] || fail "an ordinary user sees less"
fi
# by the process id alone, from a folder that knows nothing of its store
(cd / && FARM_DB=/nonexistent/farm.db "$farmdb" live $first --once --format json | grep -q spin_for) ||
    fail "not found by its process id"

# the end of the program ends it
"$farmdb" live $first --interval 0.1 >endless 2>end &
watcher=$!
tries=0
until [ -s endless ]; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || fail "live shows nothing"
    sleep 0.05
done
kill $first
wait $watcher || fail "live fails at the program's end"
grep -q 'has ended' end || fail "live does not tell of the end"
wait $first 2>/dev/null || true
status=0
"$farmdb" live 999999999 --once 2>err || status=$?
expect "status for no such program" $status 3
status=0
"$farmdb" live --interval 0 $first 2>err || status=$?
expect "status of a wrong interval" $status 2
