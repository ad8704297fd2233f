# SPDX-License-Identifier: GPL-3.0-or-later
# awk -v top=FOLDER/ -v bound=PERCENT -f compare_lines.awk OURS.info GCOV.lines
#
# Our hits, an lcov export with files below FOLDER, against gcov's, "FILE LINE COUNT". Prints "missed FILE:LINE COUNT
# TEXT" for each line that gcov alone counts, "different FILE:LINE OURS GCOV CLASS: TEXT", and last three columns of a
# table: lines of gcov, percent of them that we count, how many differ. Exit 1 if we count fewer than 98.5 % of
# gcov's lines, or if more than PERCENT differ.
#
# Classes of differences; the first four are gcov's, which counts visits of a line's blocks, where we count the line's
# first statement or operand (CONTRIBUTING, Decision 18):
#   operands      the line holds && or ||, or begins or ends with an operand of one
#   alternative   the same of ?:
#   several       several statements on the line
#   macro         nothing but a macro on it, which may hold several statements
#   spread        the statement began on a line above or goes on below
#   label         a label, case or default
#   end           the line that ends a function
#   other

function text_of(file, line,    text) {
    if (!(file in loaded)) {
        loaded[file] = 1
        for (n = 1; (getline text < (top file)) > 0; n++) texts[file, n] = text
        close(top file)
    }
    return texts[file, line]
}

# Without literals, comments and space at the ends
function bare(text) {
    gsub(/\\./, "", text)
    gsub(/"[^"]*"|'[^']*'/, "x", text)
    gsub(/\/\*([^*]|\*[^\/])*\*\/|\/\/.*|\/\*.*/, "", text)
    gsub(/^[ \t]+|[ \t]+$/, "", text)
    return text
}

function class_of(file, line,    at, before, after, all) {
    at = bare(text_of(file, line))
    before = bare(text_of(file, line - 1))
    after = bare(text_of(file, line + 1))
    all = at "\n" after
    if (at ~ /&&|\|\|/ || before ~ /(&&|\|\|)$/ || after ~ /^(&&|\|\|)/) return "operands"
    if (at ~ /\?/ || before ~ /[?:]$/ && before !~ /^(case|default)/ || after ~ /^[?:]/) return "alternative"
    if (at ~ /^(case .*|default|[A-Za-z_][A-Za-z_0-9]*) *:/) return "label"
    if (at == "}") return "end"
    if (at ~ /^[A-Z][A-Z_0-9]*(\(.*\))?;?$/) return "macro"
    if (at ~ /;.*;/ || at ~ /[;{}] *[A-Za-z_*(].*;/ || at ~ /\) *[A-Za-z_*(].*;/ && at ~ /^(if|while|for|else)/)
        return "several"
    if (at !~ /[;{}]$/ || before !~ /[;{}:]$/ && before != "") return "spread"
    return "other"
}

FNR == 1 { side++ }
side == 1 && /^SF:/ { file = substr($0, 4); known = index(file, top) == 1; file = substr(file, length(top) + 1) }
side == 1 && /^DA:/ && known { split(substr($0, 4), da, ","); ours[file ":" da[1]] += da[2] }
side == 2 {
    lines++
    key = $1 ":" $2
    if (!(key in ours)) {
        missed++
        print "missed", key, $3, bare(text_of($1, $2)) | "sort -V"
    } else if (ours[key] != $3) {
        different++
        class = class_of($1, $2)
        number[class]++
        print "different", key, ours[key], $3, class ":", bare(text_of($1, $2)) | "sort -V"
    }
}

END {
    close("sort -V")
    for (class in number) classes = classes (classes ? ", " : "") class " " number[class]
    counted = lines ? 100 * (lines - missed) / lines : 0
    printf "%d | %.2f | %d%s\n", lines, counted, different, classes ? " (" classes ")" : ""
    exit counted < 98.5 || different > lines * bound / 100
}
