/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "db/argv.h"
#include "db/cmd.h"
#include "db/quantity.h"
#include "db/select.h"

static double limit_option = NAN;

static const struct opt options[] = {
    {'n', "limit", OPT_NUMBER, &limit_option, "N", "only the latest N runs (default: all)"},
    {0},
};

static const struct column columns[] = {
    {"Run", "run", COLUMN_NUMBER, USE_ALL},
    {"Label", "label", COLUMN_TEXT, USE_ALL},
    {"Started", "started", COLUMN_TEXT, USE_ALL},
    {"Started", "started_ns", COLUMN_NUMBER, USE_PROGRAMS},
    {"Wall", "wall_s", COLUMN_SECONDS, USE_ALL},
    {"User", "user_s", COLUMN_SECONDS, USE_ALL},
    {"Procs", "processes", COLUMN_COUNT, USE_ALL},
    {"Samples", "samples", COLUMN_COUNT, USE_ALL},
    {"Ended", "ended", COLUMN_TEXT, USE_ALL},
    {"Command", "command", COLUMN_TEXT, USE_ALL},
    {"Contaminated", "contaminated", COLUMN_TEXT, USE_PROGRAMS},
};

static void add_run(struct sql_stmt *s, struct table *t)
{
    struct str date = STR_INIT, ended = STR_INIT, command = STR_INIT;
    quantity_date(&date, sql_int(s, 2));
    select_ended(sql_text(s, 7), sql_int(s, 8), &ended);
    argv_shell(sql_text(s, 9), &command);
    table_int(t, sql_int(s, 0));
    table_text(t, sql_text(s, 1));
    table_text(t, date.data);
    table_int(t, sql_int(s, 2));
    bool imported = strcmp(sql_text(s, 7), "imported") == 0;     /* then nobody saw it run */
    for (int i = 3; i < 5; i++)
        if (imported)
            table_none(t);
        else
            table_real(t, sql_real(s, i) / 1e9);
    table_int(t, sql_int(s, 5));
    if (imported && !sql_int(s, 6))
        table_none(t);
    else
        table_int(t, sql_int(s, 6));
    table_text(t, ended.data);
    table_text(t, command.data);
    table_text(t, sql_text(s, 10));
    str_release(&date);
    str_release(&ended);
    str_release(&command);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc)
        die(EXIT_USAGE, "runs takes no arguments; `farmdb show RUN` tells more of one");
    struct doc d;
    doc_init(&d, "runs");
    struct table *t = doc_table(&d, "runs", NULL, columns, sizeof columns / sizeof *columns);
    struct sql_stmt *s = store_prepare(c->store.db, "runs");
    sql_bind_int(s, "limit", isnan(limit_option) ? -1 : (int64_t)cmd_count("limit", limit_option));
    while (sql_step(s))
        add_run(s, t);
    sql_done(s);
    bool any = table_rows(t);
    if (!any)
        warn("no runs in the store yet");
    if (any || c->format->programs)
        cmd_answer(c, &d);
    else
        doc_release(&d);
    return any ? EXIT_OK : EXIT_UNDECIDED;
}

const struct cmd cmd_runs = {"runs", "", "list the runs, oldest first", NULL, options, NEEDS_STORE, false, run};
