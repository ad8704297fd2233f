#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# docs/page.sh: makes docs/page.png again, the page of farmdb html where farmsim is hottest. Wants chromium, and the
# tools in PATH, as ./demo.sh leaves them (build/demo/bin). Its folder is build/page.
set -eu
cd "$(dirname "$0")/.."
command -v farmdb >/dev/null || PATH=$PWD/build/demo/bin:$PATH
out=${OUT:-$PWD/build/page}
export FARM_DB="$out/farm.db" FARM_CACHE="$out/cache"
rm -rf "$out"
mkdir -p "$out"
make -s -C sim CC=farmcc OUT="$out/sim"
"$out/sim/farmsim" --scenario crowd --steps 1000
farmdb html --title "farmsim --scenario crowd --steps 1000" -o "$out/page.html"
hottest=$(farmdb sql --format csv "SELECT file || ':' || line FROM line_time
    WHERE function = (SELECT function FROM line_time GROUP BY function ORDER BY sum(time_ns) DESC LIMIT 1)
    GROUP BY file, line ORDER BY sum(time_ns) DESC LIMIT 1" | sed 1d)
[ "$(id -u)" != 0 ] || root=--no-sandbox
chromium --headless=new ${root:-} --hide-scrollbars --disable-gpu --window-size=1180,760 --user-data-dir="$out/chromium" \
    --virtual-time-budget=5000 --screenshot="$PWD/docs/page.png" "file://$out/page.html#$hottest" 2>"$out/chromium.log" ||
    { cat "$out/chromium.log" >&2; exit 1; }
ls -l docs/page.png
