#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A whole study of Lua in a tiny grid: failed and timed-out points are told and do not stop the others, an interrupted
# and a killed study go on without a run twice, and a planted quadratic (inserting at the front) is found by the phases
# that must find it, and gone when it is switched off.
. "$(dirname "$0")/../e2e/lib.sh"
. "$e2e/programs.sh"
need make python3
fetched lua5.4
TMPDIR=$work                     # other tests run programs, too
export TMPDIR

cp "$here"/lua.study.json "$here"/script.lua "$here"/hold .
cp -r "$FARM_TEST_CACHE/lua5.4" lua-source
mkfifo ready go
exec 3<>ready                    # else a writer that is about to close looks like the end

# ask PHASE EXPRESSION: of its summary s
ask() {
    python3 -c 'import json, sys
s = json.load(open("profiling_results/phase%s/phase%s_summary.json" % (sys.argv[1], sys.argv[1])))
print(eval(sys.argv[2]))' "$1" "$2"
}

# ---- interrupted by a signal, then killed, and gone on with
echo 3 >hold_at
"$farmdb" study lua.study.json --quick >out 2>err &
pid=$!
read -r line <&3
"$farmdb" study status >status
grep -q 'lua (quick), begun .*: running' status || fail "status of a study that runs: $(cat status)"
grep -q ' running ' status || fail "no point runs: $(cat status)"
kill -TERM $pid
status=0
wait $pid || status=$?
expect "status after TERM" $status 143
grep -q 'interrupted after 2 runs of phase 1; `farmdb study --resume` goes on' err || fail "said: $(cat err)"
"$farmdb" study status | grep -q 'interrupted; `farmdb study --resume` goes on' || fail "status of an interrupted study"

echo 6 >hold_at
"$farmdb" study --resume >out 2>err &
pid=$!
read -r line <&3
kill -KILL $pid
wait $pid || :
echo go >go                      # who waits there has lost its parent
"$farmdb" study status | grep -q interrupted || fail "status of a killed study"

echo 0 >hold_at
status=0
"$farmdb" study --resume >out 2>err || status=$?
expect "status where points failed" $status 3
expect "experiments" "$(query "SELECT count(*), min(finished) FROM experiment")" 4,1
expect "no run twice" "$(query "SELECT count(*) - count(DISTINCT point_id || '.' || repeat) FROM point_run")" 0
expect "runs of phase 1" "$(query "SELECT count(*) FROM point_run JOIN point ON point.id = point_id
    WHERE label = 'lua/lists'")" 4
status=0
"$farmdb" study --resume >out 2>err || status=$?
expect "status of a study that is over" $status 3

# ---- failed points are told everywhere
"$farmdb" study status >status
grep -q 'tasks *task=broken *failed' status || fail "broken: $(cat status)"
grep -q 'tasks *task=endless *timeout' status || fail "endless: $(cat status)"
expect "points of phase 2" "$(ask 2 'sorted(p["state"] for p in s["points"])')" \
    "['done', 'done', 'done', 'failed', 'timeout']"
grep -q 'task=endless | timeout | ran into the time limit of 5 s' profiling_results/phase2/PHASE2_REPORT.md ||
    fail "the report of phase 2"
expect "figures of what failed" "$(ask 2 'sum("task" in m["parameters"] and m["parameters"]["task"] != "lists"
    for m in s["measurements"])')" 0
expect "runs beside each figure" "$(ask 1 'min(len(m["runs"]) for m in s["measurements"])')" 2

# ---- the quadratic is found where it is, and not where it is switched off
named() {
    ask "$1" 'any(f["subject"].startswith("'"$2"'") and f["parameters"].get("where", "'"$3"'") == "'"$3"'"
        for f in s["findings"])'
}
expect "phase 1 finds tinsert" "$(named 1 tinsert front)" True
expect "the component" "$(ask 1 'max((m["value"], m["subject"]) for m in s["measurements"] if m["metric"] == "share"
    and m["parameters"]["where"] == "front" and m["subject"] != "outside")[1] in ("tables", "interpreter")')" True
line=$(awk '/for \(i = e; i > pos; i--\)/ { print NR }' lua-source/src/ltablib.c)
expect "phase 3 finds its line" "$(ask 3 '{f["parameters"]["where"] for f in s["findings"]
    if f["subject"].endswith("ltablib.c:'"$line"'")}')" "{'front'}"
hits() {
    ask 3 '[m["value"] for m in s["measurements"] if m["metric"] == "hits" and m["place"] == "tinsert"
        and m["subject"].endswith("ltablib.c:'"$line"'") and m["parameters"]["where"] == "'"$1"'"
        and m["value"]]'
}
expect "hits of the line" "$(hits front)" "[$((6000 * 6001 / 2))]"
ask 1 's["files"]' | grep -q "'flame.svg'" || fail "no flame graph"
for file in $(ask 1 '" ".join(s["files"])') README.md; do
    [ -s "profiling_results/phase1/$file" ] || [ -s "profiling_results/$file" ] || fail "no $file"
done
grep -q 'for (i = e; i > pos; i--)' profiling_results/phase3/lines/tinsert_where-front.txt || fail "no table of lines"

sed 's/"grid": {"where": \["back", "front"\]}, "set"/"grid": {"where": ["back"]}, "set"/' lua.study.json >off.study.json
"$farmdb" study off.study.json --phase 1 >out 2>err || fail "switched off: $(cat err)"
"$farmdb" study off.study.json --phase 3 >out 2>err || fail "switched off: $(cat err)"
expect "phase 1, switched off" "$(ask 1 '[f["subject"] for f in s["findings"] if f["subject"] == "tinsert"]')" "[]"
expect "phase 3, switched off" "$(ask 3 '[f["subject"] for f in s["findings"] if "ltablib" in f["subject"]]')" "[]"
expect "hits, switched off" "$(hits back)" "[]"

# ---- the gate
status=0
"$farmdb" study check off.study.json --phase 1 >out 2>err || status=$?
expect "status without a baseline" $status 3
"$farmdb" study check off.study.json --phase 1 --update >out 2>err || fail "update: $(cat err)"
[ -s lua.baseline/lists_where-back.json ] || fail "no baseline"
echo '{"metrics": {"wall_s": null, "cpu_s": null, "max_rss_bytes": null, "peak_heap_bytes": null, "hits": 0.02,
    "calls": 0.02, "allocs": 0.02, "alloc_bytes": 0.02, "user_s": null, "system_s": null},
    "functions": null}' >gate.json
sed 's/"schema": 1,/"schema": 1, "gate": "gate.json",/' off.study.json >gated.study.json
"$farmdb" study check gated.study.json --phase 1 >out 2>err || fail "the same is not worse: $(cat out err)"
sed -i 's/for i = 1, 20 /for i = 1, 30 /' script.lua
status=0
"$farmdb" study check gated.study.json --phase 1 --markdown verdict.md >out 2>err || status=$?
expect "status of a regression" $status 1
grep -q 'lists\\_where-back is worse' verdict.md || fail "the verdict: $(cat verdict.md)"
echo "a study of Lua: interrupted, killed, gone on with, judged"
