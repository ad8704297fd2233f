# SPDX-License-Identifier: GPL-3.0-or-later
# jq: autoconf and libtool, from a source without a configure script; generated lexer and parser
package=jq
sample=yes
functions=450
needs="autoreconf libtoolize"

setup() {
    autoreconf -fi
    ./configure --without-oniguruma --disable-maintainer-mode --disable-dependency-tracking
}

build() {
    make -j2
}

check() {
    make check NO_VALGRIND=1 2>&1 | grep -a '^\(PASS\|FAIL\|SKIP\|XFAIL\|ERROR\):\|^[0-9]* of [0-9]* tests' | sort
    return "${PIPESTATUS[0]}"
}

work() {
    ./jq --run-tests tests/jq.test | grep -v '^Test #'
    ./jq -n '[range(3000)] | map({a: ., b: (. * 7 % 13 | tostring)}) | group_by(.b) | map(length)'
    ./jq -n '[limit(2000; repeat("ab"))] | add | explode | map(. + 1) | implode | length'
    ./jq -S . tests/modules/data.json
}
