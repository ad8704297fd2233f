#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Both samplers credit the CPU time to the right lines, also when it is spent in a library: shares known by construction
# (20 parts) come out within wide statistical bounds. No timing test: shares only.
. "$(dirname "$0")/lib.sh"

file=proof_samplers.c
source=$e2e/src/$file

# share LINE: percent of the run's samples
share() {
    query "SELECT round(100.0 * sum(samples * (line = $1)) / sum(samples), 3) FROM line_time"
}

# check MARK PARTS: each bound is five standard errors plus two points for the loop around the line
check() {
    line=$(source_line "$source" "/* $1 */")
    got=$(share "$line")
    wanted=$(awk -v p="$2" 'BEGIN { print 5 * p }')
    low=$(awk -v w="$wanted" -v n="$samples" 'BEGIN { print w - 2 - 5 * sqrt(w * (100 - w) / n) }')
    high=$(awk -v w="$wanted" -v n="$samples" 'BEGIN { print w + 2 + 5 * sqrt(w * (100 - w) / n) }')
    printf '  %-10s %6.2f %% (true %g)\n' "$1" "$got" "$wanted"
    within "share of $1, $sampler, $cc" "$got" "$low" "$high"
}

credited() {
    sampler=$1
    fresh_store
    FARM_SAMPLER=$sampler ./samplers 100
    used=$(query 'SELECT sampler, sampler_note FROM process')
    case $used in
        "$sampler"*) ;;
        *) [ $sampler = perf ] || fail "sampler $sampler asked for, '$used' used"
           echo "perf sampling is not possible here: $used"
           return ;;
    esac
    samples=$(query 'SELECT sum(samples) FROM line_time')
    echo "$cc, $sampler: $samples samples"
    # 2 s of CPU time: at 1 kHz, or at the kernel's tick for the timer (100 Hz at least)
    within "samples of $sampler" "$samples" 100 3000
    for mark in memcpy qsort snprintf malloc sin; do check $mark 2; done
    check small 1
    check large 9
}

for cc in $(compilers); do
    FARM_CC=$cc "$farmcc" -O2 "$source" -lm -o samplers
    for each in perf timer; do once_in 3 credited $each; done
done
