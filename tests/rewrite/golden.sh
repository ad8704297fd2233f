#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# golden.sh CASE: what the rewriter makes of CASE/in.c must be CASE/out.c (UPDATE=1 writes it), must compile under both
# compilers with no warning that the plain text has not, and must do what the plain text does.
# CASE/flags: compiler flags; CASE/only: the compilers that can compile it; CASE/rewriter: options of the rewriter.
set -eu
case=$1
name=$(basename "$case")
rewriter=$BUILD/tests/rewriter
flags=$(cat "$case/flags" 2>/dev/null || true)
own=$(cat "$case/rewriter" 2>/dev/null || true)
warnings="-Wall -Wextra -Wshadow -Wno-unused-label"

fail() {
    echo "$name: $1" >&2
    exit 1
}

# The entry of a function is the same everywhere but for the counter, if it has one, and for how it is called again to
# be timed.
short() {
    sed -E 's/__farm_count\*(volatile )?__farm_c __attribute__.*__farm_t\)\[([0-9]+)\];[^;]*__farm_t;\}\);/<\1entry \2>/
            s/__farm_count\*(volatile )?__farm_c __attribute__.*--__farm_e\[([0-9]+)\]/<\1timed entry \2/
            s/__farm_count\*(volatile )?__farm_c __attribute__.*"cc"\);.*__farm_t;\}\);/<\1base>/
            s/(<(volatile )?timed entry [0-9]+).*__farm_p\)(\([^;]*),\(void\*\)&__farm_k\)/\1, again\3>/
            s/(<(volatile )?timed entry [^>]*>).*__farm_t;\}\);/\1/
            s/char __farm_c __attribute__.*void\*__farm_t;.*::"cc"\);/<asks>&/
            s/char __farm_c __attribute__.*sub\{q\}.*\+m"\(__farm_n\[([0-9]+)\]\)/<timed entry \1/
            s/(<timed entry [0-9]+).*__farm_p\)(\([^;]*),\(void\*\)&__farm_k\).*1ull<<62;\}0;\}\);/\1, again\2>/
            s/char __farm_c __attribute__[^;]*\(\{(void.*"cc"\);)?\+\+__farm_n\[([0-9]+)\];0;\}\);/<entry \2>/
            s/char __farm_c __attribute__.*::"cc"\);0;\}\);//
            s/\}extern __typeof__\(([a-z_0-9]*)\)__farm_f_.*$/}<another name of \1>/
            s/__farm_count\*(volatile )?__farm_x __attribute__[^;]*__farm_c\+([0-9]+)\);/<\1lines \2>/
            s/__farm_lap\(&__farm_x,/__farm_lap(/g
            s/(__farm_here_)[0-9a-f]+/\1ID/g'
}

"$rewriter" --short $own $flags <"$case/in.c" 2>reasons | short >out.c
sed 's/^/not instrumented: /' reasons >>out.c
[ "${UPDATE:-}" = 1 ] && cp out.c "$case/out.c"
diff -u "$case/out.c" out.c || fail "the rewritten text differs"

for cc in $(cat "$case/only" 2>/dev/null || echo gcc clang-19); do
    command -v "$cc" >/dev/null || continue
    options= quiet=
    [ "$cc" = gcc ] || options=--clang quiet=-Wno-gnu-line-marker
    cp "$case/in.c" plain.i
    for way in portable pointer direct; do
        level=-O2 target= words=
        case $way$own in
        portable) level=-O0 target=--portable ;;         # as for other processors
        direct*) target=--direct ;;
        esac
        case $cc$way$flags in gccdirect*-std=c*) words=-fasm ;; esac
        "$rewriter" $options $target $own $flags <"$case/in.c" >full.i 2>/dev/null
        for text in plain full; do
            $cc $flags $words $warnings $quiet $level -c $text.i -o $text.o 2>$text.log || {
                cat $text.log >&2
                fail "$cc $level $way does not compile the $text text"
            }
            $cc $flags $text.o -o $text
            ./$text >$text.out && status=0 || status=$?
            echo "status $status" >>$text.out
        done
        cmp plain.out full.out || fail "$cc $level $way: the rewritten program does something else"
        [ -s plain.log ] || [ ! -s full.log ] || {
            cat full.log >&2
            fail "$cc $level $way warns about the rewritten text only"
        }
    done
done
