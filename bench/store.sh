#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Prints how long farmdb takes: first and second ingest of a run with LINES live lines (line mapping included), and the
# report on a store of RUNS runs. bench/store.sh BUILD_FOLDER [LINES] [RUNS]; the folder is of a release build.
set -eu
build=$(cd "$1" && pwd) lines=${2-100000} runs=${3-1000}
maker=$build/tests/farm_maker farmdb=$build/bin/farmdb
folder=$(mktemp -d "${TMPDIR:-/tmp}/farm-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
unset FARM_DB || true

# Units of 1,000 lines in functions of 20, each line with a counter of its own; one C file gives the addresses.
awk -v lines="$lines" -v folder="$folder" 'BEGIN {
    units = int((lines + 999) / 1000)
    for (u = 0; u < units; u++) {
        printf "sites tables %d 1000 %s u%d.c\nfile u%d.c\n", u + 1, folder, u, u
        for (f = 0; f < 50; f++) printf "function 0 %d %d f%d_%d 1*%d\n", f * 20 + 1, f * 20 + 20, u, f, f * 20
        for (l = 0; l < 1000; l++) printf "line %d 0 %d 1*%d\n", int(l / 20), l + 1, l
        print "end"
    }
}' >tables.script
awk 'BEGIN {
    for (f = 0; f < 50; f++) {
        printf "int f%d(volatile int *x) {", f
        for (l = 1; l < 19; l++) print "    *x += " l ";"
        print "    return *x;\n}"
    }
    print "int main(void) { return 0; }"
}' >u0.c
gcc -g -Wl,--build-id -o program u0.c
"$maker" <tables.script
objcopy --add-section .farm_sites=tables program
size=$(nm program | awk '/ main$/ {print "0x" $1}')

# record NUMBER LINES: samples at 2,000 addresses, all lines hit.
record() {
    awk -v n="$1" -v lines="$2" -v folder="$folder" -v program="$folder/program" -v end="$size" 'BEGIN {
        units = int((lines + 999) / 1000)
        printf "record farm.db-records %d\n", n
        printf "set start_ns %d000000000\nset user_ns 1000000000\n", 1700000000 + n
        printf "set wall_ns 1000000000\nset sampler 1\nset sample_hz 1000\ninfo cwd %s\nargv ./program %d\n", folder, n
        printf "module %s 1 0x550000000000 0x550000001000 0x550000100000\n", program
        for (u = 0; u < units; u++) printf "unit %d 0 1000 %d\n", u + 1, u * 8000
        for (u = 0; u < units; u++)
            for (part = 0; part < 20; part++) {
                printf "block 0 %d", u * 8000 + part * 400
                for (i = 0; i < 50; i++) printf " %d", i + n + 1
                print ""
            }
        for (a = 0; a < 2000; a++) printf "node 0x%x - 1\n", 0x550000001140 + a
        print "end"
    }' | "$maker"
}

seconds() { /usr/bin/env time -f '%e s wall, %U s user' "$@" 2>&1 >/dev/null | tail -1; }

mkdir farm.db-records
record 1 "$lines"
echo "ingest, $lines lines, first run of a build: $(seconds "$farmdb" ingest)"
record 2 "$lines"
echo "ingest, $lines lines, second run:           $(seconds "$farmdb" ingest)"
echo "report of the latest run:                   $(seconds "$farmdb" report)"
echo "report, json, every line:                   $(seconds "$farmdb" report --format json)"
echo "export lcov:                                $(seconds "$farmdb" export lcov)"
i=3
while [ "$i" -le "$runs" ]; do
    record "$i" 2000
    i=$((i + 1))
done
echo "ingest, $((runs - 2)) runs of 2,000 lines:       $(seconds "$farmdb" ingest)"
echo "report on a store of $runs runs:           $(seconds "$farmdb" report)"
echo "top:                                        $(seconds "$farmdb" top)"
echo "runs:                                       $(seconds "$farmdb" runs)"
echo "export lcov:                                $(seconds "$farmdb" export lcov)"
