# SPDX-License-Identifier: GPL-3.0-or-later
# For the tests of the runtime alone: programs are instrumented by hand (src/hand.h), records are read by record_dump.
# Sourced behind lib.sh.
dump=$FARM_BUILD/tests/record_dump
records=$FARM_DB-records
flags="-O2 -g -fno-omit-frame-pointer -D_GNU_SOURCE -I$root"
with_runtime="-Wl,-u,__farm_register $FARM_BUILD/lib/farm/libfarm.a -Wl,--export-dynamic-symbol=__farm_* \
    -Wl,--build-id -pthread -ldl -lrt"

# build OUT SOURCE [FLAG...]: a program with the runtime
build() {
    out=$1 source=$2
    shift 2
    # shellcheck disable=SC2086
    gcc $flags "$e2e/src/$source" $with_runtime "$@" -o "$out"
}

# run MODE STATUS [N]: runtime_modes in a fresh store; what it prints is in `out`
run() {
    fresh_store
    mode=$1
    status=0
    ./modes "$1" "${3:-1000}" >out 2>err || status=$?
    expect "exit status of $mode" "$status" "$2"
}

# none_alive FIELD: whether all processes are gone that the records name there, pid or helper
none_alive() {
    for pid in $("$dump" "$records"/*.rec | sed -n "s/^$1 \([1-9]\)/\1/p"); do
        state=$(sed 's/.*) //; s/ .*//' "/proc/$pid/stat" 2>/dev/null) || continue
        [ "$state" = Z ] || return 1
    done
}

# settled: waits until no record is still being completed
settled() {
    wait_until "the end of the helper of $mode" none_alive helper
}

# field NAME: that line of the dumps of all records, sorted, joined by spaces
field() {
    "$dump" "$records"/*.rec | sed -n "s/^$1 //p" | sort | tr '\n' ' ' | sed 's/ $//'
}

# counted COUNTER EXPECTED [UNIT]: the sum over all records
counted() {
    expect "counter $1 of $mode" "$("$dump" "$records"/*.rec | awk -v k="$1" -v unit="${3:-1}" \
        '$1 == "count" && $2 == unit && $3 == k { sum += $4 } END { print sum + 0 }')" "$2"
}

# ended "STATE VALUE" ...: how the processes ended, in any order
ended() {
    settled
    got=$(for record in "$records"/*.rec; do
        "$dump" "$record" | awk '$1 == "state" { s = $2 } $1 == "value" { print s, $2 }'
    done | sort | tr '\n' ';')
    expect "end of $mode" "$got" "$(for end in "$@"; do echo "$end"; done | sort | tr '\n' ';')"
}

[ -x "$dump" ] || skip "needs record_dump (built with the tests)"
