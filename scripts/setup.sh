#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# setup.sh demo|test|bench: installs the packages of packages.txt that are missing, by name, and says why each is
# needed. For tests it also lets apt fetch the sources of packages (deb-src), where it cannot do so yet. Does nothing,
# quickly, on a machine that has it all.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
case ${1-} in
demo) groups='demo' ;;
test) groups='demo|test' ;;
bench) groups='demo|test|bench' ;;
*) echo "usage: setup.sh demo|test|bench" >&2; exit 2 ;;
esac
added=/etc/apt/sources.list.d/farm-deb-src.sources

# "PACKAGE REASON" for what this machine lacks.
missing() {
    wanted=$(sed -nE "s/^($groups) +//p" "$here/packages.txt")
    present=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
    printf '%s\n--\n%s\n' "$present" "$wanted" |
        awk '$0 == "--" { want = 1; next } !want { have[$1] = 1; next } !($1 in have)'
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
        echo "setup: this needs root and there is no sudo; run as root: $*" >&2
        exit 1
    fi
}

update() {
    echo "setup: asking for the lists of packages (apt-get update)"
    as_root apt-get -qq update || echo "setup: going on with the lists that there are"
}

# The entries of the machine's own distribution as one deb822 text. Whose an entry is says the signed list that apt
# holds of it, so that repositories of others, which often have no sources, stay as they are.
source_entries() {
    own=$(. /etc/os-release && echo "$ID")
    apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(REPO_URI)' |
        awk -v own="$own" '$1 == "Packages" && tolower($2) == own { sub(/\/$/, "", $3); print $3 }' |
        sort -u >"$scratch/uris"
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] && [ "$file" != "$added" ] || continue
        case $file in
        *.list) awk -f "$here/deb822.awk" "$file" ;;
        *) grep -v '^#' "$file" ;;
        esac
        echo
    done | awk -v uris="$scratch/uris" '
        BEGIN { while ((getline uri < uris) > 0) known = known " " uri " "; RS = ""; FS = "\n" }
        function ours(i, j, n, word) {
            for (i = 1; i <= NF; i++) {
                if (tolower($i) !~ /^uris:/) continue
                n = split($i, word, " ")
                for (j = 2; j <= n; j++) { sub(/\/$/, "", word[j]); if (index(known, " " word[j] " ")) return 1 }
            }
            return 0
        }
        tolower($0) !~ /enabled: *no/ && ours() {
            for (i = 1; i <= NF; i++) print tolower($i) ~ /^types:/ ? "Types: deb-src" : $i
            print ""
        }'
}

sources_available() {
    apt-cache showsrc zlib 2>/dev/null | grep -q '^Package:'
}

enable_sources() {
    sources_available && return
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    [ -n "$updated" ] || update
    updated=yes
    sources_available && return
    source_entries >"$scratch/entries"
    if [ ! -s "$scratch/entries" ]; then
        echo "setup: no entry of this distribution in /etc/apt; the tests of Lua and zlib need deb-src lines" >&2
        return
    fi
    echo "setup: adding $added: the tests build Lua and zlib from the distribution's sources"
    as_root install -m 644 "$scratch/entries" "$added"
    update
}

command -v apt-get >/dev/null || {
    echo "setup: this is no Debian; please install what scripts/packages.txt names in your system's own way" >&2
    exit 0
}
updated=
lack=$(missing)
if [ -n "$lack" ]; then
    echo "setup: installing"
    echo "$lack" | while read -r package why; do printf '  %-20s %s\n' "$package" "$why"; done
    update
    updated=yes
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        $(echo "$lack" | cut -d' ' -f1) >/dev/null
fi
case $groups in *test*) enable_sources ;; esac
