# SPDX-License-Identifier: GPL-3.0-or-later
# Sources say themselves how often a line runs: a comment `/*= N */`, or `/*= N file:line */` where #line moved it.
# Sourced after lib.sh.

# marks FILE: "file:line count" for each mark in it and in what it includes
marks() {
    awk '/\/\*= [0-9]/ {
        n = split($0, part, "/\\*= "); split(part[n], word, " ")
        file = FILENAME; sub(".*/", "", file); gsub(" ", "_", file)
        print (word[2] ~ /:/ ? word[2] : file ":" FNR), word[1] }' "$@" | sort
}

# counted: what the last run counted on those lines
counted() {
    "$farmdb" export lcov | awk -F '[:,]' '
        /^SF:/ { n = split($2, part, "/"); file = part[n]; gsub(" ", "_", file) }
        /^DA:/ { print file ":" $2, $3 }' | sort
}

# counts_as_marked NAME FILE...: the last run counted each marked line of the files as often as it says; a line with 0
# may be missing.
counts_as_marked() {
    name=$1
    shift
    marks "$@" >marked
    [ -s marked ] || fail "$name has no marks"
    counted | join marked - | awk '$2 != $3 {print "    " $1 ": " $3 " and not " $2; bad = 1} END {exit bad}' >wrong ||
        fail "$name: wrong counts:$(printf '\n'; cat wrong)"
    counted | join -v 1 marked - | awk '$2 != 0' >missing
    [ ! -s missing ] || fail "$name: no counts: $(cat missing)"
}
