# SPDX-License-Identifier: GPL-3.0-or-later
# Profiles of perf and of ours in one form, for the benches that compare them; sourced behind lib.sh.

# before PROGRAM: prints "address address" of instructions and the ones before them, where control cannot have come by
# a jump. By objdump, so that what farmdb's own decoder does is judged by another one.
before() {
    objdump -d --no-show-raw-insn "$1" | awk -F '\t' '
        /^[0-9a-f]+ <.*>:$/ { last = "" }
        /^ *[0-9a-f]+:/ {
            at = $1
            gsub(/[ :]/, "", at)
            if (last != "") seen[at] = last
            n = split($2, word, " +")
            if (word[1] ~ /^j/ || (word[1] ~ /^(bnd|notrack)$/ && word[2] ~ /^j/))
                for (i = 2; i <= n; i++) if (word[i] ~ /^[0-9a-f]+$/) target[word[i]] = 1
            last = $2 ~ /^((bnd|notrack) )?(jmp|ret|call|ud2|hlt|int3|syscall)/ ? "" : at
        }
        END { for (at in seen) if (!(at in target)) print at, seen[at] }'
}

# places PROGRAM ADDRESSES: "file:line function samples", from lines "address samples"
places() {
    cut -d ' ' -f 1 "$2" | addr2line -f -e "$1" | paste - - |
        awk '
            NR == FNR { samples[FNR] = $2; next }
            {
                n = split($2, part, "/")
                sub(/\(discriminator.*/, "", part[n])
                sub(/\.(part|constprop|isra|cold).*/, "", $1)
                print part[n], $1, samples[FNR]
            }' "$2" -
}

# reference PROGRAM ARGUMENTS...: prints "line<TAB>file:line<TAB>samples" and "function<TAB>name<TAB>samples", each
# sample at the instruction that was waited for; and "as-it-is<TAB>file:line<TAB>samples", at the address that perf has
reference() {
    setarch -R perf record -q -e cpu-clock:u -F "${REFERENCE_HZ:-2000}" --call-graph dwarf,8192 \
        -o "$work/perf.data" "$@" >/dev/null 2>"$work/perf.log" ||
        { cat "$work/perf.log" >&2; skip "perf record does not work here"; }
    perf script --no-inline -i "$work/perf.data" -F ip,dso 2>/dev/null |
        awk -v program="($1)" '
            NF == 0 { found = 0; next }
            !found && $2 == program { print $1; found = 1 }' |
        sort | uniq -c | awk '{ print $2, $1 }' >"$work/addresses"
    before "$1" | awk 'NR == FNR { before[$1] = $2; next } { print $1 in before ? before[$1] : $1, $2 }' \
        - "$work/addresses" >"$work/waited"
    places "$1" "$work/addresses" | awk '{ n[$1] += $3 } END { for (l in n) print "as-it-is\t" l "\t" n[l] }'
    places "$1" "$work/waited" | awk '
        { line[$1] += $3; function_[$2] += $3 }
        END {
            for (l in line) print "line\t" l "\t" line[l]
            for (f in function_) print "function\t" f "\t" function_[f]
        }'
}

# ours: the same of the latest run
ours() {
    query "SELECT 'line|' || file || ':' || line || '|' || sum(samples) FROM line_time GROUP BY file, line
        UNION ALL SELECT 'function|' || function || '|' || sum(samples) FROM line_time GROUP BY function" |
        awk -F '|' 'NF == 3 { n = split($2, part, "/"); print $1 "\t" part[n] "\t" $3 }'
}
