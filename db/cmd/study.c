/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The four-phase study of a program, as its study file says.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "db/cmd/study.h"
#include "db/study/session.h"
#include "db/study/state.h"

#define RESULTS "profiling_results"
#define START_FILE "study.json"

static double phase_option = NAN;
static const char *component_option, *function_option, *output_option = RESULTS, *build_option = "make CC=farmcc",
    *run_option = "./prog {n}";
static bool quick_option, resume_option, watch_option, progress_option;
static struct check_wish check_wish;

static const struct opt options[] = {
    {0, "phase", OPT_NUMBER, &phase_option, "N", "1 macro, 2 component, 3 line or 4 system alone (default: all four)"},
    {'q', "quick", OPT_FLAG, &quick_option, NULL, "the smaller grid"},
    {0, "component", OPT_TEXT, &component_option, "NAME", "phase 2 with the experiments of this component"},
    {'f', "function", OPT_TEXT, &function_option, "NAME", "phase 3 with this function of the study file"},
    {0, "resume", OPT_FLAG, &resume_option, NULL, "go on with the study that was interrupted in the folder"},
    {'o', "output", OPT_TEXT, &output_option, "FOLDER", "where results go (default " RESULTS ")"},
    {0, "progress", OPT_FLAG, &progress_option, NULL, "say how far it is where stderr is no terminal, too"},
    {'w', "watch", OPT_FLAG, &watch_option, NULL, "status: again and again until the study ends"},
    {0, "baseline", OPT_TEXT, &check_wish.baseline, "FOLDER", "check: where baselines are (default: NAME.baseline)"},
    {0, "update", OPT_FLAG, &check_wish.update, NULL, "check: write the baselines instead of judging"},
    {0, "github", OPT_FLAG, &check_wish.github, NULL, "check: annotations for GitHub"},
    {0, "markdown", OPT_TEXT, &check_wish.markdown, "FILE", "check: append the verdicts as Markdown"},
    {0, "build", OPT_TEXT, &build_option, "COMMAND", "init: what builds the program"},
    {0, "run", OPT_TEXT, &run_option, "COMMAND", "init: what runs it, with {PARAMETER}s"},
    {0},
};

/* ---- the study itself */

static void choose_phases(struct session_wish *w)
{
    double only = phase_option;
    if (!isnan(only) && !(only >= 1 && only <= STUDY_PHASES && only == floor(only)))
        die(EXIT_USAGE, "--phase is 1, 2, 3 or 4, not %g", only);
    if (component_option && (isnan(only) ? function_option != NULL : only != 2))
        die(EXIT_USAGE, "--component belongs to phase 2");
    if (function_option && !isnan(only) && only != 3)
        die(EXIT_USAGE, "--function belongs to phase 3");
    only = component_option ? 2 : function_option ? 3 : only;
    for (int i = 0; i < STUDY_PHASES; i++)
        w->phases[i] = isnan(only) || only == i + 1;
}

static void check_names(const struct study *s, const struct study_wish *w)
{
    struct str known = STR_INIT;
    bool found = false;
    for (size_t i = 0; w->component && i < s->components.count; i++) {
        found = found || strcmp(s->components.items[i], w->component) == 0;
        str_addf(&known, "%s%s", i ? ", " : "", s->components.items[i]);
    }
    for (size_t i = 0; w->function && i < s->functions.count; i++) {
        found = found || strcmp(s->functions.items[i].name, w->function) == 0;
        str_addf(&known, "%s%s", i ? ", " : "", s->functions.items[i].name);
    }
    if ((w->component || w->function) && !found)
        die(EXIT_USAGE, "%s has no %s '%s': it has %s", s->path, w->component ? "component" : "function",
            w->component ? w->component : w->function, known.len ? known.data : "none");
    str_release(&known);
}

/* What goes on is what was begun: its file and its wishes are in the folder. */
static char *load_wishes(struct session_wish *w, int argc, char **argv)
{
    struct state state;
    struct str err = STR_INIT;
    if (!isnan(phase_option) || component_option || function_option || quick_option)
        die(EXIT_USAGE, "--resume goes on as it began: beside it only FILE, -o and --progress may stand");
    if (!state_read(&state, output_option, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    w->study.quick = state.quick;
    w->study.check = state.check;
    w->study.component = *state.component ? str_copy(state.component) : NULL;
    w->study.function = *state.function ? str_copy(state.function) : NULL;
    char *file = str_copy(argc ? argv[0] : state.file);
    state_release(&state);
    return file;
}

/* A study that failed in some points was judged by the others. */
static int finish(struct context *c, struct study *s, const struct session_wish *w, struct session_result r)
{
    if (r.code && r.code != EXIT_UNDECIDED)
        return r.code;
    warn("%zu of %zu points are done; results are in %s", r.points - r.undone, r.points, output_option);
    if (!w->study.check)
        return r.code;
    char *results = file_absolute(w->results);
    int code = study_check(c, s, results, &check_wish);
    free(results);
    return code ? code : r.code;
}

static int run_study(struct context *c, bool check, int argc, char **argv)
{
    struct session_wish w = {.study = {quick_option || check, check, component_option, function_option},
                             .results = output_option, .resume = resume_option, .progress = progress_option};
    struct study study;
    struct str err = STR_INIT;
    if (argc > 1 || (!argc && !resume_option))
        die(EXIT_USAGE, "study takes one study file: farmdb study FILE; `farmdb study init` writes one");
    if (!check && (check_wish.baseline || check_wish.update || check_wish.github || check_wish.markdown))
        die(EXIT_USAGE, "--baseline, --update, --github and --markdown belong to study check");
    choose_phases(&w);
    w.phases[0] |= check;
    char *file = resume_option ? load_wishes(&w, argc, argv) : str_copy(argv[0]);
    if (!study_load(&study, file, &err))
        die(EXIT_USAGE, "%s", err.data);
    check_names(&study, &w.study);
    struct session_result r = session_run(&study, &c->store, &w);
    c->living = r.living;
    int code = finish(c, &study, &w, r);
    study_release(&study);
    free(file);
    return code;
}

/* ---- how far it is */

static const struct column status_columns[] = {
    {"Phase", "phase", COLUMN_NUMBER, USE_ALL},   {"Experiment", "experiment", COLUMN_TEXT, USE_ALL},
    {"Point", "parameters", COLUMN_TEXT, USE_ALL}, {"State", "state", COLUMN_TEXT, USE_ALL},
    {"Runs", "runs", COLUMN_COUNT, USE_ALL},       {"Of", "wanted", COLUMN_COUNT, USE_ALL},
    {"Why", "why", COLUMN_WORDS, USE_ALL},
};

static void status_rows(const struct state *s, struct table *t, size_t counts[])
{
    for (size_t i = 0; i < s->parts.count; i++) {
        const struct state_part *part = &s->parts.items[i];
        for (size_t k = 0; k < part->points.count; k++) {
            const struct state_point *p = &part->points.items[k];
            table_int(t, part->number);
            table_text(t, p->experiment);
            table_text(t, p->parameters);
            table_text(t, summary_state_name(p->state));
            table_int(t, (int64_t)p->runs);
            table_int(t, (int64_t)p->wanted);
            table_text(t, p->why);
            if (p->state == SUMMARY_RUNNING || p->state > SUMMARY_DONE)
                table_hot(t);
            counts[p->state]++;
        }
    }
}

static const char *status_word(const struct state *s)
{
    size_t done = 0;
    for (size_t i = 0; i < s->parts.count; i++)
        done += s->parts.items[i].state == STATE_DONE;
    if (state_alive(s))
        return "running";
    return done == s->parts.count ? "finished" : "interrupted; `farmdb study --resume` goes on";
}

static void status_head(const struct state *s, const size_t counts[], struct doc *d)
{
    size_t failed = counts[SUMMARY_FAILED] + counts[SUMMARY_TIMEOUT] + counts[SUMMARY_UNPROVEN], waiting = 0;
    struct str left = STR_INIT;
    for (size_t i = 0; i < s->parts.count; i++)
        waiting += s->parts.items[i].state == STATE_LEFT;
    if (waiting)
        str_addf(&left, ", and %zu phase%s not begun", waiting, waiting > 1 ? "s" : "");
    if (state_alive(s) && s->seconds_left >= 0)
        str_addf(&left, "; about %ld:%02ld left of this phase", (long)s->seconds_left / 60, (long)s->seconds_left % 60);
    doc_fact_text(d, "study", s->study);
    doc_fact_text(d, "status", state_alive(s) ? "running" : waiting ? "interrupted" : "ended");
    doc_head(d, "%s%s, begun %s: %s", s->study, s->quick ? " (quick)" : "", s->started, status_word(s));
    doc_head(d, "%zu points done, %zu running, %zu failed, %zu left%s", counts[SUMMARY_DONE], counts[SUMMARY_RUNNING],
             failed, counts[SUMMARY_LEFT], left.data);
    str_release(&left);
}

/* True: it goes on. */
static bool show_status(struct context *c)
{
    struct state s;
    struct doc d;
    struct str err = STR_INIT;
    size_t counts[SUMMARY_UNPROVEN + 1] = {0};
    if (!state_read(&s, output_option, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    doc_init(&d, "study");
    status_rows(&s, doc_table(&d, "points", NULL, status_columns, 7), counts);
    status_head(&s, counts, &d);
    bool going = state_alive(&s);
    cmd_answer(c, &d);
    state_release(&s);
    return going;
}

static int status(struct context *c)
{
    bool terminal = c->look.width > 0;
    while (show_status(c) && watch_option) {
        fflush(stdout);
        nanosleep(&(struct timespec){1, 0}, NULL);
        if (terminal)
            fputs("\033[H\033[2J", stdout);
    }
    return EXIT_OK;
}

/* ---- a start */

static int init(int argc, char **argv)
{
    const char *path = argc ? argv[0] : START_FILE;
    struct str text = STR_INIT, err = STR_INIT;
    if (argc > 1)
        die(EXIT_USAGE, "study init takes one name: farmdb study init prog.study.json");
    if (file_exists(path))
        die(EXIT_USAGE, "there is a %s already: study init writes a new file, name another one", path);
    char *name = str_copy(file_name(path));
    name[strcspn(name, ".")] = 0;
    study_template(*name ? name : "study", build_option, run_option, &text);
    if (!file_write(path, text.data, text.len, &err))
        die(EXIT_DATA, "%s", err.data);
    warn("wrote %s: change its commands, parameters and functions, then `farmdb study %s --quick`", path, path);
    free(name);
    str_release(&text);
    return EXIT_OK;
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc && strcmp(argv[0], "status") == 0)
        return status(c);
    if (argc && strcmp(argv[0], "init") == 0)
        return init(argc - 1, argv + 1);
    if (argc && strcmp(argv[0], "check") == 0)
        return run_study(c, true, argc - 1, argv + 1);
    return run_study(c, false, argc, argv);
}

const struct cmd cmd_study = {
    "study",
    "FILE|check|status|init",
    "the four-phase study of a program: macro, component, line, system",
    "study FILE runs what the study file says (docs/study.md) and writes summaries, reports and charts.\n"
    "study check FILE runs the quick study and judges phase 1 by farmdb check against stored baselines.\n"
    "study status tells what is done, running, failed and left. study init [FILE] writes a study file to begin with.\n"
    "Exit status: 3 where a point failed, ran into its time limit, or its proof did not hold.",
    options,
    NEEDS_NOTHING,
    false,
    run};
