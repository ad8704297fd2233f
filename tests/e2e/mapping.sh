#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mapping.sh: samples find the line that ran, through inlined functions, however the program was linked and wherever its
# debug information is: in it, in .dwo files, compressed, stripped away but kept by farmcc. Without any, the report says
# so. A line that waits for memory has that time, not the next one.
. "$(dirname "$0")/lib.sh"

cat >twins.c <<'C'
#include <stdlib.h>
static inline __attribute__((always_inline)) double step(double x)
{
    return (((((x / 1.1 + 1) / 1.1 + 1) / 1.1 + 1) / 1.1 + 1) / 1.1 + 1) / 1.1 + 1; /* the inlined line */
}
__attribute__((noinline)) double heavy(double x, long n)
{
    for (long i = 0; i < n; i++)
        x = step(x);
    return x;
}
__attribute__((noinline)) double light(double x, long n)
{
    for (long i = 0; i < n; i++)
        x = step(x);
    return x;
}
int main(void)
{
    double x = 0;
    for (int i = 0; i < 20; i++)         /* in turns: others on the machine slow both alike */
        x += heavy(1, 600000) + light(1, 150000);
    return x < 0;
}
C
line=$(grep -n 'the inlined line' twins.c | cut -d : -f 1)

# shares WHAT: the inlined line has nearly all, and heavy four times as much as light
shares() {
    inlined="line = $line AND function = 'step'"
    within "$1: share of the inlined line, in %" \
        "$(query "SELECT cast(100.0 * sum(samples * ($inlined)) / sum(samples) AS INTEGER) FROM line_time")" 60 100
    whole=$(query "SELECT cast(total_ns AS INTEGER) FROM function_time WHERE function = 'main'")
    within "$1: share of heavy with what it called, in %" \
        "$(query "SELECT cast(100 * total_ns / $whole AS INTEGER) FROM function_time WHERE function = 'heavy'")" 70 90
}

# check WHAT FLAG...
check() {
    what=$1
    shift
    fresh_store
    FARM_CC=$cc "$farmcc" -O2 "$@" -c twins.c -o twins.o 2>log || { cat log >&2; fail "$cc, $what: no object"; }
    FARM_CC=$cc "$farmcc" "$@" twins.o -o twins 2>>log || { cat log >&2; fail "$cc, $what: no program"; }
    ./twins
    shares "$cc, $what"
}

for cc in gcc clang-19; do
    command -v "$cc" >/dev/null || continue
    check "PIE" -fPIE -pie
    check "no PIE" -fno-pie -no-pie
    check "DWARF 4" -gdwarf-4
    check ".dwo files" -g -gsplit-dwarf
    check "compressed" -g -gz
done

cc=gcc
fresh_store
FARM_CC=gcc "$farmcc" -O2 twins.c -o twins
strip twins
./twins
shares "stripped, but kept"

for option in -s -Wl,-O1,-s,-z,now "-Xlinker --strip-debug"; do
    fresh_store
    # shellcheck disable=SC2086
    FARM_CC=gcc "$farmcc" -O2 twins.c -o twins $option
    nm twins >names 2>&1 || true
    case $option in
        *debug) grep -q heavy names || fail "$option: not only debug information is left out" ;;
        *) ! grep -q heavy names || fail "$option: symbols are left in" ;;
    esac
    ! readelf -S twins | grep -q debug_line || fail "$option: debug information is left in"
    ./twins
    shares "left out by the link, $option"
done

# Debug information in files of its own, as distributions ship it, without what farmcc keeps.
for place in . .debug; do
    fresh_store
    FARM_CC=gcc "$farmcc" -O2 twins.c -o twins
    mkdir -p "$place"
    objcopy --only-keep-debug twins $place/twins.debug
    strip twins
    objcopy --add-gnu-debuglink=$place/twins.debug twins
    rm -rf "$FARM_CACHE"
    ./twins
    shares "by .gnu_debuglink, in $place"
    rm $place/twins.debug
done
if command -v dwz >/dev/null; then
    fresh_store
    FARM_CC=gcc "$farmcc" -O2 -g twins.c -o twins
    FARM_CC=gcc "$farmcc" -O2 -g -DOTHER twins.c -o other
    rm -rf "$FARM_CACHE"
    dwz -m common.dwz -M common.dwz twins other
    readelf -S twins | grep -q gnu_debugaltlink || fail "dwz moved nothing"
    ./twins
    shares "part of it in a file that dwz made"
fi

# What a line called in a library is named with it.
cat >said.c <<'C'
#include <stdio.h>
int main(void)
{
    char text[64];
    long sum = 0;
    for (int i = 0; i < 1500000; i++)
        sum += snprintf(text, sizeof text, "%d %g", i, 0.5);
    return sum == 0;
}
C
fresh_store
"$farmcc" -O2 said.c -o said
./said
within "share of snprintf, by name, in %" "$(query "SELECT 100.0 * sum(samples * (below = 'libc.so.6 snprintf')) /
    sum(samples) AS share FROM line_time")" 70 100
"$farmdb" flame -o said.folded || fail "stacks of said"
within "share of snprintf in the flame graph, in %" "$(awk '{ all += $NF } /^main;libc.so.6 snprintf / { part = $NF }
    END { print 100 * part / all }' said.folded)" 70 100

# Code without call-frame information, as hand-written assembly is: time and allocations are its caller's.
cat >bare.S <<'S'
        .text
        .globl bare
        .type bare, @function
bare:   mov %edi, %eax
1:      dec %eax
        jnz 1b
        ret
        .size bare, .-bare
        .globl bare_get
        .type bare_get, @function
bare_get:
        push %rbx
        call malloc@PLT
        pop %rbx
        ret
        .size bare_get, .-bare_get
        .section .note.GNU-stack, "", @progbits
S
cat >caller.c <<'C'
#include <stdlib.h>
void bare(int);
void *bare_get(size_t);
static volatile int sink;
static __attribute__((noinline)) void work(int n)
{
    for (int i = 0; i < n; i++) {
        bare(1000); /* the time */
        sink = i;
    }
    free(bare_get(10)); /* the memory */
}
int main(void)
{
    for (int j = 0; j < 500; j++) {
        work(1000);
        sink = j;
    }
    return 0;
}
C
marked() {
    grep -n "$1" caller.c | cut -d : -f 1
}
"$farmcc" -O2 caller.c bare.S -o caller || fail "caller"
for sampler in perf timer; do
    fresh_store
    FARM_SAMPLER=$sampler ./caller 2>said || { cat said >&2; fail "caller, $sampler"; }
    within "$sampler: share of the line that calls assembly, in %" "$(query "SELECT 100.0 * sum(samples *
        (line = $(marked 'the time'))) / sum(samples) AS share FROM line_time")" 90 100
    expect "$sampler: allocations through assembly" "$(query "SELECT line || ' ' || allocs AS parts FROM line_heap
        WHERE allocs > 1")" "$(marked 'the memory') 500"
done

# The build that ran is looked at, not the one that is there now.
fresh_store
FARM_CC=gcc "$farmcc" -O2 twins.c -o twins
./twins
FARM_CC=gcc "$farmcc" -O2 -DOTHER -fno-inline twins.c -o twins
shares "rebuilt"

cat >chase.c <<'C'
#include <stdlib.h>
struct node {
    struct node *next;
    long padding[7];
};
int main(void)
{
    enum { COUNT = 1 << 19 };
    struct node *all = calloc(COUNT, sizeof *all), *p = all;
    long seen = 0, sum = 0;
    for (long i = 0, at = 0; i < COUNT; i++, at = (at + 77777) % COUNT)
        all[at].next = &all[(at + 77777) % COUNT];
    for (long i = 0; i < 16 * COUNT; i++) {
        p = p->next; /* waits */
        seen++;
        sum ^= i << 3;
    }
    return (int)(sum + seen) + (p == all) == 0;
}
C
line=$(source_line chase.c '/* waits */')
for cc in $(compilers); do
    for sampler in perf timer; do
        fresh_store
        FARM_CC=$cc "$farmcc" -O1 chase.c -o chase
        FARM_SAMPLER=$sampler ./chase || :
        rm chase                         # what was kept knows it as well
        share=$(query "SELECT 100.0 * sum(samples * (line = $line)) / sum(samples) AS share FROM line_time")
        within "$cc, $sampler: share of the line that waits, in %" "$share" 50 100
    done
done

fresh_store
rm -rf "$FARM_CACHE"
FARM_CC=gcc "$farmcc" -O2 -g0 twins.c -o twins
./twins
rm -rf "$FARM_CACHE"
strip --strip-debug twins
"$farmdb" report >report 2>&1 || true
grep -q 'has no line tables' report || { cat report >&2; fail "nothing is said of a program without line tables"; }

# Text that is included inside functions' braces: its lines are the functions', each function has its own time.
mkdir -p parts
cat >parts/body.inc <<'C'
    double x = 1;
    for (long i = 0; i < n; i++)
        x += 1 / (x + (double)i); /* the included line */
    return x;
C
cat >bodies.c <<'C'
static inline __attribute__((always_inline)) double inner(long n)
{
#include "parts/body.inc"
}
__attribute__((noinline)) double heavy(long n)
{
#include "parts/body.inc"
}
__attribute__((noinline)) double light(long n)
{
    return inner(n);
}
int main(void)
{
    return heavy(32000000) + light(8000000) < 0;
}
C
for cc in gcc clang-19; do
    command -v "$cc" >/dev/null || continue
    fresh_store
    FARM_CC=$cc "$farmcc" -O2 bodies.c -o bodies
    ./bodies
    whole=$(query "SELECT sum(samples) FROM line_time")
    for side in heavy:70:90 inner:10:30; do
        function=${side%%:*} range=${side#*:}
        within "$cc, included text: share of its lines in $function, in %" \
            "$(query "SELECT 100 * sum(samples) / $whole FROM line_time
                      WHERE function = '$function' AND file LIKE '%parts/body.inc'")" "${range%:*}" "${range#*:}"
    done
    "$farmdb" report --function heavy >report
    grep -q '^ *parts/body.inc:$' report || { cat report >&2; fail "the report does not name included text"; }
    grep -q 'the included line' report || { cat report >&2; fail "the report does not show included text"; }
done
cc=gcc

# Two plug-ins, one after the other at the same addresses: each has its own time and allocations.
for part in one two; do
    sed "s/PART/$part/" >$part.c <<'C'
#include <stdlib.h>
double PART(long n)
{
    double x = 1;
    for (long i = 0; i < n; i++)
        x = x / 1.0000001 + 1;
    for (long i = 0; i < n / 100000; i++)
        free(malloc(10));
    return x;
}
C
    "$farmcc" -O1 -fno-builtin -shared -fPIC $part.c -o $part.so || fail "$part.so"
done
cat >host.c <<'C'
#include <dlfcn.h>
#include <stdio.h>
static void run(const char *file, const char *name, long n)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    double (*work)(long) = (double (*)(long))dlsym(library, name);
    printf("%s %p %g\n", file, (void *)work, work(n));
    dlclose(library);
}
int main(void)
{
    for (int i = 0; i < 10; i++) {
        run("./one.so", "one", 12000000);
        run("./two.so", "two", 4000000);
    }
    return 0;
}
C
"$farmcc" -O1 host.c -o host -ldl || fail "host"
allocations() {
    query "SELECT group_concat(function || ' ' || allocs, '; ') AS parts FROM
        (SELECT function, sum(allocs) AS allocs FROM line_heap WHERE function IN ('one', 'two') GROUP BY 1)"
}
for sampler in perf timer; do
    fresh_store
    FARM_SAMPLER=$sampler ./host >said
    [ "$(cut -d ' ' -f 2 said | sort -u | wc -l)" = 1 ] || echo "the plug-ins lie apart here: $(cat said)"
    within "share of the first plug-in, $sampler" \
        "$(query "SELECT 100.0 * sum(samples * (function = 'one')) / sum(samples) AS share FROM line_time")" 68 82
    expect "allocations of both, $sampler" "$(allocations)" "one 1200; two 400"
done

# The same where a thread that was there before does the work.
cat >beside.c <<'C'
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
static sem_t go, done;
static double (*work)(long);
static long amount;
static void *thread(void *unused)
{
    for (int i = 0; i < 4; i++) {
        sem_wait(&go);
        work(amount);
        sem_post(&done);
    }
    return unused;
}
static void run(const char *file, const char *name, long n)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    work = (double (*)(long))dlsym(library, name);
    amount = n;
    sem_post(&go);
    sem_wait(&done);
    dlclose(library);
}
int main(void)
{
    pthread_t t;
    sem_init(&go, 0, 0);
    sem_init(&done, 0, 0);
    pthread_create(&t, NULL, thread, NULL);
    for (int i = 0; i < 2; i++) {
        run("./one.so", "one", 60000000);
        run("./two.so", "two", 20000000);
    }
    return pthread_join(t, NULL);
}
C
"$farmcc" -O1 -pthread beside.c -o beside -ldl || fail "beside"
fresh_store
FARM_HZ=0 ./beside
expect "allocations of both, by a thread of before" "$(allocations)" "one 1200; two 400"
