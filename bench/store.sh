#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What farmdb costs: taking in a run with STORE_LINES live lines (line mapping included), the first of a build and the
# next, and answers from a store of STORE_RUNS runs. The program and its records are made by tests/unit/farm_maker.c.
ROUNDS=1 STORE_LINES=${STORE_LINES:-100000} STORE_RUNS=${STORE_RUNS:-1000}
. "$(dirname "$0")/lib.sh"
[ -x /usr/bin/time ] || skip "needs /usr/bin/time (scripts/setup.sh bench installs it)"
maker=$FARM_BUILD/tests/farm_maker
mkdir -p "$work/store" && cd "$work/store" || exit 2

# Units of 1,000 lines in functions of 20, each line with a counter of its own; one C file gives the addresses.
awk -v lines="$STORE_LINES" -v folder="$PWD" 'BEGIN {
    units = int((lines + 999) / 1000)
    for (u = 0; u < units; u++) {
        printf "sites tables %d 1000 %s u%d.c\nfile u%d.c\n", u + 1, folder, u, u
        for (f = 0; f < 50; f++) printf "function 0 %d %d f%d_%d 1*%d\n", f * 20 + 1, f * 20 + 20, u, f, f * 20
        for (l = 0; l < 1000; l++) printf "line %d 0 %d 1*%d\n", int(l / 20), l + 1, l
        print "end"
    }
}' | "$maker"
awk 'BEGIN {
    for (f = 0; f < 50; f++) {
        printf "int f%d(volatile int *x) {", f
        for (l = 1; l < 19; l++) print "    *x += " l ";"
        print "    return *x;\n}"
    }
    print "int main(void) { return 0; }"
}' >u0.c
gcc -g -Wl,--build-id -o program u0.c
objcopy --add-section .farm_sites=tables program

# record NUMBER LINES [LABEL COUNTS]: samples at 2,000 addresses, all lines hit; runs with the same COUNTS count alike
record() {
    awk -v n="$1" -v lines="$2" -v label="${3:-}" -v counts="${4:-$1}" -v folder="$PWD" 'BEGIN {
        units = int((lines + 999) / 1000)
        printf "record farm.db-records %d\nset start_ns %d000000000\n", n, 1700000000 + n
        printf "set user_ns 1000000000\nset wall_ns 1000000000\nset sampler 1\nset sample_hz 1000\n"
        printf "info cwd %s\nargv ./program\n", folder
        if (label) print "info label " label
        print "module program 1 0x550000000000 0x550000001000 0x550000100000"
        for (u = 0; u < units; u++) printf "unit %d 0 1000 %d\n", u + 1, u * 8000
        for (u = 0; u < units; u++)
            for (part = 0; part < 20; part++) {
                printf "block 0 %d", u * 8000 + part * 400
                for (i = 0; i < 50; i++) printf " %d", i + counts + 1
                print ""
            }
        for (a = 0; a < 2000; a++) printf "node 0x%x - 1\n", 0x550000001140 + a
        print "end"
    }' | "$maker"
}

# side LABEL FIRST: ten runs that all count alike, numbers FIRST and following
side() {
    i=0
    while [ "$i" -lt 10 ]; do
        record $(($2 + i)) "$STORE_LINES" "$1" "$2"
        i=$((i + 1))
    done
}

# row WHAT COMMAND...: one line of the table
row() {
    what=$1
    shift
    /usr/bin/time -f '%e %U %S' -o "$work/time" "$@" >/dev/null
    awk -v what="$what" '{ printf "| %s | %.2f | %.2f |\n", what, $1, $2 + $3 }' "$work/time"
}

FARM_DB=$PWD/farm.db
export FARM_DB
mkdir farm.db-records
{
    echo "## Store"
    echo
    echo "$(machine). Runs of $STORE_LINES live lines with 2,000 sampled addresses; then $STORE_RUNS runs, the others"
    echo "of 2,000 lines."
    echo
    echo "| | wall s | CPU s |"
    echo "|---|---|---|"
    record 1 "$STORE_LINES"
    row "ingest, first run of a build" "$farmdb" ingest
    record 2 "$STORE_LINES"
    row "ingest, next run" "$farmdb" ingest
    row "report" "$farmdb" report
    row "report as JSON, every line" "$farmdb" report --format json
    row "export lcov" "$farmdb" export lcov
    i=3
    while [ "$i" -le "$STORE_RUNS" ]; do
        record "$i" 2000
        i=$((i + 1))
    done
    row "ingest of the other runs" "$farmdb" ingest
    row "report on the latest of $STORE_RUNS runs" "$farmdb" report
    row "top" "$farmdb" top
    row "runs" "$farmdb" runs
    side before 2000
    side after 3000
    row "ingest of 20 more" "$farmdb" ingest
    row "compare of 10 + 10 runs, every line changed" "$farmdb" compare before after
    row "the same as JSON, every line" "$farmdb" compare before after --format json
} | publish store
