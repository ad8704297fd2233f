#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Shared objects with counters, two of them and RTLD_LOCAL, in a program with counters and in one without: one runtime
# in the process, which has the hits, marks, calls and allocations of all, however the objects hide their symbols, and
# no name is exported that the plain build does not export.
. "$(dirname "$0")/lib.sh"
cc=${1:-gcc}
need "$cc"
FARM_CC=$cc
export FARM_CC
cat >plugin.c <<'C'
#include <stdlib.h>
#include "farm.h"
int NAME(int n);
int NAME(int n)
{
    int sum = 0;
    FARM_STEP("tick");
    for (int i = 0; i < n; i++)
        sum += i % 3; /* turn */
    char *volatile room = malloc(100); /* made */
    room[0] = (char)sum;
    sum += room[0];
    free(room);
    return sum;
}
C
cat >host.c <<'C'
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
static int (*one)(int), (*two)(int);
static void *work(void *unused)
{
    for (int i = 0; i < 50; i++) {
        one(1000);
        two(1000);
    }
    return unused;
}
int main(void)
{
    void *a = dlopen("./one.so", RTLD_NOW | RTLD_LOCAL), *b = dlopen("./two.so", RTLD_NOW | RTLD_LOCAL);
    pthread_t thread;
    if (!a || !b)
        return puts(dlerror()) >= 0;
    one = (int (*)(int))dlsym(a, "one");
    two = (int (*)(int))dlsym(b, "two");
    pthread_create(&thread, NULL, work, NULL);
    work(NULL);
    pthread_join(thread, NULL);
    printf("%d %d\n", one(10), two(10));
    return 0;
}
C
cat >linked.c <<'C'
#include <stdio.h>
int one(int n);
int two(int n);
int main(void)
{
    for (int i = 0; i < 100; i++)
        one(1000), two(1000);
    printf("%d %d\n", one(10), two(10));
    return 0;
}
C
echo '{ global: one; two; local: *; };' >map
turn=$(source_line plugin.c '/* turn */') made=$(source_line plugin.c '/* made */')

# counted WHAT: what both programs do, and no more than one process
counted() {
    expect "$1: processes" "$(query 'SELECT count(*) FROM process')" 1
    expect "$1: hits" "$(hits plugin.c "$turn")" 200020
    expect "$1: allocations" "$(query "SELECT sum(allocs) FROM line_allocs WHERE line = $made")" 202
    expect "$1: steps" "$("$farmdb" show | awk '$1 == "tick" { print $2 }')" 202
}

exported() {
    nm -D --defined-only one.so | awk '{ print $3 }' | grep -v '^__farm_tls$' | sort
}

for how in "" -Wl,--version-script=map -Wl,-Bsymbolic strip; do
    options=$how then=:
    if [ "$how" = strip ]; then options= then=strip; fi
    for plugin in one two; do
        "$cc" -O2 -fPIC -shared -I"$FARM_BUILD/include/farm" -DNAME=$plugin plugin.c $options -o $plugin.so
        $then $plugin.so
    done
    exported >plain.exported
    for plugin in one two; do
        "$farmcc" -O2 -fPIC -shared -DNAME=$plugin plugin.c $options -o $plugin.so
        $then $plugin.so
    done
    exported >farm.exported
    same "$how: names that others see" plain.exported farm.exported
    for program in "$cc" "$farmcc"; do
        what="plug-ins ($how) in a program by $program"
        "$program" -O2 host.c -o host -pthread -ldl
        "$program" -O2 linked.c ./one.so ./two.so -o linked
        for run in host linked; do
            fresh_store
            expect "$what, $run" "$(./$run)" "18 18"
            counted "$what, $run"
        done
    done
done
