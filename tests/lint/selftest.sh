#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each lint must fail where it should: plants one violation after the other into a copy of the sources and looks for the
# lint's complaint. The copy is clean as far as a lint can tell, else the lint's own test fails already.
set -u
lint=$(cd "$(dirname "$0")" && pwd)
copy=$PWD/copy
rm -rf "$copy" && mkdir "$copy" || exit 2
(cd "$SOURCE" && tar -cf - --exclude=./build --exclude=./.git --exclude=./sim/build .) | tar -xf - -C "$copy"
bad=0

# planted WHAT COMPLAINT LINT ARGUMENT...: the lint must fail and say COMPLAINT; then the copy is as before again.
planted() {
    what=$1 complaint=$2
    shift 2
    if said=$("$lint/$@" 2>&1); then
        echo "not noticed: $what"
        bad=1
    elif ! echo "$said" | grep -qF -e "$complaint"; then
        printf 'another complaint about %s: %s\n' "$what" "$said"
        bad=1
    fi
    (cd "$SOURCE" && tar -cf - --exclude=./build --exclude=./.git --exclude=./sim/build .) | tar -xf - -C "$copy"
    rm -f "$copy/sim/planted.c" "$copy/base/planted.h" "$copy/runtime/planted.c"
}

plant() { printf '/* SPDX-License-Identifier: %s */\n' "${2:-GPL-3.0-or-later}" | cat - >"$copy/$1"; }

plant sim/planted.c; echo '#include "db/sql.h"' >>"$copy/sim/planted.c"
planted "sim includes db" 'sim/planted.c:2: sim/ may not include "db/sql.h"' layers.sh "$copy"
plant sim/planted.c; echo '#  include <sqlite3.h>' >>"$copy/sim/planted.c"
planted "a second door" 'the door to sqlite3 is db/sql.c' layers.sh "$copy"
plant sim/planted.c; echo '#include "planted.h"' >>"$copy/sim/planted.c"
planted "an include that is not from the root" 'may not include "planted.h"' layers.sh "$copy"
plant runtime/planted.c MIT; echo '#include "base/str.h"' >>"$copy/runtime/planted.c"
planted "the runtime includes base" 'runtime/ may not include "base/str.h"' layers.sh "$copy"
sed 's/^| `sim/| `sum/' "$copy/CONTRIBUTING.md" >table && cp table "$copy/CONTRIBUTING.md"
plant sim/planted.c; echo '#include "runtime/farm.h"' >>"$copy/sim/planted.c"
planted "a table without sim" 'sim/ may not include "runtime/farm.h"' layers.sh "$copy"

plant runtime/planted.c
planted "GPL in the runtime" 'runtime/planted.c: does not say SPDX-License-Identifier: MIT' licences.sh "$copy"
plant sim/planted.c MIT
planted "MIT outside of the runtime" 'sim/planted.c: does not say' licences.sh "$copy"
: >"$copy/runtime/LICENSE"
planted "an empty licence" 'runtime/LICENSE: missing' licences.sh "$copy"

{ plant sim/planted.c; echo 'void f(void)'; echo '{'; yes '    g();' | head -69; echo '}'; } >>"$copy/sim/planted.c"
planted "a function of 72 lines" 'f has 72 lines (70)' shape.sh "$copy"
yes '' | head -601 >"$copy/sim/planted.c"
planted "a file of 601 lines" 'sim/planted.c: 601 lines (600)' shape.sh "$copy"
yes '' | head -251 >"$copy/base/planted.h"
planted "a header of 251 lines" 'base/planted.h: 251 lines (250)' shape.sh "$copy"
printf '/* %s */\n' "$(yes x | head -115 | tr -d '\n')" >"$copy/sim/planted.c"
planted "a line of 121 characters" 'sim/planted.c:1: wider than 120' shape.sh "$copy"

plant runtime/planted.c MIT
echo 'int helper(void); int helper(void) { return 1; }' >planted.c
cp "$BUILD/lib/farm/libfarm.a" planted.a && cc -c planted.c -o planted.c.o && ar q planted.a planted.c.o
planted "an export without prefix" 'exports helper' exports.sh planted.a "$copy"
echo 'int farm_planted(void); int farm_planted(void) { return 1; }' >planted.c
cp "$BUILD/lib/farm/libfarm.a" planted.a && cc -c planted.c -o planted.c.o && ar q planted.a planted.c.o
planted "an object from elsewhere" 'planted.c.o does not come from an MIT source' exports.sh planted.a "$copy"

echo '.BI \-\-planted " N"' >>"$copy/sim/farmsim.1"
planted "an option that only the manual has" 'option in sim/farmsim.1 but not in' docs.sh "$copy" "$BIN"
sed 's/\\-\\-seed//' "$copy/sim/farmsim.1" >page && cp page "$copy/sim/farmsim.1"
planted "an option that the manual lacks" "but not in sim/farmsim.1: --seed" docs.sh "$copy" "$BIN"
printf '.TP\n.B \\-\\-planted\n' >>"$copy/db/man/farmdb-rm.1"
planted "an option that only a command's page has" 'option in db/man/farmdb-rm.1 but not in' docs.sh "$copy" "$BIN"
rm "$copy/db/man/farmdb-rm.1"
planted "a command without a page" 'db/man/farmdb-rm.1: missing' docs.sh "$copy" "$BIN"
plant runtime/planted.c MIT; echo 'char *p = "FARM_PLANTED";' >>"$copy/runtime/planted.c"
planted "a variable that base/env.h lacks" 'FARM_PLANTED' docs.sh "$copy" "$BIN"
sed 's/FARM_HZ/FARM_RATE/' "$copy/base/env.h" >env && cp env "$copy/base/env.h"
planted "a variable that nobody reads" 'but not in the code: FARM_RATE' docs.sh "$copy" "$BIN"
sed 's/"FARM_HZ"/"FARM_DB"/' "$copy/runtime/options.c" >table && cp table "$copy/runtime/options.c"
planted "a variable that the runtime does not read" 'runtime/options.c reads (<) other variables' env.sh "$copy"
sed 's/made of a point/MADE/' "$copy/db/schema/005_experiment.sql" >sql &&
    cp sql "$copy/db/schema/005_experiment.sql"
planted "a comment of the schema that its reference lacks" 'docs/schema.md is not current' schema.sh "$copy"
sed 's/FROM run WHERE label/FROM run WHERE lable/' "$copy/db/choose.c" >sql && cp sql "$copy/db/choose.c"
planted "a misspelt column" 'no such column: lable' sql.sh "$copy"
rm -rf "$copy"
exit $bad
