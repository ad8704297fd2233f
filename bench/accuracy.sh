#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Is the time by line right? farmcc's profile of its own build against `perf record` of the plain build (-O2 -g): mean
# absolute difference of shares in points over the lines and functions that have at least 0.5 % in perf's profile. Time
# in libraries counts for the line that called them, on both sides, and samples for the instruction that was waited for
# (docs/how-it-works.md); how far perf's addresses as they are lead away from that is the last column. The row "perf,
# again" is a second perf profile of the plain build against the first: what chance and the machine alone make.
# "Apart" builds keep equal code of two lines apart: else the optimiser makes it one, with all its time on one of them.
#   PROGRAMS  words of: fannkuch mix nbody crowd sparse merged (default: all)
#   PERCENT   of the work, default 100 (some eleven minutes on a quiet machine)
PROGRAMS=${PROGRAMS:-fannkuch mix nbody crowd sparse merged}
PERCENT=${PERCENT:-100}
REFERENCE_HZ=1250
ROUNDS=1
. "$(dirname "$0")/lib.sh"
. "$root/bench/reference.sh"
need perf addr2line objdump setarch make "$BENCH_CC"
fetched lua5.4
chmod 777 "$work"
users="root nobody"
[ "$(id -u)" = 0 ] || users=$(id -un)

# distance REFERENCE OTHER: samples of both; mean error, greatest error and where, for lines and functions; and for
# perf's addresses as they are
distance() {
    awk -F '\t' '
        NR == FNR { a[$1, $2] += $3; na[$1] += $3; key[$1, $2] = $1; name[$1, $2] = $2; next }
        { b[$1, $2] += $3; nb[$1] += $3 }
        END {
            for (k in a) {
                kind = key[k]
                other = kind in nb ? kind : "line"
                share = 100 * a[k] / na[kind]
                if (share < 0.5) continue
                d = share - 100 * b[other, name[k]] / nb[other]
                if (d < 0) d = -d
                sum[kind] += d; n[kind]++
                if (d > most[kind]) { most[kind] = d; where[kind] = name[k] }
            }
            raw = "as-it-is"
            printf "| %d | %d | %d | %.2f | %.2f (%s) | %d | %.2f | %.2f (%s) | %.2f, %.2f (%s) |\n",
                na["line"], nb["line"], n["line"], sum["line"] / n["line"], most["line"], where["line"],
                n["function"], sum["function"] / n["function"], most["function"], where["function"],
                sum[raw] / n[raw], most[raw], where[raw]
        }' "$1" "$2"
}

# profiled SAMPLER USER PROGRAM ARGUMENTS...: one run into a fresh store
profiled() {
    sampler=$1 user=$2
    shift 2
    fresh_store
    if [ "$user" = nobody ]; then
        FARM_SAMPLER=$sampler setpriv --reuid=65534 --regid=65534 --clear-groups "$@" >/dev/null
    else
        FARM_SAMPLER=$sampler "$@" >/dev/null
    fi
}

# row WORD NAME PLAIN FARMCC ARGUMENTS...
row() {
    case " $PROGRAMS " in *" $1 "*) ;; *) return 0 ;; esac
    word=$1 name=$2 plain=$3 farm=$4
    shift 4
    reference "$plain" "$@" >first
    for sampler in perf timer; do
        for user in $users; do
            [ "$user" != nobody ] || [ "$word" = crowd ] || continue
            profiled "$sampler" "$user" "$farm" "$@"
            ours >"$sampler-$user"
            query 'SELECT sampler FROM process' >"$sampler-$user-used"
        done
    done
    reference "$plain" "$@" >second
    cat first second >both
    echo "| $name | perf, again $(distance first second)"
    for sampler in perf timer; do
        for user in $users; do
            [ "$user" != nobody ] || [ "$word" = crowd ] || continue
            echo "| $name | farmcc, $(cat "$sampler-$user-used"), $user $(distance both "$sampler-$user")"
        done
    done
}

# of N: the share of a number that PERCENT asks for
of() {
    echo $(($1 * PERCENT / 100))
}

apart=
case $BENCH_CC in *gcc*) apart="-fno-crossjumping -fno-tree-tail-merge" ;; esac
case $PROGRAMS in *fannkuch*|*mix*|*nbody*)
    build_lua "$work/plain" "$BENCH_CC" "-O2 -g $apart"
    build_lua "$work/farm" "$farmcc" "-O2 -g $apart" ;;
esac
case $PROGRAMS in *merged*)
    build_lua "$work/plain-merged" "$BENCH_CC" "-O2 -g"
    build_lua "$work/farm-merged" "$farmcc" "-O2 -g" ;;
esac
case $PROGRAMS in *crowd*|*sparse*)
    make -s -C "$root/sim" OUT="$work/sim-plain" CC="$BENCH_CC"
    make -s -C "$root/sim" OUT="$work/sim-farm" CC="$farmcc" ;;
esac
lua=$root/bench/lua
crowd="--scenario crowd --steps $(of 14000)" sparse="--scenario sparse --steps $(of 60000)"
{
    echo "## Line time against perf ($BENCH_CC)"
    echo
    echo "$(machine)."
    echo "Mean absolute difference in points over lines (functions) of at least 0.5 % of the samples, and the greatest."
    echo "A sample is for the instruction that was waited for; last: against perf's addresses as they are. Lua is built"
    echo "with ${apart:-the same options}, but in the rows called merged: there equal code of several"
    echo "lines is one, and a line that ran once, or never, may have its time in perf's profile."
    echo
    echo "| program | profile | samples of perf | samples | lines | mean | greatest | functions | mean | greatest |" \
        "perf as it is: mean, greatest |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|"
    row fannkuch "lua fannkuch" "$work/plain/src/lua" "$work/farm/src/lua" "$lua/fannkuch.lua" 10 "$(of 8)"
    row mix "lua mix" "$work/plain/src/lua" "$work/farm/src/lua" "$lua/mix.lua" "$(of 155)"
    row nbody "lua nbody" "$work/plain/src/lua" "$work/farm/src/lua" "$lua/nbody.lua" "$(of 3600000)"
    # shellcheck disable=SC2086
    row crowd "farmsim crowd" "$work/sim-plain/farmsim" "$work/sim-farm/farmsim" $crowd
    # shellcheck disable=SC2086
    row sparse "farmsim sparse" "$work/sim-plain/farmsim" "$work/sim-farm/farmsim" $sparse
    row merged "lua fannkuch, merged" "$work/plain-merged/src/lua" "$work/farm-merged/src/lua" \
        "$lua/fannkuch.lua" 10 "$(of 8)"
} | publish "accuracy $BENCH_CC"
