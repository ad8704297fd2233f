# SPDX-License-Identifier: GPL-3.0-or-later
# XZ Utils: autoconf, automake and libtool
package=xz-utils
sample=yes
functions=500

setup() {
    ./configure --disable-nls --disable-dependency-tracking
}

build() {
    make -j2
}

check() {
    make -j2 check 2>&1 | grep -a '^\(PASS\|FAIL\|SKIP\|XFAIL\|ERROR\):' | sort
    return "${PIPESTATUS[0]}"
}

work() {
    cat src/liblzma/lzma/*.c >input
    for options in -0 -6 -9e "--x86 --lzma2" "--delta=dist=4 --lzma2=mode=fast" "-Fraw --lzma1" -Flzma; do
        decode=-d
        case $options in *raw*) decode="-d $options" ;; esac
        src/xz/xz -T1 -c $options <input | src/xz/xz -T1 $decode | cksum
    done
    src/xz/xz -k -f input && src/xz/xz -lvv input.xz | grep -v Memory
    for file in tests/files/good*.xz tests/files/bad*.xz; do
        src/xz/xz -T1 -dc "$file" 2>&1 | sed "s,$PWD,," | cksum
    done
    src/xzdec/xzdec <input.xz | cksum
}
