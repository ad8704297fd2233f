#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed works where it was put, also after it was moved, and nothing is put elsewhere.
. "$(dirname "$0")/lib.sh"

need make cmake
unset FARM_DB
[ -f "$FARM_BUILD/CMakeCache.txt" ] || skip "$FARM_BUILD is no build folder"

cmake --install "$FARM_BUILD" --prefix "$work/prefix" >install.log
(cd prefix && find . -type f | sed 's|^\./||' | grep -v '^share/doc/farm/docs/' | sort) >installed
cat >expected <<END
bin/farmcc
bin/farmdb
bin/farmsim
include/farm/farm.h
include/farm/format.h
include/farm/format_course.h
include/farm/format_time.h
lib/cmake/farm/farmConfig.cmake
lib/cmake/farm/farmConfigVersion.cmake
lib/farm/farm_rewriter.so
lib/farm/libfarm.a
lib/farm/libfarm_guest.a
lib/farm/libfarm_names.a
share/bash-completion/completions/farmcc
share/bash-completion/completions/farmdb
share/doc/farm/CHANGELOG.md
share/doc/farm/LICENSE
share/doc/farm/LICENSE.runtime
share/doc/farm/README.md
share/doc/farm/examples/marks/CMakeLists.txt
share/doc/farm/examples/marks/Makefile
share/doc/farm/examples/marks/main.c
share/doc/farm/examples/marks/smooth.cpp
share/farm/plots/heat.gp
share/farm/plots/scale.gp
share/farm/plots/steps.gp
share/farm/plots/style.gp
share/man/man1/farmcc.1
share/man/man1/farmdb.1
share/man/man1/farmsim.1
share/man/man3/farm.h.3
share/pkgconfig/farm.pc
share/zsh/site-functions/_farmcc
share/zsh/site-functions/_farmdb
END
"$farmdb" --help | sed -n '/^commands:/,/^$/s|^  \([a-z][a-z]*\) .*|share/man/man1/farmdb-\1.1|p' >>expected
[ ! -e "$FARM_BUILD/lib/farm/libfarm_llvm.so" ] || echo lib/farm/libfarm_llvm.so >>expected
sort -o expected expected
same "installed files" expected installed

DESTDIR=$work/staged cmake --install "$FARM_BUILD" --prefix /usr >install.log
sed -i s/site-functions/vendor-completions/ expected && sort -o expected expected
(cd staged/usr && find . -type f | sed 's|^\./||' | grep -v '^share/doc/farm/docs/' | sort) >installed
same "staged files" expected installed
expect "folders beside the staged prefix" "$(ls staged)" usr

mv prefix moved
mkdir project
cat >project/Makefile <<'END'
CC = cc
CFLAGS = -O2
tiny: main.o sum.o
	$(CC) $(CFLAGS) -o $@ main.o sum.o
END
cat >project/sum.c <<'END'
long sum(long n)
{
    long total = 0;
    for (long i = 0; i < n; i++)
        total += i * i % 7;
    return total;
}
END
cat >project/main.c <<'END'
#include <stdio.h>
long sum(long n);
int main(void)
{
    long total = 0;
    for (int i = 0; i < 100; i++)
        total += sum(1000);
    printf("%ld\n", total);
    return 0;
}
END
cd project
make -s >make.log 2>&1
./tiny >plain.out
rm -f tiny ./*.o
PATH=$work/moved/bin:$PATH
make -s CC=farmcc
./tiny >farm.out
same "output" plain.out farm.out
[ -f farm.db ] || [ -d farm.db-records ] || fail "nothing was recorded in the project's folder"
farmdb=farmdb
expect "hits of the inner loop's body" "$(hits sum.c 5)" 100000
farmdb report --function sum >report
grep -q 'total += i \* i % 7;' report || { cat report; fail "the report lacks the source"; }
farmdb top | grep -q sum || fail "farmdb top lacks the function"
