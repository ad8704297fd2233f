#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every form of command line, once with the plain compiler and once with farmcc: same status, same words, same files,
# same dependency files, same names in debug information, no temporary files left.
set -u
cc=${1:-gcc}
command -v "$cc" >/dev/null || { echo "no $cc here"; exit 77; }
export PATH="$BIN:$PATH" TMPDIR="$PWD/tmp" FARM_CACHE="$PWD/cache" FARM_OFF=1 LC_ALL=C
rm -rf tmp plain farm cache
mkdir -p tmp plain farm
failures=0

fail()
{
    failures=$((failures + 1))
    echo "failed: $1"
}

sources()
{
    mkdir -p "$1/sub/in c" "$1/out"
    cat >"$1/sub/one.c" <<'C'
#include <stdio.h>
#include "two.h"
int two(int n);
int main(int argc, char **argv)
{
    (void)argv;
    printf("%s:%d %d\n", __FILE__, __LINE__, two(argc));
    return two(argc) - ANSWER;
}
C
    cat >"$1/sub/two.h" <<'C'
#define ANSWER 42
static inline int half(int n) { return n / 2; }
C
    cat >"$1/two.c" <<'C'
#include "sub/two.h"
int two(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += half(84);
    return sum;
}
C
    printf 'int unused(int n)\n{\n    int never;\n    return n;\n}\n' >"$1/warns.c"
    printf 'int broken(int n)\n{\n    return n +;\n}\n' >"$1/broken.c"
    printf '#warning careful\nint careful(void) { return 1; }\n' >"$1/careful.c"
    printf '#include "missing.h"\n' >"$1/nohead.c"
    cat >"$1/fall.c" <<'C'
#define T(x) \
  ((x) > 1 ? 1 : 0)
int fall(int n)
{
    switch (n) {
    case 1:
        n++;
        /* fall through */
    case 2:
        return T(n);
    }
    return 0;
}
C
    printf 'int indent(int n)\n{\n    if (n)\n        n++;\n        n--;\n    return n;\n}\n' >"$1/indent.c"
    sed 's,/. fall through ./,n--;,' "$1/fall.c" >"$1/fallen.c"
    printf 'const int table[] = {1, 2, 3};\nstruct { int a; } s;\n' >"$1/data.c"
    printf '\t.text\n\t.globl asm_one\nasm_one:\n\tret\n\t.section .note.GNU-stack,"",@progbits\n' >"$1/asm.s"
    printf '#ifdef ONE\nint f(void) { return ONE; }\n#endif\nint g(void) { return 2; }\n' >"$1/in c.c"
    cp "$1/in c.c" "$1/sub/in c/x y.c"
    cp "$1/two.c" "$1/two.txt"
    printf -- '-c "in c.c"\n-DONE=1 -o out/response.o\n' >"$1/args.rsp"
    printf 'extern int f(void);\nint (*p)(void) = f;\n' >"$1/weak.c"
}

# What a folder holds, in a form that must be the same for both: dependency files and preprocessed text as they are, the
# files by name, names in debug information, program output.
describe()
{
    (cd "$1" && find . -type f | LC_ALL=C sort | while read -r file; do
        echo "== $file"
        case $file in
        *.d) cat "$file" ;;
        *.o) [ -z "$names" ] || readelf --debug-dump=info "$file" 2>/dev/null |
                sed -n '/DW_TAG_compile_unit/,/DW_TAG_[^c]/s/.*DW_AT_\('"$names"'\) *:.*: \(.*\)/\1 \2/p' |
                sed 's,/\(plain\|farm\)$,/WORK,' | head -3
            readelf -s "$file" | awk '$4 == "FILE" {print "symbol", $8}' ;;
        *.out | */prog) "$file" a; echo "status $?" ;;
        esac
    done)
}

# same COMMAND: runs it in both folders, `CC` in it being the compiler.
same()
{
    case $1 in                   # farmcc adds debug information where there is none
    *-gsplit*) names=dwo_name ;;
    *-g\ *) names='name\|comp_dir' ;;
    *) names= ;;
    esac
    for side in plain farm; do
        find $side -mindepth 1 -delete
        sources $side
        find $side -type f -name '*.[ch]' -exec touch -d 2020-01-01 {} +
    done
    (cd plain && CC="$cc" && eval "$1" >../plain.stdout 2>../plain.stderr; echo $? >../plain.status)
    (cd farm && CC="farmcc $cc" && eval "$1" >../farm.stdout 2>../farm.stderr; echo $? >../farm.status)
    describe plain >plain.files 2>&1
    describe farm >farm.files 2>&1
    for what in status stdout stderr files; do
        sed -i -e 's,/tmp/cc[A-Za-z0-9]*\.,TEMP.,g; s,/[a-z/0-9]*/tmp/[a-zA-Z0-9-]*\.,TEMP.,g' \
            -e 's,/tmp/[a-z]*-[0-9a-f]*\.,TEMP.,g; s,/\(plain\|farm\)/,/WORK/,g' plain.$what farm.$what
        diff plain.$what farm.$what >difference || { fail "$1: $what"; cat difference; }
    done
    [ -z "$(ls tmp)" ] || { fail "$1: temporary files are left"; rm -rf tmp/*; }
}

same '$CC -c two.c'
same '$CC -c two.c -o out/two.o'
same '$CC -c -oout/two.o two.c'
same '$CC -o out/two.o two.c -c -g'
same '$CC -g -c sub/one.c -o out/deep.o'
same '$CC -O2 -g -c "$PWD/two.c"'
same '$CC -g -S two.c && rm two.s'
same '$CC -S two.c -o out/two.s -O1 && $CC -c out/two.s && rm out/two.s'
same '$CC -g -c two.c sub/one.c'
same '$CC -g -c two.c warns.c -Wall'
same '$CC two.c sub/one.c'
same '$CC -o out/prog two.c sub/one.c'
same '$CC -O2 -o out/prog two.c sub/one.c -lm'
same '$CC -c two.c && $CC -c sub/one.c && $CC -o out/prog one.o two.o && out/prog x; echo $?'
same '$CC -x c -c two.txt -g'
same '$CC -x c two.txt -x none sub/one.c -o out/prog'
same '$CC -xc two.txt sub/one.c -o out/prog'
same '$CC @args.rsp'
same '$CC -c two.c -o out/none @nothing.rsp'
long=$(printf '%0200d' 0)    # twelve thousand of these are more than a command may hold
same "mkdir $long && ar rc $long/none.a && yes $long/none.a | head -12000 >long.rsp &&
    \$CC -c two.c sub/one.c && \$CC one.o two.o @long.rsp -o out/prog && rm -r $long long.rsp"
same '$CC -c "in c.c" -DONE=3 "-DTWO=\"a b\""'
same '$CC -c "sub/in c/x y.c" -MD'
same '$CC -include sub/two.h -c two.c'
same '$CC -c asm.s && $CC asm.o -shared -o out/asm.so'
same '$CC -c asm.s two.c'
same '$CC -E two.c'
same '$CC -E - <two.c'
same '$CC -x c -c - -o out/two.o <two.c'
same '$CC -M two.c'
same '$CC -MM two.c -MT x'
same '$CC --version'
same '$CC -dumpmachine'
same '$CC -print-file-name=libc.so'
same '$CC -fsyntax-only two.c warns.c -Wall'
same '$CC -c two.c -o /dev/null'
same '$CC'
same '$CC -c'
same '$CC -c nothing.c'
same '$CC -c two.c --no-such-option'
same '$CC -c two.c -fno-such-option'
same '$CC -v -c two.c 2>/dev/null'
same '$CC -c data.c -g'
same '$CC -pipe -c two.c -g'
same '$CC -P -c two.c'

# dependency files
same '$CC -MD -c two.c'
same '$CC -MMD -c two.c -o out/x.y.o'
same '$CC -MMD -MP -c two.c -o out/none'
same '$CC -MMD -MF deps.d -c two.c'
same '$CC -MMD -MFdeps.d -MTtarget -c two.c'
same '$CC -MD -MT a -MT b -MQ "\$c" -MF out/d.d -c two.c -o out/two.o'
same '$CC -MMD -S two.c && rm two.s'
same '$CC -MMD -S two.c -o out/two.s && rm out/two.s'
same '$CC -Wp,-MD,out/wp.d -c two.c -o out/two.o'
same '$CC -Wp,-MMD,out/wp.d -c two.c'
same '$CC -MMD -c two.c sub/one.c'
same '$CC -MMD two.c sub/one.c -o out/prog'
same '$CC -MMD two.c -c -Wall -Werror'
same '$CC -MMD -c warns.c -Wall'
same '$CC -MMD -c broken.c'
same 'DEPENDENCIES_OUTPUT=env.d $CC -c two.c'

# diagnostics
for flags in '' -Wall '-Wall -Wextra' '-Wall -Wextra -Werror' '-Wall -Wextra -pedantic-errors -std=c11' -w; do
    for file in warns broken careful nohead fall fallen indent weak; do
        same "\$CC $flags -O2 -c $file.c"
    done
    same "\$CC $flags -O2 two.c warns.c sub/one.c -o out/prog"
    same "\$CC $flags -O2 two.c broken.c sub/one.c -o out/prog"
done
same '$CC -c warns.c -Wall -fdiagnostics-color=always'
same '$CC weak.c -o out/prog 2>/dev/null'
same '$CC weak.c two.c -shared -fPIC -o out/lib.so'

# by-products
same '$CC -fstack-usage -g -c two.c -o out/x.o'
same '$CC -save-temps -c two.c'
same '$CC --coverage -c two.c -o out/x.o'
same '$CC --coverage -c two.c'
same '$CC -g -gsplit-dwarf -c two.c -o out/x.o'
same '$CC -g -gsplit-dwarf two.c sub/one.c -o out/prog && rm -f out/*.dwo'
same '$CC -g -flto -c two.c'
same '$CC -O2 -flto two.c sub/one.c -o out/prog'
same '$CC -c sub/two.h -o out/two.h.gch'
same '$CC -static two.c sub/one.c -o out/prog'
same '$CC -fsanitize=address,undefined two.c sub/one.c -o out/prog'
same '$CC -fopenmp two.c sub/one.c -o out/prog'
same '$CC -r -nostdlib -o out/r.o asm.s'
same '$CC -r two.c sub/one.c -o out/r.o && $CC out/r.o -o out/prog'
same '$CC -static-pie two.c sub/one.c -o out/prog'
printf -v exit_call '%s' 'int n(int x) { return x / 6; }' \
    ' void _start(void) { __asm__("syscall" : : "a"(60), "D"(n(42))); }'
same "printf '%s' '$exit_call' >start.c && \$CC -O2 -nostdlib -static start.c -o out/prog && rm start.c"
same "printf '%s' '$exit_call' >start.c && \$CC -ffreestanding -c start.c && rm start.c &&
    \$CC -nostdlib -static start.o -o out/prog && rm start.o"
same '$CC -shared -fPIC two.c -o out/lib.so && $CC sub/one.c out/lib.so -o out/prog'

[ "$failures" = 0 ] || { echo "$failures differences"; exit 1; }
echo "all the same with $cc"
