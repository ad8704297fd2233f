#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/tour.py [--check]: runs the commands of docs/tour.md ("$ " in its console blocks) one after the other beside
copies of docs/tour/*, and puts what they print in the place of what stands below them. With --check it writes nothing:
the commands must end with 0, and what they print must be what stands there, figures and column widths apart, in at
least three lines of four of each. Wants the tools in PATH."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

DOCS = pathlib.Path(__file__).resolve().parent
CLOSE_ENOUGH = 0.75


def run(command, folder):
    done = subprocess.run(["sh", "-c", command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"tour: {command}: exit status {done.returncode}\n{done.stdout}")
    return [line.rstrip() for line in done.stdout.replace(str(folder), "~").splitlines()]


def shape(line):
    """The line without what differs between runs and machines."""
    line = re.sub(r"[0-9][0-9.,:e+-]*( ?(ns|us|ms|s|B|kB|MB|GB|%)(?![a-z]))?", "0", line)
    return re.sub(r"[ ~?+-]+", " ", line).strip()


def close(there, now):
    """Share of the lines of `there` that `now` has too, order apart."""
    left = [shape(line) for line in now]
    found = 0
    for line in there:
        if shape(line) in left:
            left.remove(shape(line))
            found += 1
    return found / len(there) if there else float(not now)


def main():
    check = "--check" in sys.argv
    folder = pathlib.Path(tempfile.mkdtemp())
    for file in (DOCS / "tour").iterdir():
        shutil.copy(file, folder)
    for name in [name for name in os.environ if name.startswith("FARM_")]:
        del os.environ[name]
    os.environ.update(LC_ALL="C", FARM_CACHE=str(folder / ".cache"))
    out, lines, bad = [], (DOCS / "tour.md").read_text().split("\n"), 0
    at, inside = 0, False
    while at < len(lines):
        line = lines[at]
        out.append(line)
        at += 1
        if line.startswith("```"):
            inside = line == "```console"
        if not (inside and line.startswith("$ ")):
            continue
        there = []
        while not (lines[at].startswith("$ ") or lines[at].startswith("```")):
            there.append(lines[at])
            at += 1
        now = run(line[2:], folder)
        share = close([text for text in there if text], [text for text in now if text])
        if check and share < CLOSE_ENOUGH:
            print(f"tour: {line}: {share:.0%} of what docs/tour.md has is still so; now:\n" + "\n".join(now))
            bad = 1
        out += now
    shutil.rmtree(folder)
    if not check:
        (DOCS / "tour.md").write_text("\n".join(out))
    sys.exit(bad)


main()
