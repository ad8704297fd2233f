# SPDX-License-Identifier: GPL-3.0-or-later
# LMDB: a database in a shared mapping, processes that write to it
package=lmdb
functions=170

setup() {
    true
}

build() {
    make -C libraries/liblmdb -j2 CC="$CC" OPT="$CFLAGS" LDFLAGS="$LDFLAGS" liblmdb.a mtest mdb_load mdb_stat mdb_dump mdb_copy
}

check() {
    (cd libraries/liblmdb && rm -rf testdb && mkdir testdb && ./mtest >/dev/null)      # of other numbers each time
}

work() {
    (
        cd libraries/liblmdb && rm -rf testdb && mkdir testdb
        awk 'BEGIN { print "VERSION=3\nformat=print\ntype=btree\nmapsize=10485760\nHEADER=END"
            for (i = 0; i < 5000; i++) printf " k%d\n v%d\n", (i * 7919) % 5003, i
            print "DATA=END" }' | ./mdb_load testdb
        ./mdb_stat -e testdb | grep -v 'Map address'
        ./mdb_dump -p testdb | cksum
        rm -rf copy && mkdir copy && ./mdb_copy -c testdb copy && ./mdb_stat copy
    )
}
