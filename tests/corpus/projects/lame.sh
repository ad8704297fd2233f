# SPDX-License-Identifier: GPL-3.0-or-later
# LAME: floating point, tables, a codec that decodes its own output
package=lame
functions=750

setup() {
    ./configure --disable-shared --disable-dependency-tracking --disable-nasm
}

build() {
    make -j2
}

check() {
    make check 2>&1 | grep -a '^\(PASS\|FAIL\|SKIP\|ERROR\):\|^# ' | sort
}

work() {
    awk 'BEGIN { for (i = 0; i < 60000; i++) printf "%c%c", (i * i) % 127 + 1, (i * 13 % 61) + 1 }' >in.pcm
    for how in "-b 128" "-V 4" "--abr 96 -m m" "-q 0 -b 64"; do
        ./frontend/lame -r -s 44.1 --quiet $how in.pcm out.mp3 && cksum <out.mp3
    done
    ./frontend/lame --decode --quiet out.mp3 out.wav && cksum <out.wav
}
