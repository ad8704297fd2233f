#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Answers with --format json are as docs/farmdb.schema.json says, which has every command and no field too few.
# UPDATE=1 writes it anew.
. "$(dirname "$0")/../e2e/lib.sh"
need python3
# As scripts/packages.txt installs it, whatever other Python there is.
python=/usr/bin/python3
[ -x $python ] && $python -c 'import jsonschema' 2>/dev/null || skip "needs python3-jsonschema"
. "$(dirname "$0")/world.sh"
. "$(dirname "$0")/json_answers.sh"
schema=$root/docs/farmdb.schema.json
if [ "${UPDATE-}" ]; then $python "$here/json_schema.py" make "$schema" answers/*.json; fi
$python "$here/json_schema.py" check "$schema" answers/*.json || fail "UPDATE=1 writes the schema anew"

# Commands without an answer, or with one in a format of its own.
quiet=" label rm merge ingest import export html "
"$farmdb" --help | sed -n '/^commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' >commands
while read -r command; do
    case $quiet in *" $command "*) continue ;; esac
    grep -q "\"command\": \"$command\"" answers/*.json || fail "tests/viewers/json_answers.sh asks nothing of $command"
done <commands

# The checker has eyes: a field that is not known, a text for a figure and a missing table are seen.
for change in 's/"hits": [0-9][0-9]*/"hits": "many"/' 's/"hits":/"hitz":/' 's/"lines":/"liens":/'; do
    cp -R answers changed
    sed -i "$change" changed/report.json
    $python "$here/json_schema.py" check "$schema" changed/*.json >said && fail "not noticed: $change"
    rm -rf changed
done
