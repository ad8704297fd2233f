#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A/A: the same program on both sides, simulated records through the whole of `farmdb check`, on a steady machine and on
# one that drifts by 3 %, interleaved and one side after the other. Prints the rate of false alarms and what the same
# gate says of a program that is 10 % slower. A sample here; FARM_FULL=1 makes 200 comparisons of each kind.
. "$(dirname "$0")/lib.sh"
. "$e2e/simulated.sh"
comparisons=10
[ "${FARM_FULL:-}" ] && comparisons=200
simulated_program

# alarms WHAT MAKE_RUNS_ARGUMENT...: how many of the comparisons raise an alarm; 1 is allowed among 10 by chance
alarms() {
    what=$1
    shift
    count=0
    for seed in $(seq 1 $comparisons); do
        simulated_runs seed="$seed" "$@" >/dev/null
        status=0
        "$farmdb" check before after >said 2>&1 || status=$?
        [ "$status" -le 1 ] || fail "$what, seed $seed: exit status $status: $(head -1 said)"
        count=$((count + status))
    done
    echo "$what: $count alarms in $comparisons comparisons"
}

alarms "A/A, steady, interleaved"
[ $((count * 100)) -le $((comparisons * 10)) ] || fail "too many false alarms"
alarms "A/A, drift of 3 %, interleaved" drift=0.03
[ $((count * 100)) -le $((comparisons * 10)) ] || fail "too many false alarms"
alarms "A/A, drift of 3 %, one side after the other" drift=0.03 order=blocks
[ $((count * 100)) -le $((comparisons * 10)) ] || fail "too many false alarms"
alarms "a line of 1 % of the time or more takes three times as long" slower=3
[ $((count * 100)) -ge $((comparisons * 80)) ] || fail "too few true alarms"

# The gate's own opinion of itself
simulated_runs seed=77 runs=10 >/dev/null
"$farmdb" label before all >/dev/null
"$farmdb" label after all >/dev/null
"$farmdb" check --self-test all
