#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# llvm_part.sh CC LIBCLANG FOLDER OUT: links the part of libLLVM that libclang calls, from LLVM's archives in FOLDER,
# with the name and the symbol versions by which libclang asks for libLLVM. What sets up code generators does nothing
# in it: we generate no code, and they are 95 % of the whole. Status 1: it cannot be made here, and nothing is.
set -eu
export FARMCC=off                # farm may be built with farmcc
cc=$1 libclang=$2 folder=$3 out=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

nm -D --undefined-only "$libclang" | sed -n 's/.* \([^ ]*\)@\{1,2\}\(LLVM_[0-9.]*\)$/\1 \2/p' | sort -u >"$work/wanted"
needed() {
    objdump -p "$1" | sed -n 's/^ *NEEDED *//p'
}
version=$(cut -d ' ' -f 2 "$work/wanted" | sort -u)
name=$(needed "$libclang" | grep '^libLLVM') || exit 1
case $version,$name in
,* | *, | *[!A-Za-z0-9_.,-]*) exit 1 ;;
esac

{
    echo "$version { global:"
    sed 's/ .*/;/' "$work/wanted"
    echo 'local: *; };'
} >"$work/versions"
sed -n 's/^\(LLVMInitialize[A-Za-z0-9]*\) .*/void \1(void);\nvoid \1(void)\n{\n}/p' "$work/wanted" >"$work/none.c"
sed 's/^\([^ ]*\) .*/-Wl,-u,\1/' "$work/wanted" >"$work/undefined"
whole=$(ldd "$libclang" | sed -n "s|^[[:space:]]*$name => \([^ ]*\) .*|\1|p")
needed "$whole" | sed -n '/^ld-/!s/^/-l:/p' >"$work/libraries"
"$cc" -shared -fPIC -s -O2 "$work/none.c" -o "$work/part" -Wl,-soname,"$name" -Wl,--version-script="$work/versions" \
    -Wl,--gc-sections -Wl,-O1 -Wl,-Bsymbolic-functions -Wl,-z,defs @"$work/undefined" \
    -Wl,--start-group "$folder"/libLLVM*.a -Wl,--end-group -Wl,--as-needed @"$work/libraries" \
    >"$work/said" 2>&1 || {
    head -n 3 "$work/said" >&2
    exit 1
}
mkdir -p "$(dirname "$out")"
cp "$work/part" "$out"
