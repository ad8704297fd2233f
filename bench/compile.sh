#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# CPU time of compiling with farmcc against the plain compiler at -O2; quiet, and with -Werror (where the plain compile
# always comes first).
ROUNDS=${ROUNDS:-3}
. "$(dirname "$0")/lib.sh"
need make "$BENCH_CC"
fetched lua5.4 zlib

cp -r "$FARM_TEST_CACHE/lua5.4" lua
configure_zlib zlib "$BENCH_CC"
options="-Wall -Wextra -DLUA_COMPAT_5_3 -DLUA_USE_LINUX"
zlib_objects="example.o minigzip.o adler32.o crc32.o deflate.o infback.o inffast.o inflate.o inftrees.o trees.o zutil.o
    compress.o uncompr.o gzclose.o gzlib.o gzread.o gzwrite.o"
zlib_objects=$(echo $zlib_objects)

# row NAME COMMAND: @ stands for the compiler
row() {
    for cc in "$BENCH_CC" "$farmcc"; do
        printf '%s\t%s\n' "$cc" "$(echo "$2" | sed "s:@:$cc:g") >/dev/null 2>&1"
    done >"$work/commands"
    "$work/pairs" "$ROUNDS" "$work/commands" | awk -F '\t' -v name="$1" '
        NR == 1 { plain = $2 }
        NR == 2 { printf "| %s | %.2f | %.2f | %.2f (%.2f-%.2f) |\n", name, plain, $2, $3, $4, $5 }'
}

lua_row="rm -f lua/src/*.o lua/src/*.a; make -C lua/src lua CC=@ LIBS='-lm -Wl,-E -ldl' CFLAGS='-O2 $options"
{
    echo "## Compile time ($BENCH_CC)"
    echo
    echo "$(machine). CPU seconds at -O2, medians of $ROUNDS interleaved rounds."
    echo
    echo "| project | plain s | farmcc s | ratio |"
    echo "|---|---|---|---|"
    row "lua" "$lua_row'"
    row "lua, -Werror" "$lua_row -Werror'"
    row "zlib" "rm -f zlib/*.o; make -C zlib CC=@ $zlib_objects"
    row "farmsim" "make -C $root/sim -B OUT=$work/sim CC=@"
} | publish "compile $BENCH_CC"
