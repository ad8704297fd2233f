/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/proc.h"
#include "db/cmd.h"
#include "db/gate/baseline.h"
#include "db/gate/gate_report.h"
#include "db/scale/gate.h"
#include "db/scale/set.h"

static const char *thresholds_option, *tolerance_option, *junit_option, *markdown_option, *by_option,
    *command_option;
static double alpha_option = NAN, seed_option = NAN, trials_option = 200;
static bool github_option, exit_zero_option, self_test_option, force_option, complexity_option;

static const struct opt options[] = {
    {'t', "thresholds", OPT_TEXT, &thresholds_option, "FILE", "what is tolerated, as JSON"},
    {0, "tolerance", OPT_TEXT, &tolerance_option, "LIST", "the same in words: cpu_s=5%,hits=0,wall_s=off"},
    {0, "alpha", OPT_NUMBER, &alpha_option, "P", "chance of a false alarm that is accepted (default 0.05)"},
    {0, "github", OPT_FLAG, &github_option, NULL, "annotations on stdout; summary into GITHUB_STEP_SUMMARY"},
    {0, "junit", OPT_TEXT, &junit_option, "FILE", "write the verdict as JUnit XML"},
    {0, "markdown", OPT_TEXT, &markdown_option, "FILE", "append the verdict as Markdown"},
    {0, "exit-zero", OPT_FLAG, &exit_zero_option, NULL, "the exit status is 0 whatever the verdict"},
    {0, "self-test", OPT_FLAG, &self_test_option, NULL, "how often would the gate be wrong, by splitting runs in two"},
    {0, "complexity", OPT_FLAG, &complexity_option, NULL, "two sweeps: did anything change its class of growth?"},
    {0, "by", OPT_TEXT, &by_option, "PARAMETER", "with --complexity: what grows"},
    {0, "command", OPT_TEXT, &command_option, "COMMAND", "of the self-test: run this 20 times first"},
    {0, "trials", OPT_NUMBER, &trials_option, "N", "splits of the self-test (default 200)"},
    {0, "force", OPT_FLAG, &force_option, NULL, "compare programs that have little in common"},
    {0, "seed", OPT_NUMBER, &seed_option, "N", "of random numbers (default 1)"},
    {0},
};

static uint64_t seed(void)
{
    return isnan(seed_option) ? JUDGE_SEED : cmd_count("seed", seed_option);
}

static void rules_or_die(struct gate_rules *r)
{
    struct str err = STR_INIT;
    gate_rules_init(r);
    bool ok = (!thresholds_option || gate_rules_read(r, thresholds_option, &err)) &&
              (!tolerance_option || gate_rules_parse(r, tolerance_option, &err));
    if (!ok)
        die(EXIT_USAGE, "%s", err.data);
    if (!isnan(alpha_option))
        r->alpha = alpha_option;
    if (!(r->alpha > 0 && r->alpha < 1))
        die(EXIT_USAGE, "--alpha is between 0 and 1, such as 0.05");
}

static void compare_or_die(struct context *c, const char *before, const char *after, struct comparison *out)
{
    struct compare_wishes wishes = {.seed = seed(), .force = force_option};
    struct str err = STR_INIT;
    sql_run(c->store.db, "BEGIN");
    if (!compare_sides(c->store.db, before, after, &wishes, out, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    sql_run(c->store.db, "COMMIT");
    for (size_t i = 0; i < out->warnings.count; i++)
        if (i == 0 || strcmp(out->warnings.items[i - 1], out->warnings.items[i]) != 0)   /* of runs beside themselves */
            warn("%s", out->warnings.items[i]);
}

static void apply_or_die(const struct gate_rules *rules, struct gate *g)
{
    struct str err = STR_INIT;
    g->seed = seed();
    if (!gate_rules_apply(rules, g, &err))
        die(EXIT_USAGE, "%s", err.data);
    if (!g->figures.count)
        die(EXIT_UNDECIDED, "the two sides have no figure in common");
}

static void write_file(const char *path, const char *mode, void (*write)(const struct gate *, int, FILE *),
                       const struct gate *g, int code)
{
    FILE *out = fopen(path, mode);
    if (!out)
        die(EXIT_DATA, "cannot write %s: %s", path, strerror(errno));
    write(g, code, out);
    if (fclose(out) != 0)
        die(EXIT_DATA, "cannot write %s: %s", path, strerror(errno));
}

static void answer(struct context *c, const struct gate *g, int code)
{
    struct doc d;
    const char *summary = github_option ? getenv("GITHUB_STEP_SUMMARY") : NULL;
    if (junit_option)
        write_file(junit_option, "w", gate_junit, g, code);
    if (markdown_option)
        write_file(markdown_option, "a", gate_markdown, g, code);
    if (summary && *summary)
        write_file(summary, "a", gate_markdown, g, code);
    if (github_option) {
        gate_github(g, code, stdout);
        return;
    }
    doc_init(&d, "check");
    gate_document(g, code, c->format->programs, &d);
    cmd_answer(c, &d);
}

/* A label may be the name of a file as well, such as that of the program: then it is the label. */
static bool is_file(struct sql *db, const char *baseline)
{
    struct selection selection;
    struct str err = STR_INIT;
    if (str_ends(baseline, ".json") || !file_exists(baseline))
        return str_ends(baseline, ".json");
    bool runs = select_runs(db, baseline, &selection, &err);
    select_release(&selection);
    str_release(&err);
    return !runs;
}

static int check(struct context *c, const char *baseline, const char *runs)
{
    struct gate_rules rules;
    struct comparison comparison;
    struct gate gate;
    struct str err = STR_INIT;
    bool file = is_file(c->store.db, baseline);
    if (file && !file_exists(baseline))
        die(EXIT_DATA, "there is no file %s; `farmdb export baseline RUNS -o %s` makes one", baseline, baseline);
    rules_or_die(&rules);
    compare_or_die(c, file ? runs : baseline, runs, &comparison);
    if (!file)
        baseline_compared(&comparison, &gate);
    else if (!baseline_gate(c->store.db, baseline, &comparison, force_option, &gate, &err))
        die(file_exists(baseline) && strstr(err.data, "another program") ? EXIT_UNDECIDED : EXIT_DATA, "%s", err.data);
    apply_or_die(&rules, &gate);
    int code = gate_decide(&gate);
    if (file)
        baseline_explain(baseline, &comparison, &gate);
    else
        baseline_explain_compared(&comparison, &gate);
    answer(c, &gate, code);
    gate_release(&gate);
    compare_release(&comparison);
    gate_rules_release(&rules);
    return exit_zero_option ? EXIT_OK : code;
}

static int check_complexity(struct context *c, const char *baseline, const char *runs)
{
    struct scale_set before, after;
    struct doc d;
    scale_set_open(c->store.db, baseline, by_option, NAN, &before);
    scale_set_open(c->store.db, runs, before.by, NAN, &after);
    doc_init(&d, "check");
    int code = scale_gate(&before.verdicts, &after.verdicts, after.selection.folder, c->format->programs, &d);
    cmd_answer(c, &d);
    scale_set_close(&before);
    scale_set_close(&after);
    return exit_zero_option ? EXIT_OK : code;
}

static const struct column trial_columns[] = {
    {"Slowdown", "slowdown", COLUMN_SHARE, USE_ALL},
    {"Alarms", "alarms", COLUMN_COUNT, USE_ALL},
    {"Of", "trials", COLUMN_COUNT, USE_ALL},
    {"Rate", "rate", COLUMN_SHARE, USE_ALL},
    {"Undecided", "undecided", COLUMN_COUNT, USE_ALL},
    {"Meaning", "meaning", COLUMN_WORDS, USE_ALL},
};

/* A chance of false alarms above alpha by more than what 200 splits can show by chance: two standard errors. */
static bool too_many_alarms(const struct gate_trial *t, double alpha)
{
    double rate = (double)t->alarms / (double)t->trials;
    return rate > alpha + 2 * sqrt(alpha * (1 - alpha) / (double)t->trials);
}

static int self_test(struct context *c, const char *runs)
{
    static const double slowdowns[] = {0, 0.02, 0.05, 0.1, 0.2};
    struct gate_rules rules;
    struct comparison comparison;
    struct gate gate;
    struct doc d;
    bool bad = false, undecided = false;
    rules_or_die(&rules);
    compare_or_die(c, runs, runs, &comparison);
    size_t trials = cmd_count("trials", trials_option);
    baseline_compared(&comparison, &gate);
    apply_or_die(&rules, &gate);
    if (gate.n[0] < 4)
        die(EXIT_UNDECIDED, "the self-test splits runs into two sides: it takes at least 4 of them, better 20");
    doc_init(&d, "check");
    doc_head(&d, "%zu runs of %s split into two sides of %zu at random, %zu times; one side made slower", gate.n[0],
             gate.name[0], gate.n[0] / 2, trials);
    struct table *t = doc_table(&d, "self_test", NULL, trial_columns, 6);
    for (size_t i = 0; i < sizeof slowdowns / sizeof *slowdowns; i++) {
        struct gate_trial trial = gate_try(&gate, slowdowns[i], trials, seed());
        table_real(t, trial.slowdown);
        table_int(t, (int64_t)trial.alarms);
        table_int(t, (int64_t)trial.trials);
        table_real(t, (double)trial.alarms / (double)trial.trials);
        table_int(t, (int64_t)trial.undecided);
        table_text(t, i ? "power: should be high" : "false alarms: should be few");
        undecided |= trial.undecided > 0;
        bad |= !i && too_many_alarms(&trial, gate.alpha);
    }
    gate_decide(&gate);                  /* to know how many tests there are */
    size_t needed = 2 * stats_runs_needed(gate.tests, gate.alpha);
    if (undecided)
        doc_foot(&d, "%zu + %zu runs are too few for %zu tests at once: make %zu more", gate.n[0] / 2, gate.n[0] / 2,
                 gate.tests, needed > gate.n[0] ? needed - gate.n[0] : 1);
    if (bad)
        doc_foot(&d, "more false alarms than %.0f %%: these runs differ among themselves; make more, interleaved, on a "
                     "quiet machine", 100 * gate.alpha);
    cmd_answer(c, &d);
    gate_release(&gate);
    compare_release(&comparison);
    gate_rules_release(&rules);
    return exit_zero_option ? EXIT_OK : bad ? EXIT_REGRESSION : undecided ? EXIT_UNDECIDED : EXIT_OK;
}

/* Runs the command by `farmdb record`, which knows how, under a label of its own. */
static char *record_command(struct context *c)
{
    char *label = str_format("self-test-%lld", (long long)time(NULL)), *farmdb = realpath("/proc/self/exe", NULL);
    char *words[] = {farmdb, "--db", c->store.path, "record", "-r", "20", "-w", "1", "-l", label, "--", "/bin/sh", "-c",
                     (char *)command_option, NULL};
    struct str out = STR_INIT;
    struct proc_result r = proc_run(words, &out, NULL);
    if (proc_code(r) != 0)
        die(EXIT_UNDECIDED, "the command of the self-test ended with status %d", proc_code(r));
    str_release(&out);
    free(farmdb);
    return label;
}

static int self_test_of(struct context *c, int argc, char **argv)
{
    if (argc + (command_option != NULL) != 1)
        die(EXIT_USAGE, "check --self-test takes the runs of one program, or a --command to run");
    char *label = command_option ? record_command(c) : str_copy(argv[0]);
    cmd_open_store(c);
    int code = self_test(c, label);
    free(label);
    return code;
}

static int run(struct context *c, int argc, char **argv)
{
    if (self_test_option)
        return self_test_of(c, argc, argv);
    cmd_open_store(c);
    if (argc != 2)
        die(EXIT_USAGE, "check takes a baseline (a selection of runs, or a file of `farmdb export baseline`) and the "
                        "runs to judge: farmdb check baseline.json now");
    return complexity_option ? check_complexity(c, argv[0], argv[1]) : check(c, argv[0], argv[1]);
}

const struct cmd cmd_check = {
    "check",
    "BASELINE RUNS",
    "a gate for CI: exit status 1 where RUNS are worse than BASELINE",
    "BASELINE names runs, or a file of `farmdb export baseline`. Counts that are exact may not get worse at all;\n"
    "times and other figures are tested together (Holm), and count from 2 % on, functions from 5 %. With too few\n"
    "runs for all tests only the program is tested, and the exit status is 3 where nothing is worse.",
    options,
    NEEDS_NOTHING,
    false,
    run};
