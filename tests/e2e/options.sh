#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# options.sh COMPILER: what compilers can be asked for, one way of building after the other: no word more than from the
# plain compiler, the program does the same, and its lines count. What cannot count says why. Every fourth option, all
# with FARM_FULL=1.
. "$(dirname "$0")/lib.sh"
. "$here/marks.sh"
cc=${1:-gcc}
command -v "$cc" >/dev/null || skip "no $cc here"
cp "$here"/languages/case_ranges.c prog.c
cat >half.c <<'C'
#include "half.h"
int half(int n)
{
    if (n > HALF_LIMIT)         /*= 3 */
        return HALF_LIMIT;      /*= 2 */
    return n / 2;               /*= 1 */
}
C
printf '#ifndef HALF_LIMIT\n#define HALF_LIMIT 10\n#endif\nint half(int n);\n' >half.h
cat >main.c <<'C'
#include <stdio.h>
#include "half.h"
int main(void)
{
    int sum = 0;
    for (int i = 1; i < 25; i += 10)    /*= 4 */
        sum += half(i);         /*= 3 */
    printf("%d\n", sum);        /*= 1 */
    return sum > 100;           /*= 1 */
}
C

by_products() {
    find . -maxdepth 1 -name '*.gcno' -o -maxdepth 1 -name '*.dwo' -o -maxdepth 1 -name '*.d' | sort
}

# builds NAME CODE: CODE with $CC makes ./out; the run counts as marked
tried=0 number=0
builds() {
    fresh_store
    rm -rf out ./*.o ./*.a ./*.so ./*.gc* ./*.dwo ./*.d
    (CC=$cc; eval "$2") >plain.said 2>&1 || { echo "$1: $cc cannot"; return 0; }
    by_products >plain.files
    ./out >plain.wrote
    rm -rf out ./*.o ./*.a ./*.so ./*.gc* ./*.dwo ./*.d
    (CC="$farmcc $cc"; eval "$2") >farm.said 2>&1 || fail "$1: $(cat farm.said)"
    by_products >farm.files
    sed -i 's,/tmp/[a-zA-Z0-9-]*\.,TEMP.,g' plain.said farm.said
    same "$1: what is said" plain.said farm.said
    [ "${3:-}" ] || rm -rf "$FARM_DB" "$FARM_DB-records"
    ./out >farm.wrote || fail "$1: the program fails"
    same "$1: output" plain.wrote farm.wrote
    same "$1: by-products" plain.files farm.files
    counts_as_marked "$1" main.c half.c
    tried=$((tried + 1))
}

for flags in -O0 -O2 -O3 -Os -Og -pipe -fPIC "-fPIE -pie" -static -static-pie "-m64 -march=native" -flto "-flto -O2" \
    "-flto -ffat-lto-objects" -g -g1 -g3 -ggdb3 -gdwarf-4 "-g -gsplit-dwarf" "-g -gz" -g0 -save-temps=obj --coverage \
    -pg -fprofile-generate -fsanitize=address -fsanitize=undefined -fsanitize=thread -fopenmp -fno-plt \
    -fstack-protector-all "-ffunction-sections -fdata-sections -Wl,--gc-sections" -fno-common -fcf-protection \
    -masm=intel -mcmodel=medium -mcmodel=large "-fno-pic -no-pie" "-Wp,-DHALF_LIMIT=10" \
    "-Xpreprocessor -DHALF_LIMIT=10" "-include half.h" "-ffile-prefix-map=$work=/src -g" \
    "-fdebug-prefix-map=$work=. -g" \
    -finstrument-functions-exclude-file-list=main -fvisibility=hidden -fno-asynchronous-unwind-tables \
    "-Wall -Wextra -Werror" "-MMD -MF deps" -funroll-loops "-O2 -fomit-frame-pointer" -fstack-clash-protection; do
    number=$((number + 1))
    [ "${FARM_FULL:-}" ] || [ $((number % 4)) = 1 ] || continue
    builds "$flags" "\$CC $flags main.c half.c -o out"
    builds "$flags by objects" "\$CC $flags -c main.c && \$CC $flags -c half.c && \$CC $flags main.o half.o -o out"
done
builds "an archive" '$CC -O2 -c half.c main.c && ar rc lib.a half.o && $CC main.o lib.a -o out'
builds "a library" '$CC -O2 -shared -fPIC half.c -o lib.so && $CC -O2 main.c ./lib.so -o out'
builds "ld -r" '$CC -O2 -c half.c main.c && $CC -r half.o main.o -o all.o && $CC all.o -o out'
builds "cc -r from source" '$CC -O2 -r half.c -o all.o && $CC -O2 main.c all.o -o out'
builds "preprocessed input" '$CC -E main.c -o m.i && $CC -O2 m.i half.c -o out'
builds "assembly on the way" '$CC -O2 -S half.c -o h.s && $CC -O2 main.c h.s -o out'
builds "a precompiled header" '$CC -x c-header half.h -o half.h.gch && $CC -O2 -include half.h main.c half.c -o out
    status=$?; rm half.h.gch; exit $status'
builds "profile-guided" '$CC -O2 -fprofile-generate -c half.c main.c && $CC -fprofile-generate half.o main.o -o out &&
    FARM_OFF=1 ./out >/dev/null && $CC -O2 -fprofile-use -c half.c main.c 2>/dev/null &&
    $CC half.o main.o -o out' recorded
if [ "$cc" != gcc ]; then
    builds "a precompiled header, as CMake has it" '$CC -x c-header half.h -o half.pch &&
        $CC -O2 -Xclang -include-pch -Xclang half.pch -Xclang -include -Xclang half.h main.c half.c -o out'
fi

# what cannot count says so
refused() {
    rm -f x.o
    "$farmcc" $cc $2 -c half.c -o x.o || fail "$1: $cc fails"
    "$farmcc" --farm-stats x.o | grep -q "$3" || fail "$1: the object does not say: $3"
}
refused "without libc" -ffreestanding "without libc"
refused "32 bits" -m32 "do not go with"
"$farmcc" $cc -x c -c - -o x.o <half.c
"$farmcc" --farm-stats x.o | grep -q "only once" || fail "standard input: the object does not say why"
[ "$tried" -ge 20 ] || fail "only $tried ways were tried"
echo "$tried ways of building count right with $cc"
