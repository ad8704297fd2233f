#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The record of a busy program whose stacks, steps and allocations never end: counts stay exact, lost samples are said,
# and the file stays small. The bound of the tree itself is in unit/test_runtime_tree.c; bench/long.sh has long runs.
. "$(dirname "$0")/lib.sh"
source=$root/bench/src/stacks.c
"$farmcc" -O2 -fno-optimize-sibling-calls "$source" -o stacks
FARM_HZ=5000 ./stacks 4 >out
steps=$(cat out)
size=$(find "$FARM_DB-records" -name '*.rec' -exec stat -c '%s' {} +)
within "bytes of the record" "$size" 1 20000000
bottom=$(source_line "$source" '/* bottom */')
expect "hits" "$(hits stacks.c "$bottom")" $((100 * steps))
expect "allocations" "$(query "SELECT sum(allocs), sum(frees) FROM line_heap WHERE line = $bottom")" \
    "$((100 * steps)),$((100 * steps))"
expect "steps" "$(query "SELECT count FROM mark WHERE kind = 'step' AND name = 'round'")" "$steps"
expect "values of the metric" "$(query "SELECT count FROM mark WHERE kind = 'metric' AND name = 'drawn'")" "$steps"
within "bins of the steps" "$(query "SELECT count(*) FROM mark_bin WHERE kind = 'step'")" 1 128
within "points of the series" "$(query 'SELECT count(*) FROM series')" 1 512
# Samples are taken or lost, and so said, as many as the CPU time has room for: a kernel under load takes fewer.
due=$(query 'SELECT 5000 * (user_ns + sys_ns) / 1000000000 FROM process')
within "samples, lost ones with them" "$(query 'SELECT samples + samples_lost FROM process')" 50 $((due * 11 / 10 + 50))
expect "notes" "$(query "SELECT note FROM process WHERE note <> ''")" ""
echo "$steps steps, $((100 * steps)) stacks, a record of $size bytes"
