# SPDX-License-Identifier: GPL-3.0-or-later
# awk -v program=NAME -v explained=FILE -f gcov_compare.awk OURS.info GCOV.txt
#
# Compares the hits of an lcov export with the text that `gcov -t` printed, line by line, files taken by their base
# names (system headers left out). Prints the sums, and each line that differs without being explained. FILE holds lines
# "program file:line reason", or "program file:fragment reason" with a piece of the line's text instead of its number;
# a line named there may differ. Exit 1 if any other line differs, or if gcov alone counts
# more than 2 % of the lines.

function base(path,    parts, n) {
    n = split(path, parts, "/")
    return parts[n]
}

# The entry of FILE for a line, "" if there is none
function entry_of(key,    place, part) {
    if (key in reason) return key
    for (place in reason) {
        split(place, part, ":")
        if (part[2] !~ /^[0-9]+$/ && index(key, part[1] ":") == 1 && index(text[key], part[2])) return place
    }
    return ""
}

BEGIN {
    while ((getline entry < explained) > 0) {
        if (entry ~ /^[ \t]*(#|$)/) continue
        split(entry, word, " ")
        if (word[1] == program) reason[word[2]] = substr(entry, index(entry, word[2]) + length(word[2]) + 1)
    }
}

FNR == 1 { side++ }

side == 1 && /^SF:/ { path = substr($0, 4); system_file = path ~ /^\/usr\//; file = base(path) }
side == 1 && /^DA:/ && !system_file {
    split(substr($0, 4), da, ",")
    ours[file ":" da[1]] += da[2]
}

# "count:line:text"; count is - (no code), ##### or ===== (never), or a number, perhaps with a star. Where a line belongs
# to several copies of a function, the sum stands first and the copies follow behind dashes: only the sum is taken.
side == 2 && /:Source:/ {
    path = $0
    sub(/.*:Source:/, "", path)
    system_file = path ~ /^\/usr\//
    file = base(path)
    next
}
side == 2 && !system_file && /^ *[^:]+: *[0-9]+:/ {
    split($0, part, ":")
    count = part[1]
    gsub(/[ *]/, "", count)
    line = part[2] + 0
    if (line == 0 || count == "-") next
    if (count ~ /^[#=$%]/) count = 0
    key = file ":" line
    seen[file] = 1
    if (key in theirs) next
    theirs[key] = count
    text[key] = substr($0, length(part[1]) + length(part[2]) + 3)
}

END {
    for (key in theirs) {
        if (!(key in ours)) {
            alone++
            if (show_alone) print "gcov alone: " key ": " theirs[key] "  " text[key]
            continue
        }
        compared++
        if (ours[key] + 0 == theirs[key] + 0) { equal++; continue }
        different++
        if (entry_of(key) != "") { why++; used[entry_of(key)] = 1; continue }
        print "different: " program " " key ": ours " ours[key] ", gcov " theirs[key] "  " text[key] | "sort -V"
        bad++
    }
    for (key in ours) if (!(key in theirs)) mine++
    close("sort -V")
    for (key in reason) {
        split(key, part, ":")
        if (!(key in used) && part[1] in seen) unused = unused " " key
    }
    if (unused) print "note: explained but equal now:" unused
    total = compared + alone
    printf "%s: %d lines compared, %d equal, %d different (%d explained), %d counted by gcov alone (%.2f %%), %d by us alone\n",
        program, compared, equal, different, why, alone, total ? 100 * alone / total : 0, mine
    exit !compared || bad || alone > 0.02 * total
}
