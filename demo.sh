#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Shows farm on its own simulation: sets up, builds, instruments, runs, reports. Everything stays in build/demo.
set -eu
cd "$(dirname "$0")"
out=$PWD/build/demo

step() { printf '\n== %s\n' "$*"; }
quietly() {
    "$@" >"$out.log" 2>&1 && return
    cat "$out.log" >&2
    echo "demo: this failed: $*" >&2
    exit 1
}

scripts/setup.sh demo
step "building farmcc and farmdb"
mkdir -p build
quietly cmake --preset demo
quietly cmake --build --preset demo
export PATH="$out/bin:$PATH" FARM_DB="$out/sim/farm.db"

step "building the simulation: make CC=farmcc"
rm -rf "$out/sim"
quietly make -C sim CC=farmcc OUT=../build/demo/sim    # make knows no way to write a path with a space

step "running it: farmsim --scenario crowd --steps 1000"
"$out/sim/farmsim" --scenario crowd --steps 1000

step "its hottest functions: farmdb top"
farmdb top --limit 5
hottest=$(farmdb top --format csv | awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == "function") column = i; next }
    NR == 2 { print $column }')

step "the hottest one, line by line: farmdb report --function $hottest"
farmdb report --function "$hottest"

step "and now your own project"
cat <<END
export PATH=$out/bin:\$PATH

    make CC=farmcc
    ./your-program
    farmdb report
END
