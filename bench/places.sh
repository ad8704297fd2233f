#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Does time go to the line that called? Work in libc and libm from known lines, and one sum by calls and inlined, by the
# clock of the plain program, by the clock of the one with counters (what they cost is no error of the profile) and by
# the profile; and the line of a k-d tree that misses the cache, by perf and by us in turn, since how long memory takes
# depends on who else uses it.
#   UNIT    of work, default 300000 (some five seconds)
#   POINTS  of the k-d tree, default 2000000
UNIT=${UNIT:-300000}
POINTS=${POINTS:-2000000}
ROUNDS=${ROUNDS:-3}
. "$(dirname "$0")/lib.sh"
need perf addr2line setarch "$BENCH_CC"
. "$root/bench/reference.sh"
for build in plain farmcc; do
    $(cc_of "$build") -O2 -g "$root/bench/src/places.c" -o "places-$build" -lm
    $(cc_of "$build") -O2 -g "$root/bench/src/kdtree.c" -o "kdtree-$build"
done
chmod 777 "$work"
parts="copying sorting printing allocating turning called inlined"

# profiled SAMPLER USER PROGRAM ARGUMENTS...: one run into a fresh store; what was used into $used
profiled() {
    sampler=$1 user=$2
    shift 2
    fresh_store
    rm -rf "$FARM_DB-records"
    if [ "$user" = nobody ]; then
        FARM_SAMPLER=$sampler setpriv --reuid=65534 --regid=65534 --clear-groups "$@" >/dev/null
    else
        FARM_SAMPLER=$sampler "$@" >/dev/null
    fi
    used=$(query 'SELECT sampler FROM process')
}

users="root nobody"
[ "$(id -u)" = 0 ] || users=$(id -un)

# truth BUILD: the clock's shares in the order of the parts, medians of ROUNDS runs without samples
truth() {
    for round in $(seq "$ROUNDS"); do FARM_SAMPLER=none "./places-$1" "$UNIT"; done | sort -k1,1 -k2,2n |
        awk -v rounds="$ROUNDS" '
        { v[$1, ++n[$1]] = $2 } END { for (k in n) print k, v[k, int((rounds + 1) / 2)] }' >medians
    for part in $parts; do sed -n "s/^$part //p" medians; done
}

# Totals of the functions, in per cent of all of them
ours_by_part() {
    for part in $parts; do
        query "SELECT coalesce(sum(s.samples), 0) FROM function_samples s JOIN function f ON f.id = s.function_id
            WHERE f.name = '$part'"
    done
}

# on_line FUNCTION: share of the function's total that is on its marked line and in libraries below it
on_line() {
    line=$(grep -n "/. line $1 " "$root/bench/src/places.c" | cut -d : -f 1)
    query "SELECT printf('%.1f', 100.0 * (SELECT sum(samples) FROM line_time WHERE line = $line) / sum(s.samples))
        FROM function_samples s JOIN function f ON f.id = s.function_id WHERE f.name = '$2'"
}

places_table() {
    truth plain >true
    truth farmcc >counted
    echo "| profile | user | samples | $(echo "$parts" | sed 's/ / | /g') | greatest error, against the clock with" \
        "counters | on the line: memcpy, snprintf, sin, % |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    echo "| clock of the plain program | | | $(awk '{ printf "%.1f | ", $1 }' true) | | |"
    echo "| clock of the one with counters | | | $(awk '{ printf "%.1f | ", $1 }' counted) | | |"
    for user in $users; do
        for sampler in perf timer; do
            profiled "$sampler" "$user" ./places-farmcc "$UNIT"
            ours_by_part >found
            lines="$(on_line memcpy copying), $(on_line snprintf printing), $(on_line sin turning)"
            awk -v head="| $used | $user |" -v lines="$lines" '
                FILENAME == "true" { truth[FNR] = $1; next }
                FILENAME == "counted" { counted[FNR] = $1; next }
                { v[FNR] = $1; all += $1; n = FNR }
                END {
                    for (i = 1; i <= n; i++) {
                        s = 100 * v[i] / all; d = s - truth[i]; d = d < 0 ? -d : d; most = d > most ? d : most
                        d = s - counted[i]; d = d < 0 ? -d : d; other = d > other ? d : other
                        row = row sprintf(" %.1f |", s)
                    }
                    printf "%s %d |%s %.2f | %.2f | %s |\n", head, all, row, most, other, lines
                }' true counted found
        done
    done
}

# share KIND FILE PLACE: in per cent of the lines
share() {
    awk -F '\t' -v kind="$1" -v place="$3" '$1 == kind { all += $3; if ($2 == place) part += $3 }
        END { printf "%.1f", all ? 100 * part / all : 0 }' "$2"
}

kdtree_table() {
    hot=
    for round in $(seq "$ROUNDS"); do
        reference "$work/kdtree-plain" "$POINTS" 400000 >first
        [ "$hot" ] || hot=$(grep '^line' first | sort -t "$(printf '\t')" -k3,3nr | cut -f 2 | head -1)
        for sampler in perf timer; do
            profiled "$sampler" root "$work/kdtree-farmcc" "$POINTS" 400000
            ours >"$sampler"
        done
        echo "| $hot | $round | $(share line first "$hot") | $(share line perf "$hot") | $(share line timer "$hot") |" \
            "$(share as-it-is first "$hot") |"
    done
}

{
    echo "## Known places ($BENCH_CC)"
    echo
    echo "$(machine)."
    echo "Shares in per cent of seven parts of one program, which are functions; with what they call. All of copying,"
    echo "printing and turning is one line that calls a library."
    echo
    places_table
    echo
    echo "The line of a k-d tree of $POINTS points that most of the time goes to (main memory), in per cent; samples"
    echo "are for the instruction that was waited for, last: perf's addresses as they are."
    echo
    echo "| line | round | perf | farmcc, perf | farmcc, timer | perf as it is |"
    echo "|---|---|---|---|---|---|"
    kdtree_table
} | publish "places $BENCH_CC"
