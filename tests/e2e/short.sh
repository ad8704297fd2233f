#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Processes that are shorter than the sampling period have the samples that are due to them: the clock does not start
# with the process. 2,000 of them and more, each with 0.2 ms in one function and 0.4 ms in another.
. "$(dirname "$0")/lib.sh"
source=$e2e/src/proof_short.c

"$farmcc" -O1 "$source" -o short
# How many turns take 0.6 ms, by the median of some processes: single ones are off where the machine is busy.
turns=100000
for i in $(seq 41); do FARM_OFF=1 ./short $turns; done | sort -g | sed -n 21p >took
turns=$(awk -v t=$turns '{ printf "%d", t * 0.6 / $1 }' took)
[ "$turns" -gt 1000 ] || fail "turns for 0.6 ms: '$turns'"
FARM_RUN=storm
export FARM_RUN
samples() {
    query "SELECT coalesce(sum(samples), 0) FROM function_samples JOIN function f ON f.id = function_id
        WHERE name = '$1'"
}
for sampler in perf timer; do
    fresh_store
    : >spent
    # The kernel starts processes with its tick where others wait for the processor, and then the timer sees few.
    run=0 both=0
    while [ $run -lt 2000 ] || { [ $both -lt 40 ] && [ $run -lt 10000 ]; }; do
        for i in $(seq 1000); do FARM_SAMPLER=$sampler ./short $turns >>spent; done
        run=$((run + 1000))
        first=$(samples first) second=$(samples second)
        both=$((first + second))
    done
    used=$(query 'SELECT DISTINCT sampler FROM process')
    [ "$used" = $sampler ] || { echo "$sampler is not to be had here ('$used')"; continue; }
    share=$(awk -v a="$first" -v b="$both" 'BEGIN { print 100 * a / (b ? b : 1) }')
    error=$(awk -v b="$both" 'BEGIN { print 100 * sqrt(2 / 9 / (b ? b : 1)) }')
    spent=$(awk '{ s += $1 } END { print s }' spent)
    echo "$sampler: $first + $second samples in $spent ms; first has $share % (true 33.3, standard error $error)"
    within "samples of $sampler by $run processes" $both 40 50000
    within "share of first by $sampler" "$share" "$(awk -v e="$error" 'BEGIN { print 33.3 - 5 * e - 2 }')" \
        "$(awk -v e="$error" 'BEGIN { print 33.3 + 5 * e + 2 }')"
    # At 1 kHz, within five standard errors; of the time that was spent the kernel's is not sampled, a seventh at most.
    due=$(query "SELECT sum(samples) FROM line_time WHERE line <> $(source_line "$source" '/* tells */')")
    [ $sampler = timer ] || within "samples for each that is due" \
        "$(awk -v s="$due" -v m="$spent" 'BEGIN { print s / m }')" \
        "$(awk -v m="$spent" 'BEGIN { print 0.85 - 5 / sqrt(m) }')" \
        "$(awk -v m="$spent" 'BEGIN { print 1.1 + 5 / sqrt(m) }')"
done
