# SPDX-License-Identifier: GPL-3.0-or-later
# GLPK: linear and integer programming, a language of its own
package=glpk
functions=1400

setup() {
    ./configure --disable-shared --disable-dependency-tracking --without-gmp
}

build() {
    make -j2
}

check() {
    make check 2>&1 | grep -a 'OPTIMAL\|obj =\|^Objective\|PASS\|FAIL'
}

work() {
    for model in queens sudoku color money zebra diet transp; do
        ./examples/glpsol --math examples/$model.mod 2>&1 | grep -v 'Time used\|Memory used\|GLPSOL'
    done
    ./examples/glpsol --mps examples/murtagh.mps --nopresol 2>&1 | grep -v 'Time used\|Memory'
}
