#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Lua interpreter, built by its own makefile with CC=farmcc, prints what the plain build prints, with every
# compiler.
. "$(dirname "$0")/lib.sh"
. "$e2e/programs.sh"
need make
fetched lua5.4

# run FOLDER: output and status of every script
run() {
    for script in *.lua; do
        echo "== $script"
        "$1/src/lua" "$script" 2>&1 || echo "status $?"
    done
}

cp "$e2e"/lua/*.lua .
for cc in $(compilers); do
    fresh_store
    build_lua "plain-$cc" "$cc"
    FARM_CC=$cc build_lua "farm-$cc" "$farmcc" 
    run "plain-$cc" >"plain-$cc.out"
    run "farm-$cc" >"farm-$cc.out"
    same "output of the scripts, $cc" "plain-$cc.out" "farm-$cc.out"
    scripts=$(ls ./*.lua | wc -l)
    expect "recorded runs, $cc" "$(query 'SELECT count(*) FROM run')" "$scripts"
    counted=$(instrumented)
    echo "$cc: $counted functions instrumented, $scripts scripts the same"
    within "instrumented functions, $cc" "${counted% of *}" 800 2000
    expect "functions not instrumented, $cc" "${counted% of *}" "${counted#* of }"
done
