/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For other programs. json and csv are the report's; lcov has a form of its own.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/source.h"
#include "db/cmd.h"
#include "db/exclude.h"
#include "db/gate/baseline.h"
#include "db/select.h"

static const char *output_option;

static const struct opt options[] = {
    {'o', "output", OPT_TEXT, &output_option, "FILE", "write there (default: stdout)"},
    {0},
};

struct lcov {
    FILE *out;
    struct sql_stmt *functions, *branches, *source;
    bool function_row, branch_row;       /* they stand on a row that is not written yet */
    char *path;                  /* the file at hand; NULL before the first */
    struct exclude exclude;      /* in it */
    int64_t found, hit;
};

static void read_markers(struct lcov *l)
{
    struct str text = STR_INIT, err = STR_INIT;
    uint8_t hash[SOURCE_HASH_LEN];
    size_t len, taken;
    sql_bind_text(l->source, "path", l->path);
    if (sql_step(l->source)) {
        const void *packed = sql_blob(l->source, 0, &len);
        if (!source_unpack(packed, len, hash, &text, &taken, &err))
            die(EXIT_DATA, "the store holds a damaged source of %s: %s", l->path, err.data);
        sql_step(l->source);
    }
    exclude_read(&l->exclude, text.data, text.len);
    str_release(&text);
    str_release(&err);
}

/* Functions come in the order of the lines' files; those of the file at hand are written. */
static void lcov_functions(struct lcov *l)
{
    struct str calls = STR_INIT;
    int64_t found = 0, hit = 0;
    while (l->function_row && strcmp(sql_text(l->functions, 0), l->path) < 0)
        l->function_row = sql_step(l->functions);
    while (l->function_row && strcmp(sql_text(l->functions, 0), l->path) == 0) {
        const char *name = sql_text(l->functions, 1);
        int64_t line = sql_int(l->functions, 2), count = sql_int(l->functions, 3);
        if (!exclude_line(&l->exclude, line)) {
            fprintf(l->out, "FN:%" PRId64 ",%s\n", line, name);
            str_addf(&calls, "FNDA:%" PRId64 ",%s\n", count, name);
            found++;
            hit += count > 0;
        }
        l->function_row = sql_step(l->functions);
    }
    fprintf(l->out, "%sFNF:%" PRId64 "\nFNH:%" PRId64 "\n", calls.data, found, hit);
    str_release(&calls);
}

/* A condition has two outcomes: 0, it was true, and 1, it was false. `-` says that it was never evaluated. */
static void lcov_branches(struct lcov *l)
{
    int64_t found = 0, hit = 0;
    while (l->branch_row && strcmp(sql_text(l->branches, 0), l->path) < 0)
        l->branch_row = sql_step(l->branches);
    while (l->branch_row && strcmp(sql_text(l->branches, 0), l->path) == 0) {
        int64_t line = sql_int(l->branches, 1), count[] = {sql_int(l->branches, 3), sql_int(l->branches, 4)};
        for (int i = 0; i < 2 && !exclude_branch(&l->exclude, line); i++) {
            fprintf(l->out, "BRDA:%" PRId64 ",%" PRId64 ",%d,", line, sql_int(l->branches, 2), i);
            fprintf(l->out, count[0] || count[1] ? "%" PRId64 "\n" : "-\n", count[i]);
            found++;
            hit += count[i] > 0;
        }
        l->branch_row = sql_step(l->branches);
    }
    if (found)
        fprintf(l->out, "BRF:%" PRId64 "\nBRH:%" PRId64 "\n", found, hit);
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
    read_markers(l);
    fprintf(l->out, "TN:\nSF:%s\n", path);
    lcov_functions(l);
    lcov_branches(l);
}

static void write_lcov(struct sql *db, FILE *out)
{
    struct lcov l = {
        .out = out,
        .functions = store_prepare(db, "export_functions"),
        .branches = store_prepare(db, "export_branches"),
        .source = store_prepare(db, "export_source"),
    };
    struct sql_stmt *s = store_prepare(db, "export_lines");
    l.function_row = sql_step(l.functions);
    l.branch_row = sql_step(l.branches);
    while (sql_step(s)) {
        const char *path = sql_text(s, 0);
        if (!l.path || strcmp(path, l.path) != 0)
            lcov_begin_file(&l, path);
        if (exclude_line(&l.exclude, sql_int(s, 1)))
            continue;
        fprintf(out, "DA:%" PRId64 ",%" PRId64 "\n", sql_int(s, 1), sql_int(s, 2));
        l.found++;
        l.hit += sql_int(s, 2) > 0;
    }
    lcov_end_file(&l);
    sql_done(s);
    sql_done(l.functions);
    sql_done(l.branches);
    sql_done(l.source);
    exclude_release(&l.exclude);
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
