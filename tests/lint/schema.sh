#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# schema.sh [ROOT]: docs/schema.md is what docs/schema.py makes of db/schema.
set -u
root=${1:-$SOURCE}
[ -x /usr/bin/python3 ] || { echo "python3 is not installed"; exit 77; }
/usr/bin/python3 "$root/docs/schema.py" >schema.md || exit 1
diff -u "$root/docs/schema.md" schema.md && exit
echo "docs/schema.md is not current: docs/schema.py >docs/schema.md"
exit 1
