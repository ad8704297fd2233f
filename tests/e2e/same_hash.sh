#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Instrumentation changes nothing: farmsim built by cc and by farmcc tells the same history, by every compiler.
. "$(dirname "$0")/lib.sh"

need make
hash_of() { "$@" --json | sed -n 's/.*"hash": "\([0-9a-f]*\)".*/\1/p'; }

for cc in $(compilers); do
    FARM_CC=$cc
    export FARM_CC
    for level in -O0 -O2 -O3; do
        make -s -C "$root/sim" CC="$cc" OUT="$work/plain" CFLAGS="$level -g"
        make -s -C "$root/sim" CC="$farmcc" OUT="$work/farm" CFLAGS="$level -g"
        nm farm/farmsim | grep -q __farm_register || fail "farmcc $cc $level did not instrument farmsim"
        for scenario in default crowd sparse plenty chaos; do
            plain=$(hash_of plain/farmsim --scenario $scenario)
            [ "$plain" ] || fail "farmsim prints no hash"
            expect "hash of $scenario, $cc $level" "$(hash_of farm/farmsim --scenario $scenario)" "$plain"
        done
        rm -rf plain farm
    done
    fresh_store
done
