#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/case-study.sh in a tiny setting: the page is whole, the planted search stands first, each change has its row.
. "$(dirname "$0")/lib.sh"
need make gnuplot
PATH=$(dirname "$farmdb"):$PATH WORK=$work/study OUT=$work/page REPEATS=1 STEPS=10 AGENTS=60 \
    "$root/docs/case-study.sh" >log 2>&1 || { cat log >&2; fail "docs/case-study.sh"; }
page=$work/page/case-study.md
expect "the first bottleneck" "$(sed -n '/^    Priority/{n;p;}' "$page" | awk '{ print $3 }')" spatial
for name in "hash grid" "larger buffers" "views reused" "batched decisions" "vector bilinear" "active regrowth" \
    "two threads" "all of it"; do
    grep -q "^    $name  *[0-9.]*x" "$page" || fail "no row of $name"
done
expect "sections of changes" "$(grep -c '^\* Estimated: ' "$page")" 7
expect "measurements of them" "$(grep -c '^\* Measured: ' "$page")" 7
for picture in steps.png agents.png flame-difference.svg; do
    [ -s "$work/page/case-study/$picture" ] || fail "no $picture"
done
