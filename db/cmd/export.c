/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For other programs. json and csv are the report's; lcov has a form of its own.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/baseline.h"
#include "db/cmd.h"
#include "db/select.h"

static const char *output_option;

static const struct opt options[] = {
    {'o', "output", OPT_TEXT, &output_option, "FILE", "write there (default: stdout)"},
    {0},
};

struct lcov {
    FILE *out;
    struct sql_stmt *functions;
    bool function_row;           /* `functions` stands on a row that is not written yet */
    char *path;                  /* the file at hand; NULL before the first */
    int64_t found, hit;
};

/* Functions come in the order of the lines' files; those of the file at hand are written. */
static void lcov_functions(struct lcov *l)
{
    struct str calls = STR_INIT;
    int64_t found = 0, hit = 0;
    while (l->function_row && strcmp(sql_text(l->functions, 0), l->path) < 0)
        l->function_row = sql_step(l->functions);
    while (l->function_row && strcmp(sql_text(l->functions, 0), l->path) == 0) {
        const char *name = sql_text(l->functions, 1);
        int64_t count = sql_int(l->functions, 3);
        fprintf(l->out, "FN:%" PRId64 ",%s\n", sql_int(l->functions, 2), name);
        str_addf(&calls, "FNDA:%" PRId64 ",%s\n", count, name);
        found++;
        hit += count > 0;
        l->function_row = sql_step(l->functions);
    }
    fprintf(l->out, "%sFNF:%" PRId64 "\nFNH:%" PRId64 "\n", calls.data, found, hit);
    str_release(&calls);
}

static void lcov_end_file(struct lcov *l)
{
    if (l->path)
        fprintf(l->out, "LF:%" PRId64 "\nLH:%" PRId64 "\nend_of_record\n", l->found, l->hit);
    free(l->path);
    l->path = NULL;
}

static void lcov_begin_file(struct lcov *l, const char *path)
{
    lcov_end_file(l);
    l->path = str_copy(path);
    l->found = l->hit = 0;
    fprintf(l->out, "TN:\nSF:%s\n", path);
    lcov_functions(l);
}

static void write_lcov(struct sql *db, FILE *out)
{
    struct lcov l = {.out = out, .functions = store_prepare(db, "export_functions")};
    struct sql_stmt *s = store_prepare(db, "export_lines");
    l.function_row = sql_step(l.functions);
    while (sql_step(s)) {
        const char *path = sql_text(s, 0);
        if (!l.path || strcmp(path, l.path) != 0)
            lcov_begin_file(&l, path);
        fprintf(out, "DA:%" PRId64 ",%" PRId64 "\n", sql_int(s, 1), sql_int(s, 2));
        l.found++;
        l.hit += sql_int(s, 2) > 0;
    }
    lcov_end_file(&l);
    sql_done(s);
    sql_done(l.functions);
}

static void redirect(const char *path)
{
    if (!freopen(path, "w", stdout))
        die(EXIT_DATA, "cannot write %s: %s", path, strerror(errno));
}

/* A side compared with itself has all that a baseline needs. */
static int write_baseline(struct context *c, const char *runs)
{
    struct compare_wishes wishes = {.seed = JUDGE_SEED};
    struct comparison comparison;
    struct str err = STR_INIT, out = STR_INIT;
    if (!compare_sides(c->store.db, runs, runs, &wishes, &comparison, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    baseline_write(c->store.db, &comparison, &out);
    if (output_option && !file_write(output_option, out.data, out.len, &err))
        die(EXIT_DATA, "%s", err.data);
    if (!output_option)
        fputs(out.data, stdout);
    str_release(&out);
    compare_release(&comparison);
    return EXIT_OK;
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc < 1 || argc > 2)
        die(EXIT_USAGE, "export takes a format (lcov, json, csv or baseline) and a RUN");
    if (strcmp(argv[0], "baseline") == 0)
        return write_baseline(c, argv[1]);
    bool lcov = strcmp(argv[0], "lcov") == 0;
    if (!lcov && strcmp(argv[0], "json") != 0 && strcmp(argv[0], "csv") != 0)
        die(EXIT_USAGE, "no export format '%s': lcov, json, csv or baseline", argv[0]);
    if (!lcov) {
        c->format = format_find(argv[0]);
        if (output_option)
            redirect(output_option);
        return cmd_report.run(c, argc - 1, argv + 1);
    }
    struct selection selection;
    select_or_die(c->store.db, argv[1], &selection);
    if (output_option)
        redirect(output_option);
    write_lcov(c->store.db, stdout);
    select_release(&selection);
    return EXIT_OK;
}

const struct cmd cmd_export = {
    "export", "lcov|json|csv|baseline [RUN]", "hits and times for other programs",
    "lcov: tracefile with exact hits, for genhtml and editors. json, csv: every line of the report.\n"
    "baseline: a small file for `farmdb check`, to be committed.",
    options, NEEDS_STORE, false, run};
