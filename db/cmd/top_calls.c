/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "db/calltimes.h"
#include "db/cmd/top.h"
#include "db/path.h"
#include "db/quantity.h"
#include "db/store.h"

static const struct column columns[] = {
    {"Calls", "calls", COLUMN_COUNT, USE_ALL},
    {"Timed", "timed_share", COLUMN_SHARE, USE_ALL},
    {"Timed calls", "timed", COLUMN_COUNT, USE_PROGRAMS},
    {"Self", "self_s", COLUMN_SECONDS, USE_ALL},
    {"Total", "total_s", COLUMN_SECONDS, USE_ALL},
    {"Wall", "wall_s", COLUMN_SECONDS, USE_ALL},
    {"Mean", "mean_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"Min", "min_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"p50", "p50_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"p99", "p99_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"Max", "max_ns", COLUMN_NANOSECONDS, USE_ALL},
    {"Thinned", "thinned", COLUMN_FLAG, USE_PROGRAMS},
    {"Recursed", "recursed", COLUMN_FLAG, USE_PROGRAMS},
    {"Running", "running", COLUMN_COUNT, USE_PROGRAMS},
    {"Unseen", "unseen", COLUMN_COUNT, USE_PROGRAMS},
    {"Function", "function", COLUMN_TEXT, USE_ALL},
    {"Place", "file", COLUMN_PLACE, USE_ALL},
    {"Line", "line", COLUMN_NUMBER, USE_PROGRAMS},
};
enum { TIME_COLUMNS = 6, FLAG_COLUMNS = 4 };

struct table *top_calls_table(struct doc *d)
{
    return doc_table(d, "functions", NULL, columns, sizeof columns / sizeof *columns);
}

static void add_times(struct table *t, const struct calltime *c)
{
    const double times[] = {c->total_ns / (double)c->calls, c->least_ns, c->p50_ns, c->p99_ns, c->most_ns};
    table_real(t, c->total_ns / 1e9);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        table_real(t, times[i]);
    table_int(t, c->thinned);
    table_int(t, c->recursed);
    table_int(t, c->running);
    table_int(t, c->unseen);
}

void top_calls_row(struct context *c, const struct selection *sel, const struct calltimes *times, struct table *t,
                   const struct top_function *f)
{
    const struct calltime *time = calltimes_find(times, f->path, f->line, f->name);
    bool known = time && time->calls > 0;
    table_int(t, f->calls);
    if (known && f->calls)
        table_real(t, (double)time->timed / (double)f->calls);
    else
        table_none(t);
    table_int(t, time ? time->timed : 0);
    for (int i = 0; i < 2; i++)
        if (sel->samples)
            table_real(t, (i ? f->total_ns : f->self_ns) / 1e9);
        else
            table_none(t);
    if (known)
        add_times(t, time);
    for (int i = 0; !known && i < TIME_COLUMNS + FLAG_COLUMNS; i++)
        table_none(t);
    table_text(t, f->name);
    top_add_place(c, sel, t, f);
    table_int(t, f->line);
}

void top_calls_foot(struct sql *db, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "selected_clock");
    if (sql_step(s)) {
        struct str line = STR_INIT;
        str_addf(&line, "calls timed by %s at %.4f GHz; timing adds ",
                 strcmp(sql_text(s, 0), "tsc") == 0 ? "the time stamp counter" : "the monotonic clock",
                 sql_real(s, 1) / 1e9);
        quantity_seconds(&line, sql_real(s, 2) / 1e9);
        str_addf(&line, " +- ");
        quantity_seconds(&line, sql_real(s, 3) / 2e9);
        str_addf(&line, " to a call, which is taken off");
        doc_foot(d, "%s", line.data);
        doc_foot(d,
                 "Timed below 100 %%: calls shorter than %.0f us are timed every Nth time; of a recursion only the "
                 "outermost call counts.",
                 sql_real(s, 4) / 1e3);
        doc_foot(d, "Wall is an estimate of all calls from the timed ones, waiting included; Self and Total are CPU "
                 "time from samples.");
        doc_fact_real(d, "ticks_per_s", sql_real(s, 1));
        doc_fact_real(d, "call_cost_ns", sql_real(s, 2));
        doc_fact_real(d, "call_cost_spread_ns", sql_real(s, 3));
        str_release(&line);
    }
    sql_done(s);
}
