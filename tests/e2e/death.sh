#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# However a program ends, what it ran is in the store, and the store says how it ended.
. "$(dirname "$0")/lib.sh"

file=proof_death.c
at() { source_line "$e2e/src/$file" "/* $1 */"; }
work_line=$(at work)

# run MODE STATUS: a run by itself in a fresh store
run() {
    fresh_store
    status=0
    FARM_LABEL=all ./death "$1" >out 2>err || status=$?
    expect "exit status of $1, $cc" "$status" "$2"
}

# ended WHAT EXPECTED: how the processes of the run ended, e.g. "exit 0"
ended() {
    expect "end of $1, $cc" "$(query "SELECT ended || ' ' || end_value FROM process" | sort | tr '\n' ';')" "$2"
}

counted() {
    expect "$1 of $mode, $cc" "$(hits $file "$(at "$1")")" "$2"
}

# simple MODE STATUS END: 1000 pieces of work, then the end
simple() {
    mode=$1
    run "$1" "$2"
    ended "$1" "$3;"
    counted work 1000
}

# Killed from outside after a random amount of progress: nothing that was reported is missing.
killed() {
    moments=$(awk -v seed="$1" 'BEGIN { srand(seed); for (i = 0; i < 6; i++) print 1 + int(exp(rand() * 14)) }')
    for mode in report report-thread; do
        for moment in $moments; do
            fresh_store
            reported=$(./killer "$moment" ./death $mode) || fail "$mode did not die by SIGKILL"
            done_hits=$(hits $file "$(at 'done')")
            work_hits=$(hits $file "$work_line")
            within "hits after SIGKILL at $moment (seed $1), $reported reported, $cc" "$done_hits" "$reported" \
                $((reported + 100))
            within "hits of the called line" "$work_hits" "$done_hits" $((done_hits + 1))
            ended "$mode" "lost -1;"
        done
    done
}

in_flight() {
    fresh_store
    ./killer 1 ./death spin >/dev/null || fail "spin did not die by SIGKILL"
    line=$(at 'in flight')
    "$farmdb" report --function spin >report
    grep "^ *$line .*in flight" report >/dev/null || {
        cat report >&2
        fail "line $line of spin is not marked as in flight, $cc"
    }
}

forks() {
    mode=fork
    run fork 0
    ended fork "exit 0;exit 0;exit 0;"
    counted fork 1
    counted child 1
    counted parent 1
    counted 'fork again' 1
    counted 'parent again' 1
    counted 'child again' 1
    counted both 2
    counted work 2001
    # 1000 pieces in the first process before the forks, then 1000 in each of the eight
    mode=fork-deep
    run fork-deep 0
    counted 'each child' 7
    counted 'some work' 9000
    expect "processes of fork-deep" "$(query 'SELECT count(*) FROM process')" 8
    expect "runs of fork-deep" "$(query 'SELECT count(*) FROM run')" 1
    mode=vfork
    run vfork 0
    ended vfork "exit 0;"
    counted 'after vfork' 1
    counted work 2000
}

execs() {
    mode=exec
    run exec 8
    ended exec "exec -1;"
    counted work 1000
    mode=exec-self
    run exec-self 4
    ended exec-self "exec -1;fast exit 4;"
    expect "hits of both programs, $cc" "$(hits $file "$work_line" all)" 2000
    mode=failing-exec
    run failing-exec 0
    ended failing-exec "exit 0;"
    counted 'after exec' 1
    counted work 2000
}

jumps() {
    mode=setjmp
    run setjmp 0
    counted setjmp 1
    counted 'came first' 1
    counted 'came back' 3
    counted jump 3
    counted work 2000
}

seed=${SEED:-$(date +%s)}
gcc -O2 "$e2e/src/proof_killer.c" -o killer
for cc in $(compilers); do
    FARM_CC=$cc
    export FARM_CC
    "$farmcc" -O2 -pthread "$e2e/src/$file" -o death
    simple return 0 "exit 0"
    simple exit 3 "exit 3"
    simple _exit 4 "fast exit 4"
    simple quick_exit 6 "fast exit 6"
    simple kill 137 "lost -1"
    simple term 143 "signal 15"
    simple abort 134 "signal 6"
    simple segv 139 "signal 11"
    simple pthread_exit 0 "exit 0"
    mode=segv-handled
    run segv-handled 139
    ended segv-handled "signal 11;"
    counted work 1001
    counted handler 1
    mode=thread-exit
    run thread-exit 5
    ended thread-exit "exit 5;"
    counted work 2000
    forks
    execs
    jumps
    in_flight
    killed "$seed"
    echo "$cc: all ends recorded (seed $seed)"
done
