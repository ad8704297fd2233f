# SPDX-License-Identifier: GPL-3.0-or-later
# wayland: Meson; its tests count descriptors, fork and kill
package=wayland
sample=yes
functions=330
needs="meson ninja"

setup() {
    meson setup out -Ddocumentation=false -Ddtd_validation=false --buildtype=plain
}

build() {
    ninja -C out -j2
}

check() {
    meson test -C out --no-rebuild 2>&1 | sed -n 's,^ *[0-9]*/[0-9]* *\([^ ].*[^ ]\)  *\([A-Z]*\)  .*,\1 \2,p' | sort
    return "${PIPESTATUS[0]}"
}

work() {
    for kind in client-header server-header private-code public-code enum-header; do
        out/src/wayland-scanner $kind <protocol/wayland.xml | cksum
        out/src/wayland-scanner -c $kind protocol/tests.xml "$kind.out" && cksum "$kind.out"
    done
    for program in array-test map-test list-test fixed-test message-test os-wrappers-test; do
        for test in $(out/tests/$program --help 2>&1 | sed -n 's/^\t*\([a-z_0-9]*\)$/\1/p'); do
            out/tests/$program "$test" 2>&1 && echo "$program $test"
        done
    done
}
