#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Does time by line tell what is known beforehand? Lines that take 1, 5, 25, 50 and 19 % of the work, on 1, 2 and 8
# threads, by both samplers, as root and as an ordinary user; and work added to one line, reported against true.
#   UNIT  divisions in a hundredth of the work, default 15000000 (some eight seconds in all)
UNIT=${UNIT:-15000000}
ROUNDS=1
. "$(dirname "$0")/lib.sh"
"$farmcc" -O2 -pthread "$root/bench/src/shares.c" -o shares
chmod 777 "$work"

# run SAMPLER USER ARGUMENTS...: samples by line into `found`, what was used into $used
run() {
    sampler=$1 user=$2
    shift 2
    fresh_store
    rm -rf "$FARM_DB-records"
    if [ "$user" = nobody ]; then
        FARM_SAMPLER=$sampler setpriv --reuid=65534 --regid=65534 --clear-groups ./shares "$@" >/dev/null
    else
        FARM_SAMPLER=$sampler ./shares "$@" >/dev/null
    fi
    used=$(query 'SELECT sampler FROM process')
    for part in 1 5 25 50 19; do
        line=$(grep -n "/. $part unit" "$root/bench/src/shares.c" | cut -d : -f 1)
        query "SELECT coalesce(100.0 * sum(samples * (line = $line)) / sum(samples), 0) AS share,
            coalesce(sum(samples), 0) AS samples FROM line_time"
    done >found
}

shares_table() {
    echo "| sampler | user | threads | samples | 1 % | 5 % | 25 % | 50 % | 19 % | greatest error |"
    echo "|---|---|---|---|---|---|---|---|---|---|"
    for user in root nobody; do
        [ "$user" = root ] || [ "$(id -u)" = 0 ] || continue
        for sampler in perf timer; do
            for threads in 1 2 8; do
                run "$sampler" "$user" "$threads" $((UNIT / threads))
                awk -F , -v head="| $used | $user | $threads |" 'BEGIN { split("1 5 25 50 19", truth, " ") }
                    { d = $1 - truth[NR]; d = d < 0 ? -d : d; if (d > most) most = d
                      row = row sprintf(" %.2f |", $1); n = $2 }
                    END { printf "%s %d |%s %.2f |\n", head, n, row, most }' found
            done
        done
    done
}

slope_table() {
    echo "| sampler | true and reported share of the line, in % | slope | intercept, points |"
    echo "|---|---|---|---|"
    for sampler in perf timer; do
        for extra in 0 10 25 50 100; do
            run "$sampler" root 1 $((UNIT / 2)) "$extra"
            awk -F , -v e="$extra" 'NR == 1 { print 100 * (1 + e) / (100 + e), $1 }' found
        done | awk -v head="| $sampler |" '
            { row = row sprintf("%s%.1f: %.1f", NR > 1 ? ", " : " ", $1, $2)
              n++; sx += $1; sy += $2; sxx += $1 * $1; sxy += $1 * $2 }
            END { b = (n * sxy - sx * sy) / (n * sxx - sx * sx)
                  printf "%s%s | %.3f | %.2f |\n", head, row, b, (sy - b * sx) / n }'
    done
}

{
    echo "## Known shares ($BENCH_CC)"
    echo
    echo "$(machine)."
    echo
    shares_table
    echo
    echo "Work added to one line (must: slope 1.0 +- 0.05):"
    echo
    slope_table
} | publish "shares $BENCH_CC"
