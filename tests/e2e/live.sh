#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# farmdb live: figures of a running program that grow, its end, several programs, no write access to anything of it.
. "$(dirname "$0")/lib.sh"
"$farmcc" -O1 "$e2e/src/proof_course.c" -lpthread -o course

shown() { "$farmdb" live --once --format json 2>/dev/null | grep -q spin_for; }
calls() { sed -n 's/.*"function": "spin_for", "calls": \([0-9]*\).*/\1/p'; }
first='' second=''
trap 'kill $first $second 2>/dev/null || :; cleanup' EXIT

"$farmdb" live --once 2>err && fail "live without a program answers"
grep -q 'no recorded program runs here' err || fail "$(cat err)"

./course long 600 &
first=$!
wait_until "the program" shown
before=$("$farmdb" live --once --format json | calls)
"$farmdb" live $first --count 2 --interval 0.2 >text
expect "tables of two refreshes" "$(grep -c '^Function' text)" 2
[ "$(awk '{ if (length($0) > m) m = length($0) } END { print m }' text)" -le 80 ] || fail "wider than 80 columns"
more_calls() {
    after=$("$farmdb" live $first --once --format json | calls)
    [ "$after" -gt "$before" ]
}
wait_until "calls that grow" more_calls
"$farmdb" live $first --once --format json | grep -q '"lines": \[' || fail "no lines"
[ ! -e "$FARM_DB" ] || fail "live has made a store"

./course long 600 &
second=$!
both_shown() { "$farmdb" live --once 2>/dev/null | grep -q '2 recorded programs'; }
wait_until "a list of two programs" both_shown
kill $second
wait $second 2>/dev/null || true
second=

# nobody's right to write: the record may only be read
if can_be_user; then
    chmod 755 . "$FARM_DB-records"
    chmod 444 "$FARM_DB-records"/*.rec
    as_user "$farmdb" live $first --once --format json >other ||
        fail "an ordinary user cannot watch"
    [ "$(calls <other)" -ge "$after" ] || fail "an ordinary user sees less"
fi
# by the process id alone, from a folder that knows nothing of its store
(cd / && FARM_DB=/nonexistent/farm.db "$farmdb" live $first --once --format json | grep -q spin_for) ||
    fail "not found by its process id"

# the end of the program ends it
"$farmdb" live $first --interval 0.1 >endless 2>end &
watcher=$!
wait_until "what live shows" [ -s endless ]
kill $first
wait $watcher || fail "live fails at the program's end"
grep -q 'has ended' end || fail "live does not tell of the end"
wait $first 2>/dev/null || true
first=
status=0
"$farmdb" live 999999999 --once 2>err || status=$?
expect "status for no such program" $status 3
status=0
"$farmdb" live --interval 0 $first 2>err || status=$?
expect "status of a wrong interval" $status 2
