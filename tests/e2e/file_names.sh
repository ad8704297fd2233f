#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sources whose names compilers must escape are instrumented and counted like others, and found again.
. "$(dirname "$0")/lib.sh"

names=('quo"te' 'back\nslash' $'new\nline' $'tab\tbed' $'latin\xe9' 'per%cent' "apo's" 'tri??/graph' $'bell\a')

in_hex() {
    printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | tr a-f A-F
}

# try COMPILER NAME
try() {
    local compiler=$1 name=$2
    rm -rf names && mkdir names && cd names
    fresh_store
    mkdir -p "$(dirname "./$name")"
    printf '%s\n' 'static int half(int n)' '{' '    return n / 2;' '}' 'int main(int argc, char **argv)' '{' \
        '    (void)argv;' '    return half(argc);' '}' >"$name.c"
    FARM_CC=$compiler "$farmcc" -O2 -Wall -Wextra "./$name.c" -o program 2>said || fail "$compiler: $name: $(cat said)"
    [ ! -s said ] || fail "$compiler: $name: $(cat said)"
    ./program || fail "$compiler: $name: the program fails"
    query "SELECT hex(path) FROM file" | grep -q "$(in_hex "$name.c")\$" ||
        fail "$compiler: $name is not in the store"
    expect "$compiler: functions of $name" "$(instrumented)" "2 of 2"
    "$farmdb" report | grep -a -q '  1  .* return half(argc);' || fail "$compiler: $name: no source in the report"
    cd ..
}

. "$e2e/programs.sh"
for compiler in $(compilers); do
    for name in "${names[@]}"; do try "$compiler" "$name"; done
done
