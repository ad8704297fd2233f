#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The golden hashes of unit/test_sim.c hold for every compiler and level of optimisation.
set -eu
sources=$(sed -n '/^SOURCES/,/[^\\]$/p' "$SOURCE/sim/Makefile" | tr -d '\\' | sed 's/SOURCES *=//' | tr -s ' \t\n' ' ')
library=$(for file in $sources; do [ "$file" = main.c ] || echo "$SOURCE/sim/$file"; done)
for compiler in gcc clang-19; do
    command -v "$compiler" >/dev/null || { echo "$compiler is not installed"; exit 77; }
    for level in -O0 -O2 -O3; do
        $compiler -std=gnu17 -D_GNU_SOURCE $level -ffp-contract=off -I"$SOURCE" -o test_sim \
            "$SOURCE/tests/unit/test_sim.c" $library -lm
        printf '%s %s: ' "$compiler" "$level"
        ./test_sim
    done
done
