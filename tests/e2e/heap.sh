#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# heap.sh COMPILER: allocations count for the line that caused them, whoever does them, and the program gets what it
# would get without us.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
compiler=$1
command -v "$compiler" >/dev/null || skip "needs $compiler"
export FARM_CC="$compiler" FARM_HZ=0
src=$e2e/src
seq 1 200 >text
exe_libs=/usr/lib/$(gcc -print-multiarch)

# allocs LABEL: "allocs bytes frees temporary failed" of the line with /* LABEL */, all ways and processes together
allocs() {
    query "SELECT sum(allocs) || ' ' || sum(bytes) || ' ' || sum(frees) || ' ' || sum(temporary) || ' ' || sum(failed)
           FROM line_allocs WHERE line = $(source_line "$source" "/* $1 */")"
}

# counted LABEL EXPECTED
counted() {
    expect "line '$1' of $source ($how)" "$(allocs "$1")" "$2"
}

# total COLUMN: over all lines and what is outside of them
total() {
    query "SELECT sum(n) FROM (SELECT $1 AS n FROM line_allocs UNION ALL SELECT $1 FROM outside_allocs)"
}

# ---- each function on its line: optimised, without libraries, over other allocators
lines_are_right() {
    source=$src/heap_lines.c
    counted direct "1 10 1 1 0"
    counted kept "1 40 1 1 0"
    counted chosen "1 50 1 1 0"
    counted indirect "1 40 1 1 0"
    counted aligned "1 128 0 0 0"
    counted again "1 70 1 1 0"
    counted called "1 80 1 1 0"
    counted copied "1 13 1 1 0"
    counted cut "1 4 1 1 0"
    counted refused "0 0 0 0 1"
    counted errno "1 9 1 0 0"
    counted grown "1 90 1 0 0"
    counted array "1 900 1 1 0"
    counted memalign "1 11 1 1 0"
    counted aligned_alloc "1 640 1 1 0"
    counted valloc "1 12 1 1 0"
    counted leaked "1 15 0 0 0"
    expect "asprintf has a line ($how)" "$(query "SELECT sum(bytes) > 20 FROM line_allocs
        WHERE line = $(source_line "$source" '/* printed */')")" 1
    expect "getline has a line ($how)" "$(query "SELECT sum(bytes) > 100 FROM line_allocs
        WHERE line = $(source_line "$source" '/* got */')")" 1
    expect "fopen has a line ($how)" "$(query "SELECT sum(frees) FROM line_allocs
        WHERE line = $(source_line "$source" '/* opened */')")" 1
}
"$compiler" -w -O2 "$src/heap_lines.c" -o lines.plain
for flags in -O2 -O3 "-O2 -static" "-O1 -static-pie" "-O2 -flto" "-O0 -no-pie"; do
    how="$compiler $flags"
    fresh_store
    # shellcheck disable=SC2086
    "$farmcc" --farm-alloc='wrapp*,other' -w -g $flags "$src/heap_lines.c" -o lines
    ./lines >out
    ./lines.plain >out.plain
    same "output of $how" out.plain out
    lines_are_right
done
"$farmcc" --farm-alloc=wrapped -w -g -O2 "$src/heap_lines.c" -o lines
for library in libjemalloc.so.2 libtcmalloc_minimal.so.4; do
    [ -f "$exe_libs/$library" ] || skip "needs $library (scripts/setup.sh test installs it)"
    how="$compiler $library"
    fresh_store
    LD_PRELOAD=$exe_libs/$library ./lines >out
    LD_PRELOAD=$exe_libs/$library ./lines.plain >out.plain
    same "output of $how" out.plain out
    lines_are_right
done

# the preloaded allocator does the work: each has its own idea of how much nine bytes take
cat >size.c <<'END'
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    return printf("%zu %zu\n", malloc_usable_size(malloc(9)), malloc_usable_size(malloc(200000))) < 0;
}
END
"$compiler" size.c -o size.plain
"$farmcc" size.c -o size
for library in '' "$exe_libs/libjemalloc.so.2" "$exe_libs/libtcmalloc_minimal.so.4"; do
    expect "usable size with '$library'" "$(LD_PRELOAD=$library ./size)" "$(LD_PRELOAD=$library ./size.plain)"
done

# ---- an allocator in the program, and handlers that allocate
how="own allocator"
fresh_store
source=$src/heap_own.c
for flags in -O2 "-O2 -static"; do
    # shellcheck disable=SC2086
    "$farmcc" -g -fno-builtin $flags "$src/heap_own.c" "$src/heap_own_allocator.c" -o own
    expect "output with an own allocator, $flags" "$(timeout 60 ./own)" "1 own"
done
expect "what is seen with an own allocator" "$(query "SELECT group_concat(reach, ' ') FROM
    (SELECT reach FROM heap ORDER BY 1)")" "all own allocator"
expect "the loop counts ($how)" "$(query "SELECT min(allocs) >= 199000 FROM line_allocs
    WHERE line = $(source_line "$source" '/* loop */')")" 1
expect "handlers count ($how)" "$(query "SELECT count(*) > 0 AND sum(frees) > 0 FROM line_allocs
    WHERE line = $(source_line "$source" '/* handler */')")" 1
expect "kept and moved ($how)" "$(allocs kept)" "2 2000 2 0 0"

# ---- processes
how=fork
source=$src/heap_fork.c
"$farmcc" -g -O1 -fno-builtin "$source" -o fork
fresh_store
./fork 2>err
counted parent "10 10000 1 0 0"
counted child "14 980 2 0 0"
expect "what is left of each process" "$(query "SELECT group_concat(live, ' ') FROM (SELECT sum(live_bytes) AS live
    FROM line_heap GROUP BY process_id ORDER BY 1)")" "420 420 9000"
"$farmdb" leaks >report
grep -q '9.00 kB' report || fail "what the parent kept is not said to leak"
fresh_store
./fork kill 2>err || true
"$farmdb" leaks >report
grep -q '1 of 3 processes did not end by itself' report || fail "nothing is said of the one that was killed"
grep -q '9.00 kB' report && fail "a killed process leaks"
counted parent "10 10000 1 0 0"

# ---- threads: exact, whoever frees
how=threads
source=$src/heap_threads.c
"$farmcc" -g -O2 -fno-builtin -pthread "$source" -o threads
fresh_store
./threads
expect "allocations of lines" "$(query "SELECT sum(allocs) || ' ' || sum(bytes) FROM line_allocs WHERE below = ''")" \
    "88001 9840000"
expect "left over by lines" "$(query "SELECT sum(allocs - frees) || ' ' || sum(bytes - freed_bytes) FROM line_allocs
    WHERE below = ''")" "0 0"
within "peak" "$(query 'SELECT peak_bytes FROM heap')" 1000000 1400000
expect "several threads are said" "$(query 'SELECT several FROM heap')" 1

# ---- a library alone
how=plug-in
source=$src/heap_plugin.c
"$farmcc" -g -O2 -fno-builtin -fPIC -c "$source" -o plugin.o
"$compiler" -shared plugin.o -Wl,-u,__farm_register -Wl,--wrap=malloc,--wrap=free "$FARM_BUILD/lib/farm/libfarm.a" \
    -Wl,--export-dynamic-symbol='__farm_*' -Wl,--build-id -pthread -ldl -lrt -o plugin.so
"$compiler" -fno-builtin "$src/heap_host.c" -ldl -o host
fresh_store
./host ./plugin.so
expect "allocations of a library alone" "$(query "SELECT sum(allocs) || ' ' || sum(bytes) FROM line_allocs
    WHERE line = $(source_line "$source" '/* made */')")" "1000 100000"
expect "reach" "$(query 'SELECT reach FROM heap')" plug-in

# ---- switched off, and nothing leaked
how=off
fresh_store
FARM_HEAP=off ./threads
status=0
"$farmdb" leaks >report 2>err || status=$?
expect "leaks without counts" "$status" 3
grep -q FARM_HEAP=off err || fail "leaks does not say why"
echo 'int main(void) { return 0; }' >empty.c
"$farmcc" empty.c -o empty
fresh_store
./empty
"$farmdb" leaks | grep -q 'nothing leaked' || fail "nothing leaked is not said"
