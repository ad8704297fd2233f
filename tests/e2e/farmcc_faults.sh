#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# farmcc with rewriters that fail in every way, compilers that are killed, full and missing folders: the build goes on
# as without farmcc, the reason is said once and kept in the object, nothing is left behind.
set -u
export LC_ALL=C FARM_OFF=1 TMPDIR="$PWD/tmp" FARM_CACHE="$PWD/cache"
rm -rf ./*
mkdir -p tmp here/bin here/lib/farm
cp "$BIN/farmcc" here/bin/
cp "$BUILD/lib/farm/libfarm.a" here/lib/farm/
farmcc=$PWD/here/bin/farmcc
real=$(command -v gcc)
failures=0

fail()
{
    failures=$((failures + 1))
    echo "failed: $*"
}

# check WHAT ACTUAL EXPECTED
check()
{
    [ "$2" = "$3" ] || { fail "$1"; printf -- '- %s\n+ %s\n' "$3" "$2"; }
}

# rewriter C_BODY: a module whose entry has that body
rewriter()
{
    cat >rewriter.c <<C
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include "instrument/plugin.h"
enum rewrite_outcome plugin_rewrite_unit(const struct rewrite_request *r, struct str *out, struct sites *sites,
                                         struct str *reason)
{
    $1
}
C
    "$real" -D_GNU_SOURCE -shared -fPIC -I"$SOURCE" rewriter.c "$SOURCE"/base/{str,msg}.c \
        -o here/lib/farm/farm_rewriter.so ||
        fail "the rewriter for the test does not compile"
}

reason_in()
{
    objcopy -O binary --only-section=.farm_sites --set-section-flags .farm_sites=alloc "$1" reason.bin 2>/dev/null
    strings -n 8 reason.bin 2>/dev/null | grep -F "$2" >/dev/null || fail "$1 does not hold the reason: $2"
}

# falls_back WHAT REASON: by -c, by compile and link, by -S
falls_back()
{
    rm -f x.o prog x.s
    "$farmcc" "$real" -c x.c -O2 >said 2>&1
    check "$1: status" $? 0
    check "$1: said" "$(cat said)" "farmcc: x.c: not instrumented: $2"
    reason_in x.o "$2"
    "$real" -c x.c -O2 -o plain.o
    check "$1: code" "$(objdump -d x.o | tail -n +4)" "$(objdump -d plain.o | tail -n +4)"
    "$farmcc" "$real" x.c y.c -o prog >said 2>&1
    check "$1: link status" $? 0
    check "$1: link said" "$(cat said)" "farmcc: x.c: not instrumented: $2
farmcc: y.c: not instrumented: $2"
    ./prog
    check "$1: program" $? 7
    reason_in prog "$2"
    "$farmcc" "$real" -S x.c 2>said
    check "$1: -S status" $? 0
    "$real" -c x.s -o x.o || fail "$1: the assembly is broken"
    reason_in x.o "$2"
    check "$1: left behind" "$(ls tmp)" ""
}

printf 'int seven(void) { return 7; }\n' >y.c
printf 'int seven(void);\nint main(void) { return seven(); }\n' >x.c

rewriter 'signal(SIGSEGV, SIG_DFL); raise(SIGSEGV); return 0;'
falls_back "crash" "the rewriter crashed (Segmentation fault)"
rewriter 'signal(SIGABRT, SIG_DFL); abort();'
falls_back "abort" "the rewriter crashed (Aborted)"
rewriter 'raise(SIGKILL); return 0;'
falls_back "killed" "the rewriter was stopped (Killed)"
rewriter 'exit(3);'
falls_back "exit" "the rewriter ended with status 3"
rewriter 'str_add(reason, "asked to fail"); return REWRITE_FAILED;'
falls_back "refusal" "asked to fail"
rewriter 'str_add_bytes(out, r->text, r->len); str_add(out, "int broken = ;\n"); return REWRITE_DONE;'
"$farmcc" "$real" -c x.c >said 2>&1
check "broken text: status" $? 0
check "broken text: said" "$(sed 's/does not compile: .*/does not compile: WHY/' said)" \
    "farmcc: x.c: not instrumented: the rewritten text does not compile: WHY"
"$real" -c x.c -o plain.o
check "broken text: code" "$(objdump -d x.o | tail -n +4)" "$(objdump -d plain.o | tail -n +4)"
rm here/lib/farm/farm_rewriter.so
"$farmcc" "$real" -c x.c >said 2>&1
check "no rewriter: status" $? 0
check "no rewriter: said" "$(sed 's/loaded: .*/loaded: WHY/' said)" \
    "farmcc: x.c: not instrumented: the rewriter cannot be loaded: WHY"

# a part of libLLVM that lacks what libclang wants, or is none at all: the whole is loaded
cp "$BUILD/lib/farm/farm_rewriter.so" here/lib/farm/
llvm=$(ldd here/lib/farm/farm_rewriter.so | sed -n 's/^[[:space:]]*\(libLLVM[^ ]*\) => .*/\1/p')
"$real" -shared -fPIC -x c /dev/null -Wl,-soname,"${llvm:-none}" -o here/lib/farm/libfarm_llvm.so
for part in "too little" none; do
    "$farmcc" "$real" -c x.c >said 2>&1
    check "LLVM, $part: said" "$(cat said)" ""
    objdump -h x.o | grep -F .farm_sites >/dev/null || fail "LLVM, $part: not instrumented"
    echo "no library" >here/lib/farm/libfarm_llvm.so
done
rm here/lib/farm/libfarm_llvm.so

# rewritten text that warns: nobody hears of it
rewriter 'str_add_bytes(out, r->text, r->len); str_add(out, "static int unused; static int *number = 5;\n");
    return REWRITE_DONE;'
for flags in "" -Wall "-Wall -Wextra -Werror"; do
    "$farmcc" "$real" $flags -c x.c >said 2>&1
    check "warning text with '$flags': status" $? 0
    check "warning text with '$flags': said" "$(cat said)" ""
    nm x.o | grep main >/dev/null || fail "warning text with '$flags': no object"
done

# asm that claims the frame pointer's register compiles only without -fno-omit-frame-pointer
rewriter 'str_add_bytes(out, r->text, r->len); str_add(out, "static int rewritten __attribute__((used));\n");
    return REWRITE_DONE;'
printf 'long pushed(long a) { __asm__("xor %%%%rbp, %%%%rbp" : : "r"(a) : "rbp"); return a; }\n' >frame.c
"$farmcc" "$real" -O2 -c frame.c >said 2>&1
check "frame pointer: status" $? 0
check "frame pointer: said" "$(cat said)" ""
nm frame.o | grep rewritten >/dev/null || fail "frame pointer: not rewritten"

# no place for temporary files
TMPDIR=$PWD/none "$farmcc" "$real" -c x.c -o nowhere.o >said 2>&1
check "no TMPDIR: status" $? 0
check "no TMPDIR: said" "$(cat said)" ""
[ -s nowhere.o ] || fail "no TMPDIR: no object"

# no runtime: linked all the same
mv here/lib/farm/libfarm.a here/lib/farm/away.a
"$farmcc" "$real" x.c -c
"$farmcc" "$real" x.o y.c -o prog >said 2>&1
check "no runtime: status" $? 0
check "no runtime: said" "$(sed 's/(.*)/(PATH)/' said)" \
    "farmcc: the runtime is missing (PATH): prog will record nothing"
mv here/lib/farm/away.a here/lib/farm/libfarm.a

# the compiler's death is ours, and a signal to us reaches it
cat >dying <<'C'
#!/bin/sh
case "$*" in *cpp-output*) kill -SEGV $$ ;; esac
exec gcc "$@"
C
cat >slow-gcc <<'C'
#!/bin/sh
case "$*" in
*-E*) exec gcc "$@" ;;
esac
trap 'echo TERM >>got; exit 9' TERM INT
echo $$ >started
read -r line <pipe
C
cat >killed <<'C'
#!/bin/sh
kill -KILL $$
C
chmod +x dying slow-gcc killed
"$farmcc" --farm-cc=./dying -c x.c -o x.o >said 2>&1
check "second compile dies: status" $? 0
FARM_CC=./killed "$farmcc" -c x.c 2>said
check "the compiler is killed: status" $? 137
mkfifo pipe
for signal in INT TERM HUP; do
    rm -f started got
    # the shell makes background processes ignore SIGINT; env gives it back
    FARM_CC=./slow-gcc env --default-signal=INT,TERM,HUP "$farmcc" -c x.c &
    pid=$!
    until [ -s started ]; do :; done
    [ -n "$(ls tmp)" ] || fail "$signal: no temporary folder while compiling"
    kill -$signal $pid
    [ $signal = HUP ] || until [ -s got ]; do :; done
    wait $pid
    check "$signal: status" $? $((128 + $(kill -l $signal)))
    check "$signal: left behind" "$(ls tmp)" ""
done

[ "$failures" = 0 ] || { echo "$failures failures"; exit 1; }
echo "all falls were soft"
