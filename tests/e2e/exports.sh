#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each export is opened by a program that it is meant for, or judged by the format's own schema; figures must arrive.
. "$(dirname "$0")/lib.sh"
src=$here/src
mkdir 'a <b> & "c"'
cd 'a <b> & "c"'
cp "$src/viewed.c" "$src/viewed.h" .
"$farmcc" -g -O1 -DTHOUSANDS=400000 viewed.c -o viewed -lpthread || fail "viewed.c does not compile"
FARM_LABEL='one "run"' ./viewed
line=$(source_line viewed.c 'sink = sink * 1664525u')
count=$(hits viewed.c "$line")
[ "$count" -gt 4000000 ] || fail "hits of the loop: $count"
samples=$(query "SELECT samples FROM process")
[ "$samples" -ge 30 ] || fail "$samples samples"

# exported FORMAT FILE
exported() { "$farmdb" export "$1" -o "$2" || fail "export $1"; }

exported lcov x.info
genhtml --branch-coverage -q -o html x.info >genhtml.log 2>&1 || fail "genhtml: $(cat genhtml.log)"
[ -f html/index.html ] || fail "genhtml made nothing"

# What editors' gutters read lcov with.
if command -v node >/dev/null && [ -d /usr/share/nodejs/lcov-parse ]; then
    NODE_PATH=/usr/share/nodejs node -e '
        require("lcov-parse")("x.info", (err, files) => {
            if (err) throw new Error(err);
            const lines = files.find((f) => f.file.endsWith("viewed.c")).lines.details;
            console.log(lines.find((l) => l.line === +process.argv[1]).hit);
        })' "$line" >read.txt || fail "lcov-parse"
    expect "hits through lcov-parse" "$(cat read.txt)" "$count"
fi

exported cobertura x.xml
xmllint --nonet --noout --dtdvalid "$src/cobertura.dtd" x.xml 2>err || fail "Cobertura: $(cat err)"
expect "hits in Cobertura" "$(xmllint --nonet --xpath \
    "string(//class[@filename='viewed.c']/lines/line[@number='$line']/@hits)" x.xml)" "$count"
expect "its source folder" "$(xmllint --nonet --xpath 'string(//source)' x.xml)" "$PWD"
expect "a condition" "$(xmllint --nonet --xpath \
    "string(//class[@name='viewed.c']/lines/line[@number='$((line - 1))']/@condition-coverage)" x.xml)" \
    "100% (2/2)"
expect "the header" "$(xmllint --nonet --xpath "string(//class[@name='viewed.h']/lines/line/@hits)" x.xml)" 20000

# geninfo asks gcov for JSON and reads what it finds: here it finds ours.
exported gcov x.json
gcov=$work/gcov
mkdir "$gcov"
gzip -c x.json >"$gcov/ours.json.gz"
cat >"$gcov/tool" <<CODE
#!/bin/sh
case "\$*" in *-v*|*-h*) exec gcov "\$@" ;; esac
cp $gcov/ours.json.gz tiny.gcov.json.gz
CODE
chmod +x "$gcov/tool"
echo 'int main(void) { return 0; }' >"$gcov/tiny.c"
(cd "$gcov" && gcc --coverage -c tiny.c && gcc --coverage tiny.o -o tiny && ./tiny)
geninfo --gcov-tool "$gcov/tool" --rc lcov_branch_coverage=1 -o gcov.info "$gcov" >geninfo.log 2>&1 ||
    fail "geninfo: $(cat geninfo.log)"
grep -q "^DA:$line,$count\$" gcov.info || fail "hits through geninfo: $(grep "^DA:$line," gcov.info)"
grep -q '^FNDA:11,big$' gcov.info || fail "calls through geninfo: $(grep FNDA gcov.info)"

exported callgrind x.callgrind
callgrind_annotate --threshold=100 --show=Hits,ns x.callgrind >flat.txt 2>err || fail "callgrind_annotate: $(cat err)"
[ ! -s err ] || fail "callgrind_annotate says: $(cat err)"
grep -qF "$(echo "$count" | rev | sed 's/\([0-9]\{3\}\)/\1,/g; s/,$//' | rev) " flat.txt ||
    fail "hits of the loop in callgrind_annotate: $(cat flat.txt)"
callgrind_annotate --inclusive=yes --tree=both --threshold=100 --show=ns x.callgrind >tree.txt 2>err ||
    fail "callgrind_annotate --tree: $(cat err)"
percent=$(sed -n 's/^.*( *\([0-9.]*\)%) *\* .*:main$/\1/p' tree.txt | head -n 1)
within "inclusive time of main" "$percent" 70 99.9
grep -q '> .*:compare (26[0-9],[0-9]*x)' tree.txt || fail "calls of compare from main: $(grep compare tree.txt)"
grep -q '^cfn=([0-9]*)$' x.callgrind || fail "no compressed name"

# KCachegrind has no answers for programs, but says which function it shows: the one that the file is about.
if command -v kcachegrind >/dev/null && command -v xvfb-run >/dev/null && command -v dbus-run-session >/dev/null; then
    mkfifo words
    cat >kcachegrind.sh <<'CODE'
kcachegrind x.callgrind >words 2>&1 &
viewer=$!
sed /Selected/q words >kcachegrind.log
kill $viewer
CODE
    XDG_RUNTIME_DIR=$work HOME=$work timeout 60 xvfb-run -a dbus-run-session -- sh kcachegrind.sh >/dev/null 2>&1 || :
    grep -q 'Selected.*main' kcachegrind.log || fail "KCachegrind: $(cat kcachegrind.log)"
fi

exported pprof x.pb.gz
zcat x.pb.gz >x.pb || fail "the profile is not gzipped"
mkdir proto
protoc-c --proto_path="$src" --c_out=proto profile.proto || fail "protoc-c"
gcc -Iproto "$src/pprof_dump.c" proto/profile.pb-c.c -lprotobuf-c -o dump || fail "the decoder does not build"
./dump <x.pb >dump.txt || fail "protobuf-c cannot decode the profile"
expect "types" "$(sed -n 's/^type //p' dump.txt | tr '\n' ' ')" \
    "hits/count alloc_objects/count alloc_space/bytes cpu/nanoseconds "
grep -q "^spin:$line $count 0 0 0\$" dump.txt || fail "hits in pprof: $(cat dump.txt)"
grep -q "^main:$(source_line viewed.c malloc) 0 1 12345 0\|^main:$(source_line viewed.c malloc) 1 1 12345 0" dump.txt ||
    fail "bytes in pprof: $(cat dump.txt)"
grep -q "^main:[0-9]*;big:[0-9]*;spin:$line 0 0 0 [1-9]" dump.txt || fail "stacks in pprof: $(cat dump.txt)"
if command -v go >/dev/null; then
    go tool pprof -top -cum x.pb.gz >top.txt 2>err || fail "go tool pprof: $(cat err)"
    grep -q ' main$' top.txt || fail "go tool pprof: $(cat top.txt)"
fi

exported folded x.folded
"$farmdb" flame -o flame.folded
same "folded" x.folded flame.folded
expect "what is no folded stack" "$(grep -cv '^[^;]*\(;[^;]*\)* [0-9][0-9]*$' x.folded || true)" 0

# The schema comes with the program, which is a package of npm.
mkdir -p "$FARM_TEST_CACHE"
if [ ! -f "$FARM_TEST_CACHE/speedscope.schema.json" ] && npm pack speedscope@1.25.0 >npm.log 2>&1; then
    tar xzOf speedscope-1.25.0.tgz package/dist/release/file-format-schema.json >schema.json
    mv schema.json "$FARM_TEST_CACHE/speedscope.schema.json"
fi
exported speedscope x.speedscope.json
exported trace x.trace.json
python3 - "$FARM_TEST_CACHE" "$src/trace.schema.json" <<'CODE' || fail "speedscope or trace"
import json, jsonschema, os, sys
speedscope = json.load(open("x.speedscope.json"))
schema = os.path.join(sys.argv[1], "speedscope.schema.json")
if os.path.exists(schema):
    jsonschema.validate(speedscope, json.load(open(schema)))
profile = speedscope["profiles"][0]
assert profile["endValue"] == sum(profile["weights"]) > 0
assert all(f < len(speedscope["shared"]["frames"]) for s in profile["samples"] for f in s)
trace = json.load(open("x.trace.json"))
jsonschema.validate(trace, json.load(open(sys.argv[2])))
events = trace["traceEvents"]
steps = [e for e in events if e.get("cat") == "step"]
assert len(steps) == 9, len(steps)      # the tenth is not over when the program ends
assert all(a["ts"] + a["dur"] <= b["ts"] + 1 for a, b in zip(steps, steps[1:]))
assert [e["args"]["calls"] for e in events if e.get("cat") == "region"] == [10]
assert any(e["ph"] == "C" and e["name"] == "memory, resident" and e["args"]["bytes"] > 100000 for e in events)
assert sum(e.get("cat") == "process" for e in events) == 1
CODE

exported prometheus x.prom
if command -v promtool >/dev/null; then
    promtool check metrics <x.prom >prom.txt 2>&1 || fail "promtool: $(cat prom.txt)"
fi
grep -q '^farm_run_user_seconds{run="1",label="one \\"run\\"",program="./viewed"} [0-9.]*$' x.prom ||
    fail "$(cat x.prom)"

# Hits alone: nothing was sampled.
FARM_SAMPLER=none ./viewed
for format in folded speedscope; do
    status=0
    "$farmdb" export $format >out 2>err || status=$?
    expect "status of $format without samples" "$status" 3
    grep -q 'has no samples' err || fail "$format: $(cat err)"
done
exported callgrind plain.callgrind
callgrind_annotate --threshold=100 plain.callgrind >flat.txt 2>err || fail "hits alone: $(cat err)"
exported pprof plain.pb.gz
zcat plain.pb.gz | ./dump | grep -q '^default hits$' || fail "the default type without samples"

# Two runs are summed.
"$farmdb" export lcov 1,2 -o both.info
grep -q "^DA:$line,$((2 * count))\$" both.info || fail "two runs: $(grep "^DA:$line," both.info)"

# The list of places: vim reads it, and VS Code's pattern of docs/editors.md fits each line.
"$farmdb" report one* --format quickfix >hot.txt || fail "quickfix"
head -n 1 hot.txt | grep -q "^$PWD/viewed.c:$line:1: [0-9.]* ms ([0-9.]* %), hits [0-9,]*: spin\$" ||
    fail "$(cat hot.txt)"
if grep -vE '^(.*):([0-9]+):([0-9]+): (.*)$' hot.txt; then fail "a line that is no place"; fi
if command -v vim >/dev/null; then
    cp hot.txt "$work/hot.txt"
    vim -Nu NONE -es -c "cfile $work/hot.txt" \
        -c "call writefile(map(getqflist(), {_, q -> bufname(q.bufnr) . ':' . q.lnum}), '$work/read.txt')" -c 'qa!' \
        </dev/null || fail "vim"
    sed 's/^\(.*:[0-9]*\):1: .*/\1/' hot.txt | sed "s#^$PWD/##" >want.txt
    sed "s#^$PWD/##" "$work/read.txt" >read.txt
    same "what vim read" want.txt read.txt
fi
"$farmdb" top --format quickfix >top.txt
grep -q "viewed.c:[0-9]*:1: calls 11: big\$" top.txt || fail "top: $(cat top.txt)"
"$farmdb" compare one* @latest --format quickfix >changed.txt 2>err || fail "compare: $(cat err)"

# On a terminal answers go through a pager, and a missing one loses nothing; --watch answers again.
if command -v script >/dev/null; then
    export FARM_PAGER="sed 's/^/>/'"
    script -qec "$farmdb runs" /dev/null | grep -q '^>.*Run .*Label' || fail "no pager"
    FARM_PAGER=/no/such/pager
    script -qec "$farmdb runs" /dev/null 2>err | grep -q 'Run .*Label' || fail "a pager that is not there"
    unset FARM_PAGER
fi
"$farmdb" runs --watch 0.1 >watched.txt &
watching=$!
until [ "$(grep -c '^Run' watched.txt)" -ge 3 ]; do kill -0 "$watching" || fail "--watch ended"; done
kill "$watching"
status=0
"$farmdb" gc --watch 1 >out 2>err || status=$?
expect "status of gc --watch" "$status" 2
