#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Totals of allocations are those of Valgrind and heaptrack on the untouched program. Differences that are known: a
# thread's vector of thread-local storage is 16 bytes longer, because we have a variable there; heaptrack brings
# libstdc++ and with it 72,704 bytes.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$e2e/programs.sh"
need valgrind heaptrack
fetched lua5.4
export FARM_HZ=0
src=$e2e/src
seq 1 2000 >text

# ours PROGRAM...: "allocs frees bytes peak" of a run
ours() {
    fresh_store
    "$@" >/dev/null
    query "SELECT sum(allocs) || ' ' || sum(frees) || ' ' || sum(bytes) || ' ' || (SELECT peak_bytes FROM heap)
           FROM (SELECT allocs, frees, bytes FROM line_allocs
                 UNION ALL SELECT allocs, frees, bytes FROM outside_allocs)"
}

# valgrinds PROGRAM...: "allocs frees bytes"
valgrinds() {
    valgrind --run-libc-freeres=no "$@" 2>&1 >/dev/null | tr -d ,  |
        sed -n 's/.*total heap usage: \([0-9]*\) allocs \([0-9]*\) frees \([0-9]*\) bytes.*/\1 \2 \3/p'
}

# heaptracks PROGRAM...: "calls peak-in-bytes", the peak without libstdc++'s
heaptracks() {
    rm -f track.*
    heaptrack -o track "$@" >/dev/null 2>&1
    heaptrack_print -f track.* 2>/dev/null | awk '
        /^calls to allocation functions:/ { calls = $5 }
        /^peak heap memory consumption:/ { v = $5; f = v ~ /G/ ? 1e9 : v ~ /M/ ? 1e6 : v ~ /K/ ? 1e3 : 1; peak = v * f }
        END { print calls, peak - 72704 }'
}

# compare NAME THREADS PLAIN OURS ARGUMENT...
compare() {
    name=$1 threads=$2 plain=$3 farm=$4
    shift 4
    # shellcheck disable=SC2046
    set -- $(valgrinds "$plain" "$@") $(heaptracks "$plain" "$@") $(ours "$farm" "$@")
    expect "figures of $name" $# 9
    echo "$name: valgrind $1 allocs $2 frees $3 bytes, heaptrack $4 allocs, peak $5," \
        "farm $6 allocs $7 frees $8 bytes, peak $9"
    expect "allocations of $name" "$6" "$1"
    expect "frees of $name" "$7" "$2"
    expect "bytes of $name" "$8" $(($3 + 16 * threads))
    within "allocations of $name by heaptrack" "$4" "$6" $(($6 + 2))
    within "peak of $name by heaptrack" "$5" "$(($9 * 98 / 100))" "$(($9 * 103 / 100 + 1000))"
}

for name in chain threads; do
    gcc -O1 -g -fno-builtin -pthread "$src/heap_$name.c" -o "$name.plain"
    "$farmcc" -O1 -g -fno-builtin -pthread "$src/heap_$name.c" -o "$name.farm"
done
compare "copies and chains" 0 ./chain.plain ./chain.farm
compare "threads" 4 ./threads.plain ./threads.farm

build_lua plain gcc "-O2 -g"
build_lua count "$farmcc" "-O2 -g"
cat >words.lua <<'END'
local words, count = {}, {}
for i = 1, 20000 do words[#words + 1] = "word" .. i % 997 end
for _, w in ipairs(words) do count[w] = (count[w] or 0) + 1 end
local text = {}
for w, n in pairs(count) do text[#text + 1] = w .. "=" .. n end
table.sort(text)
print(#table.concat(text, ","))
END
compare "Lua" 0 plain/src/lua count/src/lua words.lua
