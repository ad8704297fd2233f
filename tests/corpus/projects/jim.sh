# SPDX-License-Identifier: GPL-3.0-or-later
# Jim Tcl: autosetup's probes, an interpreter, K&R habits such as return(x)
package=jimtcl
functions=850

setup() {
    CCACHE=none ./configure
}

build() {
    make -j2
}

check() {
    make test 2>&1 | grep -a '^[a-z0-9-]*\.test\|^Total\|failed' | grep -v ' ms$'
    return "${PIPESTATUS[0]}"
}

work() {
    ./jimsh tests/parse.test
    ./jimsh tests/lsort.test
    ./jimsh tests/expr.test
    ./jimsh tests/regexp.test
    ./jimsh tests/dict.test
    ./jimsh -e 'proc f n {if {$n < 2} {return $n}; expr {[f [expr {$n-1}]] + [f [expr {$n-2}]]}}; f 20'
}
