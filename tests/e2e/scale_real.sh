#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Real programs over growing inputs: what their authors say of them is what their counts say.
#   Lua:  table.sort is a quicksort (ltablib.c), so comparisons grow as n log n and partitions as n; a string that grows
#         by one character at a time is copied each time (Programming in Lua, "String Buffers"), so bytes grow as n^2
#   zlib: deflate and inflate take linear time in the length of their input (algorithm.txt, deflate.h)
. "$(dirname "$0")/lib.sh"
. "$here/programs.sh"
need awk
fetched lua5.4 zlib
build_lua "$work/lua" "$farmcc" "-O2"
build_zlib "$work/zlib" "$farmcc" "-O2 -D_LARGEFILE64_SOURCE=1" minigzip
lua=$work/lua/src/lua
FARM_SAMPLER=none
export FARM_SAMPLER

cat >sort.lua <<'CODE'
math.randomseed(42)
local t = {}
for i = 1, tonumber(arg[1]) do t[i] = math.random(1 << 30) end
table.sort(t)
CODE
cat >grow.lua <<'CODE'
local s = ""
for i = 1, tonumber(arg[1]) do s = s .. "x" end
CODE
"$farmdb" sweep -P n=250..16000/7 -r 1 -w 0 --label sort -- "$lua" sort.lua '{n}' >sweep.out 2>&1 ||
    fail "sweep: $(cat sweep.out)"
"$farmdb" sweep -P n=100..6400/7 -r 1 -w 0 --label grow -- "$lua" grow.lua '{n}' >sweep.out 2>&1 ||
    fail "sweep: $(cat sweep.out)"

# Words by a small generator, the same with every awk: each part of the text is like every other.
awk 'function below(limit) {
        state = state * 16807 % 2147483647
        return int(limit * state / 2147483647)
    }
    BEGIN {
        state = 7
        for (i = 0; i < 300; i++) {
            for (k = 2 + below(8); k > 0; k--) word[i] = word[i] sprintf("%c", 97 + below(26))
        }
        for (i = 0; i < 600000; i++) printf "%s%s", word[below(1 + below(300))], i % 11 == 10 ? "\n" : " "
    }' >text
for bytes in 50000 100000 200000 400000 800000 1600000 3200000; do
    head -c $bytes text >in
    FARM_LABEL=deflate FARM_PARAM_bytes=$bytes "$work/zlib/minigzip" -6 <in >packed
    FARM_LABEL=inflate FARM_PARAM_bytes=$bytes "$work/zlib/minigzip" -d <packed | cmp - in || fail "inflate of $bytes"
done

# class LABEL SCOPE METRIC NAME: what scale says of a function, or of a line "FUNCTION: TEXT"
class() {
    "$farmdb" scale "$1" "--$2s" --metric "$3" --all --format csv >scale.csv || fail "scale $1: $(cat scale.csv)"
    awk -F , -v scope="$2" -v name="$4" '
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $column["scope"] == scope && $column["function"] == name { print $column["classes"]; exit }' scale.csv
}
expect "comparisons of table.sort" "$(class sort function calls sort_comp)" "n log n"
expect "partitions of table.sort" "$(class sort function calls partition)" "n"
expect "random numbers" "$(class sort function calls math_random)" "n"
expect "bytes of a growing string" "$(class grow line alloc_bytes l_alloc)" "n^2"
expect "steps of that loop" "$(class grow function calls luaV_concat)" "n"
expect "longest_match of deflate" "$(class deflate function calls longest_match)" "n"
"$farmdb" scale sort --functions >functions || fail "scale without samples has no functions"
grep -q '^sort_comp  *calls ' functions || fail "no calls of functions without samples: $(cat functions)"
expect "blocks that inflate reads" "$(class inflate function calls updatewindow)" "n"

# Lines that ran more than a thousand times and not always as often: n is never excluded, and a third say it alone.
for label in deflate inflate; do
    "$farmdb" scale "$label" --lines --metric hits --all --format csv >scale.csv || fail "scale $label"
    "$farmdb" sql --format csv "SELECT file, line FROM line_hits JOIN run ON run.id = run_id
        JOIN run_param USING (run_id) WHERE run.label = '$label' AND value = '3200000' AND hits > 1000" >busy.csv ||
        fail "sql of $label"
    awk -F , 'NR == FNR { busy[$1, $2] = 1; next }
        FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        busy[$column["file"], $column["line"]] { print $column["classes"] }' busy.csv scale.csv | sort | uniq -c \
        >classes
    awk 'BEGIN { split("1,log n,n,n log n,n^2,n^2 log n,n^3,2^n", names, ","); for (k in names) place[names[k]] = k }
        {
            count = $1
            sub(/^ *[0-9]+ /, "")
            ends = split($0, part, "[.][.]")
            low = place[part[1]]; high = place[part[ends]]
            if ($0 == "n") alone += count
            if ($0 != "1") all += count
            if ($0 != "1" && low && (low > 3 || high < 3)) { wrong += count; print "not linear:", $0 }
        }
        END { printf "%d of %d lines are n alone\n", alone, all; exit wrong > 0 || alone < all / 3 }' classes ||
        fail "$label: $(cat classes)"
done
