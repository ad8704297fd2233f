#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# farmcc where memory, file sizes, disk or permissions run out, where it meets itself, and where it is interrupted at
# any moment: what the plain compiler can do there farmcc can do, with or without counters, and nothing is left behind.
. "$(dirname "$0")/lib.sh"
mkdir tmp tree out
export TMPDIR="$work/tmp" FARM_OFF=1
{
    echo '#include <stdio.h>'
    for i in $(seq 300); do echo "static int f$i(int n) { if (n > $i) n++; return n; }"; done
    echo 'int main(void) { int n = 0;'
    for i in $(seq 300); do echo "n += f$i(n);"; done
    echo 'return n != 0; }'
} >tree/x.c

clean() {
    [ -z "$(ls tmp)" ] || fail "$1: left behind: $(ls tmp)"
}

# limited WHAT ULIMIT...: farmcc ends as gcc does under these limits, and its object is one
limited() {
    what=$1
    shift
    rm -f out/*
    (ulimit "$@"; exec gcc -c tree/x.c -o out/plain.o) 2>plain.said && plain=0 || plain=$?
    [ "$plain" = 0 ] || return 0        # a limit that gcc itself does not fit into
    (ulimit "$@"; exec "$farmcc" gcc -c tree/x.c -o out/farm.o) 2>said || fail "$what: status $?: $(cat said)"
    gcc out/farm.o -o out/prog && out/prog || fail "$what: the object is broken"
    if [ -s said ]; then
        [ "$(wc -l <said)" = 1 ] && grep -q "not instrumented: " said || fail "$what: said $(cat said)"
        fallen=$((fallen + 1))
    fi
    clean "$what"
}
# with all of libLLVM, since the part that we bring fits wherever gcc does
installed=$farmcc farmcc=$work/whole/bin/farmcc fallen=0
mkdir -p whole/bin whole/lib/farm
cp "$installed" whole/bin
cp "$FARM_BUILD/lib/farm/farm_rewriter.so" whole/lib/farm
for megabytes in 60 100 200 300 500 1000; do
    limited "$megabytes MB of memory" -v $((megabytes * 1024))
done
[ $fallen -gt 0 ] || fail "no limit of memory was felt"
farmcc=$installed fallen=0
limited "60 MB of memory" -v 61440
for kilobytes in 48 64 96 128 256 2000; do
    limited "files of $kilobytes KB" -f $kilobytes
done
[ $fallen -gt 0 ] || fail "no limit of file sizes was felt"
limited "10 seconds of CPU" -t 10
limited "40 descriptors" -n 40

# A full disk and a tree that cannot be written to, in a mount namespace of our own
cat >inside.sh <<'S'
set -e
mount -t tmpfs -o size=32k none "$1/tmp"
mount --bind "$1/tree" "$1/tree"
mount -o remount,bind,ro "$1/tree"
cd "$1/tree"
! touch new 2>/dev/null
"$2" gcc -pipe -c x.c -o ../out/full.o
[ -z "$(ls ../tmp)" ]
TMPDIR=$1/out/tmp
mkdir "$TMPDIR"
"$2" gcc -c x.c -o ../out/readonly.o
[ -z "$(ls "$TMPDIR")" ]
S
if unshare -m true 2>/dev/null; then
    unshare -m sh inside.sh "$work" "$farmcc" >said 2>&1 || fail "full or read-only: $(cat said)"
    gcc out/full.o -o out/prog && out/prog || fail "the object of a full disk is broken"
    grep -q "not instrumented" said || fail "a full disk was not felt"
    [ "$("$farmcc" --farm-stats out/readonly.o | head -1)" = "sources    1 of 1 instrumented" ] || fail "read-only tree"
else
    echo "no mount namespaces here: full disks are not tried"
fi

# several at once, into one file
for i in 1 2 3 4; do
    "$farmcc" gcc -O1 -c tree/x.c -o out/same.o &
    pids="${pids:-} $!"
done
for pid in $pids; do
    wait "$pid" || fail "one of several at once fails"
done
gcc out/same.o -o out/prog && out/prog || fail "several at once: the object is broken"
clean "several at once"

# interrupted at any moment, alone and with its group as by Ctrl-C: the end is the signal's, no file stays
ended=0
for step in 0 1 2 3 4 5 6 7 8 9 10 11; do
    for group in --foreground ""; do
        rm -f out/cut.o
        timeout --preserve-status $group -s INT 0.0$((step / 10))$((step % 10))5 \
            env --default-signal=INT "$farmcc" gcc -O2 -c tree/x.c -o out/cut.o 2>/dev/null && status=0 || status=$?
        [ $status = 0 ] || [ $status = 130 ] || fail "interrupted: status $status"
        [ $status = 0 ] || ended=$((ended + 1))
        clean "interrupted"
        [ $status = 0 ] || [ ! -e out/cut.o ] || fail "an object of an interrupted compile stays"
    done
done
[ $ended -gt 0 ] || fail "nothing was interrupted"
echo "all limits were kept"
