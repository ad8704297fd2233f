#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The examples of the manual pages of farmcc and farmdb do what they say: each one, commands between .EX and .EE, is run
# by the shell beside a copy of one store, and must end with 0, or with the status of a comment before it
# (.\" exit 1), and print something or make a file; .\" beside COMMAND starts that before.
# The store and the programs are those of world.sh.
. "$(dirname "$0")/../e2e/lib.sh"
. "$(dirname "$0")/world.sh"
pages=$FARM_BUILD/share/man

# blocks PAGE: "=== STATUS BESIDE" and the commands of each example, with roff's escapes undone
blocks() {
    sed -n '/^\.SH EXAMPLES/,/^\.SH SEE/p' "$1" | awk '
        /^\.\\" exit/ { status = $3 }
        /^\.\\" beside/ { beside = $0; sub(/.*beside /, "", beside) }
        /^\.EE/ { on = 0 }
        on { gsub(/\\-/, "-"); gsub(/\\\(aq/, "\047"); gsub(/\\\(ti/, "~"); gsub(/\\&/, ""); gsub(/\\e/, "\\"); print }
        /^\.EX/ { on = 1; print "=== " status + 0 " " beside; status = 0; beside = "" }'
}

# Starts a program that an example needs beside it, and waits until it can be watched.
begin_beside() {
    (cd copy && exec $beside >/dev/null) &
    other=$!
    until farmdb live --once --db copy/farm.db >/dev/null 2>&1; do
        kill -0 "$other" || fail "$beside ended"
    done
}

example() {
    status=0
    rm -rf copy
    cp -R world copy
    [ -z "$beside" ] || begin_beside
    (cd copy && sh -e ../commands >../out 2>../err </dev/null) || status=$?
    [ -z "$beside" ] || { kill "$other"; wait "$other" 2>/dev/null || :; }
    cat commands >said
    cat out err >>said
    [ "$status" = "$expected" ] || { cat said; fail "$page: an example ended with $status, not $expected"; }
    [ -s out ] || [ -s err ] || [ "$(ls copy)" != "$(ls world)" ] || { cat said; fail "$page: an example did nothing"; }
}

count=0
for page in "$pages"/man1/farmcc.1 "$pages"/man1/farmdb*.1; do
    blocks "$page" >blocks
    [ -s blocks ] || fail "$page has no examples"
    examples=$(grep -c '^===' blocks)
    at=1
    while [ "$at" -le "$examples" ]; do
        awk -v at="$at" '/^===/ { n++; next } n == at' blocks >commands
        sed -n 's/^=== //p' blocks | sed -n "${at}p" >head
        read -r expected beside <head
        example
        at=$((at + 1)) count=$((count + 1))
    done
done
[ "$count" -ge 40 ] || fail "only $count examples were found"
echo "$count examples"
