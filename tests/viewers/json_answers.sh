# SPDX-License-Identifier: GPL-3.0-or-later
# Answers as JSON, one file each in the folder answers, of every command that has any; sourced behind world.sh.
mkdir answers
answer() {
    name=$1 status=0
    shift
    (cd world && farmdb --format json "$@") >"answers/$name.json" 2>err || status=$?
    [ -s "answers/$name.json" ] || { cat err; fail "farmdb $*: nothing, exit $status"; }
}
answer report report
answer report_all report before --all
answer heap report --heap
answer leaks leaks --all
answer top top
answer top_calls top --calls
answer top_function top --function observe
answer runs runs
answer show show
answer show_series show --series
answer show_label show before
answer scale scale growth --all
answer compare compare before after --all
answer check check before after
answer check_equal check before before
answer check_self check --self-test before --trials 5
answer check_complexity check growth growth --complexity
answer flame flame
answer flame_two flame before after
answer log_line log --line prog.c:19
answer log_function log --function observe --all
answer env env
answer doctor doctor ./prog
answer gc gc --last 100 --dry-run
answer plan plan -s observe=2:low
answer plan_measured plan after -s observe=1.5 --measured before
answer record record -r 2 -w 1 -- ./prog 50
answer sweep sweep -P n=10,20 -r 2 -- ./prog '{n}'
# A matrix from the results that its own test has; the state of a study whose only phase runs one command.
cp -R "$root/tests/cli/farmdb-matrix/results" "$root/tests/cli/farmdb-matrix/demo.study.json" world
cat >world/results/study.json <<END
{"schema": 1, "study": "demo", "file": "$PWD/world/demo.study.json", "store": "$PWD/world/farm.db",
 "started": "2026-11-22T01:02:03Z", "phases": []}
END
answer matrix matrix results
cp -R "$root/tests/cli/farmdb-study/." world/study
(cd world/study && "$farmdb" study s.study.json --component part --quick -o ../state >/dev/null 2>&1) || :
answer study study status -o state
(cd world && exec ./prog 20000 >/dev/null) &
until farmdb live --once --db world/farm.db >/dev/null 2>&1; do
    kill -0 $! || fail "a program to watch ended"
done
answer live live --once
kill $! && wait $! || :
answer sql sql 'SELECT file, line, hits FROM line_hits'
