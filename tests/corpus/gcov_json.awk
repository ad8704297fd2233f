# SPDX-License-Identifier: GPL-3.0-or-later
# awk -v top=FOLDER/ -f gcov_json.awk: reads what `gcov -j -t` prints, one line of JSON per data file, and prints
# "FILE LINE COUNT" for each line of the files below FOLDER, named from there; lines of several objects and functions
# are summed.
BEGIN { RS = "{" }

function path_of(name, folder,    parts, n, i, out, depth) {
    if (name !~ /^\//) name = folder "/" name
    n = split(name, parts, "/")
    for (i = 1; i <= n; i++) {
        if (parts[i] == "" || parts[i] == ".") continue
        if (parts[i] == "..") depth--
        else out[++depth] = parts[i]
    }
    name = ""
    for (i = 1; i <= depth; i++) name = name "/" out[i]
    return name
}

function value(text, key) {
    if (!match(text, "\"" key "\": *(\"[^\"]*\"|[0-9]+)")) return ""
    text = substr(text, RSTART, RLENGTH)
    sub(/^"[^"]*": *"?/, "", text)
    sub(/"$/, "", text)
    return text
}

# Folder and data file stand behind the files that they belong to, in the text between the last brace and the next.
function finish(folder,    key, part, file) {
    for (key in count) {
        split(key, part, SUBSEP)
        file = path_of(part[1], folder)
        if (index(file, top) == 1) total[substr(file, length(top) + 1) " " part[2]] += count[key]
    }
    split("", count)
}

/"line_number"/ && /"count"/ { lines[++held] = value($0, "line_number") SUBSEP value($0, "count") }

# The name of a file stands behind its lines.
/"file": / {
    file = value($0, "file")
    for (i = 1; i <= held; i++) {
        split(lines[i], part, SUBSEP)
        count[file, part[1]] += part[2]
    }
    held = 0
}
/"current_working_directory": / { finish(value($0, "current_working_directory")) }

END { for (key in total) print key, total[key] }
