#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# layers.sh [ROOT]: include lines against the layer table and the list of doors in ROOT/CONTRIBUTING.md. A folder may
# always include itself; "all" in the table means everything; system headers are free apart from those behind a door.
set -u
root=${1:-$SOURCE}
cd "$root" || exit 2

# "folder allowed..." for each row: what the last column names in backquotes, or "all".
rules=$(awk -F'|' '/^\| `[a-z]+\/`/ {
    n = split($2, folders, "`")
    line = ""
    m = split($4, words, "`")
    for (i = 2; i <= m; i += 2) line = line " " words[i]
    if ($4 ~ /^ *all *$/) line = " all"
    for (i = 2; i <= n; i += 2) print folders[i] line
}' CONTRIBUTING.md)
# "library file" for each door: the sentence says "sqlite3 in `db/sql.c`".
doors=$(sed -n '/One door per third party/,/^$/p' CONTRIBUTING.md | tr '\n' ' ' |
    grep -oE '[A-Za-z0-9]+ in `[a-z_/]+\.[ch]`' | sed 's/ in `/ /; s/`//')
[ -n "$rules" ] && [ -n "$doors" ] || { echo "CONTRIBUTING.md has no layer table or no list of doors"; exit 1; }

find base runtime instrument db sim tests -name '*.[ch]' ! -path 'tests/rewrite/*' ! -path 'tests/*/src/*' -print0 |
    xargs -0 grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null |
    awk -v rules="$rules" -v doors="$doors" '
    BEGIN {
        n = split(rules, rows, "\n")
        for (i = 1; i <= n; i++) {
            m = split(rows[i], words, " ")
            for (j = 2; j <= m; j++) allowed[words[1], words[j]] = 1
        }
        pattern["libclang"] = "^clang-c/"
        pattern["sqlite3"] = "^sqlite3"
        pattern["libdw"] = "^(elfutils/|dwarf\\.h)"
        pattern["capstone"] = "^capstone/"
        pattern["libelf"] = "^(libelf|gelf)"
        pattern["zlib"] = "^z(lib|conf)\\.h"
        pattern["xxhash"] = "^xxh"
        pattern["cJSON"] = "^(cjson/|cJSON)"
        pattern["cblas"] = "^cblas"
        pattern["gsl"] = "^gsl/"
        n = split(doors, rows, "\n")
        for (i = 1; i <= n; i++) {
            split(rows[i], words, " ")
            door[words[1]] = door[words[1]] " " words[2]
        }
        for (library in pattern)
            if (!(library in door)) { print "CONTRIBUTING.md names no door for " library; bad = 1 }
        for (library in door)
            if (!(library in pattern)) { print "layers.sh knows no headers of " library; bad = 1 }
    }
    {
        split($0, place, ":")
        file = place[1]
        own = file
        sub(/\/.*/, "/", own)
        target = $0
        sub(/^[^<"]*[<"]/, "", target)
        sub(/[>"].*/, "", target)
        for (library in pattern)
            if (target ~ pattern[library] && index(door[library] " ", " " file " ") == 0 && own != "tests/") {
                print file ":" place[2] ": includes " target ": the door to " library " is" door[library]
                bad = 1
            }
        if ($0 !~ /include[[:space:]]*"/) next
        folder = target
        if (!sub(/\/.*/, "/", folder)) folder = "?"
        if (folder != own && !((own, folder) in allowed) && !((own, target) in allowed) && !((own, "all") in allowed)) {
            print file ":" place[2] ": " own " may not include \"" target "\" (layer table in CONTRIBUTING.md)"
            bad = 1
        }
    }
    END { exit bad }'
