#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Phase 3 with exact_lines: a second program whose lines the clock timed. What a line calls is in its time, so a line
# that only calls stands first, which samples cannot say; the program of the other phases stays as it was. Only the
# order of very different times and counts are judged; the kernel tells user time from system time by ticks, so a run
# lasts for some of them, and what takes the time is in a function that is not timed, or the clock would be most of it.
# Then --component, --function, --watch and a proof that lies.
. "$(dirname "$0")/../e2e/lib.sh"
need python3
TMPDIR=$work
export TMPDIR

cat >prog.c <<'E2'
#include <stdio.h>
#include <stdlib.h>

static volatile unsigned sink;

__attribute__((noinline)) static void grind(int n)
{
    for (int i = 0; i < n; i++)
        sink += (unsigned)i;
}

__attribute__((noinline)) static void work(int n)
{
    for (int i = 0; i < 10; i++)
        grind(n / 10);
}

__attribute__((noinline)) static void act(int n)
{
    work(n / 100);
    work(n);
    sink++;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 1000;
    for (int i = 0; i < 2000; i++)
        act(n);
    printf("{\"n\": %d, \"half\": %d}\n", n, n / 2);
    return 0;
}
E2
cat >prog.study.json <<'E2'
{
  "schema": 1, "name": "prog",
  "build": "farmcc -O2 -g -o {out}/prog prog.c",
  "prepare": "echo {n} >>{scratch}/prepared",
  "run": "{out}/prog {n}",
  "metrics": "json",
  "parameters": {"n": 20000},
  "runs": {"repeats": 1, "warmup": 1, "timeout_s": 60},
  "components": {"work": ["work"], "rest": ["prog.c"]},
  "functions": ["act", "work"],
  "exact_lines": true,
  "component": [
    {"experiment": "sizes", "component": "work", "grid": {"n": [10000, 20000]}, "metric": "half",
     "proof": {"metric": "n", "equals": "{n}"}},
    {"experiment": "others", "component": "rest", "grid": {"n": [10000, 20000]},
     "proof": {"metric": "half", "equals": "10000"}}
  ]
}
E2

# ask PHASE EXPRESSION: of its summary s
ask() {
    python3 -c 'import json, sys
s = json.load(open("profiling_results/phase%s/phase%s_summary.json" % (sys.argv[1], sys.argv[1])))
print(eval(sys.argv[2]))' "$1" "$2"
}
line() { awk -v text="$1" 'index($0, text) { print NR; exit }' prog.c; }

# ---- lines by the clock
"$farmdb" study prog.study.json --phase 3 >out 2>err || fail "phase 3: $(cat err)"
[ -x profiling_results/build-exact/prog ] || fail "no second program"
[ ! -e profiling_results/build/prog ] || fail "phase 3 alone built what it does not run"
grep -q 'time by the clock, with what the line calls' profiling_results/phase3/lines/act.txt ||
    fail "act: $(cat profiling_results/phase3/lines/act.txt)"
of() {
    ask 3 '[m["value"] for m in s["measurements"] if m["subject"] == "prog.c:'"$1"'" and m["place"] == "'"$2"'"
        and m["metric"] == "'"$3"'"]'
}
expect "hits of the call" "$(of "$(line 'work(n);')" act hits)" "[2000]"
expect "hits of the loop's body" "$(of "$(line 'grind(n / 10)')" work hits)" "[40000]"
expect "what act's time is in" "$(ask 3 'max((m["value"], m["subject"]) for m in s["measurements"]
    if m["place"] == "act" and m["metric"] == "time_s")[1]')" "prog.c:$(line 'work(n);')"
expect "its share" "$(ask 3 'max(m["value"] for m in s["measurements"]
    if m["place"] == "act" and m["metric"] == "share") > 0.5')" True
found=$(ask 3 '[f["subject"] for f in s["findings"] if "of act, by the clock" in f["words"]][:1]')
[ "$found" = "['prog.c:$(line 'work(n);')']" ] ||
    fail "what was found: $found; $(ask 3 '[(m["subject"], m["metric"], m["value"]) for m in s["measurements"]
        if m["metric"] in ("time_s", "program_share", "cpu_s")]') $("$farmdb" show 2>&1 | head -30)"
expect "runs beside each figure" "$(ask 3 'min(len(m["runs"]) for m in s["measurements"])')" 1

# ---- a function and a component alone
"$farmdb" study prog.study.json --function work >out 2>err || fail "--function: $(cat err)"
expect "functions" "$(ask 3 'sorted({m["place"] for m in s["measurements"]})')" "['work']"
rm profiling_results/scratch/prepared
"$farmdb" study prog.study.json --component work >out 2>err || fail "--component: $(cat err)"
expect "what was prepared, warm-ups too" "$(sort -n profiling_results/scratch/prepared | tr '\n' ' ')" \
    "10000 10000 20000 20000 "
expect "experiments" "$(ask 2 'sorted({p["experiment"] for p in s["points"]})')" "['sizes']"
for wrong in "--function none" "--component none" "--phase 5" "--component work --phase 3" \
    "--function act --phase 2"; do
    status=0
    # shellcheck disable=SC2086
    "$farmdb" study prog.study.json $wrong >out 2>err || status=$?
    expect "status of $wrong" $status 2
    expect "sentences for $wrong" "$(wc -l <err)" 1
done

# ---- a proof that does not hold, and the status of what is over
status=0
"$farmdb" study prog.study.json --component rest >out 2>err || status=$?
expect "status where a proof fails" $status 3
expect "states" "$(ask 2 '[p["state"] for p in s["points"]]')" "['proof failed', 'done']"
expect "figures of it" "$(ask 2 '{m["parameters"]["n"] for m in s["measurements"]}')" "{20000}"
grep -q 'half is 5000 in run [0-9]*, not 10000' err || fail "said: $(cat err)"
"$farmdb" study status --watch >status || fail "--watch of a study that is over"
grep -q 'n=10000 *proof failed' status || fail "status: $(cat status)"
echo "lines by the clock, parts of a study, a proof that lies"
