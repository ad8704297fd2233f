/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/show.h"

#include "db/argv.h"
#include "db/quantity.h"
#include "db/store.h"

static const struct column columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL},
    {"Parent", "ppid", COLUMN_NUMBER, USE_ALL},
    {"Ended", "ended", COLUMN_TEXT, USE_ALL},
    {"Wall", "wall_s", COLUMN_SECONDS, USE_ALL},
    {"User", "user_s", COLUMN_SECONDS, USE_ALL},
    {"System", "system_s", COLUMN_SECONDS, USE_ALL},
    {"Peak", "max_rss_bytes", COLUMN_BYTES, USE_ALL},
    {"Major faults", "major_faults", COLUMN_COUNT, USE_PROGRAMS},
    {"Minor faults", "minor_faults", COLUMN_COUNT, USE_PROGRAMS},
    {"Threads", "threads_peak", COLUMN_COUNT, USE_ALL},
    {"Samples", "samples", COLUMN_COUNT, USE_ALL},
    {"Command", "command", COLUMN_TEXT, USE_ALL},
};

static const struct column param_columns[] = {
    {"Parameter", "name", COLUMN_TEXT, USE_ALL},
    {"Value", "value", COLUMN_TEXT, USE_ALL},
};

static const struct column module_columns[] = {
    {"Instrumented module", "path", COLUMN_TEXT, USE_ALL},
    {"Files", "files", COLUMN_COUNT, USE_ALL},
    {"Functions", "functions", COLUMN_COUNT, USE_ALL},
    {"Lines", "lines", COLUMN_COUNT, USE_ALL},
    {"Build-id", "build_id", COLUMN_TEXT, USE_ALL},
};

static void add_process(struct sql_stmt *s, struct table *t)
{
    struct str ended = STR_INIT, command = STR_INIT;
    select_ended(sql_text(s, 2), sql_int(s, 3), &ended);
    argv_shell(sql_text(s, 12), &command);
    table_int(t, sql_int(s, 0));
    table_int(t, sql_int(s, 1));
    table_text(t, ended.data);
    for (int i = 4; i < 7; i++)
        table_real(t, sql_real(s, i) / 1e9);
    table_int(t, sql_int(s, 7) * 1024);
    for (int i = 8; i < 12; i++)
        table_int(t, sql_int(s, i));
    table_text(t, command.data);
    str_release(&ended);
    str_release(&command);
}

void show_machines(struct sql *db, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "show_machines");
    while (sql_step(s)) {
        doc_head(d, "  on %s: %s, %lld cores, %s", sql_text(s, 0), sql_text(s, 1), (long long)sql_int(s, 2),
                 sql_text(s, 3));
        doc_head(d, "  in %s", sql_text(s, 4));
    }
    sql_done(s);
}

void show_recorded(struct sql *db, const struct selection *selection, struct doc *d)
{
    for (size_t i = 0; i < selection->runs.count && i < 4; i++) {
        struct sql_stmt *s = store_prepare(db, "show_recorded");
        sql_bind_int(s, "run", selection->runs.items[i]);
        if (sql_step(s)) {
            if (*sql_text(s, 0))
                doc_head(d, "  run %lld: commit %.12s%s", (long long)selection->runs.items[i], sql_text(s, 0),
                         sql_int(s, 1) ? " with uncommitted changes" : "");
            if (sql_int(s, 3))
                doc_head(d, "  run %lld: experiment %lld, point %lld, repeat %lld",
                         (long long)selection->runs.items[i], (long long)sql_int(s, 3), (long long)sql_int(s, 4),
                         (long long)sql_int(s, 5));
            if (*sql_text(s, 2))
                doc_head(d, "  run %lld: its times are not to be trusted: %s", (long long)selection->runs.items[i],
                         sql_text(s, 2));
        }
        sql_done(s);
    }
}

void show_modules(struct sql *db, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "show_modules");
    struct table *t = doc_table(d, "modules", NULL, module_columns, 5);
    while (sql_step(s)) {
        table_text(t, sql_text(s, 0));
        for (int i = 1; i < 4; i++)
            table_int(t, sql_int(s, i));
        table_text(t, sql_text(s, 4));
    }
    sql_done(s);
}

void show_params(struct sql *db, bool programs, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "show_params");
    struct table *t = programs ? doc_table(d, "params", NULL, param_columns, 2) : NULL;
    while (sql_step(s)) {
        t = t ? t : doc_table(d, "params", NULL, param_columns, 2);
        table_text(t, sql_text(s, 0));
        table_text(t, sql_text(s, 1));
    }
    sql_done(s);
}

void show_processes(struct sql *db, struct doc *d)
{
    struct table *t = doc_table(d, "processes", NULL, columns, sizeof columns / sizeof *columns);
    struct sql_stmt *s = store_prepare(db, "show_processes");
    while (sql_step(s))
        add_process(s, t);
    sql_done(s);
}
