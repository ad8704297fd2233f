# SPDX-License-Identifier: GPL-3.0-or-later
# Lua: a plain makefile; scripts run with the same random seeds in every build
package=lua5.4
functions=750
flags="-DLUA_USE_LINUX $lua_fixed"
needs=setarch

setup() {
    :
}

build() {
    make -C src -j2 lua CC="$CC" CFLAGS="$CFLAGS -DLUA_COMPAT_5_3" LDFLAGS="$LDFLAGS" LIBS="-lm -Wl,-E -ldl"
}

check() {
    src/lua -e 'print(_VERSION, math.maxinteger)'
}

work() {
    for script in "$e2e"/lua/*.lua; do
        cp "$script" .
        fixed_addresses src/lua "$(basename "$script")"
    done
}
