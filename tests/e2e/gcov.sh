#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# gcov.sh lua|zlib|sim|rules: hits of farmcc's build (-O2) against gcov's (-O0), same input, line by line. What differs
# must be explained in gcov_explained.txt.
. "$(dirname "$0")/lib.sh"
. "$e2e/programs.sh"
need gcc gcov setarch make
program=$1
# Without -Wall, gcc 12 gives the signature line of a function that begins with a loop the count of the loop's body.
gcov_flags="-O0 --coverage -Wall"
FARM_LABEL=gcov
FARM_SAMPLER=none
export FARM_LABEL FARM_SAMPLER

# compare DATA SOURCES: gcov's data files are below DATA, and its compiler ran in SOURCES
compare() {
    "$farmdb" export lcov gcov >"$work/ours.info"
    (cd "$2" && find "$1" -name '*.gcda' | sort | xargs gcov -t) >"$work/gcov.txt"
    awk -v program="$program" -v explained="$e2e/gcov_explained.txt" -v show_alone="${SHOW_ALONE:-}" \
        -f "$e2e/gcov_compare.awk" "$work/ours.info" "$work/gcov.txt" || fail "hits differ from gcov's"
}

lua() {
    fetched lua5.4
    build_lua "$work/ours" "$farmcc"
    build_lua "$work/gcov" gcc "$gcov_flags" --coverage
    for script in "$e2e"/lua/*.lua; do
        for build in gcov ours; do
            cp "$script" $build/src
            (cd $build/src && fixed_addresses ./lua "$(basename "$script")") >$build.out 2>&1
        done
        same "output of $script" gcov.out ours.out
    done
    compare "$work/gcov/src" "$work/gcov/src"
}

zlib() {
    fetched zlib
    build_zlib "$work/ours" "$farmcc" "-O2 -D_LARGEFILE64_SOURCE=1" example minigzip infcover
    build_zlib "$work/gcov" gcc "$gcov_flags -D_LARGEFILE64_SOURCE=1" example minigzip infcover
    cat "$work"/ours/*.c >"$work/input"
    for folder in gcov ours; do
        (
            cd "$work/$folder"
            ./example foo.gz >/dev/null
            ./infcover >/dev/null 2>&1
            for level in 1 4 6 9; do
                ./minigzip -$level <"$work/input" >foo.gz
                ./minigzip -d <foo.gz | cmp - "$work/input"
            done
            ./minigzip -h <"$work/input" >foo.gz
            ./minigzip -r <"$work/input" >foo.gz
        ) || fail "zlib's programs fail in $folder"
    done
    compare "$work/gcov" "$work/gcov"
}

sim() {
    make -s -C "$root/sim" OUT="$work/sim-ours" CC="$farmcc"
    make -s -C "$root/sim" OUT="$work/sim-gcov" CC="gcc --coverage" CFLAGS="$gcov_flags"
    for arguments in "--scenario default" "--scenario crowd --steps 20" "--scenario sparse --steps 200" \
        "--scenario plenty" "--scenario chaos" "--agents 50 --seed 9 --json" --help "--steps x" "--scenario nowhere"; do
        for build in gcov ours; do
            "$work/sim-$build/farmsim" $arguments 2>&1 |
                sed 's/(.* per second)//; s/"\(seconds\|[a-z_]*cpu_s\|[a-z_]*_per_[sh]\)": [0-9.]*//g' >"$build.out"
        done
        same "output of farmsim $arguments" gcov.out ours.out
    done
    compare "$work/sim-gcov" "$root/sim"
}

rules() {
    for source in proof_rules proof_lines; do
        cp "$e2e/src/$source.c" .
        for cc in $(compilers); do
            for level in 0 2; do
                fresh_store
                FARM_CC=$cc "$farmcc" -w -O$level $source.c -o $source
                ./$source >/dev/null 2>&1 || fail "$source fails"
                "$farmdb" export lcov >ours.info
                marks $source.c || fail "marks of $source.c, $cc -O$level"
            done
        done
        mkdir $source.gcov
        cp $source.c $source.gcov
        (cd $source.gcov && gcc $gcov_flags $source.c -o program && ./program) >$source.log 2>&1 || fail "$source fails"
        compare "$work/$source.gcov" "$source.gcov"
    done
}

# marks SOURCE: each of its marks against ours.info
marks() {
    awk '
        NR == FNR { if (/^DA:/) { split(substr($0, 4), da, ","); ours[da[1]] += da[2] } next }
        match($0, /\/\/= /) {
            wanted = substr($0, RSTART + 4)
            counted = FNR in ours ? ours[FNR] : "-"
            checked++
            if (counted != wanted) { print FILENAME ":" FNR ": counted " counted ", expected" $0; bad++ }
        }
        END { print FILENAME ": " checked " marks checked, " bad + 0 " wrong"; exit bad || !checked }' ours.info "$1"
}

"$program"
