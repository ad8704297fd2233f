#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Processes that are shorter than the sampling period have the samples that are due to them: the clock does not start
# with the process. 2,000 of them, each with 0.2 ms in one function and 0.4 ms in another.
. "$(dirname "$0")/lib.sh"
source=$e2e/src/proof_short.c

"$farmcc" -O1 "$source" -o short
turns=0
FARM_OFF=1 ./short || turns=$(($? * 1000))
[ $turns -gt 0 ] || fail "this machine is too fast for the test"
FARM_RUN=storm
export FARM_RUN
samples() {
    query "SELECT coalesce(sum(samples), 0) FROM function_samples JOIN function f ON f.id = function_id
        WHERE name = '$1'"
}
for sampler in perf timer; do
    fresh_store
    : >spent
    i=0
    while [ $i -lt 2000 ]; do
        FARM_SAMPLER=$sampler ./short $turns >>spent
        i=$((i + 1))
    done
    used=$(query 'SELECT DISTINCT sampler FROM process')
    [ "$used" = $sampler ] || { echo "$sampler is not to be had here ('$used')"; continue; }
    first=$(samples first) second=$(samples second)
    both=$((first + second))
    share=$(awk -v a="$first" -v b="$both" 'BEGIN { print 100 * a / (b ? b : 1) }')
    error=$(awk -v b="$both" 'BEGIN { print 100 * sqrt(2 / 9 / (b ? b : 1)) }')
    spent=$(awk '{ s += $1 } END { print s }' spent)
    echo "$sampler: $first + $second samples in $spent ms; first has $share % (true 33.3, standard error $error)"
    # the kernel starts processes with its tick where others wait for the processor, and then the timer sees few
    within "samples of $sampler" $both 40 5000
    within "share of first by $sampler" "$share" "$(awk -v e="$error" 'BEGIN { print 33.3 - 4 * e - 2 }')" \
        "$(awk -v e="$error" 'BEGIN { print 33.3 + 4 * e + 2 }')"
    [ $sampler = timer ] || within "samples by ms" "$(awk -v s=$both -v m="$spent" 'BEGIN { print s / m }')" 0.8 1.2
done
