# SPDX-License-Identifier: GPL-3.0-or-later
# Profiles of perf and of ours in one form, for the benches that compare them; sourced behind lib.sh.

# reference PROGRAM ARGUMENTS...: prints "line<TAB>file:line<TAB>samples" and "function<TAB>name<TAB>samples"
reference() {
    setarch -R perf record -q -e cpu-clock:u -F 2000 --call-graph dwarf,8192 -o "$work/perf.data" "$@" \
        >/dev/null 2>"$work/perf.log" || { cat "$work/perf.log" >&2; skip "perf record does not work here"; }
    perf script --no-inline -i "$work/perf.data" -F ip,dso 2>/dev/null |
        awk -v program="($1)" '
            NF == 0 { found = 0; next }
            !found && $2 == program { print $1; found = 1 }' |
        sort | uniq -c | awk '{ print $2, $1 }' >"$work/addresses"
    cut -d ' ' -f 1 "$work/addresses" | addr2line -f -e "$1" | paste - - |
        awk '
            NR == FNR { samples[FNR] = $2; next }
            {
                n = split($2, part, "/")
                sub(/\(discriminator.*/, "", part[n])
                line[part[n]] += samples[FNR]
                sub(/\.(part|constprop|isra|cold).*/, "", $1)
                function_[$1] += samples[FNR]
            }
            END {
                for (l in line) print "line\t" l "\t" line[l]
                for (f in function_) print "function\t" f "\t" function_[f]
            }' "$work/addresses" -
}

# ours: the same of the latest run
ours() {
    query "SELECT 'line|' || file || ':' || line || '|' || sum(samples) FROM line_time GROUP BY file, line
        UNION ALL SELECT 'function|' || function || '|' || sum(samples) FROM line_time GROUP BY function" |
        awk -F '|' 'NF == 3 { n = split($2, part, "/"); print $1 "\t" part[n] "\t" $3 }'
}
