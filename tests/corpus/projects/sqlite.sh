# SPDX-License-Identifier: GPL-3.0-or-later
# SQLite: one source of 9 MB, made from many with #line, and its shell running a long script
package=sqlite3
functions=2500
needs=tclsh
flags="-DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS"

setup() {
    ./configure --disable-tcl --disable-readline
    make BCC="$compiler" sqlite3.c shell.c         # the makers of these are programs of their own
}

build() {
    $CC $CFLAGS -c sqlite3.c -o sqlite3.o && $CC $CFLAGS -I. shell.c sqlite3.o $LDFLAGS -o shell -lm -ldl -lpthread
}

check() {
    ./shell :memory: 'SELECT sqlite_version(), sqlite_source_id()'
}

work() {
    ./shell :memory: <"$here/sqlite.sql" 2>&1
    [ "$?" = 1 ]        # some of its statements are wrong
}
