# SPDX-License-Identifier: GPL-3.0-or-later
# zlib: a configure script of its own, a shared and a static library
package=zlib
sample=yes
functions=140
flags=-D_LARGEFILE64_SOURCE=1

setup() {
    ./configure
}

build() {
    make -j2 all example minigzip infcover
}

check() {
    make test 2>&1 | grep -a 'OK\|FAILED'
    ./infcover 2>&1
}

work() {
    ./example foo.gz | grep -v version
    ./infcover 2>&1
    for level in 1 4 6 9; do
        cat ./*.c | ./minigzip -$level | ./minigzip -d | cksum
    done
}
