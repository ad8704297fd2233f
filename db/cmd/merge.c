/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/cmd.h"
#include "db/intake/ingest.h"
#include "db/merge.h"

static const struct column columns[] = {
    {"Store", "store", COLUMN_TEXT, USE_ALL},
    {"New runs", "new_runs", COLUMN_COUNT, USE_ALL},
    {"New processes", "new_processes", COLUMN_COUNT, USE_ALL},
};

static void warn_pending(const char *path)
{
    struct store other;
    store_locate(&other, path);
    size_t waiting = ingest_waiting(&other);
    if (waiting)
        warn("%zu record%s beside %s %s not in it yet: `farmdb --db %s ingest` takes %s in", waiting,
             waiting > 1 ? "s" : "", path, waiting > 1 ? "are" : "is", path, waiting > 1 ? "them" : "it");
    store_release(&other);
}

static int run(struct context *c, int argc, char **argv)
{
    struct str err = STR_INIT;
    struct doc d;
    if (!argc)
        die(EXIT_USAGE, "merge takes the stores to take in: farmdb merge other.db");
    if (!store_open(&c->store, &err))
        die(EXIT_DATA, "%s", err.data);
    cmd_must_write(c);
    ingest_pending(&c->store);
    doc_init(&d, "merge");
    struct table *t = doc_table(&d, "merged", NULL, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < argc; i++) {
        struct merge_result result;
        if (!merge_store(&c->store, argv[i], &result, &err))
            die(EXIT_DATA, "%s", err.data);
        warn_pending(argv[i]);
        table_text(t, argv[i]);
        table_int(t, result.runs);
        table_int(t, result.processes);
    }
    cmd_answer(c, &d);
    return EXIT_OK;
}

const struct cmd cmd_merge = {"merge",
                              "STORE...",
                              "take in other stores; what both have is there once",
                              "The other store stays as it is. Doing it again changes nothing.",
                              NULL,
                              NEEDS_NOTHING,
                              false,
                              run};
