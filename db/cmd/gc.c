/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/cmd.h"
#include "db/gc.h"
#include "db/quantity.h"

static double last_option = NAN, cache_option = NAN;
static const char *size_option;
static bool dry_option;

static const struct opt options[] = {
    {0, "last", OPT_NUMBER, &last_option, "N", "of runs without a label keep only the latest N"},
    {0, "size", OPT_TEXT, &size_option, "BYTES", "remove the oldest of them until the store has no more, as in 500M"},
    {0, "cache", OPT_NUMBER, &cache_option, "DAYS", "and debug information of unknown builds when it is older"},
    {'n', "dry-run", OPT_FLAG, &dry_option, NULL, "only tell what would be removed"},
    {0},
};

static const struct column columns[] = {
    {"Removed", "what", COLUMN_TEXT, USE_ALL},
    {"", "count", COLUMN_COUNT, USE_ALL},
};

static double number(const char *name, double value)
{
    if (isnan(value))
        return -1;
    if (!(value >= 0) || value != floor(value) || value > 1e9)
        die(EXIT_USAGE, "--%s takes a whole number, not %g", name, value);
    return value;
}

/* 500M, 2G, 100000 */
static int64_t size_of(const char *text)
{
    static const char letters[] = "KMGT";
    char *end;
    double value = strtod(text, &end);
    const char *letter = *end ? strchr(letters, toupper((unsigned char)*end)) : NULL;
    if (letter) {
        value *= pow(1024, (double)(letter - letters + 1));
        end++;
    }
    if (end == text || *end || !(value >= 0) || value > 1e18)
        die(EXIT_USAGE, "--size takes bytes, such as 100000, 500M or 2G, not '%s'", text);
    return (int64_t)value;
}

static void answer(struct context *c, const struct gc_result *r)
{
    const struct {
        const char *what;
        int64_t count;
    } rows[] = {
        {"runs", r->runs}, {"experiments without runs", r->experiments}, {"builds", r->modules}, {"files", r->files},
        {"source texts", r->sources}, {"kept debug files", r->cached},
    };
    struct doc d;
    doc_init(&d, "gc");
    struct str sizes = STR_INIT;
    quantity_bytes(&sizes, (double)r->bytes_before);
    str_add(&sizes, " before, ");
    quantity_bytes(&sizes, (double)r->bytes_after);
    doc_head(&d, "%s: %s after%s", c->store.path, sizes.data, dry_option ? ", were it done" : "");
    str_release(&sizes);
    doc_fact_int(&d, "bytes_before", r->bytes_before);
    doc_fact_int(&d, "bytes_after", r->bytes_after);
    doc_fact_int(&d, "cached_bytes", r->cached_bytes);
    struct table *t = doc_table(&d, "removed", NULL, columns, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        table_text(t, rows[i].what);
        table_int(t, rows[i].count);
    }
    cmd_answer(c, &d);
}

static int run(struct context *c, int argc, char **argv)
{
    struct gc_wish wish = {(int64_t)number("last", last_option), size_option ? size_of(size_option) : -1,
                           (int64_t)number("cache", cache_option), dry_option};
    struct gc_result result;
    if (argc)
        die(EXIT_USAGE, "gc takes no arguments; `farmdb rm RUN` removes runs that are named");
    cmd_must_write(c);
    gc_tidy(&c->store, &wish, &result);
    answer(c, &result);
    if (wish.bytes >= 0 && result.bytes_after > wish.bytes)
        warn("the store has more than %s all the same: runs with a label and the latest one are kept", size_option);
    return EXIT_OK;
}

const struct cmd cmd_gc = {"gc",
                           "[OPTION...]",
                           "make the store smaller; runs with a label stay",
                           "Without options only what no run refers to is removed: builds, files and their texts.",
                           options,
                           NEEDS_STORE,
                           false,
                           run};
