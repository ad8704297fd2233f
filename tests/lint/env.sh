#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# env.sh [ROOT]: the environment variables that the runtime and farmcc look at are those that `farmdb env` lists, who
# reads them included.
set -u
root=${1:-$SOURCE}
"$BIN/farmdb" env --format json >env.json || exit 1
listed() { sed -n 's/.*"name": "\([A-Z_]*\)".*"read_by": "[^"]*'"$1"'[^"]*".*/\1/p' env.json | sort; }
bad=0

# compare WHO FILE: names in quotes that begin a row or follow an option's name
compare() {
    grep -oE '"FARM(CC|_[A-Z_]+)"' "$root/$2" | tr -d '"' | sort -u >"read.$1"
    listed "$1" >"listed.$1"
    [ -s "read.$1" ] && diff "read.$1" "listed.$1" && return
    echo "$2 reads (<) other variables than base/env.h says for $1 (>)"
    bad=1
}
compare runtime runtime/options.c
compare farmcc instrument/settings.c
exit $bad
