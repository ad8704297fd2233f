#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# gcov_cases.sh SOURCE: hits of the rewritten program, at -O0 and -O2, against those of gcov (gcc -O0), line by line.
# A line that gcov counts otherwise carries a comment `gcov: N` with gcov's count, or `gcov: -` where gcov has none, and
# `ours: -` where we have none; everything else must be equal. -Wall: without it gcc 12 gives the line of a function
# that starts with a loop the count of the loop.
set -eu
source=$1
name=$(basename "$source" .c)
command -v gcov >/dev/null || exit 77

rm -f theirs-"$name".gcda
gcc -Wall -O0 --coverage "$source" -o theirs 2>/dev/null
./theirs >theirs.out && status=0 || status=$?
gcov -t theirs-"$name".gcda >theirs.txt 2>/dev/null

gcc -c -I"$SOURCE" "$SOURCE/tests/rewrite/counts.c" -o counts.o
for way in "-O0" "-O2" "-O0 --direct" "-O2 --direct"; do
    level=${way%% *}
    rm -f counts.txt
    # shellcheck disable=SC2086
    gcc -E -C "$source" | "$BUILD/tests/rewriter" ${way#"$level"} --unit "$source" >full.i
    gcc -w $level full.i counts.o -o ours
    COUNTS=counts.txt ./ours >ours.out && mine=0 || mine=$?
    cmp theirs.out ours.out
    [ "$status" = "$mine" ]
    objcopy --dump-section .farm_sites=tables ours
    "$BUILD/tests/hits" tables counts.txt >ours.txt
    awk -v level="$way" -v name="$name" '
        FILENAME == "ours.txt" { n = split($0, part, ":"); split(part[n], at, " "); ours[at[1]] += at[2]; next }
        /^ *[^:]+: *[0-9]+:/ {
            split($0, part, ":")
            count = part[1]; line = part[2] + 0
            gsub(/[ *]/, "", count)
            if (line == 0) next
            if (count ~ /^[#=]/) count = 0
            mine = line in ours ? ours[line] : "-"
            if (match($0, /gcov: [-0-9]+/)) {
                if (substr($0, RSTART + 6, RLENGTH - 6) == count) count = mine
            } else if (match($0, /ours: -/) && mine == "-") {
                count = mine
            }
            compared++
            if (mine == count) next
            print name " " level ": gcov " count ", ours " mine ": " $0
            bad++
        }
        END { exit bad || !compared }' ours.txt theirs.txt
done
