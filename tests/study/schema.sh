#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# docs/study.schema.json says of study files what farmdb says: ours and what init writes are fine, each broken one is
# refused by both.
. "$(dirname "$0")/../e2e/lib.sh"
need python3
python3 -c 'import jsonschema' 2>/dev/null || skip "needs python3-jsonschema (scripts/setup.sh test installs it)"
cat >judge.py <<'E2'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
judge = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    errors = [e.json_path + ": " + e.message[:200] for e in judge.iter_errors(json.load(open(path)))]
    print(path, "refused" if errors else "fine", *errors)
E2
judge() { python3 judge.py "$root/docs/study.schema.json" "$@"; }

"$farmdb" study init start.study.json 2>/dev/null
# shellcheck disable=SC2046
judge start.study.json $(find "$root/sim" "$root/tests" -name '*.study.json') >said
! grep -v ' fine$' said || fail "the schema refuses what farmdb takes"
[ "$(wc -l <said)" -ge 3 ] || fail "study files are missing: $(cat said)"

broken() {
    printf '{"schema": 1, "name": "x", "run": "./p {n}", "parameters": {"n": 1}, %s}' "$1" >broken.json
    judge broken.json | grep -q 'broken.json refused' || fail "the schema takes $1"
    status=0
    "$farmdb" study broken.json >out 2>err || status=$?
    expect "status for $1" $status 2
}
broken '"colour": 1'
broken '"runs": {"repeats": 0}'
broken '"runs": {"repeats": 1.5}'
broken '"metrics": 1'
broken '"functions": [{"alias_of": "f"}]'
broken '"macro": []'
broken '"macro": {"grid": {"n": []}}'
broken '"macro": {"grid": {"n": [1, 1]}}'
broken '"macro": {"values": [1]}'
broken '"component": [{"grid": {"n": [1]}}]'
broken '"component": [{"experiment": "e", "better": "less"}]'
broken '"component": [{"experiment": "e", "metric": "m", "better": "big"}]'
broken '"component": [{"experiment": "e", "proof": {"metric": "m"}}]'
broken '"rules": {"share": 1}'
broken '"exact_lines": 1'
broken '"effort": {"a": "tiny"}'
broken '"plan": [{"what": "f"}]'
broken '"plan": {}'
echo "schema and reader agree"
