#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package: lintian has nothing to say, what it depends on is declared, and it works in a Debian that has
# nothing else. The Debian without and with what the package depends on is kept in FARM_TEST_CACHE.
. "$(dirname "$0")/../e2e/lib.sh"
need cpack dpkg-deb dpkg-shlibdeps lintian
. /etc/os-release
grep -q '^FARM_SANITIZE:.*=.' "$FARM_BUILD/CMakeCache.txt" && skip "sanitizers are not for packages"

cpack -G DEB -B "$work/pack" --config "$FARM_BUILD/CPackConfig.cmake" >log 2>&1 || { cat log; fail "cpack"; }
deb=$(ls pack/*.deb)
version=$("$farmdb" --version | sed 's/.* //')
expect "version of the package" "$(dpkg-deb -f "$deb" Version)" "$version-1"
lintian --allow-root "$deb" >said 2>&1 || :
grep -v '^N:' said >complaints && { cat complaints; fail "lintian complains"; }
dpkg-deb -f "$deb" Depends | tr ',' '\n' | sed 's/^ *//; s/ .*//' >depends
for package in gcc binutils libc6-dev libc6 libclang1-19 libsqlite3-0 libdw1 libcapstone4; do
    grep -qx "$package" depends || { cat depends; fail "$package is not declared"; }
done

[ "$(id -u)" = 0 ] || skip "a chroot needs root; the package itself is fine"
need debootstrap unshare
unshare -m true 2>/dev/null || skip "no mounts are allowed here; the package itself is fine"
mirrors=$(apt-get indextargets --format '$(CREATED_BY) $(CODENAME) $(REPO_URI)' |
    sed -n "s/^Packages \($VERSION_CODENAME[a-z-]*\) /\1 /p" | sort -u)
mirror=$(echo "$mirrors" | sed -n "s/^$VERSION_CODENAME //p" | head -n 1)
[ "$mirror" ] || skip "no mirror of $VERSION_CODENAME is known to apt"
mkdir -p "$FARM_TEST_CACHE"
bare=$FARM_TEST_CACHE/debian-$VERSION_CODENAME.tar
full=$FARM_TEST_CACHE/debian-$VERSION_CODENAME-$(dpkg-deb -f "$deb" Depends | cksum | cut -d' ' -f1).tar

# inside COMMAND...: with mounts that end with it
inside() {
    unshare -m --propagation private sh -c 'mount -t proc proc chroot/proc && mount --bind /dev chroot/dev &&
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C DEBIAN_FRONTEND=noninteractive \
            chroot chroot "$@"' inside "$@" </dev/null
}

# keep FILE: chroot as it is, whole or not at all
keep() { tar -C chroot -cf "$1.$$" . && mv "$1.$$" "$1"; }

mkdir chroot
if [ -f "$full" ]; then
    tar -C chroot -xf "$full"
else
    if [ -f "$bare" ]; then
        tar -C chroot -xf "$bare"
    else
        debootstrap --variant=minbase "$VERSION_CODENAME" chroot "$mirror" >log 2>&1 ||
            { tail -n 3 log; skip "debootstrap has no network here; the package itself is fine"; }
        keep "$bare"
    fi
    echo "$mirrors" | while read -r suite uri; do echo "deb $uri $suite main"; done >chroot/etc/apt/sources.list
    cp /etc/apt/apt.conf.d/* chroot/etc/apt/apt.conf.d/
    cp /etc/resolv.conf chroot/etc/
    inside apt-get -qq update >log 2>&1 || { tail -n 3 log; skip "apt has no network in a chroot"; }
    # Exactly what the package says, by a package that has its Depends and nothing else.
    mkdir -p empty/DEBIAN
    printf '%s\n' 'Package: farm-needs' 'Version: 1' 'Architecture: all' 'Maintainer: x <x@y.z>' 'Description: none' \
        "Depends: $(dpkg-deb -f "$deb" Depends)" >empty/DEBIAN/control
    dpkg-deb -b empty chroot/needs.deb >log
    inside apt-get -qq -o Acquire::Retries=5 install -y --no-install-recommends ./needs.deb >log 2>&1 ||
        { tail log; fail "Depends"; }
    inside dpkg -r farm-needs >log 2>&1
    rm chroot/needs.deb
    inside apt-get clean
    keep "$full"
fi

cp "$deb" chroot/farm.deb
find chroot -xdev \( -path chroot/proc -o -path chroot/dev \) -prune -o -type f -print | sort >before
inside dpkg -i /farm.deb >log 2>&1 || { cat log; fail "dpkg -i"; }
mkdir chroot/root/project
cat >chroot/root/project/words.c <<'END'
#include <stdio.h>
#include <string.h>
static int longer(const char *text, int than)
{
    int count = 0;
    for (const char *at = text; *at; at++)
        if (strlen(at) > (size_t)than)
            count++;
    return count;
}
int main(void)
{
    static char text[20001];
    memset(text, 'x', sizeof text - 1);
    printf("%d\n", longer(text, 10000));
    return 0;
}
END
inside sh -ec 'cd /root/project
    farmcc -O1 words.c -o words; ./words; farmdb report; farmdb runs; farmdb doctor ./words
    farmsim --steps 3 --json' >said 2>&1 ||
    { cat said; fail "the tools fail in a clean Debian"; }
grep -q '^10000$' said || { cat said; fail "the program's output"; }
grep -q ' 20,000 .*strlen(at)' said || { cat said; fail "hits and source in the report"; }
inside sh -ec 'cd /root/project; farmdb help report' >said 2>&1 || { cat said; fail "farmdb help"; }
grep -q '^usage: farmdb report' said || fail "without man there is the usage"
inside sh -ec 'bash -n /usr/share/bash-completion/completions/farmdb; farmdb completion words functions --db \
    /root/project/farm.db' | grep -qx longer || fail "completion"
inside dpkg -P farm >log 2>&1 || { cat log; fail "dpkg -P"; }
rm -rf chroot/root/project chroot/root/.cache
find chroot -xdev \( -path chroot/proc -o -path chroot/dev \) -prune -o -type f -print | sort >after
grep -v '/var/lib/dpkg\|/var/log\|/var/cache' before >before.own
grep -v '/var/lib/dpkg\|/var/log\|/var/cache' after >after.own
same "files before the package and after it" before.own after.own
