#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A real program, slowed down on purpose below unrelated edits: Lua, whose string.reverse becomes quadratic, once
# because a line costs more (strlen in the condition of its loop), once because a line runs more often (a loop around
# it), and whose string.upper allocates once more. What changed must be named first, with its cause.
. "$(dirname "$0")/lib.sh"
. "$e2e/programs.sh"
need make
fetched lua5.4

# edited FOLDER: a copy of Lua with edits that change nothing: lines above, functions moved and renamed, another layout
edited() {
    cp -r "$FARM_TEST_CACHE/lua5.4" "$1"
    awk '
        /^#include "lprefix.h"/ { print "/* Edited. */"; print; print "\nstatic int edited = 1;"; next }
        /^static int str_upper / { taken = 1 }
        taken { kept = kept $0 "\n"; if (/^}/) taken = 0; next }
        /^static const luaL_Reg strlib/ { printf "%s\n", kept }
        {
            gsub(/str_rep/, "repeat_string")
            sub(/for \(i=0; i<l; i\+\+\)/, "for (i = 0;\n       i < l;\n       i++)")
            print
        }
    ' "$FARM_TEST_CACHE/lua5.4/src/lstrlib.c" >"$1/src/lstrlib.c"
}

# in_function FOLDER NAME SED: edits one function
in_function() {
    sed "/^static int $2 /,/^}/ { $3 }" "$1/src/lstrlib.c" >edited.c
    cmp -s edited.c "$1/src/lstrlib.c" && fail "nothing to edit in $2"
    mv edited.c "$1/src/lstrlib.c"
}

make_lua() {
    make -C "$1/src" -j2 lua CC="$farmcc" CFLAGS="-O2 -DLUA_COMPAT_5_3 -DLUA_USE_LINUX $lua_fixed" \
        LIBS="-lm -Wl,-E -ldl" >"$1.log" 2>&1 || { tail "$1.log" >&2; fail "$1 does not build"; }
}

build_lua before "$farmcc"
for after in costly frequent; do
    edited $after
    in_function $after str_upper 's/^  char \*p = .*/&\n  char *volatile extra = malloc(l);\n  free(extra);/'
done
in_function costly str_reverse 's/i < l; i++/i < strlen(s); i++/'
in_function frequent str_reverse \
    's/^    p\[i\] = s\[l - i - 1\];/    for (size_t k = 0; k <= i; k++)\n      p[k] = s[l - k - 1];/'
for after in costly frequent; do make_lua $after; done

cat >work.lua <<'END'
local text, sum = string.rep("some words ", arg[1]), 0
for i = 1, 20 do sum = sum + #string.reverse(text) end
for i = 1, 300 do sum = sum + #string.upper(text) end
for i = 1, 300000 do sum = sum + i % 7 end
local t = {}
for i = 1, 20000 do t[i] = tostring(i) end
table.sort(t)
print(sum, t[1])
END

# Fixed addresses and a small environment: counts repeat.
runs=8
lua() { echo "setarch -R $PWD/$1/src/lua work.lua $2"; }
# strlen is quick, a loop is not: texts of two lengths
record() {
    "$farmdb" record --interleave -r $runs -l "before-$1" -l "$1" -- "$(lua before "$2")" "$(lua "$1" "$2")" \
        >record.out 2>&1 || { cat record.out >&2; fail "record"; }
}
record costly 1500
record frequent 300

# field NAME: of the first row of lines in answer.json
field() {
    awk -v name="$1" '
        /^  "lines"/ { at = 1; next }
        at {
            match($0, "\"" name "\": (\"[^\"]*\"|[^,}]*)")
            print substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 4)
            exit
        }' answer.json | tr -d '"'
}

# first WHAT LABEL REGEX CAUSE: the first line of the answer is one of those that were put in, and CAUSE is most of it
first() {
    "$farmdb" compare "before-$2" "$2" --format json >answer.json 2>warnings
    field text | grep -q "$3" || fail "$1: the first line is $(field text)"
    expect "$1: shown" "$(field shown)" true
    other=$([ "$4" = from_hits_s ] && echo from_cost_s || echo from_hits_s)
    awk -v a="$(field "$4")" -v b="$(field "$other")" 'BEGIN { exit !(a > 0 && a > 4 * (b < 0 ? -b : b)) }' ||
        fail "$1: $4 is $(field "$4"), $other is $(field "$other")"
    echo "$1: $(field text | sed 's/^ *//'): $(field delta_s) s, of it $(field "$4") s $4"
}

first "strlen in a loop" costly 'i < strlen(s); i++' from_cost_s
grep -q '"state": "moved".*"function": "str_upper"' answer.json || fail "str_upper has not moved"
grep -q '"state": "renamed".*"function": "repeat_string"' answer.json || fail "str_rep has another name"
"$farmdb" compare before-costly costly >text
grep -q '^costly is [0-9.]* \(%\|times\) slower than before-costly' text || { cat text; fail "no such sentence"; }

line=$(source_line costly/src/lstrlib.c 'malloc(l')
"$farmdb" compare before-costly costly --sort allocs --format json >answer.json
expect "extra allocation: first line" "$(field line_after)" "$line"
expect "extra allocation: how many more" "$(field allocs_after)" 300
grep -q "^Allocations: .*, most of it at .*lstrlib.c:$line\$" text || { head text; fail "the allocation is not named"; }

first "a loop around a line" frequent 'k <= i; k++\|p.k. = s.l - k - 1.' from_hits_s

status=0
"$farmdb" check before-costly costly --github >annotations || status=$?
expect "check of the slower program" "$status" 1
grep -q "^::error file=.*lstrlib.c,line=[0-9]*,.*strlen(s)" annotations || { cat annotations; fail "no annotation"; }
"$farmdb" log --line "lstrlib.c:$(source_line costly/src/lstrlib.c 'i < strlen(s); i++')" before-costly,costly >text
grep -q '^It first changed in run [0-9]*: .*edited' text || { cat text; fail "log does not know when it changed"; }
