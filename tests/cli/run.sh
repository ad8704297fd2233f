#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs one golden case: tests/cli/run.sh CASE_FOLDER BIN_FOLDER
#   cmd       shell text, run by `sh -e` in an empty folder that holds copies of the case's other files
#   stdout, stderr, exit   what is expected; a missing one means: empty, empty, 0
# The programs of BIN_FOLDER come first in PATH; no FARM_* variable is inherited. The names of the working and the home
# folder become HERE and HOME in what comes out; whatever else differs between machines or runs must be taken out by
# `cmd` itself (sed), so that the comparison stays exact.
#   UPDATE=1  writes what came out as the new expectation      KEEP=1  keeps the folder and says where it is
# Exit status 77 of cmd, where none is expected, means: cannot run here, skipped.
set -u
umask 022
case=$(cd "$1" && pwd) && bin=$(cd "$2" && pwd) || exit 2
tests=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/farm-cli.XXXXXX") || exit 2
if [ -n "${KEEP-}" ]; then echo "kept: $folder"; else trap 'rm -rf "$folder"' EXIT; fi

mkdir "$folder/work" "$folder/home" "$folder/expected"
cp -R "$case/." "$folder/work"
for name in stdout stderr exit; do
    if [ -f "$case/$name" ]; then cp "$case/$name" "$folder/expected/$name"; else : >"$folder/expected/$name"; fi
done
[ -s "$folder/expected/exit" ] || echo 0 >"$folder/expected/exit"
(cd "$folder/work" && rm -f cmd stdout stderr exit)

for name in $(env | sed -n 's/^\(FARM[A-Z_0-9]*\)=.*/\1/p'); do unset "$name"; done
(
    cd "$folder/work" || exit 2
    export PATH="$bin:$PATH" HOME="$folder/home" LC_ALL=C TZ=UTC COLUMNS=80 TERM=dumb CASE="$case" TESTS="$tests"
    unset XDG_CACHE_HOME NO_COLOR MAKEFLAGS MAKELEVEL
    sh -e "$case/cmd"
) >"$folder/stdout" 2>"$folder/stderr" </dev/null
status=$?
sed -i "s|$folder/work|HERE|g; s|$folder/home|HOME|g" "$folder/stdout" "$folder/stderr"
echo "$status" >"$folder/exit"
[ "$status" = 77 ] && [ "$(cat "$folder/expected/exit")" != 77 ] && { cat "$folder/stderr"; exit 77; }

failed=0
for name in exit stderr stdout; do
    cmp -s "$folder/expected/$name" "$folder/$name" && continue
    if [ -n "${UPDATE-}" ]; then
        cp "$folder/$name" "$case/$name"
        { [ ! -s "$case/$name" ] || [ "$name $status" = "exit 0" ]; } && rm "$case/$name"
        echo "updated: $case/$name"
        continue
    fi
    failed=1
    echo "$case: $name differs (- expected, + actual)"
    diff -u --label expected --label actual "$folder/expected/$name" "$folder/$name"
done
exit "$failed"
