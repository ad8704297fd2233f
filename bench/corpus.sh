#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Real projects built with farmcc: what was instrumented, warnings, tests, lines against gcov, compile time. The rows
# are made by tests/corpus/run.sh, which runs all projects, or those named in PROJECTS.
ROUNDS=1
. "$(dirname "$0")/lib.sh"
CORPUS_RESULTS=$work/results
export CORPUS_RESULTS
if [ "${PROJECTS:-}" ]; then
    CORPUS_CC=$BENCH_CC "$root/tests/corpus/run.sh" $PROJECTS >&2 || echo "not all is right" >&2
else
    FARM_FULL=1 CORPUS_CC=$BENCH_CC "$root/tests/corpus/run.sh" >&2 || echo "not all is right" >&2
fi
{
    echo "## Real projects ($BENCH_CC)"
    echo
    echo "$(machine). -O2 -Wall -Wextra; CPU seconds of one whole build of each kind."
    echo
    echo "| project | functions instrumented | skipped | files as they are | warnings extra | missing | own tests |" \
        "lines by gcov | counted % | missed | other counts | plain s | ratio |"
    echo "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    cat "$CORPUS_RESULTS"/*/row
    echo
    echo "Other counts, by what is on the line: \`tests/corpus/compare_lines.awk\` says what the classes mean."
} | publish "corpus $BENCH_CC"
