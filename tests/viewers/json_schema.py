# SPDX-License-Identifier: GPL-3.0-or-later
"""json_schema.py make|check SCHEMA ANSWER...: writes the JSON schema of farmdb's answers as they are, or checks answers.

A figure is an integer where its name is one of counts and no answer has a fraction; any figure may be null, which means
not known. Tables are arrays, facts stand beside them.
"""
import json
import re
import sys

WHOLE = re.compile(r"(^|_)(line|hits|calls|allocs|frees|temporary|failed|runs?|p?pid|tid|samples|processes|experiment"
                   r"|seed|threads|cores|exit|leaked|timed)$")
UNITS = [("_ns", "nanoseconds"), ("_per_s", "per second"), ("_s", "seconds"), ("_bytes", "bytes"), ("_kb", "1024 bytes"),
         ("share", "0 to 1")]
OPEN = {"sql": "rows"}           # the names of its columns are the user's


def merge(node, value):
    kind = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}[type(value)]
    node.add(kind)


def scalar(name, kinds):
    kinds = set(kinds)
    if "integer" in kinds and ("number" in kinds or not WHOLE.search(name)):
        kinds = (kinds - {"integer"}) | {"number"}
    if kinds == {"null"}:
        kinds = {"number", "string", "null"}
    if kinds & {"number", "integer"}:
        kinds.add("null")
    out = {"type": sorted(kinds) if len(kinds) > 1 else kinds.pop()}
    for end, unit in UNITS:
        if name.endswith(end):
            out["description"] = unit
            break
    return out


def collect(answers):
    commands = {}
    for path in answers:
        answer = json.load(open(path))
        known = commands.setdefault(answer["command"], {"facts": {}, "tables": {}, "in": []})
        known["in"].append(set(answer))
        for name, value in answer.items():
            if isinstance(value, list):
                table = known["tables"].setdefault(name, {})
                for row in value:
                    for column, cell in row.items():
                        merge(table.setdefault(column, set()), cell)
            elif name not in ("schema", "command"):
                merge(known["facts"].setdefault(name, set()), value)
    return commands


def remember(commands, path):
    """Adds what the schema that is there knows: a table without rows today had some when it was written."""
    try:
        old = json.load(open(path))
    except FileNotFoundError:
        return
    for command, told in old["$defs"].items():
        known = commands.get(command)
        for name, what in told["properties"].items():
            if known and name in known["tables"] and "items" in what:
                for column, cell in what["items"].get("properties", {}).items():
                    kinds = cell["type"]
                    known["tables"][name].setdefault(column, set()).update([kinds] if isinstance(kinds, str) else kinds)


def share_tables(commands):
    """A table that is empty here may have rows in the answer of another command."""
    for known in commands.values():
        for name in [name for name, columns in known["tables"].items() if not columns]:
            for other in commands.values():
                for column, kinds in other["tables"].get(name, {}).items():
                    known["tables"][name].setdefault(column, set()).update(kinds)


def definition(command, known):
    properties = {"schema": {"const": 1}, "command": {"const": command}}
    for name in sorted(known["facts"]):
        properties[name] = scalar(name, known["facts"][name])
    for name in sorted(known["tables"]):
        columns = known["tables"][name]
        row = {"type": "object"}
        if columns and OPEN.get(command) != name:
            row["properties"] = {column: scalar(column, kinds) for column, kinds in columns.items()}
            row["additionalProperties"] = False
        properties[name] = {"type": "array", "items": row}
    always = set.intersection(*known["in"])
    return {"type": "object", "properties": properties, "required": sorted(always), "additionalProperties": False}


def make(path, answers):
    commands = collect(answers)
    remember(commands, path)
    share_tables(commands)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers of farmdb with --format json",
        "description": "Names end with their units; null is not known. A new field does not change the number `schema`, "
                       "which grows when one goes or means something else.",
        "type": "object",
        "required": ["schema", "command"],
        "properties": {"schema": {"const": 1}, "command": {"enum": sorted(commands)}},
        "oneOf": [{"$ref": f"#/$defs/{command}"} for command in sorted(commands)],
        "$defs": {command: definition(command, commands[command]) for command in sorted(commands)},
    }
    with open(path, "w") as out:
        json.dump(schema, out, indent=1)
        out.write("\n")


def check(path, answers):
    import jsonschema
    schema = json.load(open(path))
    jsonschema.Draft202012Validator.check_schema(schema)
    bad = 0
    for file in answers:
        answer = json.load(open(file))
        command = answer.get("command")
        if command not in schema["$defs"]:
            print(f"{file}: the schema has no command {command}")
            bad = 1
            continue
        narrowed = dict(schema["$defs"][command], **{"$schema": schema["$schema"]})
        for error in jsonschema.Draft202012Validator(narrowed).iter_errors(answer):
            where = "/".join(str(part) for part in error.absolute_path)
            print(f"{file}: {command}: {where}: {error.message[:200]}")
            bad = 1
    seen = {json.load(open(file))["command"] for file in answers}
    for command in sorted(set(schema["$defs"]) - seen):
        print(f"no answer of {command} was checked")
        bad = 1
    return bad


if sys.argv[1] == "make":
    make(sys.argv[2], sys.argv[3:])
else:
    sys.exit(check(sys.argv[2], sys.argv[3:]))
