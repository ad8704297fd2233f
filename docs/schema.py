#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/schema.py: prints docs/schema.md, the reference of the store, from the comments and statements of db/schema."""
import pathlib
import re
import sqlite3
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = """# The store

`farm.db` is one SQLite file; `farmdb sql` asks it. Made from `db/schema/` by `docs/schema.py`: not to be edited. Views
are the way in: they hold what is derived, and are what farmdb itself answers from.
"""


def wrap(text):
    return textwrap.fill(text, 119, break_on_hyphens=False, break_long_words=False)


def comment(line):
    found = re.search(r"--\s*(.*?)[\s-]*$", line)
    return found[1] if found else ""


def columns_told(lines):
    """Column -> what its comment says, over as many lines as it goes."""
    told, name = {}, None
    for line in lines:
        found = re.match(r"    ([a-z_0-9]+)\s+[A-Z]", line)
        if found:
            name = found[1]
            told[name] = comment(line)
        elif re.match(r"\s+--", line) and name:
            told[name] = (told[name] + " " + comment(line)).strip()
        else:
            name = None
    return told


def statements(text):
    """(kind, name, description, lines) of each CREATE TABLE and VIEW."""
    lines, about, at = text.split("\n"), [], 0
    while at < len(lines):
        found = re.match(r"CREATE (TABLE|VIEW) ([a-z_]+)", lines[at])
        if lines[at].startswith("--"):
            about.append(comment(lines[at]))
        elif found:
            end = at
            while not re.search(r";\s*(--.*)?$", lines[end]):
                end += 1
            words = " ".join(about).strip()
            here = comment(lines[at])
            yield found[1], found[2], (words + " " + here).strip(), lines[at + 1:end + 1]
            about, at = [], end
        else:
            about = []
        at += 1


def main():
    db = sqlite3.connect(":memory:")
    found = []
    for step in sorted((ROOT / "db" / "schema").glob("*.sql")):
        text = step.read_text()
        db.executescript(text)
        found += statements(text)
    kinds = dict(db.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"))
    print(HEAD)
    for kind in ("VIEW", "TABLE"):
        print(f"## {kind.capitalize()}s\n")
        for what, name, about, lines in found:
            if what != kind or kinds.get(name) != kind.lower():
                continue
            print(f"### {name}\n")
            if about:
                print(wrap(about[0].upper() + about[1:]) + "\n")
            told = columns_told(lines)
            if kind == "VIEW":
                names = ", ".join(f"`{row[1]}`" for row in db.execute(f"PRAGMA table_info({name})"))
                print(wrap("Columns: " + names) + "\n")
                continue
            print("| column | type | what it is |\n|---|---|---|")
            for _, column, type_, required, _, key in db.execute(f"PRAGMA table_info({name})"):
                about = told.get(column, "")
                target = next((row[2] for row in db.execute(f"PRAGMA foreign_key_list({name})") if row[3] == column), "")
                notes = "; ".join(filter(None, ["key" if key else "", f"of [{target}](#{target})" if target else "",
                                               "" if required or key else "may be NULL", about]))
                print(f"| `{column}` | {type_} | {notes.replace('|', chr(92) + '|')} |")
            print()


main()
