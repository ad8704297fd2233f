# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the benches: the scratch folder and programs of the end-to-end tests, and the way into RESULTS.md.
#   BENCH_CC  compiler behind everything, default gcc
#   ROUNDS    how often each command is run
. "$(dirname "$0")/../tests/e2e/lib.sh"
. "$root/tests/e2e/programs.sh"
BENCH_CC=${BENCH_CC:-gcc}
FARM_CC=$BENCH_CC
export FARM_CC
write=
for argument in "$@"; do
    case $argument in
        --write) write=1 ;;
        *) echo "usage: $0 [--write]    (ROUNDS=$ROUNDS BENCH_CC=$BENCH_CC)" >&2; exit 2 ;;
    esac
done
gcc -O2 "$root/bench/pairs.c" -o "$work/pairs"

# The C compiler command of a variant.
cc_of() {
    case $1 in
        plain) echo "$BENCH_CC" ;;
        farmcc) echo "$farmcc" ;;
        hits) echo "$farmcc --farm-time=off" ;;
        exact) echo "$farmcc --farm-time=exact --farm-function=*" ;;
        gcov) echo "$BENCH_CC --coverage -fprofile-update=single" ;;
        gcov-atomic) echo "$BENCH_CC --coverage -fprofile-update=atomic" ;;
        gprof) echo "$BENCH_CC -pg" ;;
        clang) echo "clang-19" ;;
        clang-cov) echo "clang-19 -fprofile-instr-generate" ;;
    esac
}

machine() {
    cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)
    echo "$(date -u +%Y-%m-%d), $cpu, $(nproc) cores, Linux $(uname -r), $($BENCH_CC --version | head -1)," \
        "commit $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
}

# publish NAME: shows the text on stdin; with --write puts it into RESULTS.md as the section NAME
publish() {
    tee "$work/section"
    [ "$write" ] || return 0
    results=$root/bench/RESULTS.md
    awk -v name="$1" -v text="$work/section" '
        function put() {
            print "<!-- " name " -->"
            while ((getline line < text) > 0) print line
            print "<!-- end of " name " -->"
            done = 1
        }
        $0 == "<!-- " name " -->" { put(); skip = 1 }
        !skip { print }
        $0 == "<!-- end of " name " -->" { skip = 0 }
        END { if (!done) { print ""; put() } }' "$results" >"$work/results"
    cp "$work/results" "$results"
}
