#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shape.sh [ROOT]: functions of 70 lines, .c files of 600, headers of 250, lines of 120 characters at most. Golden
# inputs and outputs and measured results are data and may have any shape.
set -u
root=${1:-$SOURCE}
cd "$root" || exit 2
command -v ctags >/dev/null || { echo "ctags is not installed"; exit 77; }
list() {
    find base runtime instrument db sim plots tests bench scripts cmake ./*.sh ./*.md ./CMakeLists.txt -type f \
        \( "$@" \) ! -path 'tests/rewrite/*/*' ! -path 'tests/cli/*/*' ! -path '*/corpus/*' ! -path 'sim/build/*' \
        ! -path 'tests/e2e/lua/*' ! -path bench/RESULTS.md 2>/dev/null
}
bad=0

list -name '*.[ch]' | ctags --languages=C --langmap=C:.c.h --kinds-C=f --fields=+ne -L - -f - | awk -F'\t' '
    {
        line = end = 0
        for (i = 4; i <= NF; i++) {
            if ($i ~ /^line:/) line = substr($i, 6)
            if ($i ~ /^end:/) end = substr($i, 5)
        }
        if (end && end - line + 1 > 70) { print $2 ":" line ": " $1 " has " end - line + 1 " lines (70)"; bad = 1 }
    }
    END { if (!NR) print "ctags finds no functions"; exit bad || !NR }' || bad=1

for file in $(list -name '*.[ch]'); do
    case $file in *.h) most=250 ;; *) most=600 ;; esac
    lines=$(wc -l <"$file")
    [ "$lines" -le "$most" ] || { echo "$file: $lines lines ($most)"; bad=1; }
done

# A .clang-format cannot do this: it leaves long strings and comments alone.
wide=$(list -name '*.[ch]' -o -name '*.sh' -o -name '*.sql' -o -name '*.awk' -o -name '*.gp' -o -name '*.md' \
    -o -name '*.cmake' -o -name 'CMakeLists.txt' | LC_ALL=C.UTF-8 xargs grep -nE '.{121,}' /dev/null | cut -d: -f1,2)
[ -z "$wide" ] || { echo "$wide" | sed 's/$/: wider than 120/'; bad=1; }
exit $bad
