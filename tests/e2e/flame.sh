#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Flame graphs: shares of known work, recursion folded, differences, what is gone, allocations, what is refused.
. "$(dirname "$0")/lib.sh"

cat >work.c <<'CODE'
#include <stdlib.h>
static volatile unsigned sink;
static void __attribute__((noinline)) spin(unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        sink = sink * 1664525u + i;
}
static void __attribute__((noinline)) big(void) { spin(300 * MILLION); sink++; }
static void __attribute__((noinline)) deep(int n)
{
    if (n)
        deep(n - 1);
    spin(10 * MILLION);
    sink++;
}
#ifdef AFTER
static void __attribute__((noinline)) added(void) { spin(200 * MILLION); sink++; }
#else
static void __attribute__((noinline)) removed(void) { spin(50 * MILLION); sink++; }
#endif
int main(void)
{
    for (int i = 0; i < 20; i++) {               /* in turns: others on the machine slow all parts alike */
        big();
        deep(9);
#ifdef AFTER
        added();
#else
        removed();
#endif
    }
    char *volatile p = malloc(12345);
    free(p);
    return 0;
}
CODE
million=30000
"$farmcc" -O1 -DMILLION=$million work.c -o before || fail "work.c does not compile"
"$farmcc" -O1 -DMILLION=$million -DAFTER work.c -o after || fail "work.c does not compile again"
FARM_LABEL=before ./before
FARM_LABEL='<after> & "all"' ./after

# part FILE STACK: nanoseconds of the folded stack (first count), and share of all of them
share() {
    awk -v want="$2" '{ n = $NF; sub(/ [0-9]+$/, ""); all += n } $0 == want { part = n }
        END { print 100 * part / all }' "$1"
}
"$farmdb" flame before --fold -o b.folded || fail "folded"
within "share of big" "$(share b.folded 'main;big;spin')" 60 73
within "share of deep, folded" "$(share b.folded 'main;deep;spin')" 17 28
"$farmdb" flame before -o deep.folded || fail "folded, with recursion"
grep -q "main;deep;deep;deep;.*spin" deep.folded || fail "no recursion in: $(cat deep.folded)"
"$farmdb" flame before --by line -o line.folded || fail "folded, by line"
grep -q "^main (work.c:[0-9]*):\?;big (work.c:8);spin (work.c:6) " line.folded || fail "lines: $(cat line.folded)"

"$farmdb" flame before -o one.svg || fail "svg"
"$farmdb" flame before 'new=<after> & "all"' -o two.svg || fail "two sides"
grep -q 'class="small">Gone: removed ' two.svg || fail "what is gone is not named"
grep -q 'class="small">New: added ' two.svg || fail "what is new is not named"
grep -q 'data-n="added"' two.svg || fail "the new frame is missing"
grep -q 'data-n="removed" style="display:none"' two.svg || fail "the frame that is gone is not kept for the other view"
"$farmdb" flame '<after> & "all"' -o hostile.svg || fail "a label with special characters"
grep -q '&lt;after&gt; &amp; &quot;all&quot;: ' hostile.svg || fail "a label is not escaped"
if command -v xmllint >/dev/null; then xmllint --noout one.svg two.svg hostile.svg || fail "not XML"; fi

# Callers add up to the function, recursion counts once.
"$farmdb" top -f deep --format csv before >around.csv || fail "top --function"
within "callers of deep" "$(sed -n 's/^caller,[^,]*,\([^,]*\),main$/\1/p' around.csv)" 0.999 1.001
within "callees of deep" "$(sed -n 's/^callee,[^,]*,\([^,]*\),spin$/\1/p' around.csv)" 0.9 1.001
"$farmdb" top -f spin --format csv before >around.csv
within "calls of spin by big" "$(sed -n 's/^caller,[^,]*,\([^,]*\),big$/\1/p' around.csv)" 0.6 0.73

# Allocations: exact by line, on the stacks of some of them, through an uninstrumented library and a common function.
cat >allocs.c <<'CODE'
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
static void *must(size_t size) { void *p = malloc(size); if (!p) abort(); return p; }
__attribute__((noinline)) void often(int n) { for (int i = 0; i < n; i++) free(must(10)); }
__attribute__((noinline)) void seldom(int n) { for (int i = 0; i < n; i++) free(must(30)); }
__attribute__((noinline)) void large(void) { char *volatile p = malloc(1 << 20); free(p); }
__attribute__((noinline)) void print(int n)
{
    char *text;
    while (n-- && asprintf(&text, "%d", n) > 0)
        free(text);
}
static int order(const void *a, const void *b) { free(must(50)); return *(int *)a - *(int *)b; }
int main(void)
{
    int v[4096];
    for (int i = 0; i < 4096; i++) v[i] = i;
    for (int i = 0; i < 40; i++) { often(6000); seldom(2000); print(500); }
    qsort(v, 4096, sizeof *v, order);
    large();
    return 0;
}
CODE
"$farmcc" -O2 allocs.c -o allocs || fail "allocs.c does not compile"
FARM_LABEL=allocs FARM_SAMPLER=none ./allocs
"$farmdb" flame allocs --of allocs -o allocs.folded || fail "allocations"
all=$("$farmdb" sql "SELECT sum(allocs) FROM line_heap JOIN run ON run.id = run_id WHERE label = 'allocs'" | tail -n 1)
within "allocations on all stacks" "$(awk '{ n += $NF } END { print n }' allocs.folded)" $((all - 5)) $((all + 5))
within "share of often" "$(share allocs.folded 'main;often;must;must (allocs.c:4)')" 60 80
within "share of seldom" "$(share allocs.folded 'main;seldom;must;must (allocs.c:4)')" 13 32
grep -q '^main;libc.so.6 qsort[_r]*;order;must;must (allocs.c:4) ' allocs.folded ||
    fail "through qsort: $(cat allocs.folded)"
grep -q '^main;print;print (allocs.c:11);libc.so.6 asprintf ' allocs.folded ||
    fail "in a library: $(cat allocs.folded)"

"$farmdb" flame allocs --of bytes -o large.folded || fail "bytes"
grep -q '^main;large;large (allocs.c:7) 1048576$' large.folded || fail "a large allocation: $(cat large.folded)"

"$farmdb" flame before --of bytes -o bytes.folded || fail "bytes"
grep -q '^main;main (work.c:[0-9]*) 12345$' bytes.folded || fail "bytes by line: $(cat bytes.folded)"
"$farmdb" flame before | grep -q '^ *[0-9.]* *[0-9.]*  *main$' || fail "the list of stacks"

# refused STATUS WORDS ARGUMENT...
refused() {
    wanted_status=$1 words=$2
    shift 2
    status=0
    "$farmdb" "$@" >out 2>err || status=$?
    expect "status of $*" "$status" "$wanted_status"
    grep -q -- "$words" err || fail "$*: no '$words' in: $(cat err)"
}
refused 2 ".svg or .folded, not as in 'x.png'" flame before -o x.png
refused 2 "time, allocs or bytes, not 'hits'" flame --of hits
FARM_LABEL=silent FARM_SAMPLER=none ./after
refused 3 "silent has no samples" flame silent
refused 3 "no sampled stack of before has a function nobody" top -f nobody before
