#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# CPU time (user + system, the tool's own included) of programs under farmcc and under its peers, against the plain
# build. `bench/run.sh --write` puts the table into RESULTS.md. A tool that is missing or fails has "-".
#
#   ROUNDS       how often each command runs, default 5
#   SECONDS_MAX  after so many seconds of measuring the programs that are left get two rounds each, default 540
#   PROGRAMS     only these, by the first word of their rows: lua sqlite zlib jq farmsim kdtree matrix hash allocs
#                threads putc
#   BUILDS       only these: plain farmcc hits exact gcov gcov-atomic gprof clang clang-cov
ROUNDS=${ROUNDS:-5}
SECONDS_MAX=${SECONDS_MAX:-540}
. "$(dirname "$0")/lib.sh"
need make "$BENCH_CC" timeout
builds=${BUILDS:-plain farmcc hits exact gcov gcov-atomic gprof clang clang-cov}
CORPUS_INPUT=$work
PROGRAMS=${PROGRAMS:-lua sqlite zlib jq farmsim kdtree matrix hash allocs threads putc}
LLVM_PROFILE_FILE=$work/llvm.profraw
export CORPUS_INPUT LLVM_PROFILE_FILE

wanted() {
    case " $PROGRAMS " in *" $1 "*) ;; *) return 1 ;; esac
}

# all_builds FUNCTION [BUILD]...: FUNCTION BUILD for each, two at a time. One that fails costs its column.
all_builds() {
    making=$1 running=0
    shift
    for build in "$@"; do
        ("$making" "$build" >"$work/$making-$build.log" 2>&1 || echo "$making fails for $build" >&2) &
        running=$((running + 1))
        [ $((running % 2)) = 1 ] || wait
    done
    wait
}

make_lua() { build_lua "$work/lua-$1" "$(cc_of "$1")" "-O2"; }
make_zlib() { build_zlib "$work/zlib-$1" "$(cc_of "$1")" "-O2 -D_LARGEFILE64_SOURCE=1" minigzip; }
make_farmsim() { make -s -C "$root/sim" OUT="$work/sim-$1" CC="$(cc_of "$1")" OPENMP=; }

make_sqlite() {
    mkdir "$work/sqlite-$1"
    $(cc_of "$1") -O2 -I"$work/sqlite" "$work/sqlite/shell.c" "$work/sqlite/sqlite3.c" -o "$work/sqlite-$1/shell" \
        -lm -ldl -lpthread
}

make_jq() {
    cp -r "$work/jq" "$work/jq-$1"
    cd "$work/jq-$1"
    CC=$(cc_of "$1") CFLAGS=-O2 ./configure --without-oniguruma --disable-maintainer-mode \
        --disable-dependency-tracking --disable-shared
    make -j2
}

make_small() {
    for program in kdtree matmul hash allocs; do
        $(cc_of "$1") -O2 "$root/bench/src/$program.c" -o "$work/$program-$1"
    done
    $(cc_of "$1") -O3 "$root/bench/src/kdtree.c" -o "$work/kdtree3-$1"
    $(cc_of "$1") -O3 "$root/bench/src/matmul.c" -o "$work/matmul3-$1"
    $(cc_of "$1") -O2 "$root/bench/src/putc.c" -o "$work/putc-$1"
    $(cc_of "$1") -O2 -pthread "$root/tests/e2e/src/proof_threads.c" -o "$work/threads-$1"
}

# The long way to sources that are not upstream's tarball; silent, a failure shows as programs that are not there
prepare_sqlite() {
    fetched sqlite3 && cp -r "$FARM_TEST_CACHE/sqlite3" "$work/sqlite" && cd "$work/sqlite" &&
        ./configure --disable-tcl --disable-readline && make sqlite3.c shell.c
}

prepare_jq() {
    fetched jq && cp -r "$FARM_TEST_CACHE/jq" "$work/jq" && cd "$work/jq" && autoreconf -fi
}

# try WHAT: prepares and builds it; says so where that cannot be
try() {
    wanted "$1" || return 0
    echo "building $1" >&2
    (prepare_"$1") >"$work/prepare-$1.log" 2>&1 || { echo "no sources of $1" >&2; return 0; }
    shift
    all_builds "$@"
}

# build_command BUILD COMMAND SIZE TOOL: the template COMMAND for one build. In it, @ is the build, # the size of the
# input, and % where a tool goes that runs the program.
build_command() {
    echo "$2" | sed "s|@|$1|g; s|#|$3|g; s|%|$4|g"
}

line() {
    printf '%s\t%s\n' "$1" "$2"
}

rounds_now() {
    if [ $(($(date +%s) - begun)) -gt "$SECONDS_MAX" ]; then echo 2; else echo "$ROUNDS"; fi
}

compare() {
    "$work/pairs" "$1" "$work/commands" >>"$work/times" 2>>"$work/said" || true
}

# measure GROUP NAME COMMAND SIZE SMALL: adds NAME's row to $work/rows: group, name, rounds, seconds, then the cells
# in the order of `columns`. SMALL is the size for tools that slow down ten times and more, run once.
columns="farmcc hits gcov gcov-atomic clang-cov gprof perf heaptrack exact uftrace callgrind"
measure() {
    group=$1 name=$2 text=$3 size=$4 small=$5 rounds=$(rounds_now)
    wanted "${name%%[ ,]*}" || return 0
    : >"$work/times"
    {
        for build in plain farmcc hits gcov gcov-atomic gprof; do
            setting=
            [ $build != hits ] || setting="export FARM_SAMPLER=none FARM_HEAP=off; "
            line $build "$setting$(build_command $build "$text" "$size" "")"
        done
        line perf "$(build_command plain "$text" "$size" "perf record -q -e cpu-clock -F 1000 -o $work/perf.data --")"
    } >"$work/commands"
    compare "$rounds"
    {
        line clang "$(build_command clang "$text" "$size" "")"
        line clang-cov "$(build_command clang-cov "$text" "$size" "")"
    } >"$work/commands"
    compare "$rounds"
    {
        line unchanged "$(build_command plain "$text" "$size" "")"
        line heaptrack "$(build_command plain "$text" "$size" "heaptrack -o $work/heaptrack")"
    } >"$work/commands"
    compare 1
    {
        line small "$(build_command plain "$text" "$small" "")"
        line exact "$(build_command exact "$text" "$small" "")"
        line uftrace "$(build_command gprof "$text" "$small" "uftrace record -d $work/uftrace")"
        line callgrind "$(build_command plain "$text" "$small" "valgrind -q --tool=callgrind \
            --callgrind-out-file=$work/callgrind.out")"
    } >"$work/commands"
    compare 1
    rm -rf "$FARM_DB-records" "$work"/uftrace* "$work"/heaptrack* "$work"/perf.data*
    awk -F '\t' -v OFS='\t' -v row="$group	$name	$rounds" -v columns="$columns" '
        { seconds[$1] = $2; ratio[$1] = $3; least[$1] = $4; most[$1] = $5 }
        END {
            n = split(columns, column, " ")
            row = row OFS (seconds["plain"] == "" ? "-" : seconds["plain"])
            for (i = 1; i <= n; i++) {
                c = column[i]
                cell = "-"
                if (ratio[c] + 0 > 0) cell = sprintf("%.3f (%.2f-%.2f)", ratio[c], least[c], most[c])
                if (c ~ /^(heaptrack|exact|uftrace|callgrind)$/) sub(/ .*/, "", cell)
                row = row OFS cell
            }
            print row
        }' "$work/times" | tee -a "$work/rows" >&2
}

prepare_lua() { fetched lua5.4; }
prepare_zlib() { fetched zlib; }
prepare_farmsim() { :; }
: >"$work/rows"
try lua make_lua $builds
try zlib make_zlib $builds
try farmsim make_farmsim $builds
try jq make_jq $builds
# In one file of 250,000 lines gcc takes many minutes for the exact times of all functions
try sqlite make_sqlite $(echo "$builds" | sed 's/ exact / /')
all_builds make_small $builds
# Text, and what hardly compresses
{
    for i in 1 2 3 4; do cat "$root"/db/*.c "$root"/sim/*.c "$farmdb"; done
    gzip -9 <"$farmdb"
} >"$work/data"
head -c 400000 "$work/data" >"$work/data.small"
for i in 1 2 3 4 5 6; do cat "$work/data"; done | gzip >"$work/data.gz"
gzip <"$work/data.small" >"$work/data.small.gz"
for rows in 150000 6000; do
    cat <<SQL >"$work/sql.$rows"
CREATE TABLE t(a INTEGER PRIMARY KEY, b INT, c TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $rows)
    INSERT INTO t SELECT i, i * 7919 % 10007, printf('row %d of many', i) FROM n;
CREATE INDEX tb ON t(b);
SELECT count(*), sum(b), max(c) FROM t WHERE b BETWEEN 100 AND 5000;
SELECT b % 100 AS k, count(*), avg(a), group_concat(substr(c, 1, 5)) FROM t GROUP BY k ORDER BY 2 DESC LIMIT 5;
UPDATE t SET c = c || b WHERE b % 3 = 0;
SELECT count(*) FROM t x JOIN t y ON x.b = y.a WHERE x.c LIKE '%9%';
DELETE FROM t WHERE a % 5 = 0;
SELECT sum(length(c)) FROM t;
SQL
done

lua=$root/bench/lua
sim="% $work/sim-@/farmsim"
begun=$(date +%s)
measure set "lua fannkuch" "% $work/lua-@/src/lua $lua/fannkuch.lua # 3" 9 8
measure set "lua mix" "% $work/lua-@/src/lua $lua/mix.lua #" 6 1
measure set "lua nbody" "% $work/lua-@/src/lua $lua/nbody.lua #" 180000 9000
measure set "sqlite shell" "% $work/sqlite-@/shell :memory: <$work/sql.#" 150000 6000
measure set "zlib deflate -6" "% $work/zlib-@/minigzip -6 <$work/data#" "" .small
measure set "zlib inflate" "% $work/zlib-@/minigzip -d <$work/data#.gz" "" .small
measure set "jq" "% $work/jq-@/jq -n '[range(#)] | map({a: ., b: (tostring | .[-1:])}) | group_by(.b) | map(length)'" \
    60000 2000
measure set "farmsim crowd" "$sim --scenario crowd --steps #" 400 40
measure set "farmsim sparse" "$sim --scenario sparse --steps #" 2000 200
measure set "kdtree, -O2" "% $work/kdtree-@ # #" 200000 10000
measure set "kdtree, -O3" "% $work/kdtree3-@ # #" 200000 10000
measure set "matrix product, -O2" "% $work/matmul-@ #" 12 1
measure set "threads, 4" "% $work/threads-@ 4 #" 30000000 300000
measure apart "matrix product, -O3" "% $work/matmul3-@ #" 25 1
measure set "hash, malloc" "% $work/hash-@ #" 2000000 60000
measure apart "allocs" "% $work/allocs-@ #" 2000000 100000
measure apart "putc loop" "% $work/putc-@ #" 60000000 1000000

# mean COLUMN: geometric mean over the rows of the set that have a figure, and how many they are
mean() {
    awk -F '\t' -v c="$1" '$1 == "set" && $c != "-" { sum += log($c + 0); n++ }
        END { if (n) printf "%.3f", exp(sum / n); else printf "-" }' "$work/rows"
}

# budget WORDS VALUE MUST AIM
budget() {
    awk -v words="$1" -v value="$2" -v must="$3" -v aim="$4" 'BEGIN {
        verdict = value + 0 <= aim + 0 ? "aim reached" : value + 0 <= must + 0 ? "kept" : "missed"
        if (value == "" || value == "-" || must == "" || must == "-") verdict = "not measured"
        printf "| %s | %s | <= %s | %s | %s |\n", words, value, must, aim == must ? "-" : "<= " aim, verdict }'
}

# ratio_of NAME COLUMN
ratio_of() {
    awk -F '\t' -v name="$1" -v c="$2" '$2 == name { sub(/ .*/, "", $c); print $c }' "$work/rows"
}

# fixed TOOL...: CPU seconds of a program that does nothing
fixed() {
    line true "$* true" >"$work/commands"
    "$work/pairs" 1 "$work/commands" 2>>"$work/said" | awk -F '\t' '{ printf "%s", $2 }'
}

publish_table() {
    echo "## Run time against the plain build ($BENCH_CC)"
    echo
    echo "$(machine)."
    echo "Ratios of user + system CPU to the plain build: medians of $ROUNDS interleaved rounds (least - greatest)."
    echo "hits: built with --farm-time=off, run with FARM_SAMPLER=none and FARM_HEAP=off."
    echo "clang-cov: -fprofile-instr-generate against plain clang. perf: 1 kHz; it takes $(fixed perf record -q \
        -e cpu-clock -F 1000 -o "$work/perf.data" --) s of CPU for \`true\`."
    echo "exact: every function built with --farm-time=exact, which is meant for a few."
    echo "heaptrack, exact, uftrace and callgrind: one run, the last three with a smaller input, their start included."
    echo
    echo "| program | plain s |$(echo " $columns" | sed 's/ / | /g; s/^ |//') |"
    echo "|---|---|$(echo "$columns" | sed 's/[a-z-]*/---|/g; s/ //g')"
    awk -F '\t' -v full="$ROUNDS" '{
        printf "| %s%s | %s |", $2, $3 == full ? "" : " (" $3 " rounds)", $4
        for (i = 5; i <= NF; i++) printf " %s |", $i
        print "" }' "$work/rows"
    printf '| **geometric mean of the set** | |'
    for c in 5 6 7 8 9 10 11 12 13 14 15; do printf ' **%s** |' "$(mean $c)"; done
    echo
    echo
    echo "Not in the mean: a loop of one statement at -O3, a loop that only allocates, one that only calls putc."
    echo
    echo "| budget | measured | must | aim | |"
    echo "|---|---|---|---|---|"
    worst=$(awk -F '\t' '$1 == "set" && $5 != "-" && $5 + 0 > most { most = $5 + 0; name = $2 }
        END { if (most) printf "%.3f (%s)", most, name; else printf "-" }' "$work/rows")
    budget "default, geometric mean" "$(mean 5)" 1.20 1.10
    budget "default, worst of the set" "$worst" 1.6 1.3
    budget "hits only, geometric mean (gcov + 0.02, gcov)" "$(mean 6)" \
        "$(mean 7 | awk '{ print $1 + 0.02 }')" "$(mean 7)"
    budget "allocation-bound program" "$(ratio_of 'hash, malloc' 5)" 2.0 1.6
    heaptrack=$(ratio_of 'hash, malloc' 12)
    budget "the same, below heaptrack" "$(ratio_of 'hash, malloc' 5)" "$heaptrack" "$heaptrack"
    budget "single-threaded putc loop" "$(ratio_of 'putc loop' 5)" 1.02 1.02
}
publish_table | publish "run $BENCH_CC"
