#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What travels in an object: site tables and sources survive --gc-sections, strip and -flto; a header that two units
# share is linked once; the same input makes the same bytes; debug information names the user's files, and no
# instruction of a user's function lies in our prologue.
set -eu
rewriter=$BUILD/tests/rewriter

fail() {
    echo "$1" >&2
    exit 1
}

printf 'static inline int shared(int x)\n{\n    return x + 1;\n}\n' >shared.h
printf '#include "shared.h"\nint other(int);\nint main(void)\n{\n    return other(shared(1)) - 3;\n}\n' >a.c
printf '#include "shared.h"\nint other(int x)\n{\n    return shared(x);\n}\n' >b.c

# count SECTION FILE: how many records it holds, by their magic
count() {
    rm -f section
    objcopy --dump-section "$1=section" "$2" /dev/null 2>/dev/null || true
    [ -f section ] || { echo 0; return; }
    grep -a -o "$3" section | wc -l
}

# build CC CARRY FLAG...: a program from both units; CARRY is blob or text
build() {
    cc=$1 carry=$2
    shift 2
    quiet= kind=
    [ "$cc" = gcc ] || quiet="-Wno-gnu-line-marker" kind=--clang
    for unit in a b; do
        blob=
        [ "$carry" = text ] || blob="--blob $unit.blob"
        $cc -E $unit.c | "$rewriter" $kind $blob --unit $unit.c >$unit.i
        $cc "$@" $quiet -Wall -Wextra -pedantic -Werror -g1 -c $unit.i -o $unit.o
    done
    $cc "$@" a.o b.o -Wl,--gc-sections -o program
    ./program || fail "$cc $*: the program fails"
}

check() {
    build "$@"
    strip --strip-debug program
    for stripped in debug all; do
        [ "$(count .farm_sites program FST4)" = 2 ] || fail "$*: site tables are lost (strip $stripped)"
        [ "$(count .farm_src program FSR1)" -ge 3 ] || fail "$*: sources are lost (strip $stripped)"
        strip program
    done
}

check gcc blob -O2
[ "$(count .farm_src program FSR1)" = 3 ] || fail "a shared header is linked twice"
check gcc text -O0
check gcc blob -O2 -fPIC -pie -ffunction-sections
check gcc text -O2 -flto
if command -v clang-19 >/dev/null; then
    check clang-19 blob -O2
    check clang-19 text -O0
fi

build gcc blob -O2
cp a.o first.o
build gcc blob -O2
cmp a.o first.o || fail "the same input makes other bytes"
readelf --debug-dump=info a.o 2>/dev/null | grep -q 'DW_AT_name.*: a\.c$' || fail "the unit's name is not a.c"
objdump --dwarf=decodedline a.o | grep -A20 '^a.c' | grep -q 'a\.c' || fail "a.c is not in the line table"
objdump -d -l --no-show-raw-insn a.o | awk '
    /^[0-9a-f]+ </ { inside = /<(main|shared)>/ }
    inside && /<farmcc>/ { bad = 1 }
    END { exit bad }' || fail "code of a user's function lies in the prologue"
