#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Algorithms of known growth: the class of the line that each is judged by, from its hits alone.
. "$(dirname "$0")/lib.sh"

cp "$here/src/growth.c" .
"$farmcc" -O2 growth.c -o growth || fail "growth.c does not compile"
FARM_SAMPLER=none
export FARM_SAMPLER

# sweep NAME SIZE...: one run for each size
sweep() {
    name=$1
    shift
    for n in "$@"; do FARM_LABEL=$name FARM_PARAM_n=$n ./growth "$name" "$n" >/dev/null || fail "$name $n"; done
}

mixed="50 75 100 160 250 400 600 1000"
for name in search merge hybrid insertion chain breadth constant; do sweep $name $mixed; done
sweep tree_build 200 400 700 1200 2000 4000 8000 12000
sweep hidden 100 150 250 400 700 1100 1600 2500
sweep matrix 8 12 16 25 40 64 100 130
sweep fibonacci 5 8 10 12 15 18 20 22

for name in search merge hybrid insertion chain breadth constant tree_build hidden matrix fibonacci; do
    wanted=$(sed -n "s,.*$name CLASS: \(.*\) \*/,\1,p" growth.c)
    line=$(grep -n "$name CLASS:" growth.c | cut -d: -f1)
    [ "$wanted" ] || fail "growth.c does not say the class of $name"
    "$farmdb" scale --format json "$name" >answer
    got=$(grep "\"scope\": \"line\".*\"line\": $line,.*\"metric\": \"hits\"" answer |
        sed 's/.*"classes": "\([^"]*\)".*/\1/')
    expect "class of $name" "$got" "$wanted"
done

"$farmdb" scale hidden >answer
grep -q "n^2/2000 + 5n" answer || fail "the formula of the hidden square is not shown"

# refused STATUS WORDS ARGUMENT...: farmdb ends with this status and these words.
refused() {
    wanted_status=$1 words=$2
    shift 2
    status=0
    "$farmdb" "$@" >out 2>err || status=$?
    expect "status of $*" "$status" "$wanted_status"
    grep -q -- "$words" err || fail "$*: no '$words' in: $(cat err)"
}
FARM_LABEL=alone ./growth constant 5 >/dev/null
refused 3 "no parameter varies" scale alone
refused 3 "no run of search has a parameter agents" scale --by agents search
refused 2 "--force" scale --at 100000 search
refused 3 "no sweep is in this store" scale
"$farmdb" scale --at 100000 --force search >/dev/null || fail "--force"

# The gate on classes: worse, as before, and nothing to compare.
cat >gate.c <<'CODE'
#include <stdlib.h>
static int work(int n, int inner)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < inner; j++)
            sum += i ^ j;
    return sum;
}
int main(int argc, char **argv)
{
    int n = atoi(argv[1]);
    return work(n, SLOW ? n : 10) == 42;
}
CODE
for slow in 0 1; do
    "$farmcc" -O1 -DSLOW=$slow gate.c -o gate || fail "gate.c does not compile"
    for n in $mixed; do FARM_LABEL=slow$slow FARM_PARAM_n=$n ./gate "$n"; done
done
status=0
"$farmdb" check --complexity slow0 slow1 >out || status=$?
expect "status of a worse class" "$status" 1
grep -q "^worse *n *n^2 *hits *work() gate.c:6 " out || fail "the line that became quadratic: $(cat out)"
status=0
"$farmdb" check --complexity slow1 slow0 >out || status=$?
expect "status of a better class" "$status" 0
grep -q "^better *n^2 *n *hits" out || fail "the line that became linear: $(cat out)"
FARM_LABEL=two FARM_PARAM_n=10 ./gate 10
FARM_LABEL=two FARM_PARAM_n=20 ./gate 20
status=0
"$farmdb" check --complexity two two >out || status=$?
expect "status where nothing has a class" "$status" 3
grep -q "nothing has a class on both sides" out || fail "no word that nothing can be compared: $(cat out)"

# What is not there is said.
status=0
"$farmdb" scale slow1 --metric nonsense >out 2>said || status=$?
expect "status of an unknown metric" "$status" 3
grep -q "no metric 'nonsense' in these runs; there are: .*cpu_s.*hits" said || fail "unknown metric: $(cat said)"
status=0
"$farmdb" scale slow1 --function nonsense -o none.svg >out 2>said || status=$?
expect "status of an unknown function" "$status" 3
expect "unknown function" "$(cat said)" "farmdb: nothing in these runs fits --function"
[ ! -e none.svg ] || fail "a chart of an unknown function"

# The source that a sweep was built from, not that of a later build.
cat >moved.c <<'CODE'
#include <stdlib.h>
int main(int argc, char **argv)
{
    volatile int n = atoi(argv[1]), sum = 0;
    for (int i = 0; i < n; i++)
        sum += i;
    return 0;
}
CODE
"$farmcc" -O1 moved.c -o moved || fail "moved.c does not compile"
for n in $mixed; do FARM_LABEL=then FARM_PARAM_n=$n ./moved "$n"; done
sed '1s/.*/&\n\n\n/' moved.c >later.c && mv later.c moved.c
"$farmcc" -O1 moved.c -o moved || fail "moved.c does not compile again"
FARM_LABEL=now FARM_PARAM_n=10 ./moved 10
"$farmdb" scale then --lines --all >out || fail "scale of the older build"
grep -q "^moved.c:6 .*sum += i;" out || fail "source of the older build: $(cat out)"
