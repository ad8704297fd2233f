#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# languages.sh COMPILER: what C has to offer, one program each (languages/*.c): it does what the plain compiler's does,
# and each line marked with `= N` (for a moved line: `= N file:line`) has run N times. A comment at the top of a program
# may give `flags:`, `link:` and `only:` the compilers that know it. Then forms of source that are made here, and
# languages that pass through.
. "$(dirname "$0")/lib.sh"
. "$here/marks.sh"
cc=${1:-gcc}
command -v "$cc" >/dev/null || skip "no $cc here"
cp -r "$here"/languages/* .

setting() {
    sed -n "s,^/\* $1: \(.*\) \*/\$,\1,p" "$2"
}

# try NAME FILE... : builds NAME from the first of the files; marks are in all of them
try() {
    name=$1
    shift
    only=$(setting only "$1") flags=$(setting flags "$1") link=$(setting link "$1")
    [ -z "$only" ] || [ "$only" = "$cc" ] || return 0
    fresh_store
    if ! $cc -O1 $flags "$1" -o plain.out $link 2>plain.said; then
        echo "$name: $cc does not compile it"
        skipped=$((skipped + 1))
        return 0
    fi
    "$farmcc" $cc -O1 $flags "$1" -o farm.out $link 2>farm.said || fail "$name: does not compile: $(cat farm.said)"
    same "$name: what is said" plain.said farm.said
    ./plain.out <"$1" >plain.wrote; plain=$?
    ./farm.out <"$1" >farm.wrote; expect "$name: status" $? $plain
    same "$name: output" plain.wrote farm.wrote
    counts_as_marked "$name" "$@"
    tried=$((tried + 1))
}

tried=0 skipped=0
for file in *.c; do
    [ "$file" = included.c ] && continue
    try "${file%.c}" "$file"
done
try "#include of C" included.c included.inc

# forms of source that are made here
sed 's/$/\r/' computed_goto.c >crlf.c
try "CRLF" crlf.c
{ printf '\357\273\277'; cat case_ranges.c; } >mark.c
try "byte-order mark" mark.c
printf 'int printf(const char *, ...);\nint main(void) { int n = 0;' >long.c
awk 'BEGIN { for (i = 0; i < 20000; i++) printf " if (n >= 0) n++;" }' >>long.c
printf '\nreturn n != 20000; /*= 1 */ }\n' >>long.c
try "a line of 340,000 bytes" long.c
{
    printf 'int main(void) { int n = '
    awk 'BEGIN { for (i = 0; i < 2000; i++) printf "("; printf "1"; for (i = 0; i < 2000; i++) printf ")"; print ";" }'
    printf 'return n - 1; /*= 1 */ }\n'
} >deep.c
[ "$cc" = gcc ] && try "2000 parentheses" deep.c
echo '#include "case_ranges_part.c"' >unity.c
sed 's/main/other/' case_ranges.c >case_ranges_part.c
sed -n '/^#/!p' computed_goto.c >>unity.c
try "unity build" unity.c
mkdir sub
cp case_ranges.c "sub/with space.c"
try "a space in the path" "sub/with space.c"

# other languages pass through
printf 'int main() { return [] { return 7; }(); }\n' >cpp.cpp
"$farmcc" "$cc" -c cpp.cpp -o cpp.o 2>said && expect "C++" "$("$farmcc" --farm-stats cpp.o 2>/dev/null | head -1)" \
    "no C source in there was compiled by farmcc"
printf '#define SEVEN 7\n.globl seven\nseven: mov $SEVEN, %%eax\nret\n.section .note.GNU-stack,"",@progbits\n' >seven.S
printf 'int seven(void);\nint main(void)\n{\n    return seven() - 7; /*= 1 */\n}\n' >uses.c
"$farmcc" "$cc" uses.c seven.S -o mixed && ./mixed || fail "assembler beside C"
if command -v gfortran >/dev/null && [ "$cc" = gcc ]; then
    printf '      end\n' >f.f
    "$farmcc" gcc -c f.f || fail "Fortran does not pass"
fi
[ "$tried" -ge 20 ] || fail "only $tried programs were tried"
echo "$tried programs count right with $cc; it does not know $skipped"
