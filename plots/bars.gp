# SPDX-License-Identifier: GPL-3.0-or-later
# gnuplot -c plots/bars.gp DATA.tsv OUT.png|svg|pdf: a bar for each row of NAME, VALUE, LOW, HIGH, the first on top.
# Lines of DATA that begin with "#! " are settings.
data = ARG1
out = ARG2
load "< sed -n 's/^#! //p' '".data."'"
load system("dirname '".ARG0."'")."/style.gp"
set datafile separator "\t"
set title title font ",15"
set xlabel axis
stats data using 4 nooutput
set xrange [0:(STATS_max > 0 ? 1.12 * STATS_max : 1)]      # room for the figures behind the bars
set yrange [rows - 0.4:-0.6]
set style fill solid 0.85 noborder
unset key
set grid noytics
set ytics scale 0
plot data using (0):0:(0):2:($0 - 0.35):($0 + 0.35):ytic(1) with boxxyerror ls 1, \
     data using 2:0:3:4 with xerrorbars lc rgb "#333333" lw 1.5 pt -1, \
     data using 4:0:(sprintf("%.3g", $2)) with labels left offset 0.8,0 tc rgb "#333333"
