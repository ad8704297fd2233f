#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test.sh [--suite NAME]... [--full]: sets up, builds, runs every test; the last line is "N passed, N failed", the exit
# status 0 only if none failed. A suite is a ctest label: lint unit cli rewrite e2e study viewers corpus fuzz; or asan
# or tsan, which run the unit and cli tests of the tools under that sanitizer (tsan: built by clang, so that the
# warnings of both compilers count). --full adds a minute of each fuzzer, the large projects and all suites of a
# release build.
set -u
cd "$(dirname "$0")" || exit 2
exec </dev/null                  # it may be closed, and what is opened next must not take its place
suites=
full=
while [ $# -gt 0 ]; do
    case $1 in
    --suite) suites="$suites ${2:?--suite needs a name}"; shift 2 ;;
    --full) full=yes; shift ;;
    *) sed -n '4,8s/^# //p' "$0"; exit 2 ;;
    esac
done
all="lint unit cli rewrite e2e study viewers corpus fuzz asan tsan"
for suite in $suites; do
    case " $all " in *" $suite "*) ;; *) echo "test: no suite '$suite'; there are: $all"; exit 2 ;; esac
done
passed=0 failed=0 skipped=0 report=

# build PRESET: false if it does not build; each preset is tried once.
build() {
    case " $built " in *" $1 "*) return 0 ;; esac
    case " $broken " in *" $1 "*) return 1 ;; esac
    printf '\n== building: %s\n' "$1"
    mkdir -p build
    if cmake --preset "$1" >"build/$1.log" 2>&1 && cmake --build --preset "$1" >>"build/$1.log" 2>&1; then
        built="$built $1"
        return 0
    fi
    tail -n 60 "build/$1.log"
    broken="$broken $1"
    return 1
}
built= broken=

# attribute NAME FILE: a count of the JUnit summary
attribute() { sed -n "/<testsuite/,/>/s/.*[^a-z]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

# run SUITE PRESET LABELS
run() {
    start=$(date +%s)
    if ! build "$2"; then
        failed=$((failed + 1))
        report="$report
$1: 0 passed, 1 failed: the build $2 fails"
        return
    fi
    printf '\n== %s\n' "$1"
    start=$(date +%s)
    result=$PWD/build/$2/suite-$1.xml
    rm -f "$result"
    status=0
    ctest --preset "$2" -L "^($3)\$" -j "$(nproc)" --output-junit "$result" || status=$?
    seconds=$(($(date +%s) - start))
    if [ -s "$result" ] && [ "$(attribute tests "$result")" -gt 0 ]; then
        # what cannot be started is in ctest's count of skipped ones, and has failed
        tests=$(attribute tests "$result") skips=$(grep -c '<skipped message="SKIP_' "$result")
        not_run=$(($(attribute skipped "$result") + $(attribute disabled "$result") - skips))
        bad=$(($(attribute failures "$result") + not_run))
    else
        tests=1 bad=1 skips=0
        echo "test: suite $1 has no tests"
    fi
    [ "$status" = 0 ] || [ "$bad" != 0 ] || bad=1
    passed=$((passed + tests - bad - skips)) failed=$((failed + bad)) skipped=$((skipped + skips))
    report="$report
$1: $((tests - bad - skips)) passed, $bad failed, $skips skipped, $((seconds / 60)) min $((seconds % 60)) s"
}

scripts/setup.sh test || { echo "0 passed, 1 failed: the set-up"; exit 1; }
for suite in ${suites:-$all}; do
    case $suite in
    asan) run asan asan 'unit|cli' ;;
    tsan) run tsan tsan 'unit|cli' ;;
    *) run "$suite" debug "$suite" ;;
    esac
done
if [ "$full" ]; then
    run fuzzing fuzz fuzzing
    run corpus_full release corpus_full
    for suite in unit cli rewrite e2e fuzz; do run "$suite-release" release "$suite"; done
fi
echo "$report"
[ "$skipped" = 0 ] || echo "$skipped skipped: they say above what they lack"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
