# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after lib.sh: stores of simulated runs whose truth is known (tests/unit/make_runs.c).

# simulated_program: ./program with the line table that make_runs speaks of
simulated_program() {
    awk 'BEGIN {
        for (f = 0; f < 15; f++) {
            print "int f" f "(volatile int *x) {"
            for (l = 1; l < 19; l++) print "    *x += " (f * 20 + l) ";"
            print (f == 14 ? "    return *x; } int main(void) { return 0; }" : "    return *x; }")
        }
    }' >program.c
    gcc -g -Wl,--build-id -o program program.c
    "$FARM_BUILD/tests/make_runs" "$PWD" runs=1 2>/dev/null | sed '/^record/,$d' | "$FARM_BUILD/tests/farm_maker"
    objcopy --add-section .farm_sites=tables --add-section .farm_src=src program
}

# simulated_runs NAME=VALUE...: a fresh store of runs "before" and "after"; prints the line that is slower
simulated_runs() {
    fresh_store
    rm -f tables src
    mkdir -p farm.db-records
    "$FARM_BUILD/tests/make_runs" "$PWD" "$@" 2>truth | "$FARM_BUILD/tests/farm_maker"
    "$farmdb" ingest >/dev/null
    cat truth
}
