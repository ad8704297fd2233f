#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# licences.sh [ROOT]: each source says its licence in its first three lines: MIT in runtime/, GPL-3.0-or-later
# elsewhere, either in programs that tests profile. Queries and golden inputs and outputs are data.
set -u
root=${1:-$SOURCE}
cd "$root" || exit 2
bad=0
for file in LICENSE runtime/LICENSE; do
    [ -s "$file" ] || { echo "$file: missing"; bad=1; }
done
for file in $(find base runtime instrument db sim plots tests bench scripts ./*.sh .ci -type f \
    \( -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' -o -name '*.gp' -o -name '*.def' -o -path '.ci/run' \) \
    ! -path 'tests/rewrite/*/*' ! -path 'tests/cli/*/*' \
    ! -path 'tests/align/*/*' ! -path '*/corpus/*' ! -path 'sim/build/*' 2>/dev/null); do
    case $file in
    runtime/*) licence=MIT ;;
    tests/e2e/src/*) licence='(MIT|GPL-3.0-or-later)' ;;
    *) licence=GPL-3.0-or-later ;;
    esac
    head -n 3 "$file" | grep -qE "SPDX-License-Identifier: $licence( |\$)" && continue
    echo "$file: does not say SPDX-License-Identifier: $licence"
    bad=1
done
grep -q 'MIT licence' instrument/prologue.h || {
    echo "instrument/prologue.h: does not say that inserted text is MIT"
    bad=1
}
exit $bad
