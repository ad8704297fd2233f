#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A study of farmsim in a tiny grid, once with a neighbour search that looks at everybody (--index brute) and once with
# the hash grid. What was planted is found by phases 1, 3 and 4 and is the worse of two in phase 2; without it nothing
# is found there. Shares are large and counts exact, so no time of a busy machine decides.
. "$(dirname "$0")/lib.sh"
need make python3

# study NAME INDEX: one whose points all use this index
study() {
    cat >"$1.study.json" <<END
{"schema": 1, "name": "$1", "folder": ".",
 "build": "make -s -C '$root/sim' CC='$farmcc' CFLAGS=-O2 OUT='$work/out'",
 "run": "'$work/out/farmsim' --policy forager --agents {agents} --steps 10 --density 10 --index {index} --json",
 "metrics": ["json"], "parameters": {"agents": 1600, "index": "$2"},
 "runs": {"repeats": 1, "warmup": 0, "timeout_s": 100},
 "components": {"spatial": ["sim/index.c", "sim/index/*.c"], "observation": ["sim/observe.c", "sim/goods.c"]},
 "functions": ["index_look"],
 "component": [
   {"experiment": "nearby", "component": "spatial",
    "run": "'$work/out/farmsim' bench spatial near index={index} agents={agents} queries=1000 --json",
    "grid": {"index": ["hash", "brute"]}, "metric": "p50_us", "metrics": ["p99_us", "visited"],
    "proof": [{"metric": "kind", "equals": "{index}"}, {"metric": "asked", "at_least": 2000}]}],
 "system": {"experiment": "agents", "by": "agents", "values": [100, 200, 400, 800, 1600],
            "metrics": ["steps_per_s", "kb_per_agent"], "proof": {"metric": "index", "equals": "{index}"}},
 "thresholds": [{"metric": "kb_per_agent", "better": "less", "good": 1000, "bad": 2000},
                {"metric": "wall_s", "doubling": true, "better": "less", "good": 1000, "bad": 2000}],
 "capacity": {"by": "agents", "limits": [{"metric": "max_rss_bytes", "at_most": 1e12},
                                         {"metric": "steps_per_s", "at_least": 1e9}]}}
END
}

# run NAME
run() {
    FARM_DB=$work/$1.db "$farmdb" study "$1.study.json" -o "$1" >log 2>&1 || { cat log >&2; fail "the study $1: $?"; }
}

# ask NAME PHASE PYTHON: prints what the expression says of the summary d, a line each
ask() {
    python3 -c "import json
d = json.load(open('$1/phase$2/phase$2_summary.json'))
for line in $3: print(line)"
}

study planted brute
study plain hash
run planted
run plain
for name in planted plain; do
    for phase in 1 2 3 4; do
        [ -s $name/phase$phase/PHASE${phase}_REPORT.md ] || fail "no report of phase $phase of $name"
        expect "points of $name, phase $phase" "$(ask $name $phase '{p["state"] for p in d["points"]}')" done
    done
    for chart in phase2/charts/nearby phase4/charts/agents-program phase4/charts/agents-lines; do
        [ -s $name/$chart.svg ] && [ -s $name/$chart.png ] || fail "no chart $chart of $name"
    done
done

component='[f["subject"] for f in d["findings"] if f["kind"] == "component" and f["subject"] == "spatial"]'
expect "the component that phase 1 finds" "$(ask planted 1 "$component")" spatial
expect "and without it" "$(ask plain 1 "$component")" ""
line='[f["subject"].split(":")[0] for f in d["findings"] if f["kind"] == "line" and "index_look" in f["words"]][:1]'
expect "the line that phase 3 finds" "$(ask planted 3 "$line" | grep -o 'index\.c')" index.c
expect "and without it" "$(ask plain 3 "$line")" ""
square='{f["subject"].split(":")[0] for f in d["findings"] if f["kind"] == "line" and "n^2" in f["words"]}'
expect "where phase 4 finds squares" "$(ask planted 4 "$square" | grep -o 'index\.c')" index.c
expect "and without it" "$(ask plain 4 "$square")" ""

# and it stands first among the bottlenecks
first() { "$farmdb" matrix "$1" --format csv | sed -n "${3-2}p" | cut -d, -f "$2"; }
expect "the first bottleneck" "$(first planted 3)" spatial
expect "its priority" "$(first planted 1)" high
expect "its growth" "$(first planted 7)" "n^2"
expect "squares without it" "$("$farmdb" matrix plain --format csv | cut -d, -f 7 | grep -c 'n^2')" 0

best='[f["words"].split(":")[1] for f in d["findings"] if f["rule"] == "best configuration"]'
expect "the best of phase 2" "$(ask plain 2 "$best")" " best is index=hash"
visited='[int(m["value"]) for m in d["measurements"] if m["metric"] == "visited" and "brute" in m["text"]]'
expect "points that brute looked at" "$(ask plain 2 "$visited")" $((1000 * 1600 + 1000 * 800))

verdicts='[m["subject"] for m in d["measurements"] if m["experiment"] == "verdicts" and m["metric"] == "value"]'
expect "verdicts" "$(ask plain 4 "$verdicts" | grep -c '^good: ')" "$(ask plain 4 "$verdicts" | wc -l)"
within "that many" "$(ask plain 4 "$verdicts" | wc -l)" 1 2
sizes='[f["words"] for f in d["findings"] if f["rule"] == "largest agents within a limit"]'
limits=$(ask plain 4 "$sizes" | grep -c 'and beyond keep max_rss\|no agents that was measured')
expect "sizes within limits" "$limits" 2
stable='[int(m["value"]) for m in d["measurements"] if m["experiment"] == "stability"]'
expect "runs, failures, time limits" "$(ask plain 4 "$stable" | tr '\n' ' ')" "5 0 0 "

# a switch that is none
sed 's/"equals": "{index}"}, {"metric": "asked"/"equals": "kd"}, {"metric": "asked"/' plain.study.json >lying.study.json
code=0
"$farmdb" study lying.study.json --phase 2 -o lying >log 2>&1 || code=$?
expect "exit status where a proof fails" $code 3
expect "its state" "$(ask lying 2 '{p["state"] for p in d["points"]}')" "proof failed"
echo "what was planted was found, and nothing where nothing was"
