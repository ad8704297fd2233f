#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# docs/case-study.sh: writes docs/case-study.md and docs/case-study/*.png from runs on this machine. farmsim starts with
# its naive switches, a study finds the bottlenecks, the quick wins are applied one by one; each has an estimate, made
# from the profile before it and a bench of the part alone, and a measurement. Wants the tools in PATH, as ./demo.sh
# leaves them (build/demo/bin), a machine with two quiet cores, and some six minutes.
#     REPEATS=10 runs of each of the eight settings    STEPS=100 AGENTS=500 of each run    OUT=docs: where it is written
#     WORK=build/case-study: for everything else, an absolute path
set -eu
cd "$(dirname "$0")/.."
command -v farmdb >/dev/null || PATH=$PWD/build/demo/bin:$PATH
repeats=${REPEATS:-10} steps=${STEPS:-100} agents=${AGENTS:-500} work=${WORK:-$PWD/build/case-study}
target=$(mkdir -p "${OUT:-docs}" && cd "${OUT:-docs}" && pwd)
page=$target/case-study.md pictures=$target/case-study
export FARM_DB="$work/farm.db" OMP_WAIT_POLICY=passive LC_ALL=C
rm -rf "$work"
mkdir -p "$work" "$pictures"
say() { printf 'case-study: %s\n' "$*" >&2; }
write() { cat >>"$work/page.md"; }
quote() { sed 's/^/    /; s/ *$//'; }

say "building"
make -s -C sim CC=cc OUT="$work/plain"
make -s -C sim CC=farmcc OUT="$work/sim"

# ---- the settings, each with those before it
world="--policy mlp --agents $agents --nodes $((3 * agents)) --size 700x700 --steps $steps --set learn.train=never
    --set learn.explore=0.05 --set learn.explore_decay=1 --set curriculum.first_end=0 --set curriculum.second_end=0
    --set attack.damage=1 --log disk --log-pragmas performance --log-file $work/log.db"
world=$(echo $world)
naive="--index brute --reuse off --bilinear scalar --regrow all --log-buffer 1 --decide each --threads 1"
wins="--index=hash --log-buffer=4000 --reuse=on --decide=batch --bilinear=vector --regrow=active --threads=2"
set -- "$world $naive"
for win in $wins; do
    eval "last=\$$#"
    set -- "$@" "$last $win"
done

# ---- are they the same simulation?
say "comparing histories"
histories=$(for settings; do
    rm -f "$work"/log.db*
    "$work/plain/farmsim" $settings --steps 20 --json | grep -o '"hash": "[0-9a-f]*"'
done | sort | uniq -c)
[ "$(echo "$histories" | wc -l)" = 1 ] || { say "the switches change history: $histories"; exit 1; }

# ---- the parts alone: by what factor does a bench say that they become faster?
# factor KEY SLOW FAST FIELD BENCH...: of the bench's row with KEY = SLOW to that with KEY = FAST
factor() {
    key=$1 slow=$2 fast=$3 field=$4
    shift 4
    "$work/plain/farmsim" bench "$@" "$key=$slow,$fast" --json --quick |
        awk -v key="$key" -v slow="$slow" -v fast="$fast" -v field="$field" '
            function value(name) {
                if (!match($0, "\"" name "\": \"?[^,\"}]*")) return ""
                text = substr($0, RSTART, RLENGTH); sub(/^[^:]*: "?/, "", text); return text
            }
            value(key) == slow { a = value(field) }
            value(key) == fast { b = value(field) }
            END { if (a <= 0 || b <= 0) exit 1; printf "%.3g", a / b }'
}
say "benches of the parts"
index=$(factor index brute hash p50_us spatial near agents=$((3 * agents)) queries=1000)
buffer=$(factor buffer 1 4000 mean_us database buffer)
still=$(factor reuse off on p50_us observation reuse still=on)
batch=$(factor batch 1 64 p50_us decision width hidden=24)
vector=$(factor spread scalar vector p50_us observation spread)
regrow=$(factor regrow all active p50_us resources regrow nodes=$((3 * agents)) emptied=10 source=spatial)
rm -f "$work"/log.db*
kept=$("$work/plain/farmsim" $4 --steps 20 --json |
    awk '{ match($0, /"observations": [0-9]*/); o = substr($0, RSTART + 16, RLENGTH - 16)
           match($0, /"views_reused": [0-9]*/); r = substr($0, RSTART + 16, RLENGTH - 16); printf "%.2f", r / o }')
reuse=$(awk -v r="$kept" -v k="$still" 'BEGIN { printf "%.3g", 1 / (1 - r * (1 - 1 / k)) }')

say "the study of the naive program"
farmdb study docs/case-study.study.json --quick -o "$work/results" 2>"$work/study.log" ||
    { cat "$work/study.log" >&2; exit 1; }
farmdb matrix "$work/results" >"$work/matrix.txt"
farmdb plan --study "$work/results" --production >"$work/production.txt"

# ---- all settings, interleaved
say "$repeats runs of each of the eight settings"
labels="naive hash buffer reuse batch vector active threads"
set -- "$@" --
for label in $labels; do
    set -- "$@" -l "$label"
done
while [ "$1" != -- ]; do
    settings=$1
    shift
    set -- "$@" "$work/sim/farmsim $settings"
done
shift
farmdb record --interleave -r "$repeats" -w 1 -p "rm -f $work/log.db $work/log.db-wal $work/log.db-shm" \
    "$@" >"$work/runs.txt"

plan() {
    farmdb plan naive \
        -s "index.c:search=$index" --measured "hash grid=hash" \
        -s "log_writer.c:flush=$buffer" --measured "larger buffers=buffer" \
        -s "observe=$reuse" --measured "views reused=reuse" \
        -s "brain_decide,decide_together=$batch" --measured "batched decisions=batch" \
        -s "observe=$vector" --measured "vector bilinear=vector" \
        -s "world_regrow=$regrow" --measured "active regrowth=active" \
        -s "decide_share=2" --measured "two threads=threads" "$@"
}
say "estimates against measurements"
plan -o "$pictures/steps.png" >"$work/plan.txt"
plan --format csv >"$work/plan.csv"
farmdb plan naive >"$work/before.txt"
farmdb plan threads -m cpu_s >"$work/after.txt"

say "how both grow"
grow() {
    farmdb sweep -P agents=100,200,400,800,1600 -r 2 --label "$1" -p "rm -f $work/log.db*" -- sh -c \
        "exec $work/sim/farmsim $2 --agents {agents} --nodes \$((3 * {agents})) --steps 20 --log off" >/dev/null
}
grow before "$world $naive"
grow after "$world $naive $wins"
farmdb scale naive=before fast=after --metric wall_s -o "$pictures/agents.png" |
    awk '/^verdicts/ { skip = 1 } !NF { skip = 0 } !skip' | cat -s >"$work/scale.txt"
farmdb flame naive threads --fold -o "$pictures/flame-difference.svg" >/dev/null

# ---- the page
machine=$(farmdb sql "SELECT cpu || ', ' || cores || ' cores, Linux ' || kernel FROM process ORDER BY id DESC LIMIT 1" |
    tail -n 1)
count=$(farmdb sql "SELECT count(*) FROM recorded" | tail -n 1)
beside=$(farmdb sql "SELECT count(*) FROM recorded WHERE contaminated <> ''" | tail -n 1)
title() { printf '\n## %s\n\n' "$*" | write; }
listing() { quote <"$1" | write; }

# win LABEL BEFORE NAME FACTOR PARTS: what a setting is, in words on stdin; NAME as in plan()
win() {
    printf '\n### %s\n' "$3" | write
    write
    awk -F, -v name="$3" -v parts="$5" -v factor="$4" '
        $1 == name {
            printf "\n* Estimated: `%s`, %.0f ms of the run, becomes %s times faster, and the program **%.2f** times" \
                " (%.2f to %.2f).\n", parts, $3 * 1000, factor, $6, $7, $8
            printf "* Measured: **%.2f** times (%.2f to %.2f): %s.\n\n", $9, $10, $11, $2
        }' "$work/plan.csv" | write
    { echo "\$ farmdb compare $2 $1"; farmdb compare "$2" "$1" | sed -n '1,/^$/p' | head -3; } | quote | write
}

: >"$work/page.md"
write <<END
# From naive to fast: a case study

farmsim has a naive way and a better way of doing most things, and none of these switches changes what happens in the
world: after 20 steps the hash of its whole state is the same in all eight settings below (the script checks it). Here
it starts with the naive ways; \`farmdb study\` finds the bottlenecks; the quick wins are applied one by one, each with
an estimate before and a measurement after.

\`docs/case-study.sh\` wrote this page: $(date -u +%Y-%m-%d), $machine. $agents agents, $steps steps, $repeats runs of
each setting in turns. $beside of $count runs were made beside other work on the machine.
END

title "What the study finds"
{ echo "\$ farmdb study docs/case-study.study.json --quick"; echo "\$ farmdb matrix"; cat "$work/matrix.txt"; } |
    quote | write

title "Where the time is, and what it would take"
{ echo "\$ farmdb plan naive"; cat "$work/before.txt"; } | quote | write

title "What production would get from the naive program"
{ echo "\$ farmdb plan --study profiling_results --production"; cat "$work/production.txt"; } | quote | write

title "The quick wins, one by one"
write <<END
By what factor a part becomes faster is told by a bench of that part alone (\`farmsim bench\`, without farmcc). What the
whole program gains follows by Amdahl's law from the profile before the change (\`farmdb plan\`). What it did gain is
measured afterwards (\`farmdb compare\`).
END
win hash naive "hash grid" "$index" "index.c:search" <<END
\`--index brute\` looks at every agent and node for each query; \`--index hash\` at those in the cells around.
\`farmsim bench spatial near\`, $((3 * agents)) points: the hash grid answers $index times as fast.
END
win buffer hash "larger buffers" "$buffer" "log_writer.c:flush" <<END
\`--log-buffer 1\` writes each row by a statement of its own; 4000 rows at a time take $buffer times less
(\`farmsim bench database buffer\`).
END
win reuse buffer "views reused" "$reuse" "observe" <<END
\`--reuse on\` keeps a view while nothing in it changes. A still view is made $still times as fast
(\`farmsim bench observation reuse\`), and a share of $kept of the views can be kept, as a run of 20 steps counts.
END
win batch reuse "batched decisions" "$batch" "brain_decide, decide_together" <<END
\`--decide batch\` asks the network for up to 64 agents at a time: $batch times as fast
(\`farmsim bench decision width\`).
END
win vector batch "vector bilinear" "$vector" "observe" <<END
\`--bilinear vector\` spreads goods over squares four at a time: a view is made $vector times as fast
(\`farmsim bench observation spread\`).
END
win active vector "active regrowth" "$regrow" "world_regrow" <<END
\`--regrow active\` looks only at nodes that are not full: $regrow times as fast with a tenth of them empty
(\`farmsim bench resources regrow\`).
END
win threads active "two threads" 2 "decide_share" <<END
\`--threads 2\` perceives and decides on two cores, at best twice as fast.
END

title "Estimates and measurements"
listing "$work/plan.txt"
write <<END

![Estimated and measured speed-up of each change](case-study/steps.png)
END

title "How both grow"
write <<END
The same with 100 to 1600 agents (three nodes for each, 20 steps, no log), before and after:

END
{ echo "\$ farmdb scale naive=before fast=after --metric wall_s"; cat "$work/scale.txt"; } | quote | write
write <<END

![Wall time by agents](case-study/agents.png)

[flame-difference.svg](case-study/flame-difference.svg) shows on the stack what the changes took away.
END

title "What is left"
{ echo "\$ farmdb plan threads -m cpu_s"; cat "$work/after.txt"; } | quote | write
mv "$work/page.md" "$page"
say "wrote $page"
