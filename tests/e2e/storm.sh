#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A storm of short processes in one run: a test suite's way, two at a time. Each is in the store, and nothing of it is
# lost. PROCESSES says how many; bench/storm.sh has the cost.
. "$(dirname "$0")/lib.sh"
processes=${PROCESSES:-300}
[ -z "${FARM_FULL:-}" ] || processes=${PROCESSES:-5000}
source=$root/bench/src/tiny.c
"$farmcc" -O2 "$source" -o tiny
"$farmdb" record -- sh -c "seq $processes | xargs -P2 -n1 ./tiny" >out 2>err || { cat err; fail "record"; }
expect "lines of output" "$(grep -c . out)" "$processes"
expect "processes" "$(query 'SELECT count(*) FROM process')" "$processes"
expect "runs" "$(query 'SELECT count(*) FROM run')" 1
expect "ends other than exit 0" "$(query "SELECT count(*) FROM process WHERE ended <> 'exit' OR end_value <> 0")" 0
expect "notes" "$(query "SELECT count(*) FROM process WHERE note <> ''")" 0
expect "hits of one line" "$(hits tiny.c "$(source_line "$source" '/* once */')")" "$processes"
expect "hits in the loop" "$(hits tiny.c "$(source_line "$source" '/* copy */')")" $((50 * processes))
take=$(source_line "$source" '/* take */')
expect "allocations" "$(query "SELECT sum(allocs), sum(frees) FROM line_heap WHERE line = $take")" \
    "$processes,$processes"
expect "bytes" "$(query "SELECT sum(bytes) FROM line_heap WHERE line = $take")" \
    "$(seq "$processes" | awk '{ sum += 50 * length($1) + 1 } END { print sum }')"
expect "records that were not taken in" "$(find "$FARM_DB-records" -name '*.rec' 2>/dev/null | wc -l)" 0
"$farmdb" gc >/dev/null 2>&1 || true
bytes=$(($(stat -c %s "$FARM_DB") / processes))
echo "$processes processes, $bytes bytes of the store for each"
within "bytes of the store for a process" "$bytes" 1 8192
