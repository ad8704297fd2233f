/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The study file, its points, and summaries out and back in.
 */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "db/study/phase.h"
#include "tests/unit/check.h"

static char folder[] = "/tmp/farm-study-XXXXXX";
static char *path;

static void put(const char *text)
{
    struct str err = STR_INIT;
    CHECK(file_write(path, text, strlen(text), &err));
    str_release(&err);
}

/* What stands around `members` is a study that is fine. */
static void put_members(const char *members)
{
    char *text = str_format("{\"schema\": 1, \"name\": \"s\", \"run\": \"./p {n} {mode}\", \"build\": \"make {out}\",\n"
                            "\"parameters\": {\"n\": 5, \"mode\": \"a\"}, "
                            "\"components\": {\"c\": [\"f*\", \"x.c\"]}%s%s}",
                            *members ? ",\n" : "", members);
    put(text);
    free(text);
}

static void refused(const char *members, const char *words)
{
    struct study s;
    struct str err = STR_INIT;
    char *expected = str_format("%s%s", path, words);
    put_members(members);
    CHECK(!study_load(&s, path, &err));
    CHECK_STR(err.data, expected);
    free(expected);
    str_release(&err);
}

static void refused_whole(const char *text, const char *words)
{
    struct study s;
    struct str err = STR_INIT;
    char *expected = str_format("%s%s", path, words);
    put(text);
    CHECK(!study_load(&s, path, &err));
    CHECK_STR(err.data, expected);
    free(expected);
    str_release(&err);
}

static void test_head(void)
{
    refused_whole("{\"schema\": 1,\n\"name\" 3}", ":2:8: this is no JSON, from '3}' on");
    refused_whole("[]", ": a study is an object: `farmdb study init` writes one");
    refused_whole("{\"schema\": 2}", ": a study file says \"schema\": 1");
    refused_whole("{\"schema\": 1}", ": a study has a \"name\"");
    refused_whole("{\"schema\": 1, \"name\": \"a b\"}",
                  ": name: it has letters, digits, '_', '-' and '.' only, as it is part of labels");
    refused_whole("{\"schema\": 1, \"name\": 7}", ": name: this takes a text that is not empty");
    refused_whole("{\"schema\": 1, \"name\": \"s\"}", ": a study says what to \"run\"");
    refused("\"exact_lines\": true",
            ": exact_lines: this takes a second program, so \"build\" and \"run\" must name {out}");
    refused("\"exact_lines\": 1", ": exact_lines: this takes true or false");
    refused("\"effort\": {\"other\": \"tiny\"}", ": effort.other: this takes low, medium or high");
    refused("\"effort\": {\"b\": \"low\"}",
            ": effort.b: it is not among the study's \"components\"");
    refused("\"plan\": [{\"what\": \"f\", \"speedup\": 2}, {\"what\": \"f\", \"speed\": 2}]",
            ": plan[1]: an improvement has no setting 'speed': name, what, speedup, effort");
    refused("\"plan\": {}", ": plan: this takes an array of improvements");
    refused("\"step\": \"m\"", ": step: there is no parameter 'm'");
    refused("\"metrics\": [\"x\"]", ": metrics[0]: --metric takes NAME=REGEX or json, not 'x'");
    refused("\"metrics\": {}", ": metrics: this takes a text or an array of texts");
    refused("\"metrics\": [1]", ": metrics[0]: this is no text");
    refused("\"rules\": {\"component_share\": -1}", ": rules.component_share: this takes a number from 0 on");
    refused("\"runs\": {\"repeats\": 1.5}", ": runs.repeats: this takes a whole number, not 1.5");
    refused("\"runs\": {\"repeats\": 0}", ": runs.repeats: this takes a number from 1 on");
    refused("\"runs\": {\"repeat\": 1}", ": runs: this has no setting 'repeat': repeats, quick_repeats, check_repeats, "
                                         "warmup, timeout_s");
    refused("\"functions\": 1", ": functions: this takes an array of functions");
    refused("\"functions\": [\"a\", {\"name\": \"a\"}]", ": functions[1]: a stands here twice");
    refused("\"functions\": [{\"alias_of\": \"a\"}]", ": functions[0]: a function has a name");
    struct study s;
    struct str err = STR_INIT;
    put_members("\"folder\": \"nowhere\"");
    CHECK(!study_load(&s, path, &err) && strstr(err.data, ": folder: there is no folder "));
    str_release(&err);
}

static void test_parameters(void)
{
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"parameters\": []}",
                  ": parameters: this takes an object of names and values");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"parameters\": {\"1a\": 1}}",
                  ": parameters.1a: the name of a parameter has letters, digits and _, and begins with no digit");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"parameters\": {\"out\": 1}}",
                  ": parameters.out: this name has a meaning of its own: take another one");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"parameters\": {\"a\": 1, \"a\": 2}}",
                  ": parameters.a: this parameter stands here twice");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"parameters\": {\"a\": []}}",
                  ": parameters.a: a value is a number, a text, true or false");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x {b}\"}",
                  ": run: there is no parameter 'b'; give it a value in \"parameters\"");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"components\": []}",
                  ": components: this takes an object: the name of each component and its functions and files");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"components\": {\"other\": \"a\"}}",
                  ": components: a component has a name, and 'other' is what belongs to none");
    refused_whole("{\"schema\": 1, \"name\": \"s\", \"run\": \"x\", \"components\": {\"c\": [\"\"]}}",
                  ": components.c[0]: a pattern is the glob of a function or a file");
}

static void test_experiments(void)
{
    refused("\"macro\": []", ": macro: there is no experiment: leave \"macro\" out for one run of the defaults");
    refused("\"macro\": {\"grid\": []}", ": macro.grid: this takes an object of parameters and their values");
    refused("\"macro\": {\"grid\": {\"m\": [1]}}",
            ": macro.grid.m: the command does not use {m}: it would change nothing");
    refused("\"macro\": {\"grid\": {\"n\": []}}", ": macro.grid.n: there are no values");
    refused("\"macro\": {\"grid\": {\"n\": [1, 2, 1]}}", ": macro.grid.n[2]: 1 stands here twice");
    refused("\"macro\": {\"grid\": {\"n\": [1, {}]}}",
            ": macro.grid.n[1]: a value is a number, a text, true or false");
    refused("\"macro\": {\"grid\": {\"n\": [1]}, \"quick\": {\"mode\": [\"b\"]}}",
            ": macro.quick: mode is not in the grid");
    refused("\"macro\": {\"grid\": {\"n\": [1]}, \"set\": {\"n\": 2}}",
            ": macro: set: n takes one value, and no other in the grid");
    refused("\"macro\": {\"by\": \"mode\", \"grid\": {\"n\": [1]}}", ": macro: by: 'mode' is not in the grid");
    refused("\"macro\": {\"values\": [1]}", ": macro.values: \"values\" belong to the parameter that \"by\" names");
    refused("\"macro\": {\"by\": \"n\", \"values\": [1], \"grid\": {\"n\": [1]}}",
            ": macro.values: there is a \"grid\" already: put them there");
    refused("\"macro\": {\"grid\": {\"n\": \"1..200\", \"mode\": \"1..200\"}}",
            ": macro: that makes 40000 points; \"one_at_a_time\": true makes fewer");
    refused("\"component\": [{\"grid\": {}}]", ": component[0]: an \"experiment\" has a name");
    refused("\"component\": [{\"experiment\": \"a\"}, {\"experiment\": \"a\"}]",
            ": component[1]: there is another experiment 'a' in this phase");
    refused("\"component\": {\"experiment\": \"a\", \"component\": \"d\"}",
            ": component: component: 'd' is not among the study's \"components\"");
    refused("\"component\": {\"experiment\": \"a\", \"better\": \"more\"}",
            ": component: \"better\" belongs to a \"metric\"");
    refused("\"component\": {\"experiment\": \"a\", \"metric\": \"m\", \"better\": \"big\"}",
            ": component: better: it is \"less\" or \"more\", not 'big'");
    refused("\"thresholds\": {}", ": thresholds: it is no list of thresholds");
    refused("\"thresholds\": [{\"metric\": \"m\", \"good\": 1}]",
            ": thresholds: a threshold has \"metric\", a text, and \"good\" and \"bad\", numbers");
    refused("\"capacity\": {\"by\": \"n\"}",
            ": capacity: it has \"by\", the parameter that says how large a run is, and \"limits\", an array");
    refused("\"capacity\": {\"by\": \"n\", \"limits\": [{\"metric\": \"m\", \"at_least\": 1, "
            "\"at_most\": 2}]}",
            ": capacity.limits[0]: a limit is a \"metric\" and the number that it is \"at_least\" or \"at_most\"");
    refused("\"component\": {\"experiment\": \"a\", \"proof\": [{\"metric\": \"m\"}]}",
            ": component.proof[0]: a proof is a \"metric\" and what it \"equals\", or is \"at_least\" or \"at_most\"");
    refused("\"component\": {\"experiment\": \"a\", \"metrics\": [\"\"]}",
            ": component.metrics[0]: a metric has a name");
    refused("\"component\": {\"experiment\": \"a\", \"run\": \"./q {k}\"}",
            ": component: run: there is no parameter 'k'; give it a value in \"parameters\"");
}

static size_t count_points(const struct study *s, int phase, const struct study_wish *w)
{
    struct study_points points;
    phase_points(phase_find(phase), s, w, &points);
    size_t count = points.list.count;
    study_points_release(&points);
    return count;
}

static void test_points(void)
{
    struct study s;
    struct str err = STR_INIT, name = STR_INIT;
    struct study_wish full = {0}, quick = {.quick = true}, one = {.component = "c"};
    struct study_points points;
    put_members("\"//\": \"a remark\", \"system\": [{\"experiment\": \"n\", \"by\": \"n\", \"values\": \"2^1..2^4\", "
                "\"quick\": [2, 8], \"//why\": \"of powers\"}, {\"experiment\": \"late\", \"quick\": false}],\n"
                "\"component\": [{\"experiment\": \"k\", \"component\": \"c\", \"run\": \"{out}/q {k} ${HOME}\", "
                "\"grid\": {\"k\": [true, 0.5]}, \"set\": {\"k2\": 1}}]");
    CHECK(!study_load(&s, path, &err));          /* k2 is not used */
    str_clear(&err);
    put_members("\"//\": \"a remark\", \"system\": [{\"experiment\": \"n\", \"by\": \"n\", \"values\": \"2^1..2^4\", "
                "\"quick\": [2, 8], \"//why\": \"of powers\"}, {\"experiment\": \"late\", \"quick\": false}],\n"
                "\"component\": [{\"experiment\": \"k\", \"component\": \"c\", \"run\": \"{out}/q {k} ${HOME} {n}\", "
                "\"grid\": {\"k\": [true, 0.5]}, \"set\": {\"n\": 9}}, {\"experiment\": \"z\"}]");
    CHECK(study_load(&s, path, &err));
    CHECK_STR(err.data, "");
    study_place(&s, "/r");
    CHECK_INT(count_points(&s, 1, &full), 1);
    CHECK_INT(count_points(&s, 4, &full), 5);
    CHECK_INT(count_points(&s, 4, &quick), 2);
    CHECK_INT(count_points(&s, 2, &full), 3);
    CHECK_INT(count_points(&s, 2, &one), 2);
    phase_points(phase_find(2), &s, &one, &points);
    CHECK_STR(points.list.items[1].command, "/r/build/q 0.5 ${HOME} 9");
    study_point_name(&points.list.items[1], &name);
    CHECK_STR(name.data, "k=0.5");
    CHECK_STR(study_point_value(&points.list.items[1], "mode"), "a");
    CHECK_STR(study_point_value(&points.list.items[1], "n"), "9");
    study_points_release(&points);
    CHECK_STR(study_component(&s, "/src/x.c", "g"), "c");
    CHECK_STR(study_component(&s, "/src/y.c", "fast"), "c");
    CHECK_STR(study_component(&s, "/src/y.c", "g"), "other");
    study_release(&s);
    str_release(&name);
    str_release(&err);
}

static void test_start(void)
{
    struct study s;
    struct str text = STR_INIT, err = STR_INIT;
    study_template("prog", "make CC=\"farmcc\"", "./prog {n}", &text);
    put(text.data);
    CHECK(study_load(&s, path, &err));
    CHECK_STR(err.data, "");
    CHECK_STR(s.build, "make CC=\"farmcc\"");
    study_release(&s);
    str_release(&text);
    str_release(&err);
}

static void test_summary(void)
{
    struct summary s, back;
    struct str err = STR_INIT, report = STR_INIT, again = STR_INIT;
    summary_init(&s, "st|udy", 3, "Title");
    summary_report(&s, &report);
    CHECK_INT(report.len, 0);                    /* nothing to report, no report */
    struct summary_measurement *m = summary_measure(&s, "e", SUMMARY_LINE, "x.c:3", "time_s", 0.25, "s");
    m->low = 0.125;
    m->high = 0.5;
    summary_text(&m->text, "a | b");
    summary_parameter(&m->parameters, "n", "100");
    for (int64_t run = 3; run < 7; run++)
        summary_run(&m->runs, run);
    summary_find(&s, "share >= 0.1", "x.c:3", 0.5, 0.1, "hot")->kind = SUMMARY_LINE;
    summary_class(&s, "e", "line", "x.c:3", "hits", "n^2")->exponent = 2;
    summary_point(&s, "e", SUMMARY_TIMEOUT, "too slow");
    summary_file(&s, "lines/f.txt");
    CHECK(summary_write(&s, folder, &err));
    CHECK_STR(err.data, "");
    char *file = str_format("%s/phase3_summary.json", folder);
    CHECK(summary_read(&back, file, &err));
    CHECK_STR(err.data, "");
    str_clear(&report);
    summary_report(&s, &report);
    summary_report(&back, &again);
    CHECK_STR(again.data, report.data);
    CHECK(strstr(report.data, "| 250 ms (125 ms .. 500 ms) |") && strstr(report.data, "| 3..6 |"));
    CHECK_STR(back.measurements.items[0].parameters.list.items[0].value, "100");
    CHECK(isnan(back.classes.items[0].low) && back.classes.items[0].exponent == 2);
    CHECK_INT(back.points.items[0].state, SUMMARY_TIMEOUT);
    summary_release(&back);
    put("{\"schema\": 1}");
    CHECK(!summary_read(&back, path, &err) && strstr(err.data, "this is no summary of farmdb study"));
    unlink(file);
    free(file);
    file = str_format("%s/PHASE3_REPORT.md", folder);
    unlink(file);
    free(file);
    summary_release(&s);
    str_release(&err);
    str_release(&report);
    str_release(&again);
}

int main(void)
{
    CHECK(mkdtemp(folder));
    path = str_join_path(folder, "x.json");
    test_head();
    test_parameters();
    test_experiments();
    test_points();
    test_start();
    test_summary();
    unlink(path);
    rmdir(folder);
    free(path);
    return check_done();
}
