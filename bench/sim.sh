#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What farmsim costs, in CPU time of the process: the speed of a school of 200 agents beside what AgentFarm measured,
# memory per agent, cost per agent-step from 100 to 100,000 agents at constant density, and what each switch buys.
#   FARMSIM   the program, default: built by sim/Makefile with -O2
#   ROUNDS    how often each run is made; the fastest counts (default 3)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ROUNDS=${ROUNDS:-3}
if [ -z "${FARMSIM:-}" ]; then
    make -s -C "$root/sim" OUT="$work/build"
    FARMSIM=$work/build/farmsim
fi

# field NAME: of the JSON object on stdin
field() { sed -n "s/.*\"$1\": \"\{0,1\}\([0-9a-z.]*\).*/\1/p"; }

# fastest OPTION...: the JSON of the run with the least CPU time
fastest() {
    best=
    for round in $(seq "$ROUNDS"); do
        rm -f "$work"/log.db*
        json=$("$FARMSIM" "$@" --json --log-file "$work/log.db")
        cpu=$(echo "$json" | field cpu_s)
        [ -n "$best" ] && [ "$(echo "$cpu $best" | awk '{ print ($1 < $2) }')" = 0 ] && continue
        best=$cpu
        kept=$json
    done
    echo "$kept"
}

# cost JSON: microseconds of CPU per agent-step
cost() { echo "$1" | awk -v cpu="$(echo "$1" | field cpu_s)" -v acts="$(echo "$1" | field agent_steps)" \
    '{ printf "%.3f", cpu / acts * 1e6 }'; }

# As many decisions by network in the first step as in the last, and as many agents: nobody dies or is born.
untrained='--policy mlp --train never --set learn.explore=0.1 --set learn.explore_decay=1'
steady='--set attack.damage=0 --set agents.starvation=1000000 --max-agents'

echo "$(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores"
echo
echo "200 agents, mlp per type (hidden 24), views of radius 6, one training a step at most, log on disk, 1000 steps:"
json=$(fastest --scenario school $steady 200)
echo "$json" | awk -v cpu="$(echo "$json" | field cpu_s)" -v kb="$(echo "$json" | field kb_per_agent)" \
    -v steps="$(echo "$json" | field steps_per_s)" -v rows="$(echo "$json" | field log_rows)" \
    -v trainings="$(echo "$json" | field trainings)" '{
    printf "  steps per CPU second    %8.1f   (AgentFarm: 2.5 steps per second; wanted: 380)\n", 1000 / cpu
    printf "  steps per second        %8.1f   (of the wall, whatever else runs)\n", steps
    printf "  KB per agent            %8.2f   (AgentFarm: 17,000; wanted: 10)\n", kb
    printf "  trainings %d, rows logged %d\n", trainings, rows }'
for part in observation replay network; do
    printf '  KB per agent, %-11s %6.2f\n' "$part" "$(echo "$json" | field ${part}_kb_per_agent)"
done

echo
echo "CPU microseconds per agent-step at constant density (200 agents on 100 x 100):"
printf '  %8s %14s %14s %14s\n' agents random 'mlp untrained' 'views not kept'
for agents in 100 1000 10000 100000; do
    side=$(echo "$agents" | awk '{ printf "%d", sqrt($1 * 50) }')
    steps=$((200000 / agents))
    [ "$steps" -ge 20 ] || steps=20
    printf '  %8d' "$agents"
    for options in '--policy random' "$untrained" '--policy random --reuse off'; do
        json=$(fastest --agents "$agents" --size "${side}x$side" --steps "$steps" $steady "$agents" $options)
        printf ' %14s' "$(cost "$json")"
    done
    echo
done

echo
echo "The same 200 agents for 300 steps with one switch each: CPU microseconds per agent-step, and what was done"
base="--scenario school --steps 300 $steady 200"
row() {
    options=$1 counters=$2
    json=$(fastest $base $options)
    printf '  %-44s %8s ' "$options" "$(cost "$json")"
    for counter in $counters; do printf ' %s=%s' "$counter" "$(echo "$json" | field "$counter")"; done
    echo
}
for index in hash kd quad brute; do
    for update in rebuild incremental batch; do
        row "--index $index --index-update $update" 'rebuilds moved_singly batches visited'
    done
done
row '--perception memmap' 'goods_from_index goods_from_map'
for spread in scalar vector nearest; do row "--bilinear $spread" "spread_scalar spread_vector spread_nearest"; done
for reuse in on off; do row "--reuse $reuse" 'views_reused observation_kb_per_agent'; done
for regrow in all active; do row "--regrow $regrow" 'regrow_looks'; done
for decide in each batch; do row "--decide $decide" 'decide_calls passes'; done
for policy in random forager mlp; do row "--policy $policy" 'forwards trainings'; done
for train in never at-once deferred; do row "--train $train" 'trainings trainings_skipped'; done
for log in off memory disk; do row "--log $log" 'log_rows log_transactions log_mb'; done
for buffer in 10 1000 100000; do row "--log-buffer $buffer" 'log_flushes log_transactions'; done
for threads in 1 2; do row "--threads $threads" 'busy_threads steps_per_s'; done
