#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# examples/marks, as users of an installation build it: find_package and pkg-config, by gcc and g++ and by farmcc.
. "$(dirname "$0")/../e2e/lib.sh"
need cmake make g++ pkg-config
cmake --install "$FARM_BUILD" --prefix "$work/prefix" >log
PATH=$work/prefix/bin:$PATH
PKG_CONFIG_PATH=$work/prefix/share/pkgconfig
export PKG_CONFIG_PATH
unset FARM_DB CC CXX
cp -R "$root/examples/marks" .
cd marks
version=$(farmdb --version | sed 's/.* //')

build() { cmake -S . -B "$1" -DCMAKE_PREFIX_PATH="$work/prefix" >log 2>&1 && cmake --build "$1" >>log 2>&1 ||
    { cat log; fail "the example does not build in $1"; }; }
build plain
CC=farmcc CXX="farmcc g++" build farm
plain/marks >plain.out
nm plain/marks | grep -q __farm && fail "without farmcc something of ours is in the program"
[ ! -e farm.db ] && [ ! -e farm.db-records ] || fail "the plain program recorded something"
farm/marks >farm.out
same "output" plain.out farm.out
expect "steps" "$(farmdb sql --format csv "SELECT count FROM mark WHERE kind = 'step'" | tail -n 1)" 300
expect "regions of C and C++" \
    "$(farmdb sql --format csv "SELECT group_concat(name || count) FROM mark WHERE kind = 'region'" | tail -n 1 |
       tr -d '"' | tr , '\n' | sort | tr '\n' ' ')" "fill300 smooth300 "
expect "hits of main.c" "$(farmdb export lcov | grep -c '^SF:.*main\.c')" 1

make -s >log 2>&1 || { cat log; fail "make by pkg-config"; }
./marks >make.out
same "output of make" plain.out make.out
rm -rf marks farm.db*
make -s CC=farmcc >log 2>&1 || { cat log; fail "make CC=farmcc by pkg-config"; }
./marks >make.out
same "output of make CC=farmcc" plain.out make.out
farmdb show >shown
grep -q 'fill' shown || { cat shown; fail "the region is not shown"; }

expect "version of farm.pc" "$(pkg-config --modversion farm)" "$version"
expect "farmcc of farm.pc" "$(realpath "$(pkg-config --variable=farmcc farm)")" "$work/prefix/bin/farmcc"
# Another version, and one of the future, are not taken.
cat >../CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.16)
project(wants C)
find_package(farm ${WANTED} REQUIRED)
message(STATUS "farmcc is ${farm_FARMCC}")
END
cd ..
cmake -S . -B wants -DWANTED="$version" -DCMAKE_PREFIX_PATH="$work/prefix" >log 2>&1 || { cat log; fail "own version"; }
grep -q "farmcc is $work/prefix/bin/farmcc" log || { cat log; fail "farm_FARMCC"; }
cmake -S . -B wants -DWANTED=99 -DCMAKE_PREFIX_PATH="$work/prefix" >log 2>&1 && fail "version 99 was found"
for tool in farmcc farmdb farmsim; do
    case $tool in farmcc) option=--farm-version ;; *) option=--version ;; esac
    "$tool" $option | head -n 1 | grep -q "^$tool $version" || fail "$tool does not tell the version $version"
done
