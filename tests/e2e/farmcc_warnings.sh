#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sources that make compilers warn, one warning each: what is said, where, and the status are the same with farmcc, with
# the usual warnings and with many more.
set -u
cc=${1:-gcc}
command -v "$cc" >/dev/null || { echo "no $cc here"; exit 77; }
export LC_ALL=C
rm -f ./*
awk '/^== / {name = $2 ".c"; next} name {print >name}' "$SOURCE/tests/e2e/farmcc_warnings.txt"
more="-Wpedantic -Wshadow -Wconversion -Wnull-dereference -Wduplicated-branches -Wduplicated-cond -Wlogical-op
    -Wdangling-else -Wcomma -Wno-unknown-warning-option"
differences=0 warned=0
for flags in "-O2 -Wall -Wextra" "-O2 -Wall -Wextra $more" "-O1 -Wall -Werror"; do
    for file in *.c; do
        $cc $flags -c "$file" -o plain.o 2>plain.said
        plain=$?
        "$BIN/farmcc" $cc $flags -c "$file" -o farm.o 2>farm.said
        [ "$?" = $plain ] && cmp -s plain.said farm.said && { [ -s plain.said ] && warned=$((warned + 1)); continue; }
        echo "$file with $flags:"
        diff plain.said farm.said
        differences=$((differences + 1))
    done
done
[ "$warned" -gt 80 ] || { echo "only $warned warnings: does $cc warn at all?"; exit 1; }
[ "$differences" = 0 ] || { echo "$differences differences"; exit 1; }
echo "$warned warnings and errors are the same with $cc"
