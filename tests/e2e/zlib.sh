#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# zlib: ./configure && make test with CC=farmcc gives the same configuration and passes the same tests, static and
# shared.
. "$(dirname "$0")/lib.sh"
. "$e2e/programs.sh"
need make
fetched zlib

for cc in $(compilers); do
    fresh_store
    configure_zlib "plain-$cc" "$cc"
    FARM_CC=$cc configure_zlib "farm-$cc" "$farmcc"
    for file in zconf.h zlib.pc; do
        same "$file, $cc" "plain-$cc/$file" "farm-$cc/$file"
    done
    sed "s:^\(CC\|LDSHARED\|CPP\)=$cc:\1=$farmcc:" "plain-$cc/Makefile" >"plain-$cc.mk"
    same "Makefile, $cc" "plain-$cc.mk" "farm-$cc/Makefile"
    expect "runs recorded by configure, $cc" "$(find "$FARM_DB-records" -name '*.rec' 2>/dev/null | wc -l)" 0
    for build in plain farm; do
        FARM_CC=$cc make -C "$build-$cc" test >"$build-$cc.test" 2>&1 || {
            tail -20 "$build-$cc.test" >&2
            fail "make test, $build, $cc"
        }
        grep -v '^make\|farmcc\|^gcc\|^clang\|^ar ' "$build-$cc.test" >"$build-$cc.out" || true
    done
    same "what make test says, $cc" "plain-$cc.out" "farm-$cc.out"
    grep -q 'zlib test OK' "farm-$cc.out" || fail "no 'zlib test OK'"
    grep -q 'zlib shared test OK' "farm-$cc.out" || fail "no 'zlib shared test OK'"
    counted=$(instrumented)
    echo "$cc: $counted functions instrumented"
    within "instrumented functions, $cc" "${counted% of *}" 100 2000
    expect "functions not instrumented, $cc" "${counted% of *}" "${counted#* of }"
done
