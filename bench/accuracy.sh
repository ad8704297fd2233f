#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Is the time by line right? farmcc's profile of its own build against `perf record` of the plain build (-O2 -g): mean
# absolute difference of shares in points over the lines and functions that have at least 0.5 % in perf's profile. Time
# in libraries counts for the line that called them, on both sides. The row "perf, again" is a second perf profile of
# the plain build against the first: what chance and the machine alone make. perf's profile has errors of its own: where
# the optimiser has merged equal calls of two lines, all their time is on one of them.
. "$(dirname "$0")/lib.sh"
. "$root/bench/reference.sh"
need perf addr2line setarch make "$BENCH_CC"
fetched lua5.4

# distance REFERENCE OTHER: samples of both; mean error, greatest error and where, for lines; mean error for functions
distance() {
    awk -F '\t' '
        NR == FNR { a[$1, $2] += $3; na[$1] += $3; key[$1, $2] = $1; name[$1, $2] = $2; next }
        { b[$1, $2] += $3; nb[$1] += $3 }
        END {
            for (k in a) {
                kind = key[k]
                share = 100 * a[k] / na[kind]
                if (share < 0.5) continue
                d = share - 100 * b[k] / nb[kind]
                if (d < 0) d = -d
                sum[kind] += d; n[kind]++
                if (d > most[kind]) { most[kind] = d; where[kind] = name[k] }
            }
            printf "| %d | %d | %d | %.2f | %.2f (%s) | %d | %.2f | %.2f (%s) |\n", na["line"], nb["line"], n["line"],
                sum["line"] / n["line"], most["line"], where["line"],
                n["function"], sum["function"] / n["function"], most["function"], where["function"]
        }' "$1" "$2"
}

# row NAME PLAIN FARMCC ARGUMENTS...
row() {
    name=$1 plain=$2 farm=$3
    shift 3
    reference "$plain" "$@" >first
    reference "$plain" "$@" >second
    cat first second >both
    echo "| $name | perf, again $(distance first second)"
    for sampler in perf timer; do
        fresh_store
        FARM_SAMPLER=$sampler "$farm" "$@" >/dev/null
        ours >"$sampler"
        used=$(query 'SELECT sampler FROM process')
        echo "| $name | farmcc, $used $(distance both "$sampler")"
        [ -z "${SHOW:-}" ] || sort -t "$(printf '\t')" -k3nr "$sampler" | head -20 >&2
    done
}

build_lua "$work/plain" "$BENCH_CC" "-O2 -g"
build_lua "$work/farm" "$farmcc" "-O2 -g"
make -s -C "$root/sim" OUT="$work/sim-plain" CC="$BENCH_CC"
make -s -C "$root/sim" OUT="$work/sim-farm" CC="$farmcc"
lua=$root/bench/lua
{
    echo "## Line time against perf ($BENCH_CC)"
    echo
    echo "$(machine). Mean absolute difference in points over lines (functions) with at least 0.5 % of the samples, and"
    echo "the greatest."
    echo
    echo "| program | profile | samples of perf | samples | lines | mean | greatest | functions | mean | greatest |"
    echo "|---|---|---|---|---|---|---|---|---|---|"
    row "lua fannkuch" "$work/plain/src/lua" "$work/farm/src/lua" "$lua/fannkuch.lua" 10 5
    row "lua mix" "$work/plain/src/lua" "$work/farm/src/lua" "$lua/mix.lua" 90
    row "lua nbody" "$work/plain/src/lua" "$work/farm/src/lua" "$lua/nbody.lua" 2000000
    row "farmsim crowd" "$work/sim-plain/farmsim" "$work/sim-farm/farmsim" --scenario crowd --steps 12000
    row "farmsim sparse" "$work/sim-plain/farmsim" "$work/sim-farm/farmsim" --scenario sparse --steps 60000
} | publish "accuracy $BENCH_CC"
