#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# sql.sh [ROOT]: every SQL text of farmdb prepares against a fresh store: the embedded queries, and the statements
# written in the files of db/.
set -u
root=${1:-$SOURCE}
"$BUILD/tests/sql_lint" || exit 1

# Statements in C are string literals that begin with a keyword of SQL; neighbours are one literal.
find "$root/db" -name '*.c' -exec cat {} + | awk '
    { text = text $0 "\n" }
    END {
        gsub(/\\"/, " ", text)
        gsub(/"[ \t]*\n[ \t]*"/, "", text)
        while (match(text, /"(SELECT|INSERT|UPDATE|DELETE|WITH)([^"\\]|\\.)*"/)) {
            print substr(text, RSTART + 1, RLENGTH - 2)
            text = substr(text, RSTART + RLENGTH)
        }
    }' >statements
[ -s statements ] || { echo "no statements found in db/: has the lint lost its eyes?"; exit 1; }
"$BUILD/tests/sql_lint" <statements
