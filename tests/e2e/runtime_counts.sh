#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Counts are exact: under threads of all kinds, in forked children, in plug-ins, in signal handlers, at the very end.
. "$(dirname "$0")/lib.sh"
. "$e2e/runtime_lib.sh"

build modes runtime_modes.c

run threads 0 10000000
counted 0 1
counted 1 40000000
counted 2 4

# a thousand threads, four at a time: as many blocks as at one moment, or some more where the kernel is late
run short-threads 0 100
counted 1 100000
counted 2 1000
within "blocks of $mode" "$(field blocks)" 1 100

run detached 5
counted 1 4000
run raw-clone 0 100000
counted 1 200000
counted 3 1
run altstack 0 10000
counted 1 10000
counted 4 10000
run late 0
counted 5 1
counted 6 1

run fork 0
ended "1 0" "1 11"
counted 1 4000
counted 7 1
counted 8 2
counted 9 1
child=$(grep -l . "$records"/*.rec | while read -r record; do
    if "$dump" "$record" | grep -q '^value 11$'; then echo "$record"; fi
done)
expect "parent of the child" "$("$dump" "$child" | sed -n 's/^parent //p')" \
    "$("$dump" "$records"/*.rec | awk '$1 == "uuid" { u = $2 } $1 == "value" && $2 == 0 { print u }')"
expect "calls of work in the child" "$("$dump" "$child" | sed -n 's/^count 1 1 //p')" 2000
run fork-kill 0
ended "0 -1" "1 0"
counted 8 1
counted 9 1
run fork-threads 0 2000
counted 1 $((2 * 2000 + 20 * 2000))
expect "records of $mode" "$(find "$records" -name '*.rec' | wc -l)" 21
run vfork 0
ended "1 0"
counted 1 1000
counted 7 1
counted 9 1
run stray-fork 0
ended "1 0" "2 14"
counted 1 1000
grep -q 'started without fork' err ||
    fail "nothing is said about a fork that passed the handlers by: $(cat err)"

# plug-ins: loaded after threads exist, loaded again, and in a program that has no counters itself
mode=plug-in
# shellcheck disable=SC2086
gcc $flags -fPIC -shared "$e2e/src/runtime_plugin.c" -o one.so
# shellcheck disable=SC2086
gcc $flags -fPIC -shared -DUNIT_ID=3 "$e2e/src/runtime_plugin.c" -o two.so
build host runtime_host.c
fresh_store
./host ./one.so ./two.so
counted 1 4
counted 2 8
counted 0 4000 2
counted 19999 4000 2
counted 19999 4000 3
fresh_store
./host ./one.so ./two.so ./one.so
counted 0 8000 2
counted 0 4000 3
mode="plug-in alone"
# shellcheck disable=SC2086
gcc $flags -DNO_UNIT "$e2e/src/runtime_host.c" -pthread -ldl -o bare
# shellcheck disable=SC2086
gcc $flags -fPIC -shared "$e2e/src/runtime_plugin.c" $with_runtime -o alone.so
fresh_store
./bare ./alone.so ./alone.so
counted 19999 8000 2
ended "1 0"

# static programs
build modes runtime_modes.c -static
run threads 0 1000
counted 1 4000
run fork 0
ended "1 0" "1 11"
run exec 9
ended "4 -1"
