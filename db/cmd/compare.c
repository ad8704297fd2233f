/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/cmd.h"
#include "db/compare/compare_view.h"
#include "db/wanted.h"

#define WIDE 120                 /* columns from which on the listing has more figures */

static const char *metric_option, *function_option, *file_option, *sort_option = "time";
static double seed_option = NAN;
static bool all_option, force_option, wide_option;

static const struct opt options[] = {
    {'f', "function", OPT_TEXT, &function_option, "GLOB", "functions of this name; FILE:NAME, FILE:LINE"},
    {0, "file", OPT_TEXT, &file_option, "GLOB", "functions of this file"},
    {'m', "metric", OPT_TEXT, &metric_option, "NAMES", "these figures of the program, joined by commas"},
    {'s', "sort", OPT_TEXT, &sort_option, "time|hits|allocs|place|name", "by what (default time)"},
    {'a', "all", OPT_FLAG, &all_option, NULL, "what did not change, and every changed function line by line"},
    {0, "wide", OPT_FLAG, &wide_option, NULL, "both sides' figures, whatever the width of the terminal"},
    {0, "force", OPT_FLAG, &force_option, NULL, "compare programs that have little in common"},
    {0, "seed", OPT_NUMBER, &seed_option, "N", "of the random numbers of intervals (default 1)"},
    {0},
};

static enum compare_sort sort_wanted(void)
{
    static const char *const names[] = {"time", "hits", "allocs", "place", "name"};
    for (int i = 0; i < 5; i++)
        if (strcmp(sort_option, names[i]) == 0)
            return (enum compare_sort)i;
    die(EXIT_USAGE, "--sort is time, hits, allocs, place or name, not '%s'", sort_option);
}

static bool is_wanted(const void *data, const struct comparison *c, const struct compare_function *f)
{
    struct wanted w = *(const struct wanted *)data;
    for (int side = 0; side < 2; side++) {
        if (f->function[side] < 0)
            continue;
        const struct side_function *of = &c->side[side].functions.items[f->function[side]];
        w.folder = c->side[side].selection.folder;
        if (wanted_function(&w, c->side[side].texts.items[of->text].path, of->name, of->line, of->last_line))
            return true;
    }
    return false;
}

static void check_metric(const struct comparison *c)
{
    struct str names = STR_INIT;
    bool found = !metric_option;
    for (size_t i = 0; i < c->metrics.count; i++) {
        struct compare_view v = {.c = c, .metric = metric_option};
        found |= metric_option && compare_metric_wanted(&v, &c->metrics.items[i]);
        str_addf(&names, "%s%s", i ? ", " : "", c->metrics.items[i].name);
    }
    if (!found)
        die(EXIT_USAGE, "no figure '%s' that all of these runs have: %s", metric_option, names.data);
    str_release(&names);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc != 2)
        die(EXIT_USAGE, "compare takes two selections of runs, BEFORE and AFTER: farmdb compare before after");
    enum compare_sort sort = sort_wanted();
    char *here = getcwd(NULL, 0);
    struct wanted wanted = {function_option, file_option, "", here ? here : "/"};
    bool narrowed = function_option || file_option;
    struct compare_wishes wishes = {isnan(seed_option) ? JUDGE_SEED : cmd_count("seed", seed_option),
                                    narrowed ? is_wanted : NULL, &wanted, force_option};
    struct comparison comparison;
    struct str err = STR_INIT;
    sql_run(c->store.db, "BEGIN");
    if (!compare_sides(c->store.db, argv[0], argv[1], &wishes, &comparison, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    sql_run(c->store.db, "COMMIT");
    check_metric(&comparison);
    for (size_t i = 0; c->format->programs && i < comparison.warnings.count; i++)    /* people read them above */
        warn("%s", comparison.warnings.items[i]);
    struct doc d;
    doc_init(&d, "compare");
    struct compare_view view = {&comparison, &d, c->format->programs, wide_option || c->look.width >= WIDE,
                                all_option, 0, metric_option, sort, wishes.wanted, &wanted};
    compare_show(&view);
    cmd_answer(c, &d);
    compare_release(&comparison);
    free(here);
    return EXIT_OK;
}

const struct cmd cmd_compare = {
    "compare",
    "BEFORE AFTER",
    "what changed, line by line, across edits, and whether it is sure",
    "BEFORE and AFTER name runs; several runs of a side are repeats. Lines are followed through edits: = same,\n"
    "~ edited, + new, - gone, > moved. Plus means slower or more. Hits are exact; of times a change is shown where it\n"
    "is sure at 5 % after all tests are counted; ~ says that none is shown. The exit status is 0 whatever changed:\n"
    "`farmdb check` judges.",
    options,
    NEEDS_STORE,
    false,
    run};
