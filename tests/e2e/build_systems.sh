#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build_systems.sh SYSTEM: identification and feature probes of a build system give the answers of the plain compiler
# and leave no run; what it builds records. SYSTEM is cmake, meson, autotools, bear, ccache or names.
. "$(dirname "$0")/lib.sh"
PATH=$FARM_BUILD/bin:$PATH
export FARM_SAMPLER=none

mkdir project
cat >project/sum.c <<'C'
#include "config.h"
int sum_to(int n);
int sum_to(int n)
{
    int sum = 0;
    for (int i = 1; i <= n; i++)
        sum += i;
    return sum;
}
C
cat >project/main.c <<'C'
#include <stdio.h>
int sum_to(int n);
int main(void)
{
    printf("sum %d\n", sum_to(100));
    return 0;
}
C

no_runs() {
    ! find "$FARM_DB"* -name '*.rec' 2>/dev/null | grep -q . || fail "$1 left records"
}

# runs PROGRAM LINE: it works, and line LINE of sum.c has 100 hits
runs() {
    fresh_store
    expect "output of $1" "$("$1")" "sum 5050"
    expect "hits of $1" "$(hits sum.c 7)" 100
}

# alike WHAT FILE FILE: equal but for the folders and the compiler's own name and place
alike() {
    for file in "$2" "$3"; do
        sed -E "s:$work/(plain|farm)[a-z-]*:@:g; s:$FARM_BUILD/bin/farmcc:CC:g; s:/usr/bin/gcc:CC:g;
            s/\b(farmcc|gcc)\b/CC/g; s:/tmp/[A-Za-z0-9._/-]*:/tmp/X:g; s/cmTC_[0-9a-f]*/cmTC/g" "$file" >"$file.alike"
    done
    same "$1" "$2.alike" "$3.alike"
}

cmake_project() {
    cat >project/config.h.in <<'H'
#cmakedefine HAVE_PRINTF
#cmakedefine HAVE_NOTHING
#cmakedefine HAVE_SYS_EPOLL_H
#cmakedefine HAVE_TLS
#cmakedefine RUNS
#cmakedefine HAS_WALL
#cmakedefine HAS_NONSENSE
#cmakedefine IPO
#define SIZEOF_LONG @SIZEOF_LONG@
#define ID "@CMAKE_C_COMPILER_ID@ @CMAKE_C_COMPILER_VERSION@ @CMAKE_C_STANDARD_COMPUTED_DEFAULT@"
#define FEATURES "@CMAKE_C_COMPILE_FEATURES@"
#define INCLUDES "@CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES@"
#define LIBRARIES "@CMAKE_C_IMPLICIT_LINK_LIBRARIES@ @CMAKE_C_IMPLICIT_LINK_DIRECTORIES@"
#define TOOLS "@CMAKE_AR@ @CMAKE_C_COMPILER_AR@ @CMAKE_RANLIB@ @CMAKE_LINKER@"
#define ENDIAN @CMAKE_C_BYTE_ORDER@
H
    cat >project/CMakeLists.txt <<'M'
cmake_minimum_required(VERSION 3.16)
project(small C)
include(CheckCSourceRuns)
include(CheckCSourceCompiles)
include(CheckSymbolExists)
include(CheckIncludeFile)
include(CheckTypeSize)
include(CheckCCompilerFlag)
include(CheckIPOSupported)
find_package(Threads REQUIRED)
check_symbol_exists(printf stdio.h HAVE_PRINTF)
check_symbol_exists(no_such_function stdio.h HAVE_NOTHING)
check_include_file(sys/epoll.h HAVE_SYS_EPOLL_H)
check_c_source_compiles("static __thread int x; int main(void) { return x; }" HAVE_TLS)
check_c_source_runs("int main(void) { return 0; }" RUNS)
check_c_compiler_flag(-Wall HAS_WALL)
check_c_compiler_flag(-Wno-such-nonsense=3 HAS_NONSENSE)
check_type_size(long SIZEOF_LONG)
check_ipo_supported(RESULT IPO OUTPUT ignored LANGUAGES C)
configure_file(config.h.in config.h)
add_library(sum SHARED sum.c)
target_include_directories(sum PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
add_executable(prog main.c)
target_link_libraries(prog sum)
M
}

# The compiler's name stands in a few more entries: as itself, and in what was asked of it.
cache_of() {
    grep -v '^#\|^//\|^$\|CMAKE_C_COMPILER:\|CMAKE_GENERATOR\|CMAKE_MAKE_PROGRAM\|_DIR:\|_BINARY_DIR\|HOME_DIRECTORY' \
        "$1/CMakeCache.txt" | sort >"$1/cache"
}

cmake_() {
    need cmake ninja make
    cmake_project
    for generator in "Unix Makefiles" Ninja; do
        rm -rf plain farm farm-env
        cmake -S project -B plain -G "$generator" -DCMAKE_C_COMPILER=gcc >/dev/null 2>plain.said
        FARM_CC=gcc cmake -S project -B farm -G "$generator" -DCMAKE_C_COMPILER=farmcc >/dev/null 2>farm.said
        FARM_CC=gcc CC=farmcc cmake -S project -B farm-env -G "$generator" >/dev/null 2>farm-env.said
        no_runs "cmake -G '$generator'"
        for folder in plain farm farm-env; do cache_of $folder; done
        for folder in farm farm-env; do
            alike "what cmake said" plain.said $folder.said
            alike "config.h of cmake, $folder" plain/config.h $folder/config.h
            alike "CMakeCache.txt, $folder" plain/cache $folder/cache
            FARM_CC=gcc cmake --build $folder -j 2 >said 2>&1 || fail "cmake --build $folder: $(cat said)"
            runs ./$folder/prog
        done
    done
}

meson_() {
    need meson ninja
    cat >project/meson.build <<'M'
project('small', 'c', default_options: ['c_std=gnu11', 'warning_level=3'])
cc = meson.get_compiler('c')
conf = configuration_data()
conf.set_quoted('ID', cc.get_id() + ' ' + cc.version() + ' ' + cc.get_linker_id() + ' ' + cc.get_argument_syntax())
conf.set('HAVE_PRINTF', cc.has_function('printf'))
conf.set('HAVE_NOTHING', cc.has_function('no_such_function'))
conf.set('HAVE_EPOLL', cc.has_header('sys/epoll.h'))
conf.set('SIZEOF_LONG', cc.sizeof('long'))
conf.set('HAS_WALL', cc.has_argument('-Wall'))
conf.set('HAS_NONSENSE', cc.has_argument('-Wno-such-nonsense=3'))
conf.set('HAS_GC', cc.has_link_argument('-Wl,--gc-sections'))
conf.set('HAS_NORETURN', cc.has_function_attribute('noreturn'))
conf.set('ALIGN', cc.alignment('double'))
conf.set('TLS', cc.compiles('static __thread int x; int main(void) { return x; }', name: 'tls'))
conf.set('LINKS', cc.links('int main(void) { return 0; }', name: 'links'))
conf.set('RUNS', cc.run('int main(void) { return 7; }', name: 'runs').returncode())
conf.set_quoted('DEFINED', cc.get_define('__GNUC__'))
threads = dependency('threads')
configure_file(output: 'config.h', configuration: conf)
sum = shared_library('sum', 'sum.c')
executable('prog', 'main.c', link_with: sum, dependencies: threads)
M
    for cc in gcc clang-19; do
        command -v $cc >/dev/null || continue
        rm -rf plain farm
        CC=$cc meson setup plain project >plain.said || fail "meson: $(cat plain.said)"
        FARM_CC=$cc CC=farmcc meson setup farm project >farm.said || fail "meson: $(cat farm.said farm/meson-logs/*)"
        no_runs "meson with $cc"
        alike "config.h of meson with $cc" plain/config.h farm/config.h
        for what in buildoptions dependencies; do
            meson introspect --$what plain | sed 's/"/\n/g' >plain.$what
            meson introspect --$what farm | sed 's/"/\n/g' >farm.$what
            alike "meson introspect --$what" plain.$what farm.$what
        done
        FARM_CC=$cc ninja -C farm >said 2>&1 || fail "ninja: $(cat said)"
        ! grep -q 'farmcc: ' said || fail "said while building: $(cat said)"
        runs farm/prog
    done
}

autotools_() {
    need autoreconf automake libtoolize make
    cat >project/configure.ac <<'M'
AC_INIT([small], [1])
AM_INIT_AUTOMAKE([foreign])
AC_CONFIG_HEADERS([config.h])
AC_PROG_CC
AC_USE_SYSTEM_EXTENSIONS
AM_PROG_AR
LT_INIT
AC_C_CONST
AC_C_INLINE
AC_C_BIGENDIAN
AC_C_RESTRICT
AC_CHECK_SIZEOF([long])
AC_CHECK_SIZEOF([void *])
AC_CHECK_HEADERS([sys/epoll.h no_such_header.h])
AC_CHECK_FUNCS([printf dprintf malloc no_such_function])
AC_FUNC_MALLOC
AC_FUNC_FORK
AC_FUNC_MMAP
AC_SEARCH_LIBS([pow], [m])
AC_TYPE_SIZE_T
AC_RUN_IFELSE([AC_LANG_PROGRAM([[]], [[return 0;]])], [AC_DEFINE([RUNS], [1], [probes run])])
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
M
    cat >project/Makefile.am <<'M'
lib_LTLIBRARIES = libsum.la
libsum_la_SOURCES = sum.c
bin_PROGRAMS = prog
prog_SOURCES = main.c
prog_LDADD = libsum.la
M
    (cd project && autoreconf -fi) >said 2>&1 || fail "autoreconf: $(cat said)"
    for folder in plain farm; do
        mkdir $folder
        cc=gcc
        [ $folder = plain ] || cc=farmcc
        (cd $folder && FARM_CC=gcc ../project/configure -C CC=$cc) >$folder.said 2>&1 ||
            fail "configure: $(cat $folder.said)"
    done
    no_runs configure
    alike "config.h of configure" plain/config.h farm/config.h
    grep -v 'ac_cv_env_\|^#' plain/config.cache >plain.cache
    grep -v 'ac_cv_env_\|^#' farm/config.cache >farm.cache
    alike config.cache plain.cache farm.cache
    alike libtool plain/libtool farm/libtool
    FARM_CC=gcc make -C farm -j2 >said 2>&1 || fail "make: $(cat said)"
    ! grep -q 'farmcc: ' said || fail "said while building: $(cat said)"
    runs farm/prog
    (cd farm && FARM_CC=gcc make distcheck AM_DISTCHECK_CONFIGURE_FLAGS=CC=farmcc) >said 2>&1 ||
        fail "distcheck: $(tail -n 30 said)"
}

makefile_project() {
    : >project/config.h
    printf 'prog: main.o sum.o\n\t$(CC) -o $@ $^\n' >project/Makefile
}

bear_() {
    need bear make
    getent hosts localhost >/dev/null || skip "bear wants an address of localhost"
    makefile_project
    cat >bear.json <<J
{ "output": { "content": { "include_only_existing_source": true, "paths_to_include": [], "paths_to_exclude": [],
                           "duplicate_filter_fields": "file_output" },
              "format": { "command_as_array": true, "drop_output_field": false } },
  "compilation": { "compilers_to_recognize": [ { "executable": "$FARM_BUILD/bin/farmcc" } ],
                   "compilers_to_exclude": [] } }
J
    mkdir links
    ln -s "$FARM_BUILD/bin/farmcc" links/gcc
    for cc in farmcc "$work/links/gcc"; do
        rm -f project/*.o project/prog project/*.json
        (cd project && FARM_CC=gcc bear --config ../bear.json -- make -j2 CC="$cc") >said 2>&1 ||
            fail "bear: $(cat said)"
        sed -n 's/.*"file": ".*\/\([^/"]*\)".*/\1/p' project/compile_commands.json | sort >files
        expect "sources of bear" "$(cat files)" "$(printf 'main.c\nsum.c')"
        runs project/prog
    done
}

# stat NAME: a counter of ccache
stat_of() {
    ccache --print-stats | awk -v name="$1" '$1 == name { print $2 }'
}

# cached WHAT HITS MISSES: builds sum.o again and says what the cache did
cached() {
    before_hits=$(($(stat_of direct_cache_hit) + $(stat_of preprocessed_cache_hit))) before_misses=$(stat_of cache_miss)
    rm -f project/sum.o
    (cd project && ccache farmcc ${options:-} -O2 -c sum.c -o sum.o) || fail "ccache farmcc: $1"
    expect "hits: $1" $(($(stat_of direct_cache_hit) + $(stat_of preprocessed_cache_hit) - before_hits)) "$2"
    expect "misses: $1" $(($(stat_of cache_miss) - before_misses)) "$3"
}

ccache_() {
    need ccache
    makefile_project
    CCACHE_DIR=$work/ccache
    CCACHE_COMPILERCHECK='%compiler% --farm-version'
    export CCACHE_DIR CCACHE_COMPILERCHECK
    export FARM_CC=gcc
    cached "first" 0 1
    cp project/sum.o first.o
    cached "again" 1 0
    same "object from the cache" first.o project/sum.o
    (cd project && ccache farmcc -O2 main.c -c && ccache farmcc main.o sum.o -o prog)
    runs project/prog
    FARM_COUNTS=volatile cached "FARM_COUNTS" 0 1
    FARM_EXCLUDE=sum.c cached "FARM_EXCLUDE" 0 1
    FARM_CC=gcc-12 cached "FARM_CC" 0 1
    options=--farm-exclude=sum.c cached "an option" 0 1
    cached "as first" 1 0
    printf '#!/bin/sh\nexec gcc "$@"\n' >other-gcc
    chmod +x other-gcc
    FARM_CC=$work/other-gcc cached "another compiler" 0 1
    FARM_CC=$work/other-gcc cached "another compiler, again" 1 0
    touch -d '+2 seconds' other-gcc
    FARM_CC=$work/other-gcc cached "the compiler changed" 0 1
    # Objects hold the folder that they were made in.
    mv project first
    cp -r first project-copy
    mv project-copy project
    cached "the same folder" 1 0
    mv project elsewhere
    before_misses=$(stat_of cache_miss)
    (cd elsewhere && rm sum.o && ccache farmcc -O2 -c sum.c -o sum.o)
    expect "misses: another folder" $(($(stat_of cache_miss) - before_misses)) 1
}

names_() {
    makefile_project
    for cc in gcc-12 "clang-19 --target=x86_64-linux-gnu" x86_64-linux-gnu-gcc "ccache gcc" /usr/bin/gcc; do
        need ${cc%% *}
        rm -f project/*.o project/prog
        (cd project && FARM_CC=$cc make -s CC=farmcc) >said 2>&1 || fail "FARM_CC='$cc': $(cat said)"
        [ ! -s said ] || fail "FARM_CC='$cc' said: $(cat said)"
        runs project/prog
        rm -f project/*.o project/prog
        (cd project && make -s CC="farmcc $cc") >said 2>&1 || fail "farmcc $cc: $(cat said)"
        runs project/prog
    done
}

"${1}_"
