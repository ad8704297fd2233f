#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Synthetic truth: one line of 300 is slower, because it runs more often or because it costs more. It must be found, as
# the first line of the answer and with its cause, in 95 % of 20 comparisons; a wrong line may be named in 5 %.
. "$(dirname "$0")/lib.sh"
. "$e2e/simulated.sh"
seeds=20
simulated_program
found=0 caused=0 wrong=0
for seed in $(seq 1 $seeds); do
    cause=hits
    [ $((seed % 2)) = 0 ] || cause=cost
    line=$(simulated_runs seed="$seed" slower=1.5 cause=$cause drift=0.03)
    "$farmdb" compare before after --format json >answer.json
    # one row a line in JSON: "name": value
    awk -v line="$line" -v cause="$cause" '
        function value(name) {
            return match($0, "\"" name "\": [^,}]*") ? substr($0, RSTART + length(name) + 4) + 0 : 0
        }
        /^  "lines"/ { lines = 1 }
        lines && /"shown": true/ {
            shown++
            if (value("line_after") == line) {
                found = shown == 1
                hits = value("from_hits_s")
                cost = value("from_cost_s")
                right = cause == "hits" ? hits > 2 * cost : cost > 2 * hits
            } else wrong = 1
        }
        END { print found + 0, right + 0, wrong + 0 }' answer.json >outcome
    read -r f c w <outcome
    found=$((found + f)) caused=$((caused + c)) wrong=$((wrong + w))
    [ "$f $w" = "1 0" ] || echo "seed $seed: line $line found $f, cause right $c, wrong lines $w"
done
echo "slower line found first in $found of $seeds comparisons, its cause right in $caused, wrong lines named in $wrong"
[ $((found * 100)) -ge $((seeds * 95)) ] || fail "the slower line was found in $found of $seeds"
[ $((caused * 100)) -ge $((seeds * 95)) ] || fail "the cause was right in $caused of $seeds"
[ $((wrong * 100)) -le $((seeds * 5)) ] || fail "wrong lines were named in $wrong of $seeds"
