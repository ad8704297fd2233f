/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/cmd.h"
#include "db/select.h"

static int run(struct context *c, int argc, char **argv)
{
    if (!argc)
        die(EXIT_USAGE, "rm takes one RUN or more");
    struct sql *db = c->store.db;
    struct sql_stmt *s = sql_prepare(db, "DELETE FROM run WHERE id = :run");
    sql_run(db, "BEGIN IMMEDIATE");
    for (int i = 0; i < argc; i++) {
        struct selection selection;
        select_or_die(db, argv[i], &selection);
        for (size_t k = 0; k < selection.runs.count; k++) {
            sql_bind_int(s, "run", selection.runs.items[k]);
            sql_step(s);
        }
        select_release(&selection);
    }
    sql_run(db, "COMMIT");
    sql_done(s);
    return EXIT_OK;
}

const struct cmd cmd_rm = {
    "rm", "RUN...", "delete runs: all of them, or none where one is unknown", NULL, NULL, NEEDS_STORE, false, run};
