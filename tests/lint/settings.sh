#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# settings.sh [ROOT [BIN]]: farmsim's manual names every setting with its default, and no other.
set -u
root=${1:-$SOURCE} bin=${2:-$BIN}
bad=0
defaults=$("$bin/farmsim" --settings) || exit 2
known=$(echo "$defaults" | grep -c '": *[^{]*$')
written=$(sed -n 's/^\.BR \([a-z_.]*\) " (\([^)]*\)).*/\1=\2/p' "$root/sim/farmsim.1")
[ "$(echo "$written" | wc -l)" = "$known" ] || { echo "there are $known settings, the manual has others"; bad=1; }
for setting in $written; do
    case $setting in *=none) setting=${setting%none} ;; esac
    [ "$("$bin/farmsim" --set "$setting" --settings)" = "$defaults" ] && continue
    echo "sim/farmsim.1: $setting is not the default"
    bad=1
done
exit $bad
