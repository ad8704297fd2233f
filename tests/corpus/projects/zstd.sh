# SPDX-License-Identifier: GPL-3.0-or-later
# Zstandard: GNU make with generated dependencies, assembler beside C, threads
package=zstd
functions=1200

setup() {
    :
}

build() {
    make -C programs -j2 zstd CC="$CC" CFLAGS="$CFLAGS" LDFLAGS="$LDFLAGS" HAVE_ZLIB=0 HAVE_LZMA=0 HAVE_LZ4=0 V=1
}

check() {
    programs/zstd -b1e3i0 lib/compress/*.c 2>&1 | sed 's/[0-9.]* MB.s//g' | grep -c '#'
    make -C tests fuzzer CC="$CC" CFLAGS="$CFLAGS" LDFLAGS="$LDFLAGS" >/dev/null 2>&1
    tests/fuzzer -s1 -i20 -t1 2>&1 | tr '\r' '\n' | grep -a 'OK\|rror' | tail -n 40 
}

work() {
    cat lib/compress/*.c >input
    for level in -1 -3 -9 -16 -19 --fast=3 "--ultra -22"; do
        programs/zstd --single-thread $level -c <input | programs/zstd -d | cksum
    done
    programs/zstd --train -q lib/*/*.c -o dictionary && programs/zstd -D dictionary -c lib/zstd.h | wc -c
    programs/zstd --single-thread --long --check -q -f input && programs/zstd -lv input.zst | grep -v Check
}
