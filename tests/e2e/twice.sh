#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same text compiled twice, with the same flags, into one program (as libtool and careless makefiles do): it links,
# and both copies count as one.
. "$(dirname "$0")/lib.sh"

cat >part.c <<'CODE'
static int half(int x)
{
    return x / 2;
}
static void __attribute__((constructor)) start(void)
{
    volatile int x = 8;
    x = half(half(x));
}
CODE
echo 'int main(void) { return 0; }' >main.c

count_copies() {
    fresh_store
    mkdir -p other
    for object in one.o two.o other/one.o; do "$farmcc" -O2 -c part.c -o "$object" || fail "$cc: $object"; done
    "$farmcc" main.c one.o two.o other/one.o -o program || fail "$cc: the copies do not link"
    ./program || fail "$cc: the program fails"
    expect "hits of three copies, $cc" "$(hits part.c 3)" 6
    fresh_store
    ld -r one.o two.o -o both.o
    "$farmcc" main.c both.o -o program && ./program || fail "$cc: ld -r"
    expect "hits of two copies behind ld -r, $cc" "$(hits part.c 3)" 4
}

for cc in gcc clang-19; do
    command -v $cc >/dev/null || continue
    FARM_CC=$cc
    export FARM_CC
    count_copies
done
