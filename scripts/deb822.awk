# SPDX-License-Identifier: GPL-3.0-or-later
#
# Turns one-line apt entries ("deb [arch=amd64 signed-by=/key] URI SUITE COMPONENT...") into deb822 paragraphs.
BEGIN {
    name["arch"] = "Architectures"
    name["lang"] = "Languages"
    name["target"] = "Targets"
}

# Options become fields of the same name, apart from the three above; values are separated by blanks, not commas; += and
# -= have names of their own.
function fields(options,    n, i, words, key, value, change) {
    n = split(options, words, " ")
    for (i = 1; i <= n; i++) {
        key = value = words[i]
        change = key ~ /^[^=]*\+=/ ? "-Add" : key ~ /^[^=]*-=/ ? "-Remove" : ""
        sub(/[-+]?=.*/, "", key)
        sub(/^[^=]*=/, "", value)
        gsub(/,/, " ", value)
        print (key in name ? name[key] : key) change ": " value
    }
}

/^[ \t]*deb[ \t]/ {
    sub(/#.*/, "")
    options = ""
    if (match($0, /\[[^]]*\]/)) {
        options = substr($0, RSTART + 1, RLENGTH - 2)
        $0 = substr($0, 1, RSTART - 1) substr($0, RSTART + RLENGTH)
    }
    print "Types: deb"
    print "URIs: " $2
    print "Suites: " $3
    if (NF > 3) {
        line = "Components:"
        for (i = 4; i <= NF; i++) line = line " " $i
        print line
    }
    fields(options)
    print ""
}
