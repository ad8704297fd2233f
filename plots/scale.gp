# SPDX-License-Identifier: GPL-3.0-or-later
# gnuplot -c plots/scale.gp DATA.tsv OUT.png|svg|pdf: series over a parameter, as `farmdb scale -o DATA.tsv` has them:
# points with intervals, fitted curves, and reference slopes where both axes are logarithmic. Lines of DATA that begin
# with "#! " are settings; series k has its points in block 2k and its curve in block 2k + 1.
data = ARG1
out = ARG2
load "< sed -n 's/^#! //p' '".data."'"
load system("dirname '".ARG0."'")."/style.gp"
columns = panels < 2 ? 1 : panels < 5 ? 2 : 3
rows = (panels + columns - 1) / columns
set datafile separator "\t"
if (logarithmic_x) set logscale x
if (logarithmic_y) set logscale y
if (panels > 1) set tics font ",10"; set key font ",11"; set xlabel font ",11"; set ylabel font ",11"
# Large figures have prefixes: 200k, 1M.
short(v) = v >= 1e9 ? sprintf("%gG", v / 1e9) : v >= 1e6 ? sprintf("%gM", v / 1e6) : \
           v >= 1e3 ? sprintf("%gk", v / 1e3) : sprintf("%g", v)
# A panel's title keeps its end, where the function is.
room = panels > 1 ? 132 / columns : 200
cut(t) = strlen(t) <= room ? t : "…".substr(t, strlen(t) - room + 2, strlen(t))
most = 0
do for [p = 0:panels - 1] {
    many = value(sprintf("last%d", p)) - value(sprintf("first%d", p)) + 1
    most = many > most ? many : most
}
below = !logarithmic_y || panels > 1 || most > 4
# Powers of ten are too few marks on a short logarithmic axis.
few(low, high) = high / low < 60
mark(i) = word("1 2 5", (i % 3 + 3) % 3 + 1) * 10.0 ** floor(i / 3.0)
if (below) set key bmargin center horizontal
# A legend below has places as wide as its longest name: some 9 pixels a letter, and 7 letters for the mark.
places(longest) = longest + 7 > 122 / columns ? 1 : floor(122.0 / columns / (longest + 7))
if (logarithmic_x && few(x_low, x_high)) {
    set xtics ()
    do for [i = floor(3 * log10(x_low)) - 2:ceil(3 * log10(x_high)) + 2] {
        if (mark(i) >= x_low && mark(i) <= x_high) { set xtics add (short(mark(i)) mark(i)) }
    }
}
set multiplot layout rows,columns title title font ",15"
do for [p = 0:panels - 1] {
    first = value(sprintf("first%d", p))
    last = value(sprintf("last%d", p))
    low = value(sprintf("low%d", p))
    high = value(sprintf("high%d", p))
    from_x = value(sprintf("x%d", p))
    from_y = value(sprintf("y%d", p))
    set title cut(value(sprintf("panel%d", p))) font (panels > 1 ? ",12" : ",13")
    set xlabel x_label
    set ylabel value(sprintf("y_label%d", p))
    set xrange [x_low:x_high]
    set yrange [low:high]
    longest = 0
    do for [s = first:last] {
        letters = strlen(value(sprintf("name%d", s)))
        longest = letters > longest ? letters : longest
    }
    if (below) { set bmargin 3.6 + 1.3 * ceil((last - first + 1.0) / places(longest)) }
    set ytics autofreq
    set format x (logarithmic_x && x_low >= 1 ? "%.0s%c" : "%g")
    set format y (logarithmic_y && low >= 1 ? "%.0s%c" : !logarithmic_y && high >= 1e5 ? "%.1s%c" : "%g")
    if (logarithmic_y && few(low, high)) {
        set ytics ()
        do for [i = floor(3 * log10(low)) - 2:ceil(3 * log10(high)) + 2] {
            if (mark(i) >= low && mark(i) <= high) { set ytics add (short(mark(i)) mark(i)) }
        }
    }
    unset label
    do for [k = 1:slopes] {
        top = from_y * (x_high / from_x) ** k
        end = top <= high ? x_high : from_x * (high / from_y) ** (1.0 / k)
        set label word("n n² n³", k) at end, (top <= high ? top : high) right offset -0.4,-0.6 tc rgb "#888888"
    }
    plot for [k = 1:slopes] from_y * (x / from_x) ** k with lines ls 20 notitle, \
         for [s = first:last] data index 2 * s using 1:2:3:4 with yerrorbars ls s - first + 1 \
             title value(sprintf("points%d", s)) > 0 ? value(sprintf("name%d", s)) : "", \
         for [s = first:last] data index 2 * s + 1 using 1:2 with lines ls s - first + 1 \
             title value(sprintf("points%d", s)) > 0 ? "" : value(sprintf("name%d", s))
}
unset multiplot
