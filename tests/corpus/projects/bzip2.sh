# SPDX-License-Identifier: GPL-3.0-or-later
# bzip2: a plain makefile
package=bzip2
sample=yes
functions=60

setup() {
    :
}

build() {
    make -j2 CC="$CC" CFLAGS="$CFLAGS -D_FILE_OFFSET_BITS=64" LDFLAGS="$LDFLAGS" bzip2 bzip2recover
}

check() {
    make CC="$CC" CFLAGS="$CFLAGS -D_FILE_OFFSET_BITS=64" LDFLAGS="$LDFLAGS" test
}

work() {
    for level in 1 5 9; do
        cat ./*.c | ./bzip2 -$level | ./bzip2 -d | cksum
    done
    ./bzip2 -d <sample1.bz2 | cksum
    ./bzip2 -ds <sample2.bz2 | cksum
    ./bzip2 -tv <sample3.bz2
    ./bzip2 -d <bzip2.c
    [ "$?" = 2 ]
}
