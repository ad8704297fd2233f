#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What farmsim costs: the speed of a school of 200 agents beside what AgentFarm measured, memory per agent, cost per
# agent-step from 100 to 100,000 agents at constant density, one thread and two, and what each switch buys.
#   FARMSIM   the program, default: built by sim/Makefile
ROUNDS=${ROUNDS:-3}
program=${FARMSIM:-}
. "$(dirname "$0")/lib.sh"
if [ -z "$program" ]; then
    make -s -C "$root/sim" OUT="$work/build" CC="$BENCH_CC"
    program=$work/build/farmsim
fi

# field NAME: of the JSON object on stdin
field() { sed -n "s/.*\"$1\": \"\{0,1\}\([0-9a-z.]*\).*/\1/p"; }

# sums COUNT OPTION...: CPU seconds, agent-steps, wall seconds and CPU seconds of the first thread, of so many runs with
# seeds of their own
sums() {
    count=$1
    shift
    for seed in $(seq "$count"); do
        "$program" --seed "$seed" "$@" --json
    done | awk '
        function value(name) { match($0, "\"" name "\": [0-9.]*"); return substr($0, RSTART + length(name) + 4) + 0 }
        { cpu += value("cpu_s"); acts += value("agent_steps"); wall += value("seconds") }
        { first += value("first_thread_cpu_s") }
        END { print cpu, acts, wall, first }'
}

# least COLUMN COUNT OPTION...: microseconds per agent-step by that column of sums, of the best round
least() {
    column=$1
    shift
    for round in $(seq "$ROUNDS"); do sums "$@"; done |
        awk -v column="$column" '{ cost = $column / $2 * 1e6 } NR == 1 || cost < best { best = cost }
            END { printf "%.3f", best }'
}

# fastest OPTION...: the JSON of the run with the least CPU time
fastest() {
    best=
    for round in $(seq "$ROUNDS"); do
        rm -f "$work"/log.db*
        json=$("$program" "$@" --json --log-file "$work/log.db")
        cpu=$(echo "$json" | field cpu_s)
        [ -n "$best" ] && [ "$(echo "$cpu $best" | awk '{ print ($1 < $2) }')" = 0 ] && continue
        best=$cpu
        kept=$json
    done
    echo "$kept"
}

side_of() { echo "$1" | awk '{ printf "%d", sqrt($1 * 50) }'; }

# As many agents in the last step as in the first, and all actions from the start.
steady='--set attack.damage=0 --set agents.starvation=1000000 --max-agents'
grown='--set curriculum.first_end=0 --set curriculum.second_end=0'
# As many decisions by network in the first step as in the last.
untrained='--policy mlp --train never --set learn.explore=0.1 --set learn.explore_decay=1'

school() {
    json=$(fastest --scenario school $steady 200)
    echo "200 agents on 100 x 100, 133 nodes, mlp per type (hidden 24), views of radius 6, one training a step at most,"
    echo "log on disk (pragmas performance, 4000 rows), 1000 steps; the fastest of $ROUNDS runs."
    echo
    echo "| figure | farmsim | AgentFarm | wanted |"
    echo "|---|---|---|---|"
    echo "$json" | awk -v cpu="$(echo "$json" | field cpu_s)" -v wall="$(echo "$json" | field steps_per_s)" \
        -v kb="$(echo "$json" | field kb_per_agent)" '{
        printf "| steps per CPU second | %.0f | | |\n", 1000 / cpu
        printf "| steps per second | %.0f | 2.5 | 380 |\n", wall
        printf "| KB per agent: state, memory cells, index, log buffers | %.2f | 17,000 | 10 |\n", kb }'
    for part in observation replay network; do
        echo "| KB per agent: $part | $(echo "$json" | field ${part}_kb_per_agent) | | |"
    done
    echo "| trainings | $(echo "$json" | field trainings) | 0 | |"
    echo "| rows logged | $(echo "$json" | field log_rows) | | |"
}

density() {
    echo "CPU microseconds per agent-step at constant density (an agent on 50 squares, two nodes for three agents), 20"
    echo "steps each and as many worlds as 200,000 agent-steps need; the best of $ROUNDS rounds, and the ratio to 100"
    echo "agents. In smaller worlds more agents stand at a border, where there is less to see."
    echo
    echo "| agents | random | ratio | mlp, untrained | ratio |"
    echo "|---|---|---|---|---|"
    first=
    for agents in 100 1000 10000 100000; do
        side=$(side_of "$agents")
        worlds=$((10000 / agents))
        [ "$worlds" -gt 0 ] || worlds=1
        world="--agents $agents --size ${side}x$side --steps 20 $grown $steady $agents"
        random=$(least 1 "$worlds" $world --policy random)
        mlp=$(least 1 "$worlds" $world $untrained)
        [ "$first" ] || first="$random $mlp"
        echo "$agents $random $mlp $first" |
            awk '{ printf "| %d | %s | %.2f | %s | %.2f |\n", $1, $2, $2 / $4, $3, $3 / $5 }'
    done
}

# Waiting threads sleep (OMP_WAIT_POLICY), so that their CPU time is work. What the first thread works is what the clock
# would say on idle cores; other load takes it from the clock, but not from this.
threads() {
    echo "One thread and two, mlp untrained, OMP_WAIT_POLICY=passive: microseconds per agent-step of the clock, and of"
    echo "the first thread's CPU, which is the clock's on idle cores; load before: $(cut -d ' ' -f 1 /proc/loadavg)."
    echo
    echo "| agents | clock, 1 | clock, 2 | speed-up | first thread, 1 | first thread, 2 | speed-up | same hash |"
    echo "|---|---|---|---|---|---|---|---|"
    OMP_WAIT_POLICY=passive
    export OMP_WAIT_POLICY
    for agents in 1000 10000; do
        side=$(side_of "$agents")
        world="--agents $agents --size ${side}x$side --steps $((400000 / agents)) $grown $steady $agents $untrained"
        same=no
        [ "$("$program" $world --json | field hash)" = "$("$program" $world --threads 2 --json | field hash)" ] &&
            same=yes
        echo "$agents $(least 3 1 $world --threads 1) $(least 3 1 $world --threads 2)" \
            "$(least 4 1 $world --threads 1) $(least 4 1 $world --threads 2) $same" |
            awk '{ printf "| %d | %s | %s | %.2f", $1, $2, $3, $2 / $3
                printf " | %s | %s | %.2f | %s |\n", $4, $5, $4 / $5, $6 }'
    done
    unset OMP_WAIT_POLICY
}

# row OPTIONS COUNTERS: one switch of the school
row() {
    json=$(fastest --scenario school --steps 300 $steady 200 $1)
    printf '| `%s` | %s |' "$1" "$(echo "$json" |
        awk -v cpu="$(echo "$json" | field cpu_s)" -v acts="$(echo "$json" | field agent_steps)" \
            '{ printf "%.3f", cpu / acts * 1e6 }')"
    for counter in $2; do printf ' %s=%s' "$counter" "$(echo "$json" | field "$counter")"; done
    echo ' |'
}

switches() {
    echo "The same school for 300 steps with one switch each: CPU microseconds per agent-step, and what was done."
    echo
    echo "| switch | us | counters |"
    echo "|---|---|---|"
    for index in hash kd quad brute; do
        for update in rebuild incremental batch; do
            row "--index $index --index-update $update" 'rebuilds moved_singly batches visited'
        done
    done
    for perception in spatial memmap; do row "--perception $perception" 'goods_from_index goods_from_map'; done
    for spread in scalar vector nearest; do row "--bilinear $spread" 'spread_scalar spread_vector spread_nearest'; done
    for reuse in on off; do row "--reuse $reuse" 'views_reused observation_kb_per_agent'; done
    for regrow in all active; do row "--regrow $regrow" 'regrow_looks'; done
    for decide in each batch; do row "--decide $decide" 'decide_calls passes'; done
    for policy in random forager mlp; do row "--policy $policy" 'forwards trainings'; done
    for train in never at-once deferred; do row "--train $train" 'trainings trainings_skipped'; done
    for log in off memory disk; do row "--log $log" 'log_rows log_transactions log_mb'; done
    for buffer in 10 1000 100000; do row "--log-buffer $buffer" 'log_flushes log_transactions'; done
    for pragmas in balanced performance safety memory; do row "--log-pragmas $pragmas" 'log_transactions'; done
    for threads in 1 2; do row "--threads $threads" 'busy_threads'; done
}

{
    echo "## farmsim"
    echo
    echo "$(machine)."
    for part in school density threads switches; do
        echo
        $part
    done
} | publish sim
