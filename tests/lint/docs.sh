#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# docs.sh [ROOT [BIN]]: what the tools say of themselves, their manuals and base/env.h agree: options, commands, and the
# FARM_* variables that the code reads.
set -u
root=${1:-$SOURCE} bin=${2:-$BIN}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# compare WHAT FILE NAME FILE NAME: two sorted lists
compare() {
    comm -23 "$2" "$4" | sed "s|^|$1 in $3 but not in $5: |" >"$work/differences"
    comm -13 "$2" "$4" | sed "s|^|$1 in $5 but not in $3: |" >>"$work/differences"
    [ -s "$work/differences" ] || return
    cat "$work/differences"
    bad=1
}

options() {
    grep -oE -e '(^|[^A-Za-z0-9-])--[a-z][a-z-]*[a-z]' | grep -oE -e '--[a-z-]+' | sort -u
}

variables() {
    grep -oE 'FARM_[A-Z][A-Z_]*[A-Z]|FARMCC|FARM_PARAM_\*' | sort -u
}

# roff: \- is a dash, \f and \& do not show; .\" starts a comment
manual() {
    sed -e '/^\.\\"/d' -e 's/\\-/-/g' -e 's/\\f[A-Z]//g' -e 's/\\&//g' -e 's/^\.[BI][RIB]* *//' "$root/$1"
}

# The options of the second list that are other programs' and only mentioned stand in docs.txt: MANUAL OPTION.
check_options() {
    options <"$work/$1.help" >"$work/said"
    manual "$2" | options >"$work/manual.all"
    sed -n "s|^$2 *\(--[a-z-]*\).*|\1|p" "$(dirname "$0")/docs.txt" | sort -u >"$work/foreign"
    comm -23 "$work/manual.all" "$work/foreign" >"$work/written"
    comm -23 "$work/said" "$work/foreign" >"$work/said.own"
    [ -s "$work/said.own" ] || { echo "$1: its help names no option"; bad=1; }
    compare option "$work/said.own" "$1's help" "$work/written" "$2"
}

"$bin/farmsim" --help >"$work/farmsim.help"
check_options farmsim sim/farmsim.1
"$bin/farmcc" --farm-help >"$work/farmcc.help"
check_options farmcc instrument/farmcc.1

# farmdb has a page for each command, whose options are those of its help, letters included; what it is called, what it
# is for and that there are examples is checked too.
tags() {
    awk '/^\.so .*\.roff/ { while ((getline line < ("'"$root"'/db/man/" $2)) > 0) print line; next } { print }' "$1" |
        awk 'tag { print; tag = 0 } /^\.T[PQ]/ { tag = 1 }' |
        sed -e 's/\\-/-/g' -e 's/\\f[A-Z]/ /g' -e 's/\\ / /g' |
        grep -oE -e '(^| )(-[a-zA-Z]|--[a-z][a-z-]*[a-z])($|[ ,])' | tr -d ' ,' | sort -u
}
helped() {
    sed -n '/^options/,/^$/s/^  *\(-[a-zA-Z]\), \(--[a-z-]*\).*/\1\n\2/p
            /^options/,/^$/s/^  *\(--[a-z-]*\).*/\1/p' | sort -u
}
"$bin/farmdb" --help >"$work/farmdb.help"
sed -n '/^commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' "$work/farmdb.help" >"$work/commands"
[ -s "$work/commands" ] || { echo "farmdb --help names no command"; bad=1; }
helped <"$work/farmdb.help" >"$work/said"
tags "$root/db/man/farmdb.1" >"$work/written"
compare option "$work/said" "farmdb's help" "$work/written" db/man/farmdb.1
while read -r command; do
    page=db/man/farmdb-$command.1
    "$bin/farmdb" "$command" --help >"$work/help" || { echo "farmdb $command --help fails"; bad=1; }
    [ -f "$root/$page" ] || { echo "$page: missing, the page of farmdb $command"; bad=1; continue; }
    grep -q '^\.TH FARMDB.* 1 "@DATE@" "farm @VERSION@" "User Commands"$' "$root/$page" ||
        { echo "$page: .TH has no \"@DATE@\" \"farm @VERSION@\" \"User Commands\""; bad=1; }
    helped <"$work/help" >"$work/said"
    tags "$root/$page" >"$work/written"
    compare option "$work/said" "farmdb $command --help" "$work/written" "$page"
    summary=$(sed -n 3p "$work/help")
    grep -qxF "farmdb\\-$command \\- $(echo "$summary" | sed 's/-/\\-/g')" "$root/$page" ||
        { echo "$page: the sentence under NAME is not that of the help: $summary"; bad=1; }
    sed -n '/^\.SH EXAMPLES/,/^\.SH SEE/p' "$root/$page" | grep -qx '\.EX' || { echo "$page: no examples"; bad=1; }
    grep -q "man/farmdb-$command\.1" "$root/db/CMakeLists.txt" || { echo "$page: not in db/CMakeLists.txt"; bad=1; }
done <"$work/commands"
for page in "$root"/db/man/farmdb-*.1; do
    command=${page##*/farmdb-}
    grep -qx "${command%.1}" "$work/commands" || { echo "${page#"$root/"}: farmdb has no such command"; bad=1; }
done
sed -n '/^\.SH COMMANDS/,/^\.SH OPTIONS/p' "$root/db/man/farmdb.1" | grep -q '^\.TP' &&
    { echo "db/man/farmdb.1: commands are told in db/man/farmdb-COMMAND.1, not under COMMANDS"; bad=1; }
[ ! -e "$root/db/farmdb.1" ] || { echo "db/farmdb.1: move what is new in it to db/man/farmdb-COMMAND.1"; bad=1; }

sed -n 's/^ *X("\([A-Z_]*\*\{0,1\}\)".*/\1/p' "$root/base/env.h" | sort -u >"$work/env"
for page in instrument/farmcc.1 db/man/farmdb.1; do manual $page; done | variables >"$work/manual.env"
compare variable "$work/env" base/env.h "$work/manual.env" "the manuals"
# Code names a variable in a string of its own: "FARM_HZ". FARM_PARAM_ is a prefix.
find "$root/runtime" "$root/instrument" "$root/db" -name '*.[ch]' -print0 |
    xargs -0 grep -ohE '"(FARM_[A-Z_]+|FARMCC)"' | tr -d '"' |
    sed "s/^FARM_PARAM_\$/FARM_PARAM_NAME/" | sort -u >"$work/code"
sed -n 's/^code *\(FARM[A-Z_]*\).*/\1/p' "$(dirname "$0")/docs.txt" | sort -u >"$work/foreign"
comm -23 "$work/code" "$work/foreign" >"$work/read"
compare variable "$work/env" base/env.h "$work/read" "the code"

# farm.h: what its head lists, what it defines with and without farmcc, and its manual
macros() { grep -oE '\b(FARM_[A-Z_]*[A-Z]|farm_(start|stop|reset|dump))\(' | tr -d '(' | sort -u; }
defined() { sed -n 's/^#define \([A-Za-z_]*[A-Za-z]\)(.*/\1/p' | sort -u; }
sed -n '1,/^ \*\//p' "$root/runtime/farm.h" | grep '^ \*   [Ff]' | macros >"$work/head"
sed -n '/^#pragma/,/^#else$/p' "$root/runtime/farm.h" | defined >"$work/with"
sed -n '/^#define FARM_STEP(name) ((void)0)/,$p' "$root/runtime/farm.h" | defined >"$work/without"
sed -n '/^\.SH SYNOPSIS/,/^\.SH DESCRIPTION/p' "$root/runtime/farm.h.3" | macros >"$work/manual.macros"
for list in with without manual.macros; do
    compare macro "$work/head" "the head of farm.h" "$work/$list" "what defines or describes it ($list)"
done
exit $bad
