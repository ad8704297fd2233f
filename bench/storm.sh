#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Short processes by the thousand into one run, two at a time, as a test suite starts them: what each costs more than
# the plain one, and what each takes in the store. PROCESSES says how many.
ROUNDS=${ROUNDS:-3}
. "$(dirname "$0")/lib.sh"
processes=${PROCESSES:-5000}
for variant in plain farmcc gcov; do
    $(cc_of $variant) -O2 "$root/bench/src/tiny.c" -o "$work/tiny-$variant"
done

# storm PROGRAM [SETTING]: as one command line
storm() {
    echo "export ${2:-FARM_LABEL=storm}; seq $processes | xargs -P2 -n1 $1"
}
{
    printf 'plain\t%s\n' "$(storm "$work/tiny-plain")"
    printf 'farmcc\t%s; rm -rf %s-records\n' "$(storm "$work/tiny-farmcc")" "$FARM_DB"
    hits_only=$(storm "$work/tiny-farmcc" "FARM_SAMPLER=none FARM_HEAP=off")
    printf 'hits\t%s; rm -rf %s-records\n' "$hits_only" "$FARM_DB"
    printf 'gcov\t%s\n' "$(storm "$work/tiny-gcov")"
} >"$work/commands"
"$work/pairs" "$ROUNDS" "$work/commands" >"$work/times"

fresh_store
"$farmdb" record -- sh -c "$(storm "$work/tiny-farmcc")" >"$work/out"
files=$(find "$FARM_DB-records" -name '*.rec' | wc -l)
record_bytes=$(find "$FARM_DB-records" -name '*.rec' -exec stat -c '%s %b' {} + |
    awk '{ len += $1; disk += 512 * $2 } END { if (NR) printf "%d bytes, %d on the disk", len / NR, disk / NR }')
begin=$(date +%s.%N)
"$farmdb" runs >/dev/null
end=$(date +%s.%N)
expect "processes in the store" "$(query 'SELECT count(*) FROM process')" "$processes"
hits_once=$(hits tiny.c "$(source_line "$root/bench/src/tiny.c" '/* once */')")
store=$(stat -c %s "$FARM_DB")
{
    echo "## Process storm ($BENCH_CC)"
    echo
    echo "$(machine). $processes short processes in one run, two at a time by xargs; CPU time of all, fork and exec"
    echo "included, medians of $ROUNDS interleaved rounds."
    echo
    echo "| build | CPU ms for a process | ratio to plain |"
    echo "|---|---|---|"
    awk -F '\t' -v n="$processes" '{ printf "| %s | %.2f | %.2f (%.2f-%.2f) |\n", $1, 1000 * $2 / n, $3, $4, $5 }' \
        "$work/times"
    echo
    echo "In the store: $processes processes, one line's hits $hits_once, $((store / processes)) bytes for each."
    [ "$files" = 0 ] || echo "Its record: $record_bytes; taking in all of them: $(awk -v a="$begin" -v b="$end" \
        'BEGIN { printf "%.1f", b - a }') s."
} | publish "storm $BENCH_CC"
