#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A small project built by make, by CMake with both generators, and by a configure script, with farmcc as CC: the
# program works, a touched header rebuilds what it must, configure probes that run leave no record, the program leaves
# one.
set -u
export LC_ALL=C PATH="$BIN:$PATH" FARM_DB="$PWD/farm.db" FARM_CACHE="$PWD/cache"
unset MAKEFLAGS CFLAGS LDFLAGS CC
rm -rf ./*
failures=0

fail()
{
    failures=$((failures + 1))
    echo "failed: $*"
}

records()
{
    find farm.db-records -name '*.rec' 2>/dev/null | wc -l
}

# runs PROGRAM: it works, and one more record appears
runs()
{
    local before
    before=$(records)
    [ "$("$1")" = "sum 5050" ] || fail "$1 gives something else"
    [ "$(records)" = $((before + 1)) ] || fail "$1 left $(($(records) - before)) records"
    readelf -SW "$1" | grep -q '\.farm_sites' || fail "$1 has no site table"
}

mkdir -p project/lib project/app
cat >project/lib/sum.h <<'C'
#ifndef SUM_H
#define SUM_H
#define STEP 1
int sum_to(int n);
static inline int next(int n)
{
    if (n < 0)
        n = 0;
    return n + STEP;
}
#endif
C
cat >project/lib/sum.c <<'C'
#include "sum.h"
int sum_to(int n)
{
    int sum = 0;
    for (int i = 0; i <= n; i = next(i))
        sum += i;
    return sum;
}
C
cat >project/app/main.c <<'C'
#include <stdio.h>
#include "sum.h"
int main(void)
{
    printf("sum %d\n", sum_to(100));
    return 0;
}
C
cat >project/Makefile <<'M'
CFLAGS = -O2 -g -Wall -Wextra -MMD -MP -Ilib
OBJECTS = main.o sum.o
prog: $(OBJECTS)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
main.o: app/main.c
	$(CC) $(CFLAGS) -c -o $@ $<
sum.o: lib/sum.c
	$(CC) $(CFLAGS) -c -o $@ $<
-include $(OBJECTS:.o=.d)
M
cat >project/CMakeLists.txt <<'M'
cmake_minimum_required(VERSION 3.16)
project(small C)
include(CheckCSourceRuns)
include(CheckFunctionExists)
include(CheckIncludeFile)
check_c_source_runs("int main(void) { return 0; }" RUNS)
check_function_exists(printf HAVE_PRINTF)
check_function_exists(no_such_function HAVE_NOTHING)
check_include_file(stdio.h HAVE_STDIO)
if(NOT RUNS OR NOT HAVE_PRINTF OR HAVE_NOTHING OR NOT HAVE_STDIO)
  message(FATAL_ERROR "wrong answers")
endif()
option(SHARED "" OFF)
if(SHARED)
  add_library(sum SHARED lib/sum.c)
else()
  add_library(sum STATIC lib/sum.c)
endif()
target_include_directories(sum PUBLIC lib)
add_executable(prog app/main.c)
target_link_libraries(prog sum)
M
cat >project/configure <<'S'
#!/bin/sh
printf '#include <stdio.h>\nint main(void) { puts("yes"); return 0; }\n' >conftest.c
$CC -o conftest conftest.c && [ "$(./conftest)" = yes ] || exit 1
printf 'char dprintf();\nint main(void) { return dprintf == 0; }\n' >conftest.c
$CC -Werror -o conftest conftest.c 2>conftest.err && ./conftest
rm -f conftest*
S
chmod +x project/configure

(cd project && CC=farmcc ./configure) || fail "configure"
[ "$(records)" = 0 ] || fail "configure left records"

# make, and what a touched header does
make -s -C project CC=farmcc >said 2>&1 || fail "make: $(cat said)"
[ ! -s said ] || fail "make said: $(cat said)"
runs project/prog
make -s -C project CC=farmcc -q || fail "make is not done"
sed -i 's/STEP 1/STEP 2/' project/lib/sum.h
touch -d '+2 seconds' project/lib/sum.h
make -s -C project CC=farmcc 2>&1 | grep -v 'modification time\|Clock skew'
[ "$(project/prog)" = "sum 2550" ] || fail "a touched header rebuilds nothing"
sed -i 's/STEP 2/STEP 1/' project/lib/sum.h
touch project/lib/sum.h
rm -f project/*.o project/*.d project/prog

for generator in "Unix Makefiles" Ninja; do
    command -v cmake >/dev/null || continue
    for shared in OFF ON; do
        for compiler in farmcc clang; do
            case $compiler in
            clang) command -v clang-19 >/dev/null || continue
                export FARM_CC=clang-19 ;;
            esac
            rm -rf build
            before=$(records)
            cmake -S project -B build -G "$generator" -DCMAKE_C_COMPILER=farmcc -DCMAKE_BUILD_TYPE=Release \
                -DSHARED=$shared >said 2>&1 || { fail "cmake $generator"; cat said; }
            cmake --build build >>said 2>&1 || { fail "cmake --build $generator"; cat said; }
            grep -i 'warning\|farmcc:' said && fail "cmake $generator said something"
            [ "$(records)" = "$before" ] || fail "the probes of cmake $generator left records"
            runs build/prog
            cmake --build build | grep -q 'Building C' && fail "cmake $generator builds again for nothing"
            touch -d '+2 seconds' project/lib/sum.h
            [ "$(cmake --build build 2>&1 | grep -c 'Building C')" = 2 ] || fail "$generator: a touched header"
            touch project/lib/sum.h
            unset FARM_CC
        done
    done
done

# as CC="farmcc gcc", as a link named gcc, switched off
make -s -C project CC="farmcc gcc" && runs project/prog
rm -f project/*.o project/prog
mkdir links
ln -s "$(command -v farmcc)" links/gcc
PATH="$PWD/links:$PATH" make -s -C project CC=gcc && runs project/prog
rm -f project/*.o project/prog
FARMCC=off make -s -C project CC=farmcc
cp project/sum.o off.o
rm -f project/*.o project/prog
make -s -C project CC=cc
cmp off.o project/sum.o || fail "FARMCC=off gives another object"

# include and exclude
lines_of()
{
    rm -f project/*.o project/prog
    make -s -C project CC="farmcc $1" &&
        farmcc $1 --farm-counts=pointer --farm-show -Iproject/lib -c project/lib/sum.c | grep -c 'char[*]__farm_t;'
}
all=$(lines_of "")
none=$(lines_of "--farm-exclude=*/sum.c --farm-exclude=sum.h")
one=$(lines_of "--farm-include=next")
[ "$all" = 2 ] && [ "$none" = 0 ] && [ "$one" = 1 ] || fail "include and exclude: $all $none $one functions"

[ "$failures" = 0 ] || { echo "$failures failures"; exit 1; }
echo "all builds are right"
