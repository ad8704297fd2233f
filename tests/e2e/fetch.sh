#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fetch.sh PACKAGE...: brings the upstream source of Debian packages to $FARM_TEST_CACHE/PACKAGE, once. Upstream's files
# are unpacked without Debian's patches, so that the package's own build files work as upstream wrote them.
# Exit 77 if apt has no source entries (deb-src); the set-up script adds them.
set -eu
cache=${FARM_TEST_CACHE:?names the folder for fetched sources}
mkdir -p "$cache"

# download PACKAGE: into $scratch. Lists may name a version that the mirror no longer has: then an older one.
download() {
    for version in $(apt-cache showsrc --only-source "$1" | sed -n 's/^Version: //p' | sort -Vr); do
        (cd "$scratch" && rm -f ./*.dsc && apt-get source --download-only --only-source "$1=$version") && return
    done
    return 1
}

fetch() {
    target=$cache/$1
    [ -d "$target" ] && return
    # One fetcher at a time: tests may run in parallel.
    exec 9>"$cache/.lock"
    flock 9
    [ -d "$target" ] && return
    scratch=$(mktemp -d "$cache/.fetch.XXXXXX")
    trap 'rm -rf "$scratch"' EXIT
    if ! download "$1" >"$scratch/log" 2>&1; then
        cat "$scratch/log" >&2
        echo "SKIP: no source of $1: enable deb-src (the set-up script does) and run apt-get update" >&2
        exit 77
    fi
    (cd "$scratch" && dpkg-source --no-check --skip-patches -x ./*.dsc source) >"$scratch/log" 2>&1 || {
        cat "$scratch/log" >&2
        exit 1
    }
    rm -rf "$scratch/source/debian"
    mv "$scratch/source" "$target"
    rm -rf "$scratch"
    trap - EXIT
    exec 9>&-
}

for package in "$@"; do
    fetch "$package"
done
