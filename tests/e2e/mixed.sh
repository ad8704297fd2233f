#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# mixed.sh COMPILER: instrumented objects in links that are not farmcc's run without the runtime, and record where it is
# linked; a library that hides its symbols counts as fast as one that does not.
. "$(dirname "$0")/lib.sh"
cc=$1
cxx=$(case $cc in gcc) echo g++ ;; *) echo "clang++-19" ;; esac)
need "$cc" "$cxx" ld ar
FARM_CC=$cc
FARM_SAMPLER=none
export FARM_CC FARM_SAMPLER

cat >part.c <<'C'
int part(int n)
{
    return n + 1;
}
C
cat >maker.c <<'C'
#include <stdlib.h>
void *maker(void)
{
    char *memory = malloc(1000);
    memory[0] = 1;
    return memory;
}
C
echo 'void *maker(void); int main(void) { return !maker(); }' >user.c
cat >main.c <<'C'
int part(int);
int main(void)
{
    return part(1) - 2;
}
C
cat >main.cpp <<'C'
#include <string>
extern "C" int part(int);
int main()
{
    std::string s = "x";
    return part(s.size()) - 2;
}
C
"$farmcc" -O2 -c part.c main.c
"$farmcc" "$cxx" -O2 -c main.cpp -o maincpp.o

# counted PROGRAM: it runs, and part.c:3 has one hit
counted() {
    fresh_store
    "./$1" || fail "$1 fails"
    expect "hits of $1" "$(hits part.c 3)" 1
}

# silent PROGRAM: it runs, and leaves nothing
silent() {
    fresh_store
    "./$1" || fail "$1 fails"
    [ ! -e "$FARM_DB-records" ] || fail "$1 left a record without a runtime"
}

FARM_LINK=$cxx "$farmcc" part.o maincpp.o -o by_setting
counted by_setting
"$farmcc" "$cxx" part.o maincpp.o -o by_name
counted by_name
"$cxx" part.o maincpp.o -o by_cxx
silent by_cxx

ld -r part.o main.o -o both.o
"$farmcc" both.o -o from_parts
counted from_parts
"$cc" both.o -o from_parts_plain
silent from_parts_plain

ar rcs libpart.a part.o
"$farmcc" main.o -L. -lpart -o from_archive
counted from_archive
"$cc" main.o -L. -lpart -o from_archive_plain
silent from_archive_plain

# a library by the plain linker, in a program with the runtime, and the other way round
"$farmcc" -O2 -fPIC -c part.c -o part.pic.o
"$cc" -shared part.pic.o -o libplainpart.so
"$farmcc" main.o -L. -lplainpart -Wl,-rpath,"$work" -o with_plain_library
counted with_plain_library
"$cc" main.o -L. -lplainpart -Wl,-rpath,"$work" -o without_runtime
silent without_runtime

# Once a thread counts in a library, that needs no system call: in strict mode each kills. The runtime does not watch
# for it here, because the mode is entered behind libc's back.
cat >strict.c <<'C'
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
int part(int);
int main(void)
{
    int n = part(0);
    syscall(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 0, 0, 0);
    for (int i = 0; i < 100; i++)
        n = part(n);
    syscall(SYS_exit, n != 101);
    return 1;
}
C
echo '{ global: part; local: *; };' >part.map
for script in "" -Wl,--version-script=part.map; do
    "$farmcc" -O2 -fPIC -shared $script part.c -o libpart.so
    "$farmcc" -O2 strict.c -L. -l:libpart.so -Wl,-rpath,"$work" -o strict
    counted_strict=$(fresh_store; ./strict && hits part.c 3) || fail "strict mode${script:+ with a version script}"
    expect "hits in strict mode" "$counted_strict" 101
done

# Its allocations are known by their lines too.
echo '{ global: maker; local: *; };' >maker.map
"$farmcc" -O2 -fPIC -shared -Wl,--version-script=maker.map maker.c -o libmaker.so
"$farmcc" -O2 user.c -L. -l:libmaker.so -Wl,-rpath,"$work" -o user
fresh_store
./user
made=$(query "SELECT line, bytes, function, below FROM line_heap WHERE file LIKE '%/maker.c'")
expect "the allocating line" "$made" 4,1000,maker,

# Objects left over from a build without farmcc are noticed, static and hidden functions too.
cat >left.c <<'C'
static int inner(int n)
{
    return n * 2;
}
int (*volatile step)(int) = inner;
__attribute__((visibility("hidden"))) int part(int n)
{
    return step(n) - n + 1;
}
C
"$cc" -O1 -c left.c
"$farmcc" -O2 main.o left.o -o leftover
fresh_store
./leftover || fail "leftover fails"
"$farmdb" report --all >said
grep -q '^ *2 of 3 functions of the program are not instrumented' said || fail "nothing left over: $(cat said)"
expect "what is left over" "$(query "SELECT function, reason FROM not_instrumented ORDER BY 1")" \
    "$(printf 'inner,compiled without farmcc\npart,compiled without farmcc')"
"$farmcc" -O1 -ffreestanding -c left.c
"$farmcc" -O2 main.o left.o -o as_it_is
fresh_store
./as_it_is || fail "as_it_is fails"
expect "functions of a source built as it is" \
    "$(query "SELECT function, reason FROM not_instrumented WHERE function IS NOT NULL")" \
    'part,"in sources built as they are, or compiled without farmcc"'
"$farmcc" -O2 main.c part.c -o nothing_left
fresh_store
./nothing_left
"$farmdb" report --all >said
! grep -q 'not instrumented' said || fail "something left over: $(cat said)"
