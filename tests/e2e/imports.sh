#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What other profilers measured becomes runs that can be shown and compared: figures arrive, what is not known is not 0.
. "$(dirname "$0")/lib.sh"
src=$here/src
cp "$src/viewed.c" "$src/viewed.h" .
"$farmcc" -g -O1 -DTHOUSANDS=40000 viewed.c -o viewed -lpthread || fail "viewed.c does not compile"
FARM_LABEL=own ./viewed
line=$(source_line viewed.c 'sink = sink * 1664525u')
count=$(hits viewed.c "$line" own)

imported() { "$farmdb" import "$@" >out 2>err || fail "import $*: $(cat err)"; }

# changed BEFORE AFTER: how many lines both count, and how many of them differently; then the same of functions' calls
changed() {
    "$farmdb" compare "$1" "$2" --format json >compare.json 2>/dev/null || fail "compare $1 $2"
    python3 - <<'CODE'
import json
c = json.load(open("compare.json"))
lines = [l for l in c["lines"] if l["hits_before"] is not None and l["hits_after"] is not None]
calls = [f for f in c["functions"] if f["calls_before"] is not None and f["calls_after"] is not None]
print(len(lines), sum(l["hits_before"] != l["hits_after"] for l in lines), len(calls),
      sum(f["calls_before"] != f["calls_after"] for f in calls))
CODE
}

# ---- our own exports come back as they were
"$farmdb" export lcov own -o own.info
imported lcov own.info --label lcov
lines=$(grep -c '^DA:' own.info)
expect "lcov and back" "$(changed own lcov)" "$lines 0 7 0"
"$farmdb" export lcov lcov -o again.info
same "lcov, there and back" own.info again.info
"$farmdb" report lcov --format json >report.json
expect "times of what has none" "$(grep -c '"time_s": [0-9]' report.json || true)" 0
"$farmdb" report lcov | grep -q " $line .* - .*sink = sink" || fail "no - for time: $("$farmdb" report lcov)"
imported lcov own.info --label twice
grep -q "it was there already" out || fail "twice: $(cat out)"
expect "runs" "$(query "SELECT count(*) FROM run")" 2

"$farmdb" export gcov own -o own.json
imported gcov own.json --label json
expect "gcov's JSON and back" "$(changed own json)" "$lines 0 7 0"

"$farmdb" export callgrind own -o own.callgrind
imported callgrind own.callgrind --label callgrind
set -- $(changed own callgrind)
expect "hits of callgrind.out, back" "$2" 0
[ "$1" -ge $((lines - 2)) ] || fail "lines of callgrind.out: $1 of $lines"

# ---- gcov, told to count threads exactly, which it does not by itself
gcc --coverage -fprofile-update=atomic -O0 -I"$root/runtime" -DTHOUSANDS=40000 viewed.c -o covered -lpthread
./covered
gcov --json-format covered-viewed.gcda >gcov.log 2>&1 || fail "gcov: $(cat gcov.log)"
imported gcov ./*.gcov.json.gz --label gcov
set -- $(changed own gcov)
[ "$1" -ge 25 ] || fail "lines that gcov and farm count: $1"
expect "hits that gcov counts otherwise" "$2" 0
expect "calls that gcov counts otherwise" "$4" 0

# ---- callgrind, of a program that farmcc has not seen
gcc -g -O1 -I"$root/runtime" -DTHOUSANDS=400 viewed.c -o plain -lpthread
valgrind --tool=callgrind --callgrind-out-file=v.out ./plain 2>valgrind.log || fail "valgrind: $(cat valgrind.log)"
imported callgrind v.out --label valgrind
"$farmdb" top --format csv valgrind >top.csv
expect "calls of compare" "$(grep -o '^26[0-9]*,.*,compare,' top.csv | cut -d, -f1)" \
    "$("$farmdb" top --format csv own | grep -o '^26[0-9]*,.*,compare,' | cut -d, -f1)"
instructions=$(sed -n 's/^summary: \([0-9]*\).*/\1/p' v.out)
expect "instructions" "$(query "SELECT samples FROM process JOIN run ON run.id = run_id WHERE label = 'valgrind'")" \
    "$instructions"
spin=$(callgrind_annotate --threshold=100 v.out | sed -n "s/^ *\([0-9,]*\) .*viewed.c:spin.*/\1/p" |
    head -n 1 | tr -d ,)
expect "instructions of spin" "$(query "SELECT sum(s.samples)
    FROM line_samples s JOIN function f ON f.id = s.function_id
    JOIN process p ON p.id = s.process_id JOIN run ON run.id = p.run_id
    WHERE label = 'valgrind' AND f.name = 'spin' AND below = ''")" "$spin"
expect "hits of what has none" "$("$farmdb" report valgrind --format json | grep -c '"hits": [0-9]' || true)" 0
"$farmdb" report valgrind | grep -q "^ *$line  *-  .*sink = sink" || fail "no - for hits: $("$farmdb" report valgrind)"
"$farmdb" report valgrind | grep -q "Ir of callgrind, shown as one nanosecond each" || fail "the unit is not told"
"$farmdb" flame valgrind -o valgrind.folded
grep -q '^main;libc[^;]*;compare;spin [0-9]*$' valgrind.folded || fail "stacks of callgrind: $(cat valgrind.folded)"
"$farmdb" compare own valgrind >compare.txt 2>&1 || fail "compare with callgrind: $(cat compare.txt)"
grep -q "who measured: own: farm; valgrind: imported from callgrind" compare.txt || fail "$(cat compare.txt)"

# ---- perf script
cat >perf.txt <<CODE
# cmdline : /usr/bin/perf record -g ./other
other 7/8 [001] 25037.256499:    1000000 cpu-clock:u: 
	            118e spin+0x15 ($work/other)
  viewed.c:$line
	            11a7 big+0x9 ($work/other)
  viewed.c:20

other 7/8 [001] 25037.266499:    1000000 cpu-clock:u: 
	           891f4 memcpy+0x304 (/usr/lib/x86_64-linux-gnu/libc.so.6)
	            11a7 big+0x9 ($work/other)
  viewed.c:20

other 7 25037.3: 5 cache-misses:u:     118e spin+0x15 ($work/other)
CODE
imported perf perf.txt --label script
expect "time of perf's samples" "$("$farmdb" report script --format json | tr '}' '\n' |
    sed -n 's/.*"line": \([0-9]*\), "function": "\([a-z]*\)", "hits": null, "time_s": \([0-9.]*\),.*/\1 \2 \3/p' |
    sort | tr '\n' ' ')" "$line spin 0.001 20 big 0.001 "
"$farmdb" report script | grep -q "libc.so.6  *1.00 ms" || fail "libc: $("$farmdb" report script)"
expect "calls" "$("$farmdb" top script --format csv | grep -c '^,' || true)" 2
"$farmdb" export folded script >script.folded
expect "stacks of perf" "$(sort script.folded | tr '\n' ' ')" "big;libc.so.6 1000000 big;spin 1000000 "
if perf record -q -e cpu-clock:u -F 1000 -g -o perf.data ./viewed 2>perf.log; then
    gcc -g -O1 -fno-omit-frame-pointer -I"$root/runtime" -DTHOUSANDS=400000 viewed.c -o busy -lpthread
    perf record -q -e cpu-clock:u -F 1000 -g -o perf.data ./busy 2>perf.log
    perf script -i perf.data >busy.txt 2>perf.log
    imported perf busy.txt --label perf
    samples=$(grep -c 'cpu-clock:u:' busy.txt)
    expect "samples" "$(query "SELECT samples FROM process JOIN run ON run.id = run_id WHERE label = 'perf'")" \
        "$samples"
    "$farmdb" top perf --format csv >top.csv
    within "share of spin" "$(sed -n 's/^,[0-9.]*,\([0-9.]*\),.*,spin,.*/\1/p' top.csv)" 0.9 1
    expect "where spin begins" "$(query "SELECT line FROM function f JOIN unit ON unit.id = unit_id
        WHERE f.name = 'spin' AND unit.name = 'busy.txt'")" "$(source_line viewed.c 'spin(unsigned n)')"
    "$farmdb" flame perf -o perf.folded
    grep -q '^main;deep;deep;.*spin [0-9]*$' perf.folded || fail "stacks of perf: $(cat perf.folded)"
else
    echo "no perf here: $(cat perf.log)"
fi

# ---- sources that changed since are not shown
cp own.info old.info
touch -d '2001-01-01' old.info
echo '# older' >>old.info
touch -d '2001-01-01' old.info
imported lcov old.info --label old
grep -q '2 that changed since' out || fail "younger sources: $(cat out)"
"$farmdb" report old >report.txt
if grep -q 'sink = sink' report.txt; then fail "the text of a source that changed: $(cat report.txt)"; fi
