#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Time that libraries spend is found below the function that called them, by both samplers.
. "$(dirname "$0")/lib.sh"
. "$e2e/runtime_lib.sh"

# shares PROGRAM POINTS: the share below each function against the thread's own clock
shares() {
    nm -S --defined-only "$1" | awk 'NF == 4 { print $1, $2, $4 }' >symbols
    "$dump" "$records"/*.rec >dump
    awk -v most="$2" -v program="$work/$1+" '
        function hex(text,   i, n) {
            for (i = 1; i <= length(text); i++)
                n = n * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
            return n
        }
        FILENAME == "spent" { spent[$1] = $2; all += $2; next }
        FILENAME == "symbols" { low[NR] = hex($1); high[NR] = low[NR] + hex($2); name[NR] = $3; next }
        $1 == "samples" { samples = $2 }
        $1 == "below" && index($2, program) == 1 {
            at = hex(substr($2, length(program) + 3))
            for (i in name) if (at >= low[i] && at < high[i]) below[name[i]] += $3
        }
        END {
            if (samples < 100) { print "only " samples + 0 " samples"; exit 1 }
            for (part in spent) {
                wrong = 100 * below[part] / samples - 100 * spent[part] / all
                printf "%-12s %6.2f %% by the clock, %+.2f points by %d samples\n", part, 100 * spent[part] / all,
                    wrong, samples
                if (wrong > most || wrong < -most) bad = 1
            }
            exit bad
        }' spent symbols dump || fail "$FARM_SAMPLER: more than $2 points wrong"
}

build credit runtime_credit.c -lm
credited() {
    export FARM_SAMPLER="$1"
    fresh_store
    ./credit 1000 >spent
    [ "$(field sampler)" != 0 ] || { field sampler_note; echo "perf is not to be had here"; return 0; }
    shares credit "$2"
}
once_in 4 credited perf 2
# some 250 samples a second: the standard error alone is about one point
once_in 4 credited timer 4
expect "sampler" "$(field sampler)" 2
# where perf is refused the timer takes its place, and the record says why
unset FARM_SAMPLER
gcc -O2 "$e2e/src/runtime_noperf.c" -o noperf
fresh_store
./noperf ./credit 30 >spent
expect "sampler without perf" "$(field sampler)" 2
field sampler_note | grep -q 'perf_event_open is not permitted' || fail "no reason for the timer"
within "samples without perf" "$(field samples)" 10 1000
fresh_store
FARM_SAMPLER=perf ./noperf ./credit 5 >spent
expect "sampler where perf alone is wanted" "$(field sampler)" 0
# an ordinary user, several programs at once: perf's memory is limited for all of them together, so nobody else's
if can_be_user; then
    fresh_store
    mkdir store
    chmod 777 store .
    FARM_DB=$work/store/farm.db
    records=$FARM_DB-records
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        setpriv --reuid=$((70000 + $$)) --regid=65534 --clear-groups ./credit 20 >"spent.$i" &
    done
    wait
    expect "samplers of an ordinary user's programs" "$(field sampler)" "1 1 1 1 1 1 1 1 1 1 1 1"
    [ "$("$dump" "$records"/*.rec | awk '$1 == "samples" && $2 < 30' | wc -l)" = 0 ] || fail "hardly any samples"
fi
# the rate is honoured
FARM_SAMPLER=timer
fresh_store
FARM_HZ=50 ./credit 200 >spent
within "samples at 50 Hz" "$(field samples)" 30 70
fresh_store
FARM_HZ=0 ./credit 20 >spent
expect "samples at 0 Hz" "$(field samples)" 0
