/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/cmd.h"
#include "db/select.h"

static int run(struct context *c, int argc, char **argv)
{
    if (argc != 2)
        die(EXIT_USAGE, "label takes a RUN and a label; an empty label takes it off");
    struct selection selection;
    select_or_die(c->store.db, argv[0], &selection);
    struct sql_stmt *s = sql_prepare(c->store.db, "UPDATE run SET label = :label WHERE id = :run");
    sql_run(c->store.db, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < selection.runs.count; i++) {
        sql_bind_text(s, "label", argv[1]);
        sql_bind_int(s, "run", selection.runs.items[i]);
        sql_step(s);
    }
    sql_run(c->store.db, "COMMIT");
    sql_done(s);
    select_release(&selection);
    return EXIT_OK;
}

const struct cmd cmd_label = {"label", "RUN LABEL", "name a run; several may share a label", NULL, NULL, NEEDS_STORE,
                              false,   run};
