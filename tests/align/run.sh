#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs one case of the catalogue of edits: tests/align/run.sh CASE_FOLDER. The alignment of CASE/before with CASE/after
# must be CASE/expected; UPDATE=1 writes what came out as the new expectation.
set -eu
case=$1
"$BUILD/tests/align_show" "$case/before" "$case/after" >actual
if [ -n "${UPDATE-}" ]; then
    cp actual "$case/expected"
else
    diff -u "$case/expected" actual
fi
