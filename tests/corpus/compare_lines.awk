# SPDX-License-Identifier: GPL-3.0-or-later
# awk -v top=FOLDER/ -v bound=PERCENT -f compare_lines.awk FUNCTIONS OURS.info GCOV.lines
#
# Our hits, an lcov export with files below FOLDER, against gcov's, "FILE LINE COUNT". FUNCTIONS are those that are not
# instrumented, "PATH<tab>FIRST LINE<tab>LAST LINE<tab>REASON". Prints "missed FILE:LINE COUNT REASON: TEXT" for each
# line that gcov alone counts, "different FILE:LINE OURS GCOV CLASS: TEXT", and last four columns of a table: lines of
# gcov, percent of them that we count, how many we miss for which reason, how many differ. Exit 1 if we count fewer
# than 98.5 % of gcov's lines, or if more than PERCENT differ.
#
# Reasons for a miss: the function's, where it is not instrumented; "file", where nothing of the file is counted; else
#   endless       the head of a loop without a condition, which gcov counts with the loop's body
#   part          a further line of a statement: gcc puts code of it there, which our model of gcc does not expect
#   label, brace, end   a label, a line of nothing but `{`, the line that ends a function
#
# Classes of differences; the first five are gcov's, which counts visits of a line's blocks, where we count the line's
# first statement or operand (CONTRIBUTING, Decision 18):
#   operands      the line holds && or ||, or begins or ends with an operand of one
#   alternative   the same of ?:
#   several       several statements on the line
#   macro         nothing but a macro on it, which may hold several statements
#   leaving       return, goto, break or continue: code that ends variables of the scope, shared by all ways out of it,
#                 has the first one's line
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
    if (at ~ /^(return|goto|break|continue)([^A-Za-z_0-9].*)?;$/) return "leaving"
    if (at ~ /^[A-Z][A-Z_0-9]*(\(.*\))?;?$/) return "macro"
    if (at ~ /;.*;/ || at ~ /[;{}] *[A-Za-z_*(].*;/ || at ~ /\) *[A-Za-z_*(].*;/ && at ~ /^(if|while|for|else)/)
        return "several"
    if (at !~ /[;{}]$/ || before !~ /[;{}:]$/ && before != "") return "spread"
    return "other"
}

# Why gcov alone counts a line
function reason_of(file, line,    i, at) {
    for (i = 1; i <= skipped; i++)
        if (file == skipped_file[i] && line >= first[i] && line <= last[i]) return reason[i]
    if (!(file in counted)) return "file"
    at = bare(text_of(file, line))
    if (at ~ /(^|[^A-Za-z_0-9])while *\( *(1|true|TRUE) *\)/ || at ~ /for *\([^;]*; *;/ || at ~ /^do( *{)?$/)
        return "endless"
    if (at ~ /^(case .*|default|[A-Za-z_][A-Za-z_0-9]*) *:/) return "label"
    return at == "{" ? "brace" : at == "}" ? "end" : "part"
}

# "3 (one 1, other 2)"
function summed(number, classes,    class, text) {
    for (class in classes) text = text (text ? ", " : "") class " " classes[class]
    return (number + 0) (text ? " (" text ")" : "")
}

FNR == 1 { side = FILENAME == ARGV[1] ? 1 : FILENAME == ARGV[2] ? 2 : 3 }
side == 1 && index($0, top) == 1 {
    split(substr($0, length(top) + 1), f, "\t")
    skipped_file[++skipped] = f[1]; first[skipped] = f[2]; last[skipped] = f[3]; reason[skipped] = f[4]
}
side == 2 && /^SF:/ { file = substr($0, 4); known = index(file, top) == 1; file = substr(file, length(top) + 1) }
side == 2 && /^DA:/ && known { split(substr($0, 4), da, ","); ours[file ":" da[1]] += da[2]; counted[file] }
side == 3 {
    lines++
    key = $1 ":" $2
    if (!(key in ours)) {
        missed++
        why = reason_of($1, $2)
        reasons[why]++
        print "missed", key, $3, why ":", bare(text_of($1, $2)) | "sort -V"
    } else if (ours[key] != $3) {
        different++
        class = class_of($1, $2)
        number[class]++
        print "different", key, ours[key], $3, class ":", bare(text_of($1, $2)) | "sort -V"
    }
}

END {
    close("sort -V")
    percent = lines ? 100 * (lines - missed) / lines : 0
    printf "%d | %.2f | %s | %s\n", lines, percent, summed(missed, reasons), summed(different, number)
    exit percent < 98.5 || different > lines * bound / 100
}
