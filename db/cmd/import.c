/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs that other profilers measured.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/source.h"
#include "db/cmd.h"
#include "db/import/import.h"
#include "db/intake/ingest.h"

static const char *label_option = "", *folder_option;

static const struct opt options[] = {
    {'l', "label", OPT_TEXT, &label_option, "LABEL", "the run's label"},
    {0, "folder", OPT_TEXT, &folder_option, "DIR", "relative paths are from there (default: the working folder)"},
    {0},
};

static const struct column columns[] = {
    {"Run", "run", COLUMN_NUMBER, USE_ALL},
    {"Files", "files", COLUMN_COUNT, USE_ALL},
    {"Functions", "functions", COLUMN_COUNT, USE_ALL},
    {"Lines with hits", "lines", COLUMN_COUNT, USE_ALL},
    {"Samples", "samples", COLUMN_COUNT, USE_ALL},
    {"Was there", "known", COLUMN_FLAG, USE_PROGRAMS},
};

/* What is in the files names the run: doing it again changes nothing. */
static char *identity(const char *format, char **files, int count)
{
    struct str err = STR_INIT, all = STR_INIT, hex = STR_INIT;
    uint8_t hash[SOURCE_HASH_LEN];
    str_add(&all, format);
    for (int i = 0; i < count; i++) {
        str_add_char(&all, 0);
        if (!file_read(files[i], &all, &err))
            die(EXIT_DATA, "%s", err.data);
    }
    source_hash(all.data, all.len, hash);
    str_add(&hex, "import-");
    for (int i = 0; i < SOURCE_HASH_LEN; i++)
        str_addf(&hex, "%02x", hash[i]);
    str_release(&all);
    return str_detach(&hex);
}

static void read_all(struct import *im, const struct import_format *format, char **files, int count)
{
    struct str err = STR_INIT;
    for (int i = 0; i < count; i++) {
        struct stat st;
        im->written = stat(files[i], &st) == 0 ? st.st_mtime : 0;
        if (!import_read(im, format, files[i], &err))
            die(EXIT_DATA, "%s", err.data);
    }
}

static void answer(struct context *c, const struct import *im, const struct import_result *result)
{
    struct doc d;
    doc_init(&d, "import");
    struct table *t = doc_table(&d, "imported", NULL, columns, sizeof columns / sizeof *columns);
    table_int(t, result->run);
    table_int(t, (int64_t)im->files.list.count);
    table_int(t, (int64_t)im->functions.count);
    if (im->hits)
        table_int(t, (int64_t)im->lines.count);
    else
        table_none(t);
    if (im->all_samples)
        table_int(t, im->all_samples);
    else
        table_none(t);
    table_int(t, result->known);
    if (result->known)
        doc_foot(&d, "it was there already");
    if (im->younger)
        doc_foot(&d, "%zu program%s built after that: lines are those that perf printed", im->younger,
                 im->younger > 1 ? "s were" : " was");
    if (result->missing || result->younger)
        doc_foot(&d, "without their text: %zu sources that are not there (--folder), %zu that changed since",
                 result->missing, result->younger);
    cmd_answer(c, &d);
}

static int run(struct context *c, int argc, char **argv)
{
    struct str err = STR_INIT;
    struct import im;
    struct import_result result;
    if (argc < 2)
        die(EXIT_USAGE, "import takes a format (lcov, gcov, callgrind or perf) and files");
    const struct import_format *format = import_find(argv[0]);
    if (!format)
        die(EXIT_USAGE, "no format '%s' to import: lcov, gcov, callgrind or perf", argv[0]);
    char *here = getcwd(NULL, 0), *folder = file_absolute(folder_option ? folder_option : here ? here : "/");
    char *id = identity(argv[0], argv + 1, argc - 1);
    import_init(&im, folder);
    read_all(&im, format, argv + 1, argc - 1);
    if (!store_open(&c->store, &err))
        die(EXIT_DATA, "%s", err.data);
    cmd_must_write(c);
    ingest_pending(&c->store);
    sql_run(c->store.db, "BEGIN IMMEDIATE");
    import_put(c->store.db, &im, format, id, argv[1], label_option, &result);
    sql_run(c->store.db, "COMMIT");
    answer(c, &im, &result);
    import_release(&im);
    free(id);
    free(folder);
    free(here);
    return EXIT_OK;
}

const struct cmd cmd_import = {
    "import", "FORMAT FILE...", "take in what other profilers measured, as a run",
    "Formats:\n"
    "  lcov         tracefiles: hits, calls, outcomes of conditions\n"
    "  gcov         what `gcov --json-format` writes: hits, calls\n"
    "  callgrind    callgrind.out: instructions, each shown as a nanosecond, and calls\n"
    "  perf         what `perf script` prints: samples with their callers\n"
    "Several files are one run. What a format does not tell is not known: - in reports, never 0.",
    options, NEEDS_NOTHING, false, run};
