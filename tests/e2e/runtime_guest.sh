#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The runtime is a good guest: the program sees no descriptor, child, signal or thread of ours, and trouble with the
# record costs one line on stderr and nothing else.
. "$(dirname "$0")/lib.sh"
. "$e2e/runtime_lib.sh"

build modes runtime_modes.c
# shellcheck disable=SC2086
gcc $flags "$e2e/src/runtime_modes.c" -pthread -o plain

for FARM_SAMPLER in perf timer none; do
    export FARM_SAMPLER
    ./plain guest >want
    run guest 0
    same "what a program sees of itself, sampler $FARM_SAMPLER" want out
    expect "stderr" "$(cat err)" ""
    [ -z "$(pgrep -x farm-helper -P $$ || true)" ] || fail "a helper is left behind"
done
unset FARM_SAMPLER

# A child that must wait for the processor just when its helper begins: it closed what the helper had opened by then,
# and lost its own 0, 1 or 2 in one fork of fifty.
mode="forks on a busy processor"
cpu=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
taskset -c "$cpu" sh -c 'while :; do :; done' &
other=$!
fresh_store
lost=$(taskset -c "$cpu" ./modes fork-often)
kill $other
expect "children without a standard stream, $mode" "$lost" 0

# said WHAT WORDS: one line, with these words in it; the program has done its work
said() {
    expect "lines on stderr, $1" "$(wc -l <err)" 1
    grep -q "$2" err || { cat err; fail "$1 is not explained"; }
}

mode="unwritable store"
mkdir -p file
: >file/farm.db-records
FARM_DB=$work/file/farm.db ./modes return >out 2>err || status=$?
expect "status, $mode" "$status" 3
said "$mode" "nothing is recorded"
FARM_DB=/proc/farm.db ./modes threads >out 2>err
said "a store in /proc" "nothing is recorded"
FARM_DB=$work/file/farm.db ./modes fork >out 2>err
said "a fork with $mode" "nothing is recorded"

mode="FARM_OFF"
fresh_store
FARM_OFF=1 ./modes threads >out 2>err
expect "stderr, $mode" "$(cat err)" ""
[ ! -e "$records" ] || fail "$mode leaves $records"

mode="folder of the store"
mkdir -p up/down/deep
: >up/farm.db
(unset FARM_DB; cd up/down/deep && "$work/modes" return >/dev/null) || true
expect "records beside a store further up" "$(find up/farm.db-records -name '*.rec' | wc -l)" 1

# A record that may not grow: what has been mapped is counted, the rest is said.
mode="RLIMIT_FSIZE"
fresh_store
sh -c 'ulimit -f 200; exec ./modes enough-file 1000' >out 2>err
said "$mode" "no room"
within "calls that are recorded under $mode" "$(field 'count 1 1')" 1000 8999
mode="RLIMIT_AS"
fresh_store
sh -c 'ulimit -v 120000; exec ./modes threads 1000' >out 2>err
counted 1 4000
mode="a full disk"
if [ "$(id -u)" = 0 ] && mkdir -p small && mount -t tmpfs -o size=36k none small 2>/dev/null; then
    status=0
    FARM_DB=$work/small/farm.db ./modes enough-file 1000 >out 2>err || status=$?
    used=$("$dump" small/farm.db-records/*.rec | sed -n 's/^count 1 1 //p')
    umount small
    expect "status on $mode" "$status" 0
    said "$mode" "no room"
    within "calls that are recorded on $mode" "$used" 1000 8999
else
    echo "not tried here: $mode"
fi

mode="stderr that is not the one of the start"
cat >closes.c <<'CODE'
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    close(2);
    if (open(argv[1], O_RDWR | O_CREAT, 0666) != 2)
        return 1;
    execv(argv[2], argv + 2);
    return 2;
}
CODE
gcc closes.c -o closes
FARM_DB=/proc/farm.db ./closes data ./modes return || true
said_there=$(wc -l <data)
expect "a stderr that was there at the start is used" "$said_there" 1

# A program that forbids itself system calls is not killed by one of ours; the helper sees in time what it did.
mode="sandbox"
build sandbox runtime_sandbox.c
fresh_store
status=0
./sandbox 2>err || status=$?
if [ "$status" != 77 ]; then
    expect "status of $mode" "$status" 7
    ended "1 7"
    within "calls of $mode" "$(field 'count 1 1')" 1000 1000000000
fi

mode="under Valgrind"
if command -v valgrind >/dev/null; then
    fresh_store
    valgrind -q ./modes fork 1000 >out 2>err
    expect "what Valgrind says" "$(cat err)" ""
    ended "1 0" "1 11"
    counted 1 4000
else
    echo "not tried here: $mode"
fi
