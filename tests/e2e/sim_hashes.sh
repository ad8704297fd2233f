#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The golden hashes of unit/test_sim.c hold for every compiler and level of optimisation, and what farmsim prints is the
# same for every index, number of threads, way of perceiving and deciding, and with or without a log.
set -eu
value() { awk -v name="$1" '$1 == name && $2 == "=" { on = 1; sub(/^[^=]*=/, "") }
    on { more = sub(/\\$/, ""); print; if (!more) on = 0 }' "$SOURCE/sim/Makefile"; }
sources=$(value SOURCES)
library=$(for file in $sources; do [ "$file" = main.c ] || echo "$file"; done)
folder=$PWD
for compiler in gcc clang-19; do
    command -v "$compiler" >/dev/null || { echo "$compiler is not installed"; exit 77; }
    for level in -O0 -O1 -O2 -O3; do
        (cd "$SOURCE/sim" && $compiler -std=gnu17 -D_GNU_SOURCE $level -ffp-contract=off -fno-math-errno -I.. \
            -o "$folder/test_sim" ../tests/unit/test_sim.c $library $(value LIBRARIES))
        printf '%s %s: ' "$compiler" "$level"
        ./test_sim
    done
done

hash() { "$BIN/farmsim" --scenario "$@" | sed -n 's/^hash *//p'; }
bad=0
for scenario in minds crowd; do
    expected=$(hash $scenario --steps 60)
    [ -n "$expected" ] || { echo "$scenario prints no hash"; exit 1; }
    for options in '--index kd' '--index quad' '--index brute' '--index-update incremental' '--index-update batch' \
        '--perception memmap' '--bilinear vector' '--reuse off' '--regrow active' '--decide each' '--decide batch' \
        '--threads 2' '--threads 8 --index quad' '--log memory' '--log disk --log-file hashes.db'; do
        rm -f hashes.db*
        [ "$(hash $scenario --steps 60 $options)" = "$expected" ] || { echo "$scenario differs with $options"; bad=1; }
    done
    [ "$(hash $scenario --steps 60 --seed 2)" != "$expected" ] || { echo "$scenario: seeds make no difference"; bad=1; }
done
exit $bad
