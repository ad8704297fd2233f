#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# exports.sh [ARCHIVE [ROOT]]: what our archives bring into a stranger's program. Every global symbol starts with farm_
# or __farm_, or stands with its reason in exports.txt; every object comes from a source of runtime/ that is MIT.
set -u
archives=${1:-libfarm.a libfarm_names.a}
root=${2:-$SOURCE}
here=$(cd "$(dirname "$0")" && pwd)
bad=0
[ $# != 0 ] || cd "$BUILD/lib/farm" || exit 1
for archive in $archives; do [ -f "$archive" ] || { echo "$archive: missing"; exit 1; }; done

allowed=$(sed -n 's/^\([A-Za-z_][A-Za-z_0-9]*\)  *[^ ].*/\1/p' "$here/exports.txt")
# shellcheck disable=SC2086
symbols=$(nm -g --defined-only $archives | awk 'NF == 3 { print $3 }' | sort -u)
[ -n "$symbols" ] || { echo "$archives: defines nothing"; exit 1; }
for symbol in $symbols; do
    case $symbol in farm_* | __farm_*) continue ;; esac
    echo "$allowed" | grep -qx "$symbol" && continue
    echo "$archives: exports $symbol, which has no prefix and no reason in tests/lint/exports.txt"
    bad=1
done
for symbol in $allowed; do
    echo "$symbols" | grep -qx "$symbol" && continue
    echo "tests/lint/exports.txt: $symbol is not exported any more"
    bad=1
done
for archive in $archives; do
    for member in $(ar t "$archive"); do
        source=$root/runtime/${member%.o}
        [ -f "$source" ] && grep -q 'SPDX-License-Identifier: MIT' "$source" && continue
        echo "$archive: $member does not come from an MIT source in runtime/"
        bad=1
    done
done
exit $bad
