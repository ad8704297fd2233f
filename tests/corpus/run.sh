#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh [NAME]...: real projects (projects/NAME.sh), built by their own build systems with the plain compiler and with
# farmcc as CC. Per project: no warning that the plain build has not; their own tests with the same result; at least as
# many functions instrumented as the descriptor says; hits of a real run against gcov's. Without a name: the sample, or
# all with FARM_FULL=1.
#
#   CORPUS_CC       the compiler behind everything, default gcc; gcov's hits are compared where that is a gcc
#   CORPUS_RESULTS  folder of what is found out, per project: row (of bench/corpus.sh's table), warnings.missing,
#                   lines.different, lines.missed, objects.say (what was not instrumented and why); default
#                   <FARM_BUILD>/corpus
#
# A descriptor sets `package` (Debian source package), `functions` (at least so many must be instrumented), perhaps
# `sample=yes` (part of the sample), `needs` (programs), `flags` (more CFLAGS), `different` (at most so many percent of lines with other counts than
# gcov's, default 2), and these functions, which start in the project's folder with CC, CFLAGS and LDFLAGS set:
#   setup   configures (its output is not looked at)
#   build   what is timed and whose warnings are compared
#   check   its own tests: what it prints and its status must be the same
#   work    the run that is counted: prints the same with every build
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../e2e/lib.sh"
. "$e2e/programs.sh"
compiler=${CORPUS_CC:-gcc}
results=${CORPUS_RESULTS:-$FARM_BUILD/corpus}
warnings="-Wall -Wextra"
failures=0

complain() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# enter VARIANT: goes into its folder, with the variables of its compiler
enter() {
    export CC=$compiler CFLAGS="-O2 $warnings${flags:+ $flags}" LDFLAGS=
    case $1 in
        farm) CC=$farmcc; export FARM_CC=$compiler ;;
        gcov) CFLAGS="-O0 -Wall --coverage${flags:+ $flags}" LDFLAGS=--coverage ;;
    esac
    cd "$work/$name/$1" || exit
}

# in_project VARIANT FUNCTION: with the folder's name taken out of what it prints
in_project() {
    (enter "$1" && "$2") 2>&1 | sed "s:$work/$name/$1:@:g"
    return "${PIPESTATUS[0]}"
}

# make_variant VARIANT: builds one; its build log is VARIANT.log, its CPU seconds VARIANT.time
make_variant() {
    (
        cp -a "$FARM_TEST_CACHE/$package" "$work/$name/$1"
        enter "$1"
        setup >../"$1".setup 2>&1 || { tail -n 40 ../"$1".setup >&2; exit 1; }
        ! find "$FARM_DB"* -name '*.rec' 2>/dev/null | grep -q . || fail "$name: configuring left records"
        TIMEFORMAT='%U %S'
        exec 3>&2
        { time build >../"$1".log 2>&1 || { tail -n 40 ../"$1".log >&3; exit 1; }; } 2>../"$1".time
    ) || { complain "$name does not build: $1"; return 1; }
}

# Warnings of a build log, as a sorted list
warnings_of() {
    sed -n "s:$work/$name/[a-z]*/::g; /: \(warning\|error\): /p" "$1" | sort
}

compare_warnings() {
    warnings_of plain.log >plain.warnings
    warnings_of farm.log >farm.warnings
    comm -13 plain.warnings farm.warnings >warnings.extra
    comm -23 plain.warnings farm.warnings >warnings.missing
    [ ! -s warnings.extra ] || complain "$name: warnings that the plain build has not: $(cat warnings.extra)"
    fallbacks=$(grep -c '^farmcc: .*not instrumented' farm.log)
    grep '^farmcc: ' farm.log | sort | uniq -c
}

compare_checks() {
    for variant in plain farm; do
        in_project "$variant" check >$variant.check
        echo "status $?" >>$variant.check
    done
    cmp -s plain.check farm.check || complain "$name: its tests end otherwise: $(diff plain.check farm.check)"
    checks="same, $(tail -n 1 farm.check)"
}

# What the project's objects say of themselves: sources and functions that are not instrumented, by reason
objects_say() {
    find "$work/$name/farm" -name '*.o' -size +0 -print0 | xargs -0 "$farmcc" --farm-stats --farm-verbose 2>/dev/null
}

# The store of the counted run: "COUNT,REASON" of functions that are not instrumented
skipped_functions() {
    query "SELECT count(DISTINCT path || line || name), reason
        FROM function JOIN file ON file.id = file_id WHERE reason IS NOT NULL GROUP BY reason ORDER BY 1 DESC"
}

count_functions() {
    instrumented=$(query "SELECT count(DISTINCT path || line || name) FROM function
        JOIN file ON file.id = file_id WHERE reason IS NULL")
    skipped=$(skipped_functions)
    [ "$instrumented" -ge "$functions" ] ||
        complain "$name: $instrumented functions instrumented, expected at least $functions"
}

# gcov's count of each line of the project, "FILE LINE COUNT"
lines_of_gcov() {
    find "$work/$name/gcov" -name '*.gcda' | sort | while read -r data; do
        (cd "$(dirname "$data")" && "${compiler/gcc/gcov}" -j -t "$(basename "$data")") 2>/dev/null
    done | awk -v top="$work/$name/gcov/" -f "$here/gcov_json.awk"
}

compare_lines() {
    make_variant gcov || return
    find gcov -name '*.gcda' -exec rm {} +         # of programs that the build ran
    in_project gcov work >gcov.work
    cmp -s plain.work gcov.work || complain "$name: prints something else with gcov: $(diff plain.work gcov.work)"
    lines_of_gcov >gcov.lines
    "$farmdb" export lcov corpus >ours.info
    "$farmdb" sql --format csv "SELECT path || char(9) || line || char(9) || last_line || char(9) || reason
        FROM function JOIN file ON file.id = file_id WHERE reason IS NOT NULL" | sed '1d; s/^"//; s/"$//' >skipped
    awk -v top="$work/$name/farm/" -v bound="${different:-2}" -f "$here/compare_lines.awk" skipped ours.info \
        gcov.lines >lines || complain "$name: $(tail -n 1 lines)"
    sed -n 's/^different //p' lines >lines.different
    sed -n 's/^missed //p' lines >lines.missed
    lines=$(tail -n 1 lines)
}

# The run that is counted, by the plain build and by ours
count() {
    in_project plain work >plain.work || complain "$name: the plain build's run fails: $(tail -n 5 plain.work)"
    FARM_LABEL=corpus in_project farm work >farm.work || complain "$name: the run fails: $(tail -n 5 farm.work)"
    cmp -s plain.work farm.work || complain "$name: prints something else: $(diff plain.work farm.work | head -n 20)"
}

# The project's row of the table
row() {
    ratio=$(awk '{ split($0, f, " "); t[FNR == NR] += f[1] + f[2] } END { printf "%.1f | %.2f", t[1], t[0] / t[1] }' \
        plain.time farm.time)
    printf '| %s | %s | %s | %s | 0 | %s of %s | %s | %s | %s |\n' "$name" "$instrumented" \
        "$(echo "$skipped" | awk -F , '{ n += $1 } END { print n + 0 }')" "$fallbacks" \
        "$(wc -l <warnings.missing)" "$(wc -l <plain.warnings)" "$checks" "$lines" "$ratio"
}

# project NAME
project() {
    name=$1 flags='' different='' needs='' lines='- | - | - | -'
    . "$here/projects/$name.sh"
    for program in $needs; do need "$program"; done
    fetched "$package"
    mkdir -p "$work/$name" "$results/$name"
    cd "$work/$name"
    FARM_DB=$work/$name/farm.db
    export FARM_DB
    make_variant plain && make_variant farm || return
    compare_warnings
    FARM_DB=$work/$name/checks.db compare_checks
    count
    count_functions
    case $compiler in *gcc*) compare_lines ;; esac
    row | tee "$results/$name/row"
    objects_say >objects.say
    sed -n '1,/^not instrumented/d; s/^\([0-9]\)/    not instrumented: \1/p' objects.say
    [ -z "$skipped" ] || echo "$skipped" | sed 's/^/    skipped in the run: /'
    cp -f warnings.missing lines.different lines.missed objects.say "$results/$name/" 2>/dev/null
    cd "$work"
    [ "${KEEP:-}" ] || rm -rf "${work:?}/$name"
}

set +e
if [ $# = 0 ] && [ "${FARM_FULL:-}" ]; then
    set -- $(basename -s .sh "$here"/projects/*.sh)
elif [ $# = 0 ]; then
    set -- $(basename -s .sh $(grep -l '^sample=yes' "$here"/projects/*.sh))
fi
for each in "$@"; do
    [ -f "$here/projects/$each.sh" ] || fail "no project '$each'; there are: $(basename -s .sh "$here"/projects/*.sh)"
    project "$each"
done
[ "$failures" = 0 ]
