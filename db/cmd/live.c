/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A running program, from the record that it keeps in shared memory: read like any record, into a store in memory.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/alive.h"
#include "db/cmd.h"
#include "db/live.h"
#include "db/path.h"
#include "db/quantity.h"
#include "db/select.h"

#define PAGE_WIDTH 80            /* where there is no terminal */
#define LOOK_NS 50000000         /* between two looks whether the program has ended */

static bool once_option;
static double interval_option = NAN, count_option = NAN, top_option = NAN;

static const struct opt options[] = {
    {0, "once", OPT_FLAG, &once_option, NULL, "show it once"},
    {'i', "interval", OPT_NUMBER, &interval_option, "SECONDS", "time between two tables (default 2)"},
    {0, "count", OPT_NUMBER, &count_option, "N", "end after N tables"},
    {'n', "top", OPT_NUMBER, &top_option, "N", "how many functions and lines (default 10)"},
    {0},
};

static const struct column function_columns[] = {
    {"Function", "function", COLUMN_TEXT, USE_ALL},  {"Calls", "calls", COLUMN_COUNT, USE_ALL},
    {"Per s", "calls_per_s", COLUMN_COUNT, USE_ALL}, {"Samples", "samples", COLUMN_COUNT, USE_ALL},
    {"% Now", "share_now", COLUMN_SHARE, USE_ALL},   {"% All", "share", COLUMN_SHARE, USE_ALL},
    {"Place", "file", COLUMN_PLACE, USE_ALL},        {"Line", "line", COLUMN_NUMBER, USE_PROGRAMS},
};

static const struct column line_columns[] = {
    {"Line", "file", COLUMN_PLACE, USE_ALL},         {"Number", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"Hits", "hits", COLUMN_COUNT, USE_ALL},         {"Per s", "hits_per_s", COLUMN_COUNT, USE_ALL},
    {"Samples", "samples", COLUMN_COUNT, USE_ALL},   {"% Now", "share_now", COLUMN_SHARE, USE_ALL},
    {"% All", "share", COLUMN_SHARE, USE_ALL},       {"Function", "function", COLUMN_TEXT, USE_ALL},
};

static const struct column program_columns[] = {
    {"Pid", "pid", COLUMN_NUMBER, USE_ALL},
    {"Command", "command", COLUMN_TEXT, USE_ALL},
};

struct view {
    struct context *c;
    struct sql *db;
    struct selection selection;  /* the one run */
    char *path;                  /* of the record */
    int64_t pid;
    double seconds;              /* since the table before, or since the program's start */
    double age;                  /* of the program at the table before */
    uint64_t samples, more_samples;
    size_t limit;
};

static double share(uint64_t part, uint64_t all)
{
    return all ? (double)part / (double)all : 0;
}

static void add_rate(const struct view *v, struct table *t, int64_t more)
{
    table_int(t, v->seconds > 0 ? (int64_t)((double)more / v->seconds + 0.5) : 0);
}

static void add_place(const struct view *v, struct table *t, const char *path, int64_t line)
{
    char *place = str_format("%s:%lld", path_inside(v->selection.folder, path), (long long)line);
    table_text(t, v->c->format->programs ? path : place);
    free(place);
}

static void add_samples(const struct view *v, struct table *t, struct sql_stmt *s, int column)
{
    table_int(t, sql_int(s, column));
    table_real(t, share((uint64_t)sql_int(s, column + 1), v->more_samples));
    table_real(t, share((uint64_t)sql_int(s, column), v->samples));
}

static void add_functions(const struct view *v, struct doc *d)
{
    struct sql_stmt *s = store_prepare(v->db, "live_functions");
    struct table *t = doc_table(d, "functions", NULL, function_columns, 8);
    sql_bind_int(s, "limit", (int64_t)v->limit);
    while (sql_step(s)) {
        table_text(t, sql_text(s, 0));
        table_int(t, sql_int(s, 3));
        add_rate(v, t, sql_int(s, 4));
        add_samples(v, t, s, 5);
        add_place(v, t, sql_text(s, 1), sql_int(s, 2));
        table_int(t, sql_int(s, 2));
    }
    sql_done(s);
}

static void add_lines(const struct view *v, struct doc *d)
{
    struct sql_stmt *s = store_prepare(v->db, "live_lines");
    struct table *t = doc_table(d, "lines", NULL, line_columns, 8);
    sql_bind_int(s, "limit", (int64_t)v->limit);
    while (sql_step(s)) {
        add_place(v, t, sql_text(s, 0), sql_int(s, 1));
        table_int(t, sql_int(s, 1));
        if (sql_is_null(s, 3))
            table_none(t);
        else
            table_int(t, sql_int(s, 3));
        add_rate(v, t, sql_int(s, 4));
        add_samples(v, t, s, 5);
        table_text(t, sql_text(s, 2));
    }
    sql_done(s);
}

static void add_head(const struct view *v, const struct record *r, struct doc *d)
{
    struct str line = STR_INIT;
    const struct farm_header *h = &r->header;
    str_addf(&line, "pid %lld, ", (long long)v->pid);
    quantity_seconds(&line, v->age);
    str_add(&line, ": user ");
    quantity_seconds(&line, (double)h->user_ns / 1e9);
    str_add(&line, ", system ");
    quantity_seconds(&line, (double)h->sys_ns / 1e9);
    str_add(&line, ", peak ");
    quantity_bytes(&line, (double)h->max_rss_kb * 1024);
    doc_head(d, "%s", line.data);
    str_clear(&line);
    quantity_count(&line, (int64_t)v->samples);
    doc_head(d, "  %s samples, %llu of them in the last %.1f s; %% Now is of those", line.data,
             (unsigned long long)v->more_samples, v->seconds);
    if (v->selection.elsewhere)
        doc_head(d, "  files are in %s", v->selection.folder);
    doc_fact_int(d, "pid", v->pid);
    doc_fact_real(d, "age_s", v->age);
    doc_fact_real(d, "span_s", v->seconds);
    doc_fact_int(d, "samples", (int64_t)v->samples);
    str_release(&line);
}

/* False: the program has ended, or its record is gone. */
static bool show(struct view *v)
{
    struct record r;
    struct str err = STR_INIT;
    bool there = record_open(v->path, &r, &err);
    str_release(&err);
    if (!there || r.header.state != FARM_RUNNING || !alive(&r.header)) {
        if (there)
            record_close(&r);
        return false;
    }
    live_refresh(v->db, &r);
    select_or_die(v->db, NULL, &v->selection);
    double age = (double)r.header.wall_ns / 1e9;
    v->seconds = age - v->age;
    v->age = age;
    v->more_samples = r.header.samples - v->samples;
    v->samples = r.header.samples;
    struct doc d;
    doc_init(&d, "live");
    add_head(v, &r, &d);
    add_functions(v, &d);
    add_lines(v, &d);
    if (isatty(STDOUT_FILENO))
        fputs("\033[H\033[2J", stdout);
    cmd_answer(v->c, &d);
    fflush(stdout);
    select_release(&v->selection);
    record_close(&r);
    return true;
}

/* False: the program has ended meanwhile. */
static bool wait_for_next(const struct view *v, double seconds)
{
    struct timespec pause = {0, LOOK_NS};
    for (double waited = 0; waited < seconds; waited += LOOK_NS / 1e9) {
        struct farm_header h;
        struct str err = STR_INIT;
        double left = seconds - waited;
        pause.tv_nsec = left * 1e9 < LOOK_NS ? (long)(left * 1e9) : LOOK_NS;
        nanosleep(&pause, NULL);
        bool lives = record_peek(v->path, &h, &err) && h.state == FARM_RUNNING && alive(&h);
        str_release(&err);
        if (!lives)
            return false;
    }
    return true;
}

static int watch(struct view *v, double interval)
{
    size_t count = once_option ? 1 : isnan(count_option) ? 0 : cmd_count("count", count_option);
    if (!v->c->look.width)
        v->c->look.width = PAGE_WIDTH;
    v->db = live_open();
    bool lives = show(v);
    for (size_t shown = 1; lives && shown != count; shown++) {
        lives = wait_for_next(v, interval);
        if (lives && !v->c->format->programs && !isatty(STDOUT_FILENO))
            putchar('\n');
        lives = lives && show(v);
    }
    if (!lives)
        warn("process %lld has ended; `farmdb report` tells of it", (long long)v->pid);
    sql_close(v->db);
    return EXIT_OK;
}

static int list(struct context *c, const struct live_list *programs)
{
    struct doc d;
    doc_init(&d, "live");
    struct table *t = doc_table(&d, "programs", NULL, program_columns, 2);
    for (size_t i = 0; i < programs->list.count; i++) {
        table_int(t, programs->list.items[i].pid);
        table_text(t, programs->list.items[i].command);
    }
    doc_foot(&d, "%zu recorded programs run; farmdb live PID watches one", programs->list.count);
    cmd_answer(c, &d);
    return EXIT_OK;
}

static char *path_of(const struct live_list *programs, int64_t pid)
{
    for (size_t i = 0; i < programs->list.count; i++)
        if (programs->list.items[i].pid == pid)
            return str_copy(programs->list.items[i].path);
    return live_record_of(pid);
}

static int run(struct context *c, int argc, char **argv)
{
    struct live_list programs;
    char *end = NULL;
    struct view v = {.c = c, .limit = isnan(top_option) ? 10 : cmd_count("top", top_option)};
    v.pid = argc ? strtoll(argv[0], &end, 10) : 0;
    if (argc > 1 || (argc && (*end || v.pid <= 0)))
        die(EXIT_USAGE, "live takes one process id");
    double interval = isnan(interval_option) ? 2 : interval_option;
    if (!(interval >= 0.1 && interval <= 86400))
        die(EXIT_USAGE, "--interval takes seconds from 0.1 to 86400, not %g", interval);
    live_find(&c->store, &programs);
    if (!argc && programs.list.count == 1)
        v.pid = programs.list.items[0].pid;
    int status = EXIT_OK;
    if (!argc && programs.list.count > 1) {
        status = list(c, &programs);
    } else if (!v.pid) {
        die(EXIT_UNDECIDED, "no recorded program runs here (records are looked for in %s)", c->store.records);
    } else {
        v.path = path_of(&programs, v.pid);
        if (!v.path)
            die(EXIT_UNDECIDED, "process %lld is not a recorded program that runs, or may not be looked at",
                (long long)v.pid);
        status = watch(&v, interval);
    }
    free(v.path);
    live_release(&programs);
    return status;
}

const struct cmd cmd_live = {
    "live", "[PID]", "watch a running program: functions and lines",
    "Without PID the one recorded program that runs, or a list of them. A loop without calls shows its hits when it\n"
    "ends. Nothing of the program is touched.",
    options, NEEDS_NOTHING, false, run};
