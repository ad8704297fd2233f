# SPDX-License-Identifier: GPL-3.0-or-later
# What the examples of the manuals and the tests of documents are tried on, sourced behind lib.sh: the folder world with
# the program prog (prog.c beside this), old/prog and new/prog, which does more, and its store farm.db: the sweep
# growth over n, twelve runs of each of the labels before and after, and a latest run of its own. other.db is the store
# of another machine.
need make cmake
PATH=$FARM_BUILD/bin:$PATH
unset FARM_DB
mkdir world
cd world
build() { farmcc -O1 -g -DWANTED="$2" -DSTEPS="$3" "$here/prog.c" -o "$1" || fail "prog.c does not compile"; }
mkdir old new
build old/prog 3 4
build new/prog 4 6
cp old/prog prog
cp "$here/prog.c" prog.c
cat >Makefile <<'END'
CC = cc
prog: prog.c
	$(CC) -O1 -DWANTED=3 -DSTEPS=4 prog.c -o $@
END
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.16)
project(prog C)
add_executable(prog prog.c)
END
FARM_DB=$work/world/other.db farmdb record -l other -- ./prog 100 >/dev/null
farmdb sweep -P n=100..1600/5 -r 2 -l growth -- ./prog '{n}' >/dev/null 2>&1
farmdb record --interleave -r 12 -l before -l after -- 'old/prog 1500' 'new/prog 1500' >/dev/null 2>&1
farmdb record -- ./prog 3000 >/dev/null
cd ..
