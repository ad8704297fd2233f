# SPDX-License-Identifier: GPL-3.0-or-later
# The look of all charts. Colours are those of Okabe and Ito (2008), which people who see fewer colours tell apart; each
# series has a point shape of its own as well. Wants `out`, whose end names the kind of file.
end = out[strlen(out) - 3:strlen(out)]
if (end eq '.svg') set terminal svg size 1200,760 font "DejaVu Sans,14" background "white" noenhanced; else \
if (end eq '.pdf') set terminal pdfcairo size 12in,7.6in font "DejaVu Sans,14" noenhanced; else \
set terminal pngcairo size 1200,760 font "DejaVu Sans,13" background "white" noenhanced
set output out

set style line 1 lc rgb "#0072B2" lw 2 pt 7 ps 1.1
set style line 2 lc rgb "#D55E00" lw 2 pt 5 ps 1.0
set style line 3 lc rgb "#009E73" lw 2 pt 9 ps 1.2
set style line 4 lc rgb "#CC79A7" lw 2 pt 13 ps 1.3
set style line 5 lc rgb "#E69F00" lw 2 pt 11 ps 1.2
set style line 6 lc rgb "#56B4E9" lw 2 pt 6 ps 1.2
set style line 7 lc rgb "#000000" lw 2 pt 4 ps 1.1
set style line 8 lc rgb "#888888" lw 2 pt 8 ps 1.2
set style line 20 lc rgb "#BBBBBB" lw 1 dt 2
set style line 21 lc rgb "#E4E4E4" lw 1

set border 3 lc rgb "#555555"
set tics nomirror tc rgb "#333333"
set grid ls 21
set key right bottom samplen 1.5 spacing 1.15 opaque
set bars 0.6
