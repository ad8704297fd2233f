#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# farmdb html in a headless Chromium (page.js drives it): views, sorting, filters, search, links to lines, keys, flame
# graphs, light and dark, 400 pixels, hostile names and sources, 100,000 lines; no complaint, no request.
. "$(dirname "$0")/../e2e/lib.sh"
need node chromium valgrind

cat >work.c <<'END'
#include <stdlib.h>
int other(int n);
static volatile unsigned sink;
static void __attribute__((noinline)) spin(unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        sink = sink * 1664525u + i;
}
static int __attribute__((noinline)) tiny(int n)
{
    return n ^ 5;
}
int main(int argc, char **argv)
{
    unsigned n = argc > 1 ? strtoul(argv[1], NULL, 10) : 60;
    for (int i = 0; i < 7000; i++)
        sink += tiny(i);
    char *volatile kept = malloc(1000); spin(n * 1000000 + other(1)); return kept == NULL;
}
int never_called(void)
{
    return 4;
}
END
echo 'int other(int n) { return n; }' >other.c
gcc -O1 -c other.c
"$farmcc" -O1 work.c other.o -o work || fail "work.c does not compile"
sed 's/i < 7000/i < 9000/' work.c >new.c && mkdir after && mv new.c after/work.c
(cd after && "$farmcc" -O1 work.c ../other.o -o work) || fail "it does not compile again"
for run in 1 2; do
    FARM_LABEL=before ./after/work
    FARM_LABEL=now ./work
done
"$farmdb" sweep -P n=4,8,16,32,64 -r 2 -l sizes -- ./work '{n}' >/dev/null 2>&1 || fail "sweep"
for n in 4 8 16; do
    for m in 1 2; do FARM_LABEL=grid FARM_PARAM_n=$n FARM_PARAM_z=$m ./work $((n * m)); done
done
"$farmdb" html grid -o grid.html || fail "html of runs over two parameters"
FARM_LABEL=last ./work 100
"$farmdb" html before last -o page.html || fail "html"
# A header's function is in three units: one function, and nothing is read that was given back.
echo 'static inline int shared(int n) { return n * 3; }' >shared.h
for unit in one two three; do
    printf '#include "shared.h"\nint %s(int n);\nint %s(int n) { return shared(n); }\n' $unit $unit >$unit.c
done
printf 'int one(int n), two(int n), three(int n);\nint main(void) { return one(0) + two(0) + three(0); }\n' >units.c
FARM_DB=$work/units.db "$farmcc" -O1 units.c one.c two.c three.c -o units || fail "units.c does not compile"
for label in old new; do FARM_DB=$work/units.db FARM_LABEL=$label ./units; done
valgrind -q --error-exitcode=9 "$farmdb" --db units.db html old new -o units.html 2>memory || fail "$(cat memory)"
grep -q '"shared"' units.html || fail "a header's function is missing"

"$farmdb" report last --format html >report.html || fail "report --format html"
"$farmdb" compare before now --format html >compare.html || fail "compare --format html"
grep -q "default-src 'none'" report.html || fail "no policy"

# Names and sources that would be something else where they are not text.
name=$(printf 'we<b>ird &amp;\047\001.c')
{
    printf 'int printf(const char *, ...);\n'
    printf '/* </script><script>ran=1</script> <!--<script> <img src=x onerror=ran=1> '
    printf '\033[31m \342\200\256 \377\376 */\n'
    printf 'static const char *const text = "</script><script>ran=1</script>]]>&lt;\\\\u003c<b>&#39;";\n'
    printf 'int main(void) { return text[0] != %s; }\n' "'<'"
} >"$name"
FARM_DB=$work/hostile.db "$farmcc" -g "$name" -o hostile 2>compile.log || fail "hostile: $(cat compile.log)"
FARM_DB=$work/hostile.db FARM_LABEL='"><script>ran=1</script>' ./hostile
"$farmdb" --db hostile.db html -o hostile.html || fail "html of a hostile source"

# 200 files of 500 lines.
mkdir -p large/src
i=0
while [ $i -lt 200 ]; do
    awk -v file=$i 'BEGIN {
        print "int value_" file "_of(int n);"
        print "int value_" file "_of(int n)\n{\n    int sum = n;"
        for (i = 5; i <= 498; i++) printf "    sum += (n ^ %d) & %d; /* value_%d_ %d */\n", i, file + 1, file, i
        print "    return sum;\n}"
    }' >large/src/file_$i.c
    echo "int value_${i}_of(int n);" >>large/all.h
    echo "    sum += value_${i}_of(i);" >>large/calls
    i=$((i + 1))
done
{
    echo '#include "all.h"'
    echo 'int main(void) { int sum = 0; for (int i = 0; i < 300; i++) {'
    cat large/calls
    echo '} return sum == 1; }'
} >large/main.c
(cd large && FARM_DB=$work/large.db "$farmcc" -O0 -g src/*.c main.c -o large) ||
    fail "the large program does not compile"
FARM_DB=$work/large.db ./large/large
start=$(date +%s%N)
"$farmdb" --db large.db html -o large.html || fail "html of a large program"
took=$((($(date +%s%N) - start) / 1000000))
echo "large: farmdb html takes $took ms, the page has $(($(wc -c <large.html) / 1000)) kB"
node "$here/page.js" "$work" || fail "in the browser"
