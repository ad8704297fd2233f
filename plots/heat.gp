# SPDX-License-Identifier: GPL-3.0-or-later
# gnuplot -c plots/heat.gp DATA.tsv OUT.png|svg|pdf: a figure over two parameters, as `farmdb scale --with P -o
# DATA.tsv` writes it: the column and row of each pair, its value, and the value as text. Lines that begin with "#! "
# are settings.
data = ARG1
out = ARG2
load "< sed -n 's/^#! //p' '".data."'"
load system("dirname '".ARG0."'")."/style.gp"
set datafile separator "\t"
set title title font ",15"
set xlabel x_label
set ylabel y_label
set cblabel value_label
unset grid
unset key
set xrange [-0.5:columns - 0.5]
set yrange [-0.5:rows - 0.5]
set xtics ()
set ytics ()
do for [i = 0:columns - 1] { set xtics add (value(sprintf("x%d", i)) i) }
do for [i = 0:rows - 1] { set ytics add (value(sprintf("y%d", i)) i) }
if (logarithmic) set logscale cb
# From dark blue to yellow, even in lightness: readable in grey and by those who see fewer colours.
set palette defined (0 "#00204d", 1 "#31446b", 2 "#666970", 3 "#958f78", 4 "#cbba69", 5 "#ffea46")
middle = logarithmic ? sqrt(least * most) : (least + most) / 2.0
plot data using 1:2:3 with image, \
     data using 1:2:4:($3 > middle ? 0x000000 : 0xffffff) with labels tc rgb variable
