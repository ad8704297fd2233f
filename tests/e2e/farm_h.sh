#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# farm.h: nothing without farmcc, from C and C++; with it steps, regions, metrics and parameters as the program says,
# and farm_stop, farm_start, farm_reset and farm_dump exact to the statement, by both samplers and as an ordinary user.
. "$(dirname "$0")/lib.sh"
source=$e2e/src/proof_marks.c

# ---- without farmcc: no symbol, no section of data, no warning; with FARM_ENABLED it links without a runtime
header=$e2e/src/proof_marks_header.c
for cc in $(compilers); do
    cxx=$(echo "$cc" | sed 's/gcc/g++/; s/clang/clang++/')
    for compile in "$cc -std=c89" "$cc -std=c17" "$cxx -x c++ -std=c++98" "$cxx -x c++ -std=c++17"; do
        command -v "${compile%% *}" >/dev/null || continue
        # shellcheck disable=SC2086
        $compile -Wall -Wextra -Wpedantic -Werror -I"$root" -c "$header" -o header.o
        nm header.o | grep -q farm && fail "$compile: farm.h leaves symbols where farmcc is not in use"
        # shellcheck disable=SC2086
        $compile -Wall -Wextra -Wpedantic -Werror -DFARM_ENABLED -I"$root" -c "$header" -o header.o
        nm header.o | grep -q ' w __farm_step' || fail "$compile: no weak reference"
        echo 'int main(void) { return 0; }' >main.c
        $cc -c main.c -o main.o
        ${compile%% *} main.o header.o -o alone
        ./alone
    done
done

# count KIND NAME COLUMN: of the latest run
count() {
    query "SELECT $3 FROM mark JOIN process ON process.id = process_id WHERE ended <> 'dump'
           AND kind = '$1' AND mark.name = '$2'"
}

# check: everything that the run of proof_marks must have left
check() {
    expect "steps" "$(count step step count)" 40
    expect "whole steps" "$(count step step timed)" 38
    expect "outer regions" "$(count region outer count)" 40
    expect "outer regions without a switch" "$(count region outer timed)" 39
    expect "inner regions" "$(count region inner count)" 40
    expect "regions left by longjmp" "$(count region left count)" 40
    expect "values" "$(count metric square count)" 40
    expect "sum of the metric" "$(count metric square 'CAST(sum AS INTEGER)')" \
        "$(awk 'BEGIN { for (i = 0; i < 60; i++) s += i < 19 || i >= 39 ? i * i : 0; print s }')"
    expect "parameters" "$(query "SELECT DISTINCT param.name || '=' || value FROM param ORDER BY 1" | tr '\n' ' ')" \
        "mode=quick size=8 "
    line() { source_line "$source" "/* $1 */"; }
    expect "hits of inner's call" "$(hits proof_marks.c "$(line inner)" "$1")" 40
    expect "hits of allocate" "$(hits proof_marks.c "$(line allocate)" "$1")" 40
    expect "allocations" "$(query "SELECT sum(allocs) FROM line_heap WHERE line = $(line allocate) AND run_id = $1")" 40
    within "waiting of the naps in ms" "$(query "SELECT waiting_ns / 1e6 FROM region_time WHERE name = 'nap'")" 80 60000
    within "CPU of the naps in ms" "$(query "SELECT cpu_ns / 1e6 FROM region_time WHERE name = 'nap'")" 0 40
}

for cc in $(compilers); do
    FARM_CC=$cc "$farmcc" -O2 -Wall -Wextra "$source" -o marks
    for sampler in perf timer none; do
        fresh_store
        FARM_SAMPLER=$sampler ./marks
        check 1
    done
done
expect "hits of spin" "$(hits proof_marks.c "$(source_line "$source" '/* spin */')")" $((40 * 1000 + 5))

# starts off: nothing but what is behind farm_start of step 39
fresh_store
FARM_START=off ./marks
expect "steps behind farm_start" "$(count step step count)" 20
expect "hits behind farm_start" "$(hits proof_marks.c "$(source_line "$source" '/* inner */')")" 20

# a dump is a run of its own, the program's run goes on; a reset leaves what follows
fresh_store
expect "farm_dump" "$(./marks half reset)" 0
expect "runs" "$(query 'SELECT label, ended FROM run JOIN process ON run_id = run.id ORDER BY 2' | tr '\n' ' ')" \
    "half,dump ,exit "
expect "hits in the dump" "$(hits proof_marks.c "$(source_line "$source" '/* spin */')" half)" 40000
expect "hits behind the reset" "$(hits proof_marks.c "$(source_line "$source" '/* spin */')" @latest)" 5
expect "steps behind the reset" "$(count step step count)" ""
expect "farm_dump without a record" "$(FARM_OFF=1 ./marks half)" -1

# C++: compiled by the C++ compiler, linked by it with a part that farmcc counts
if command -v g++ >/dev/null; then
    fresh_store
    g++ -std=c++98 -Wall -Wextra -I"$FARM_BUILD/include" -c "$e2e/src/proof_marks_cxx.cc" -o cxx.o
    printf 'int cxx_part(int);\nint main(void) { return cxx_part(50) != 50; }\n' >cxx_main.c
    FARM_LINK=g++ "$farmcc" cxx_main.c cxx.o -o cxx
    ./cxx
    expect "scopes left by exceptions" "$(count region thrown timed)" 50
    expect "turns" "$(count step turn count)" 50
fi

# an ordinary user
if can_be_user; then
    fresh_store
    mkdir store
    chmod 777 . store
    FARM_DB=$work/store/farm.db
    as_user ./marks
    check 1
fi
