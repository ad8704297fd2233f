#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/case-study.sh in a tiny setting: the page is whole, the planted search is found, each change has its row.
. "$(dirname "$0")/lib.sh"
need make gnuplot
PATH=$(dirname "$farmdb"):$PATH WORK=$work/study OUT=$work/page REPEATS=1 STEPS=10 AGENTS=60 \
    "$root/docs/case-study.sh" >log 2>&1 || { cat log >&2; fail "docs/case-study.sh"; }
page=$work/page/case-study.md
# Which of two large parts comes first, and which of their lines matter, is told by time, and the runs are short; how
# lines grow, by counts.
grep -q '^    [a-z]*  *[0-9]*  spatial ' "$page" ||
    fail "the planted search: $(sed -n '/^    Priority/,/^$/p' "$page")"
FARM_DB=$work/study/farm.db
for experiment in $(query "SELECT DISTINCT experiment_id FROM point"); do
    "$farmdb" scale "experiment:$experiment" --by agents --lines --all 2>/dev/null || true
done >classes
grep -q 'sim/index.c:[0-9]*  *hits  *n^2 ' classes ||
    fail "no line of the planted search is quadratic: $(grep index.c classes)"
for name in "hash grid" "larger buffers" "views reused" "batched decisions" "vector bilinear" "active regrowth" \
    "two threads" "all of it"; do
    grep -q "^    $name  *[0-9.]*x" "$page" || fail "no row of $name"
done
expect "sections of changes" "$(grep -c '^\* Estimated: ' "$page")" 7
expect "measurements of them" "$(grep -c '^\* Measured: ' "$page")" 7
for picture in steps.png agents.png flame-difference.svg; do
    [ -s "$work/page/case-study/$picture" ] || fail "no $picture"
done
