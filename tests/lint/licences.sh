#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# licences.sh [ROOT]: each source says its licence in its first three lines: MIT in runtime/ and in the texts that
# farmcc inserts (instrument/inserted/), GPL-3.0-or-later elsewhere. Queries and golden inputs and outputs are data.
set -u
root=${1:-$SOURCE}
cd "$root" || exit 2
bad=0
for file in LICENSE runtime/LICENSE; do
    [ -s "$file" ] || { echo "$file: missing"; bad=1; }
done
for file in $(find base runtime instrument db sim plots tests bench scripts ./*.sh .ci -type f \
    \( -name '*.[ch]' -o -name '*.sh' -o -name '*.awk' -o -name '*.gp' -o -name '*.def' -o -path '.ci/run' \) \
    ! -path 'tests/rewrite/*/*' ! -path 'tests/cli/*/*' ! -path '*/corpus/*' ! -path 'sim/build/*' 2>/dev/null); do
    case $file in
    runtime/* | instrument/inserted/*) licence=MIT ;;
    *) licence=GPL-3.0-or-later ;;
    esac
    head -n 3 "$file" | grep -qE "SPDX-License-Identifier: $licence( |\$)" && continue
    echo "$file: does not say SPDX-License-Identifier: $licence"
    bad=1
done
exit $bad
