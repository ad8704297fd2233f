#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# CPU time (user + system) of instrumented programs against the plain build: farmcc as it comes, farmcc without
# sampling, gcov, and gcov with atomic counters. `bench/run.sh --write` puts the table into RESULTS.md.
ROUNDS=${ROUNDS:-7}
. "$(dirname "$0")/lib.sh"
need make "$BENCH_CC"
fetched lua5.4 zlib

for variant in plain farmcc gcov gcov-atomic; do
    build_lua "$work/lua-$variant" "$(cc_of $variant)" "-O2"
    build_zlib "$work/zlib-$variant" "$(cc_of $variant)" "-O2 -D_LARGEFILE64_SOURCE=1" minigzip
    make -s -C "$root/sim" OUT="$work/sim-$variant" CC="$(cc_of $variant)"
    $(cc_of $variant) -O2 "$root/bench/src/putc.c" -o "$work/putc-$variant"
    $(cc_of $variant) -O3 "$root/bench/src/matmul.c" -o "$work/matmul-$variant"
done
# Text, machine code, and what hardly compresses
{
    for i in 1 2 3 4 5 6; do cat "$work"/lua-plain/src/*.[ch] "$work"/lua-plain/src/*.o; done
    gzip -9 <"$work/lua-plain/src/lua"
} >"$work/data"
gzip <"$work/data" >"$work/data.gz"

# measure NAME COMMAND: in COMMAND, @ stands for the variant. Appends to $table: name, plain seconds, four ratios.
measure() {
    for variant in plain farmcc hits gcov gcov-atomic; do
        case $variant in
            hits) printf '%s\t%s\n' hits "export FARM_SAMPLER=none; $(echo "$2" | sed 's/@/farmcc/g')" ;;
            *) printf '%s\t%s\n' $variant "$(echo "$2" | sed "s/@/$variant/g")" ;;
        esac
    done >"$work/commands"
    "$work/pairs" "$ROUNDS" "$work/commands" >"$work/times"
    rm -rf "$FARM_DB-records"
    awk -F '\t' -v name="$1" '
        NR == 1 { row = sprintf("| %s | %.2f", name, $2); next }
        { row = row sprintf(" | %.3f (%.2f-%.2f)", $3, $4, $5) }
        END { print row " |" }' "$work/times" | tee -a "$table" >&2
}

lua=$root/bench/lua
sim=$work/sim-@/farmsim
table=$work/set
measure "lua fannkuch" "$work/lua-@/src/lua $lua/fannkuch.lua 9 4"
measure "lua mix" "$work/lua-@/src/lua $lua/mix.lua 6"
measure "lua nbody" "$work/lua-@/src/lua $lua/nbody.lua 150000"
measure "zlib deflate -6" "$work/zlib-@/minigzip -6 <$work/data"
measure "zlib inflate" "for i in 1 2 3 4 5 6 7 8 9; do $work/zlib-@/minigzip -d <$work/data.gz; done"
measure "farmsim crowd" "$sim --scenario crowd --steps 600"
measure "farmsim sparse" "$sim --scenario sparse --steps 3000"
measure "farmsim plenty" "$sim --scenario plenty --steps 600"
table=$work/single
measure "putc loop" "$work/putc-@ 100000000"
measure "matrix product, -O3" "$work/matmul-@ 25"

# mean COLUMN: geometric mean over the set
mean() {
    awk -F '|' -v c="$1" '{ split($c, v, " "); sum += log(v[1]); n++ } END { printf "%.3f", exp(sum / n) }' "$work/set"
}

{
    echo "## Run time against the plain build ($BENCH_CC)"
    echo
    echo "$(machine). Medians of $ROUNDS interleaved rounds (least - greatest), CPU time, ratio to plain -O2."
    echo
    echo "| program | plain s | farmcc | farmcc, hits only | gcov | gcov atomic |"
    echo "|---|---|---|---|---|---|"
    cat "$work/set"
    echo "| **geometric mean** | | **$(mean 4)** | **$(mean 5)** | **$(mean 6)** | **$(mean 7)** |"
    cat "$work/single"
    echo
    echo "The last rows are single cases outside of the mean."
} | publish "run $BENCH_CC"
