#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual pages are shown at 80 columns without a complaint of groff or mandoc, and `farmdb help` shows them.
. "$(dirname "$0")/../e2e/lib.sh"
need man
pages=$FARM_BUILD/share/man
version=$("$farmdb" --version | sed 's/.* //')

for page in "$pages"/man[13]/*; do
    name=$(basename "$page")
    LC_ALL=C.UTF-8 MANWIDTH=80 MANROFFOPT='-ww -rF0' man --warnings=all -E UTF-8 -l "$page" >shown 2>complaints ||
        fail "$name is not shown"
    [ ! -s complaints ] || { cat complaints; fail "$name: groff complains"; }
    wide=$(sed 's/.\x08//g' shown | LC_ALL=C.UTF-8 awk 'length > 80' | head -n 1)
    [ -z "$wide" ] || fail "$name is wider than 80 columns: $wide"
    grep -q "farm $version" shown || fail "$name does not tell the version $version"
    if command -v mandoc >/dev/null; then
        mandoc -T lint -W warning "$page" >complaints || { cat complaints; fail "$name: mandoc complains"; }
    fi
done

for command in report sweep; do
    MANWIDTH=80 "$farmdb" help "$command" >shown
    grep -q "FARMDB-$(echo "$command" | tr a-z A-Z)(1)" shown || { head shown; fail "farmdb help $command: no page"; }
done
MANWIDTH=80 "$farmdb" help >shown
grep -q '^usage: farmdb ' shown || fail "farmdb help alone is the overview of commands"
PATH=$work "$farmdb" help report >shown || fail "farmdb help without man"
grep -q '^usage: farmdb report' shown || fail "without man there is the usage"
