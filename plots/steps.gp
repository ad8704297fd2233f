# SPDX-License-Identifier: GPL-3.0-or-later
# gnuplot -c plots/steps.gp DATA.tsv OUT.png|svg|pdf: what was estimated of each of several changes and what was
# measured, with intervals, as `farmdb plan --measured ... -o DATA.tsv` has them. Lines of DATA that begin with "#! "
# are settings; series k has its points in block 2k: step, value, low, high.
data = ARG1
out = ARG2
load "< sed -n 's/^#! //p' '".data."'"
load system("dirname '".ARG0."'")."/style.gp"
set datafile separator "\t"
set title title font ",15"
set xlabel value("y_label0")
stats data index 0 using 3 name "A" nooutput
stats data index 2 using 3 name "B" nooutput
least = A_min < B_min ? A_min : B_min
set yrange [-ticks - 0.6:-0.4]
set xrange [(least < 0.9 ? least * 0.95 : 0.9):high0 * 1.05]
if (high0 > 8) set logscale x
set ytics ()
do for [k = 1:ticks] { set ytics add (value(sprintf("tick%d", k)) -k) }
set key bmargin center horizontal
set bmargin 5.5
set lmargin at screen 0.24
set arrow from 1, graph 0 to 1, graph 1 nohead ls 20
plot for [s = 0:1] data index 2 * s using 2:(-$1 + (s == 0 ? 0.12 : -0.12)):3:4 with xerrorbars ls s + 1 \
    title value(sprintf("name%d", s))
