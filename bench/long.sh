#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How the record of a long, busy run grows: a program whose stacks are hardly ever the same twice. RUN_SECONDS says how
# long (default 150). tests/e2e/growing.sh checks that what is recorded stays exact and bounded.
ROUNDS=1
RUN_SECONDS=${RUN_SECONDS:-150}
. "$(dirname "$0")/lib.sh"
"$farmcc" -O2 -fno-optimize-sibling-calls "$root/bench/src/stacks.c" -o stacks
./stacks "$RUN_SECONDS" >out &
program=$!
begin=$(date +%s)
: >rows
while kill -0 $program 2>/dev/null; do
    sleep $((RUN_SECONDS / 15 + 1))
    blocks=$(find "$FARM_DB-records" -name '*.rec' -exec stat -c '%b' {} +)
    echo "| $(($(date +%s) - begin)) | $((blocks / 2)) |" >>rows
done
wait $program
{
    echo "## Record of a long run ($BENCH_CC)"
    echo
    echo "$(machine). One thread, $(cat out) steps, stacks of 20 random calls, 1 kHz."
    echo
    echo "| seconds | KB on the disk |"
    echo "|---|---|"
    cat rows
    echo
    echo "Samples: $(query 'SELECT samples, samples_lost FROM process' | sed 's/,/ taken, /') lost."
    echo "Bounds in the code: calling contexts 256 chunks of 64 KB = 16 MB (then new paths keep their innermost frame"
    echo "alone), series 512 points, marks 256 rows of a thread, allocation sites 65,535 (144 bytes each and 64"
    echo "more for each thread)."
} | publish "long $BENCH_CC"
