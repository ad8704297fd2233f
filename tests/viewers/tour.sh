#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/tour.md tells what its commands print.
. "$(dirname "$0")/../e2e/lib.sh"
need make
python=/usr/bin/python3
[ -x $python ] || skip "needs python3"
PATH=$FARM_BUILD/bin:$PATH $python "$root/docs/tour.py" --check || fail "docs/tour.py writes the tour anew"
