#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# CPU time of compiling with farmcc against the plain compiler at -O2, of whole projects: silent builds, one that warns,
# and with -Werror (where the plain compile always comes first). Units of XZ and less are small, so starting counts
# most. Last, time and memory of one very large source.
ROUNDS=${ROUNDS:-3}
. "$(dirname "$0")/lib.sh"
need make tclsh time "$BENCH_CC"
fetched lua5.4 zlib xz-utils less sqlite3

cp -r "$FARM_TEST_CACHE/lua5.4" lua
configure_zlib zlib "$BENCH_CC"
options="-Wall -Wextra -DLUA_COMPAT_5_3 -DLUA_USE_LINUX"
zlib_objects="example.o minigzip.o adler32.o crc32.o deflate.o infback.o inffast.o inflate.o inftrees.o trees.o zutil.o
    compress.o uncompr.o gzclose.o gzlib.o gzread.o gzwrite.o"
zlib_objects=$(echo $zlib_objects)

# configured PACKAGE FOLDER OPTION...
configured() {
    cp -a "$FARM_TEST_CACHE/$1" "$2"        # files that are newer than others would have configure made anew
    folder=$2
    shift 2
    (cd "$folder" && ./configure CC="$BENCH_CC" "$@") >"$folder.log" 2>&1 || fail "$folder's configure fails"
}
configured xz-utils xz --disable-nls --disable-dependency-tracking --disable-shared
configured less less
configured sqlite3 sqlite --disable-tcl --disable-readline
make -C sqlite BCC="$BENCH_CC" sqlite3.c >sqlite.log 2>&1 || fail "there is no sqlite3.c"

# row NAME COMMAND: @ stands for the compiler
row() {
    for cc in "$BENCH_CC" "$farmcc"; do
        printf '%s\t%s\n' "$cc" "$(echo "$2" | sed "s:@:$cc:g") >/dev/null 2>&1"
    done >"$work/commands"
    "$work/pairs" "$ROUNDS" "$work/commands" | awk -F '\t' -v name="$1" '
        NR == 1 { plain = $2 }
        NR == 2 { printf "| %s | %.2f | %.2f | %.2f (%.2f-%.2f) |\n", name, plain, $2, $3, $4, $5 }'
}

# large NAME SOURCE: what one compile of it takes, by each
large() {
    for cc in "$BENCH_CC" "$farmcc"; do
        env time -f '%U %S %M' -o figures "$cc" -O2 -c "$2" -o large.o >large.log 2>&1 || fail "$2: $(cat large.log)"
        cat figures
    done | awk -v name="$1" '
        { cpu[NR] = $1 + $2; memory[NR] = $3 / 1024 }
        END { printf "| %s | %.1f | %.1f | %.2f | %.0f | %.0f |\n", name, cpu[1], cpu[2], cpu[2] / cpu[1], memory[1],
            memory[2] }'
}

lua_row="rm -f lua/src/*.o lua/src/*.a; make -j2 -C lua/src lua CC=@ LIBS='-lm -Wl,-E -ldl' CFLAGS='-O2 $options"
less_row="rm -f less/*.o; make -j2 -C less CC=@ CFLAGS='-O2 -Wall"
{
    echo "## Compile time ($BENCH_CC)"
    echo
    echo "$(machine). CPU seconds at -O2, medians of $ROUNDS interleaved rounds."
    echo
    echo "| project | plain s | farmcc s | ratio |"
    echo "|---|---|---|---|"
    row "lua" "$lua_row'"
    row "lua, -Werror" "$lua_row -Werror'"
    row "zlib" "rm -f zlib/*.o; make -j2 -C zlib CC=@ $zlib_objects"
    row "zlib, -Werror" "rm -f zlib/*.o; make -j2 -C zlib CC='@ -Werror' $zlib_objects"
    row "farmsim" "make -j2 -C $root/sim -B OUT=$work/sim CC=@"
    row "xz" "find xz -name '*.o' -delete -o -name '*.l[oa]' -delete; make -j2 -C xz CC=@ CFLAGS='-O2 -Wall -Wextra'"
    row "less" "$less_row'"
    row "less, -Wextra, which warns" "$less_row -Wextra'"
    echo
    echo "| one source | plain s | farmcc s | ratio | plain MB | farmcc MB |"
    echo "|---|---|---|---|---|---|"
    large "sqlite3.c, 9 MB" sqlite/sqlite3.c
} | publish "compile $BENCH_CC"
