/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "db/about.h"
#include "db/argv.h"
#include "db/cmd.h"
#include "db/course/course.h"
#include "db/course/course_chart.h"
#include "db/quantity.h"

static bool series_option;
static const char *output_option;

static const struct opt options[] = {
    {0, "series", OPT_FLAG, &series_option, NULL, "the points of its time series, by process, core, thread and step"},
    {'o', "output", OPT_TEXT, &output_option, "FILE", "draw memory, CPU and disk over time (.png, .svg, ...)"},
    {0},
};

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

static void add_machine(struct sql *db, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "show_machines");
    while (sql_step(s)) {
        doc_head(d, "  on %s: %s, %lld cores, %s", sql_text(s, 0), sql_text(s, 1), (long long)sql_int(s, 2),
                 sql_text(s, 3));
        doc_head(d, "  in %s", sql_text(s, 4));
    }
    sql_done(s);
}

/* What farmdb saw of the runs that it started. */
static void add_recorded(struct sql *db, const struct selection *selection, struct doc *d)
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

static void add_modules(struct sql *db, struct doc *d)
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

static void add_params(struct sql *db, bool programs, struct doc *d)
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

static void draw(struct sql *db, const struct selection *selection)
{
    struct chart chart;
    struct str err = STR_INIT;
    bool number = strspn(selection->name, "0123456789") == strlen(selection->name);
    char *title = str_format("%s%s over time", number ? "run " : "", selection->name);
    if (!course_chart(db, title, &chart, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    cmd_draw(&chart, output_option);
    free(title);
}

static int run(struct context *c, int argc, char **argv)
{
    if (argc > 1)
        die(EXIT_USAGE, "show takes one RUN");
    struct selection selection;
    struct sql *db = c->store.db;
    select_or_die(db, argv[0], &selection);
    struct doc d;
    doc_init(&d, "show");
    if (output_option)
        draw(db, &selection);
    if (series_option) {
        course_points(db, &d);
        cmd_answer(c, &d);
        select_release(&selection);
        return EXIT_OK;
    }
    about_head(db, &selection, &d);
    add_machine(db, &d);
    add_recorded(db, &selection, &d);
    struct table *t = doc_table(&d, "processes", NULL, columns, sizeof columns / sizeof *columns);
    struct sql_stmt *s = store_prepare(db, "show_processes");
    while (sql_step(s))
        add_process(s, t);
    sql_done(s);
    course_summary(db, c->format->programs, &d);
    course_marks(db, c->format->programs, &d);
    add_params(db, c->format->programs, &d);
    add_modules(db, &d);
    about_foot(db, &selection, c->format->programs, &d);
    cmd_answer(c, &d);
    select_release(&selection);
    return EXIT_OK;
}

const struct cmd cmd_show = {
    "show", "[RUN]", "a run's processes, course, threads, steps and modules",
    "Waiting is wall time less CPU time. Memory growth is of the memory that is neither shared nor of files, at its\n"
    "lowest in each of 16 spans of the last two thirds; a leak is said only where the interval lies above zero.",
    options, NEEDS_STORE, false, run};
