# SPDX-License-Identifier: GPL-3.0-or-later
# What every end-to-end test needs: sourced first by each script of this folder, and by bench/. It finds the tools,
# makes a scratch folder and moves into it, and cuts the test off from the caller's own store and settings.
#
#   FARM_BUILD       build (or installation) to test; default $BUILD (set by ctest), else <root>/build/debug
#   FARM_TEST_CACHE  where fetched sources are kept between runs; default <FARM_BUILD>/test-cache
#   KEEP=1           keep the scratch folder and say where it is
#
# Set for the script: root, here, work (= current folder), farmcc, farmdb, FARM_DB.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel 2>/dev/null || (cd "$here/../.." && pwd))
FARM_BUILD=${FARM_BUILD:-${BUILD:-$root/build/debug}}

for variable in $(env | sed -n 's/^\(FARM[A-Z_]*\)=.*/\1/p'); do
    case $variable in FARM_BUILD|FARM_TEST_CACHE|FARM_FULL) ;; *) unset "$variable" ;; esac
done

work=$(mktemp -d "${TMPDIR:-/tmp}/farm-test.XXXXXX")
cleanup() {
    if [ "${KEEP:-}" ]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM
cd "$work"
case $root$FARM_BUILD in
*" "*)                           # makefiles know no way to write such a path
    ln -s "$root" .root
    ln -s "$FARM_BUILD" .build
    here=$work/.root${here#"$root"} root=$work/.root FARM_BUILD=$work/.build ;;
esac
case $here in
"$root"/bench*|"$root"/tests/corpus|"$root"/tests/study|"$root"/tests/viewers)
    e2e=$root/tests/e2e ;;
*) e2e=$here ;;
esac
FARM_TEST_CACHE=${FARM_TEST_CACHE:-$FARM_BUILD/test-cache}
farmcc=$FARM_BUILD/bin/farmcc
farmdb=$FARM_BUILD/bin/farmdb
umask 022                        # some tests are seen from an ordinary user's side
FARM_DB=$work/farm.db
FARM_CACHE=$work/cache
export FARM_DB FARM_CACHE FARM_BUILD FARM_TEST_CACHE
LC_ALL=C
export LC_ALL
unset MAKEFLAGS MFLAGS MAKELEVEL CC CXX CFLAGS CXXFLAGS CPPFLAGS LDFLAGS

fail() {
    echo "FAIL: $*" >&2
    exit 1
}

# A test that cannot run here says why and counts as skipped.
skip() {
    echo "SKIP: $*" >&2
    exit 77
}

need() {
    for program in "$@"; do
        command -v "$program" >/dev/null || skip "needs $program (scripts/setup.sh bench installs it)"
    done
}

# expect WHAT ACTUAL EXPECTED
expect() {
    [ "$2" = "$3" ] || fail "$1: expected '$3', got '$2'"
}

# within WHAT ACTUAL LOW HIGH: numbers, bounds included
within() {
    awk -v a="$2" -v l="$3" -v h="$4" 'BEGIN { exit !(a != "" && a + 0 >= l + 0 && a + 0 <= h + 0) }' ||
        fail "$1: expected $3 .. $4, got '$2'"
}

# once_in TIMES COMMAND...: true as soon as the command is; a fault fails each time, chance and a busy machine do not.
# The command is run in a process of its own, so what it sets is lost.
once_in() {
    tries_left=$1
    shift
    while :; do
        "$@" &
        if wait $!; then return 0; fi
        [ $((tries_left -= 1)) -gt 0 ] || fail "$*: not once"
        echo "again: $*"
    done
}

# wait_until WHAT COMMAND...: for two minutes at least, however busy the machine is
wait_until() {
    awaited=$1 waits=0
    shift
    until "$@"; do
        [ $((waits += 1)) -lt 2400 ] || fail "waited in vain: $awaited"
        sleep 0.05
    done
}

# same WHAT FILE FILE
same() {
    cmp -s "$2" "$3" && return
    diff -u "$2" "$3" | head -40 >&2
    fail "$1: $2 and $3 differ"
}

# as_user COMMAND...: as somebody without rights; asked for by can_be_user
as_user() {
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}

can_be_user() {
    [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && chmod a+rx "$work" && as_user test -x "$farmdb" &&
        as_user test -x "$work" && return
    echo "not tried here: an ordinary user"
    return 1
}

# The compilers that are tried: "gcc" and, where installed, "clang-19".
compilers() {
    echo gcc
    if command -v clang-19 >/dev/null; then echo clang-19; fi
}

# fresh_store: forgets what was recorded so far
fresh_store() {
    rm -rf "$FARM_DB" "$FARM_DB"-wal "$FARM_DB"-shm "$FARM_DB"-records
}

# source_line FILE PATTERN: number of the one line with PATTERN in it
source_line() {
    awk -v pattern="$2" 'index($0, pattern) { print NR; found++ } END { exit found != 1 }' "$1" ||
        fail "$1 must have exactly one line with '$2'"
}

# query SQL: the rows alone, fields separated by commas
query() {
    "$farmdb" sql --format csv "$1" | sed 1d
}

# hits FILE LINE: what the selected run counted there, "-" where the line has no count. RUN may follow.
hits() {
    file=$1 line=$2
    shift 2
    "$farmdb" export lcov "$@" | awk -v file="$file" -v line="$line" '
        /^SF:/ { path = substr($0, 4); n = split(path, parts, "/"); at = path == file || parts[n] == file }
        at && /^DA:/ { split(substr($0, 4), da, ","); if (da[1] == line) { sum += da[2]; seen = 1 } }
        END { print seen ? sum : "-" }'
}
