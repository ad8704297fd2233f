#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# docs/charts.sh: draws the pictures of docs/scaling.md again: farmsim over agents, steps and size of the world. Wants
# the tools in PATH, as ./demo.sh leaves them (build/demo/bin), and some five minutes; REPEATS=3 runs of each size.
set -eu
cd "$(dirname "$0")/.."
command -v farmdb >/dev/null || PATH=$PWD/build/demo/bin:$PATH
repeats=${REPEATS:-3}
out=$PWD/build/charts
export FARM_DB="$out/farm.db"
rm -rf "$out"
mkdir -p "$out"
make -s -C sim CC=farmcc OUT="$out/sim"
sim=$out/sim/farmsim

# The world grows with its agents, so that each has as many neighbours.
farmdb sweep -P agents=100,200,400,800,1600,3200 -r "$repeats" --label agents -- \
    sh -c "exec $sim --scenario crowd --steps 60 --agents {agents} \
        --size \$(awk 'BEGIN { s = int(sqrt({agents}) * 5); print s \"x\" s }')"
farmdb sweep -P agents=100,200,400,800,1600,3200 -r 1 --label naive -- \
    sh -c "exec $sim --scenario crowd --steps 60 --agents {agents} --index brute \
        --size \$(awk 'BEGIN { s = int(sqrt({agents}) * 5); print s \"x\" s }')"
farmdb sweep -P steps=25,50,100,200,400 -r "$repeats" --label steps -- "$sim" --scenario crowd --steps '{steps}'
farmdb sweep -P size=25,50,100,200,400 -r "$repeats" --label size -- "$sim" --scenario crowd --steps 100 \
    --size '{size}x{size}'

farmdb scale brute=naive hash=agents --metric cpu_s -o docs/agents.png
farmdb scale brute=naive hash=agents --lines -n 6 -o docs/lines.png
farmdb scale steps --metric cpu_s -o docs/steps.svg
farmdb scale size --metric cpu_s --linear -o docs/size.svg
farmdb flame hash=agents,agents=3200 --fold -o docs/flame.svg
farmdb flame brute=naive,agents=1600 hash=agents,agents=1600 --fold -o docs/flame-difference.svg
farmdb show "$(farmdb sql "SELECT max(run_id) FROM run_param WHERE name = 'steps' AND value = '400'" | tail -n 1)" \
    -o docs/memory.png >/dev/null
