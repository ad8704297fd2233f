/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For other programs: formats of theirs (db/export/), and our own ones. json and csv are the report's.
 */
#include <stdlib.h>
#include <string.h>

#include "db/cmd.h"
#include "db/export/export.h"
#include "db/gate/baseline.h"
#include "db/select.h"

static const char *output_option;

static const struct opt options[] = {
    {'o', "output", OPT_TEXT, &output_option, "FILE", "write there (default: stdout)"},
    {0},
};

static void redirect(void)
{
    if (output_option && !freopen(output_option, "w", stdout))
        die(EXIT_DATA, "cannot write %s: %m", output_option);
}

static int put(struct str *out)
{
    redirect();
    fwrite(out->data, 1, out->len, stdout);
    str_release(out);
    return EXIT_OK;
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
    compare_release(&comparison);
    return put(&out);
}

static int write_report(struct context *c, const char *format, int argc, char **argv)
{
    c->format = format_find(format);
    redirect();
    return cmd_report.run(c, argc, argv);
}

static int write_format(struct context *c, const struct export_format *format, const char *runs)
{
    struct selection selection;
    struct str err = STR_INIT, out = STR_INIT;
    if (!select_side(c->store.db, 0, runs, &selection, &err) ||
        !format->write(&(struct export){c->store.db, &selection}, &out, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    select_release(&selection);
    return put(&out);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc < 1 || argc > 2)
        die(EXIT_USAGE, "export takes a format and a RUN; `farmdb help export` lists them");
    const struct export_format *format = export_find(argv[0]);
    if (format)
        return write_format(c, format, argv[1]);
    if (strcmp(argv[0], "baseline") == 0)
        return write_baseline(c, argv[1]);
    if (strcmp(argv[0], "json") == 0 || strcmp(argv[0], "csv") == 0)
        return write_report(c, argv[0], argc - 1, argv + 1);
    die(EXIT_USAGE, "no export format '%s'; `farmdb help export` lists them", argv[0]);
}

const struct cmd cmd_export = {
    "export", "FORMAT [RUN]", "hits and times for other programs",
    "Formats:\n"
    "  lcov         tracefile: hits, calls, branches; genhtml, editors' gutters, coverage services\n"
    "  cobertura    XML: hits and branches; coverage views of CI services\n"
    "  gcov         gcov's JSON: hits, calls and branches\n"
    "  callgrind    callgrind.out: hits, time, allocations, calls; callgrind_annotate, KCachegrind\n"
    "  pprof        profile.proto, gzipped: time by stack, hits and allocations by line\n"
    "  folded       stacks with nanoseconds, a line each; flamegraph.pl, inferno\n"
    "  speedscope   stacks with their time; https://www.speedscope.app\n"
    "  trace        Chrome's trace events: steps, regions, threads, memory and CPU over time;\n"
    "               https://ui.perfetto.dev\n"
    "  prometheus   figures of runs as gauges\n"
    "  json, csv    every line of the report\n"
    "  baseline     a small file for `farmdb check`, to be committed",
    options, NEEDS_STORE, false, run};
