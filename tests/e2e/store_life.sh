#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The store in everyday life: several farmdb at once, readers beside a writer, a folder that cannot be written to, and
# each command that writes killed at many moments. Nothing is lost, nothing is there twice, and the file is whole.
. "$(dirname "$0")/lib.sh"
TMPDIR=$work
export TMPDIR
maker=$FARM_BUILD/tests/farm_maker

cat >prog.c <<'E2'
int main(int argc, char **argv)
{
    int sum = 0;
    for (int i = 0; i < 100 * argc; i++)
        sum += i;
    return sum == 1;
}
E2
"$farmcc" -O1 -o prog prog.c

# records FROM TO: a record each, of the program's own build, by hand and so without running anything
records() {
    mkdir -p "$FARM_DB-records"
    for i in $(seq "$1" "$2"); do
        printf 'record %s %d\nset pid %d\nset start_ns %d000000000\nset wall_ns 5\nset user_ns 3\ninfo exe %s\n' \
            "$FARM_DB-records" "$i" "$((1000 + i))" "$((1700000000 + i))" "$work/prog"
        printf 'info cwd %s\nargv ./prog\nmodule %s 1 0x550000000000 0x550000001000 0x550000002000\nend\n' "$work" \
            "$work/prog"
    done | "$maker"
}

# whole RUNS: as many runs and processes, none twice, no reference into nothing
whole() {
    expect "runs, processes, different ones" \
        "$(query "SELECT (SELECT count(*) FROM run), count(*), count(DISTINCT uuid) FROM process")" "$1,$1,$1"
    expect "whole" "$(query "PRAGMA integrity_check")" ok
    expect "references" "$(query "SELECT count(*) FROM pragma_foreign_key_check")" 0
    expect "left beside it" "$(find "$FARM_DB-records" -name '*.rec*' | wc -l)" 0
}

# killed_often COMMAND...: starts the command and kills it, again and again, each time a little later, until it ends
killed_often() {
    patience=0
    while :; do
        "$@" >out 2>err &
        pid=$!
        i=0
        while [ $i -lt $patience ] && kill -0 $pid 2>/dev/null; do i=$((i + 1)); done
        kill -9 $pid 2>/dev/null || :
        status=0
        wait $pid 2>/dev/null || status=$?
        case $status in
            0|3) return 0 ;;         # 3: the one before had done all when it was killed
            137) ;;
            *) fail "$*: $(cat err)" ;;
        esac
        patience=$((patience + patience / 3 + 40))
    done
}

# ---- two that take in, and readers beside them
records 1 150
"$farmdb" ingest >out1 2>err1 &
one=$!
"$farmdb" ingest >out2 2>err2 &
two=$!
seen=0
while kill -0 $one 2>/dev/null || kill -0 $two 2>/dev/null; do
    now=$("$farmdb" --db "$FARM_DB" runs --format csv 2>/dev/null | sed 1d | wc -l)
    [ "$now" -ge "$seen" ] || fail "a reader saw $now runs behind $seen"
    seen=$now
done
wait $one || fail "the first: $(cat err1)"
wait $two || fail "the second: $(cat err2)"
whole 150

case $("${CC:-cc}" --version) in
    *clang*) expect "compiler" "$(query "SELECT DISTINCT producer LIKE '%clang%' FROM unit")" 1 ;;
    *) expect "compiler and options" "$(query "SELECT DISTINCT producer LIKE 'GNU C%-O1%' FROM unit")" 1 ;;
esac

# ---- a reader that stays: what it sees is of one moment, and the writer does not wait for it
records 151 200
"$farmdb" ingest >/dev/null
records 201 220
expect "runs that the reader sees before and after, and the next one" "$(python3 - "$farmdb" "$FARM_DB" <<'CODE'
import sqlite3, subprocess, sys
farmdb, store = sys.argv[1:]
count = "SELECT count(*) FROM run"
reader = sqlite3.connect(store, isolation_level=None)
reader.execute("BEGIN")
before = reader.execute(count).fetchone()[0]
subprocess.run([farmdb, "ingest"], check=True, stdout=subprocess.DEVNULL)
after = reader.execute(count).fetchone()[0]
reader.execute("END")
print(before, after, reader.execute(count).fetchone()[0])
CODE
)" "200 200 220"
whole 220

# ---- killed while it takes in
records 221 320
killed_often "$farmdb" ingest
whole 320

# ---- killed while it merges
cp "$FARM_DB" other.db
"$farmdb" --db other.db sql --write "UPDATE process SET uuid = 'x' || uuid" >out
"$farmdb" --db other.db sql --write "UPDATE run SET uuid = 'x' || uuid, label = 'other'" >out
killed_often "$farmdb" merge other.db
whole 640
"$farmdb" merge other.db >out
whole 640

# ---- killed while it tidies up: all of it was done, or nothing
"$farmdb" label 1..20 kept
killed_often "$farmdb" gc --last 50
whole 390
killed_often "$farmdb" rm other
whole 70

# ---- two experiments, a merge and a tidying at once
"$farmdb" record -r 8 -l one -- ./prog >out1 2>err1 &
one=$!
"$farmdb" record -r 8 -l two -- ./prog >out2 2>err2 &
two=$!
"$farmdb" merge other.db >out3 2>err3 || fail "merge: $(cat err3)"
"$farmdb" gc --last 40 >out3 2>err3 || fail "gc: $(cat err3)"
wait $one || fail "the first: $(cat err1)"
wait $two || fail "the second: $(cat err2)"
# on a busy machine the end of a process may be noted after the next command has looked
tries=0
while [ $tries -lt 200 ] && find "$FARM_DB-records" -name '*.rec*' | grep -q .; do
    "$farmdb" ingest >out3 2>err3 || [ $? = 3 ] || fail "ingest: $(cat err3)"
    tries=$((tries + 1))
done
expect "left beside it" "$(find "$FARM_DB-records" -name '*.rec*' | wc -l)" 0
expect "labels" "$(query "SELECT label, count(*) FROM run WHERE label <> '' GROUP BY label" | tr '\n' ' ')" \
    "kept,20 one,8 other,320 two,8 "
expect "whole" "$(query "PRAGMA integrity_check")" ok
expect "references" "$(query "SELECT count(*) FROM pragma_foreign_key_check")" 0
expect "counted" "$(query "SELECT count(*) FROM line_hits h JOIN run ON run.id = h.run_id WHERE label IN ('one', 'two')
    AND line = 5 AND hits = 100")" 16

# ---- a folder that cannot be written to: reading goes on, writing says why
mkdir locked
cp "$FARM_DB" locked/farm.db
chmod a-w locked locked/farm.db
chmod a+rx "$work" locked
if [ "$(id -u)" = 0 ]; then as="setpriv --reuid=65534 --clear-groups"; else as=; fi
if $as test -x "$farmdb" && $as test -r locked/farm.db; then
    expect "runs" "$($as "$farmdb" --db locked/farm.db runs --format csv | sed 1d | wc -l)" \
        "$(query "SELECT count(*) FROM run")"
    for words in "gc" "merge other.db" "rm one" "label one two" "record -r 2 -- true"; do
        status=0
        $as "$farmdb" --db locked/farm.db $words >out 2>err || status=$?
        expect "status of $words" $status 4
        grep -q 'cannot be written to' err || fail "$words says: $(cat err)"
    done
    status=0
    $as "$farmdb" --db locked/farm.db record -- true >out 2>err || status=$?
    expect "status of the program" $status 0
    grep -q 'cannot be written to' err || fail "record says: $(cat err)"
fi
chmod u+w locked
