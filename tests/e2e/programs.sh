# SPDX-License-Identifier: GPL-3.0-or-later
# How the real programs are built and run; sourced after lib.sh by the tests and by bench/.

# fetched PACKAGE...: makes sure that their sources are there
fetched() {
    sh "$e2e/fetch.sh" "$@" || exit $?
}

# Random seeds fixed, and no cache keyed by the addresses of literals: the counts of a script do not depend on the
# build.
lua_fixed="-Dluai_makeseed=sizeof -DSTRCACHE_N=1 -DSTRCACHE_M=2 -D'l_randomizePivot()=42u'"

# build_lua FOLDER CC [CFLAGS [LDFLAGS]]: Lua's own makefile in src/ makes FOLDER/src/lua
build_lua() {
    cp -r "$FARM_TEST_CACHE/lua5.4" "$1"
    make -C "$1/src" -j2 lua CC="$2" CFLAGS="-Wall -Wextra -DLUA_COMPAT_5_3 -DLUA_USE_LINUX $lua_fixed ${3:--O2}" \
        LDFLAGS="${4:-}" LIBS="-lm -Wl,-E -ldl" >"$1.log" 2>&1 || {
        tail -30 "$1.log" >&2
        fail "lua does not build with $2"
    }
}

# configure_zlib FOLDER CC [CFLAGS]
configure_zlib() {
    cp -r "$FARM_TEST_CACHE/zlib" "$1"
    (cd "$1" && CC="$2" CFLAGS="${3:--O2 -D_LARGEFILE64_SOURCE=1}" ./configure) >"$1.log" 2>&1 || {
        tail -30 "$1.log" >&2
        fail "zlib's configure fails with $2"
    }
}

# build_zlib FOLDER CC CFLAGS TARGET...
build_zlib() {
    zlib_folder=$1
    configure_zlib "$1" "$2" "$3"
    shift 3
    make -C "$zlib_folder" -j2 "$@" >>"$zlib_folder.log" 2>&1 || {
        tail -30 "$zlib_folder.log" >&2
        fail "zlib does not build"
    }
}

# fixed_addresses PROGRAM ARGUMENT...: with a heap at the same addresses in every build
fixed_addresses() {
    [ -f "$work/proof_heap.so" ] ||
        gcc -O2 -fno-builtin -shared -fPIC "$e2e/src/proof_heap.c" -o "$work/proof_heap.so"
    LD_PRELOAD=$work/proof_heap.so setarch -R "$@"
}

# instrumented: how many functions of the programs in the store farmcc instrumented: "N of M"
instrumented() {
    query "SELECT count(*) FILTER (WHERE reason IS NULL) || ' of ' || count(*) FROM function"
}
