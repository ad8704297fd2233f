#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Charts of a sweep: the data behind them, curves and labels in the picture, the text form, and what is refused.
. "$(dirname "$0")/lib.sh"
need gnuplot

cp "$here/src/growth.c" .
"$farmcc" -O2 growth.c -o growth || fail "growth.c does not compile"
FARM_SAMPLER=none
export FARM_SAMPLER
for n in 50 75 100 160 250 400 600 1000; do
    FARM_LABEL=before FARM_PARAM_n=$n ./growth insertion "$n" >/dev/null
    FARM_LABEL=it\'s\ after FARM_PARAM_n=$n ./growth merge "$n" >/dev/null
done
line=$(grep -n "insertion CLASS" growth.c | cut -d: -f1)

# The data: eight points of the quadratic line, and its curve.
"$farmdb" scale before --lines -f growth.c:$line -o data.tsv >/dev/null || fail "tsv"
expect "settings of the data" "$(grep -c '^#! ' data.tsv)" 10
grep -q "^#! panel0 = 'growth.c:$line  insertion()'" data.tsv || fail "the panel's title: $(grep panel0 data.tsv)"
grep -q "^#! name0 = 'before: n^2," data.tsv || fail "the legend: $(grep name0 data.tsv)"
hits=$("$farmdb" sql "SELECT hits FROM line_hits JOIN run_param USING (run_id)
    WHERE line = $line AND value = '1000'" | tail -n 1)
grep -q "^1000	$hits	$hits	$hits\$" data.tsv || fail "the point at 1000 is not $hits"
expect "points and curve" "$(grep -c '^[0-9]' data.tsv)" 68

# The picture that gnuplot makes of it by hand is the one that farmdb makes.
"$farmdb" scale before --lines -f growth.c:$line -o farmdb.svg >/dev/null || fail "svg"
gnuplot -c "$root/plots/scale.gp" data.tsv hand.svg || fail "plots/scale.gp by hand"
cmp farmdb.svg hand.svg || fail "the script by hand draws another picture"
for label in "growth.c:$line  insertion()" "before: n^2" ">n³<" "hits of lines by n"; do
    grep -q -- "$label" farmdb.svg || fail "no label '$label' in the SVG"
done

# Several labels over each other; a name that would end gnuplot's text.
"$farmdb" scale before "it's after" -m calls --functions -f 'm*' -n 1 -o two.svg >/dev/null || fail "two labels"
grep -q "it's after: \|it&apos;s after: \|it&#39;s after: " two.svg || fail "the second label is missing"
for kind in png pdf; do
    "$farmdb" scale before --lines -o chart.$kind >/dev/null || fail "$kind"
done
expect "PNG" "$(head -c 4 chart.png | tail -c 3)" PNG
expect "PDF" "$(head -c 4 chart.pdf)" %PDF

"$farmdb" scale before --lines -f growth.c:$line -o chart.txt >/dev/null || fail "txt"
expect "widest line of the text chart" "$(awk 'length > 80' chart.txt | wc -l)" 0
expect "points of the text chart" "$(sed -n '/|/p' chart.txt | tr -cd a | wc -c)" 8

# A heat map over two parameters.
for n in 50 100; do
    for m in 1 2 3; do FARM_LABEL=pairs FARM_PARAM_n=$n FARM_PARAM_m=$m ./growth constant "$n" >/dev/null; done
done
"$farmdb" scale pairs --by n --with m -m allocs -o heat.tsv || fail "heat map"
expect "pairs of the heat map" "$(grep -c '^[01]	[012]	' heat.tsv)" 6
"$farmdb" scale pairs --by n --with m -o heat.svg || fail "heat map, drawn"
grep -q ">wall ([a-z]*) by n and m<" heat.svg || fail "the title of the heat map"

# Memory, CPU and disk of a run over time; one that was over at once has nothing to draw.
cat >grows.c <<'CODE'
#include <stdlib.h>
#include <string.h>
int main(void)
{
    unsigned sum = 1;
    for (int i = 0; i < 100; i++) {
        char *p = malloc(100000);
        memset(p, i, 100000);
        for (int k = 0; k < 1000000; k++)
            sum = sum * 1664525u + (unsigned char)p[k % 100000];
    }
    return sum == 42;
}
CODE
"$farmcc" -O1 grows.c -o grows && FARM_LABEL=grows ./grows
"$farmdb" show grows -o course.svg >/dev/null || fail "show -o"
for label in ">Memory<" ">CPU by core<" ">MB/s<" ">resident<" ">time (s)<"; do
    grep -q -- "$label" course.svg || fail "no label '$label' in the chart over time"
done

status=0
"$farmdb" scale before -o chart.bmp >out 2>err || status=$?
expect "status of a form that is none" "$status" 4
grep -q ".txt, not as in 'chart.bmp'" err || fail "no word about forms: $(cat err)"
status=0
mkdir bin && ln -s "$(command -v sh)" bin/sh
PATH=$work/bin "$farmdb" scale before --lines -o chart.png >out 2>err || status=$?
expect "status without gnuplot" "$status" 4
grep -q "install gnuplot-nox, or name a .txt file" err || fail "no word about gnuplot: $(cat err)"
