#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Exports in the viewers of others that npm has: speedscope, in a headless Chromium (readers.js drives it), opens its
# own format, the Chrome trace, pprof, folded stacks and callgrind.out; what VS Code's coverage gutters read Cobertura
# with finds the hits. The figures must be ours.
. "$(dirname "$0")/../e2e/lib.sh"
need node npm chromium

# fetched PACKAGE@VERSION: where its folder is, which is kept for the next time
fetched() {
    folder=$FARM_TEST_CACHE/npm/$1
    if [ ! -d "$folder" ]; then
        rm -rf "$folder.new"
        npm install --prefix "$folder.new" --ignore-scripts --no-audit --no-fund "$1" >npm.log 2>&1 || return 1
        mv "$folder.new" "$folder"
    fi
    echo "$folder/node_modules"
}
speedscope=$(fetched speedscope@1.25.0) && cobertura=$(fetched cobertura-parse@1.0.5) ||
    skip "the registry of npm cannot be reached, which has speedscope and cobertura-parse: $(tail -n 1 npm.log)"

cp "$here/../e2e/src/viewed.c" "$here/../e2e/src/viewed.h" .
"$farmcc" -g -O1 -DTHOUSANDS=400000 viewed.c -o viewed -lpthread || fail "viewed.c does not compile"
./viewed
spin=$("$farmdb" top --format csv | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    $at["function"] == "spin" { printf "%.0f", 1e9 * $at["self_s"] }')
[ "$spin" -gt 30000000 ] || fail "self time of spin: $spin ns"

for export in speedscope=x.speedscope.json trace=x.trace.json pprof=x.pb.gz folded=x.folded \
    callgrind=callgrind.out.x; do
    "$farmdb" export "${export%%=*}" -o "${export#*=}" || fail "export ${export%%=*}"
done
node "$here/readers.js" "$speedscope/speedscope/dist/release/index.html" "$spin" || fail "speedscope, see above"

"$farmdb" export cobertura -o x.xml || fail "export cobertura"
line=$(source_line viewed.c 'sink = sink * 1664525u')
NODE_PATH=$cobertura node -e '
    require("cobertura-parse").parseFile("x.xml", (err, files) => {
        if (err) throw new Error(err);
        const lines = files.find((f) => f.file.endsWith("viewed.c")).lines.details;
        console.log(lines.find((l) => l.line === +process.argv[1]).hit);
    })' "$line" >hit.txt || fail "cobertura-parse"
expect "hits through cobertura-parse" "$(cat hit.txt)" "$(hits viewed.c "$line")"
