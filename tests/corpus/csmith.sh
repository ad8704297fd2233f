#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# csmith.sh COMPILER [COUNT]: random programs of csmith, seeds 1 to COUNT (default 20, with FARM_FULL=1 300): at -O2 the
# checksum that a program prints is the same with farmcc. Programs that take the plain build more than LIMIT seconds of
# CPU (default 5) are passed over, and so are those that differ but never end at -O0: compilers may take each loop for one
# that ends. What fails is kept in <FARM_BUILD>/csmith.
. "$(dirname "$0")/../e2e/lib.sh"
compiler=$1 count=${2:-${FARM_FULL:+300}} limit=${LIMIT:-5}
count=${count:-20}
need csmith "$compiler"
export FARM_CC=$compiler FARM_SAMPLER=none
headers=$(dirname "$(find /usr/include -name csmith.h | head -n 1)")
same=0 slow=0 bad=0 fallbacks=0

# for_seconds N PROGRAM: of CPU, so that a busy machine decides nothing
for_seconds() {
    (ulimit -t "$1" && exec "$2") 2>/dev/null
}

# check SEED: 0 the same, 1 not, 2 too slow
check() {
    csmith --seed "$1" >program.c
    "$compiler" -O2 -w -I"$headers" program.c -o plain || fail "$compiler does not compile seed $1"
    for_seconds "$limit" ./plain >plain.out || return 2
    "$farmcc" -O2 -w -I"$headers" program.c -o ours 2>said || { cat said; return 1; }
    ! grep -q 'not instrumented' said || { cat said; fallbacks=$((fallbacks + 1)); }
    readelf -SW ours | grep -q '\.farm_sites' || { echo "seed $1 is not instrumented"; return 1; }
    for_seconds $((limit * 10)) ./ours >ours.out
    cmp -s plain.out ours.out && return
    "$compiler" -O0 -w -I"$headers" program.c -o unoptimised
    for_seconds $((limit * 4)) ./unoptimised >/dev/null || return 2
    return 1
}

set +e
for seed in $(seq "$count"); do
    rm -rf "$FARM_DB-records" plain ours ./*.out
    check "$seed"
    case $? in
        0) same=$((same + 1)) ;;
        2) slow=$((slow + 1)) ;;
        *)
            bad=$((bad + 1))
            echo "different: seed $seed with $compiler"
            mkdir -p "$FARM_BUILD/csmith"
            cp program.c "$FARM_BUILD/csmith/$compiler-$seed.c"
            ;;
    esac
done
echo "$compiler: $same of $count programs the same, $bad not, $slow too slow, $fallbacks not instrumented"
[ "$bad" = 0 ] && [ "$fallbacks" = 0 ] && [ "$same" -ge $((count / 2)) ]
