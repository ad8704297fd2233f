/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/about.h"

#include <inttypes.h>
#include <string.h>

#include "db/argv.h"
#include "db/path.h"
#include "db/quantity.h"
#include "db/store.h"

static void add_figures(struct sql_stmt *s, struct str *out)
{
    str_add(out, ", wall ");
    quantity_seconds(out, sql_real(s, 5) / 1e9);
    str_add(out, ", user ");
    quantity_seconds(out, sql_real(s, 6) / 1e9);
    str_add(out, ", system ");
    quantity_seconds(out, sql_real(s, 7) / 1e9);
    str_add(out, ", peak ");
    quantity_bytes(out, sql_real(s, 8) * 1024);
}

static void head_run(struct sql *db, int64_t run, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "run_head");
    struct str line = STR_INIT, ended = STR_INIT, parts = STR_INIT;
    sql_bind_int(s, "run", run);
    if (sql_step(s)) {
        const char *label = sql_text(s, 0);
        argv_shell(sql_text(s, 1), &line);
        select_ended(sql_text(s, 2), sql_int(s, 3), &ended);
        doc_head(d, "run %lld%s%s%s: %s", (long long)run, *label ? " (" : "", label, *label ? ")" : "", line.data);
        quantity_date(&parts, sql_int(s, 4));
        str_addf(&parts, ", %s", ended.data);
        if (strcmp(ended.data, "imported") != 0)
            add_figures(s, &parts);
        if (sql_int(s, 9) > 1)
            str_addf(&parts, ", %lld processes", (long long)sql_int(s, 9));
        doc_head(d, "  %s", parts.data);
    }
    sql_done(s);
    str_release(&line);
    str_release(&ended);
    str_release(&parts);
}

static void head_sampler(struct sql *db, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "selected_samplers");
    while (sql_step(s)) {
        struct str line = STR_INIT;
        const char *sampler = sql_text(s, 0), *note = sql_text(s, 1);
        if (strcmp(sampler, "none") == 0) {
            str_add(&line, "  time: not sampled");
        } else if (strcmp(sampler, "import") == 0) {
            str_add(&line, "  time: ");
            quantity_count(&line, sql_int(s, 3));
            str_addf(&line, " %s", note);
            note = "";
        } else {
            str_add(&line, "  time: ");
            quantity_count(&line, sql_int(s, 3));
            str_addf(&line, " sample%s by %s at %lld Hz", sql_int(s, 3) == 1 ? "" : "s", sampler,
                     (long long)sql_int(s, 2));
            if (sql_int(s, 4))
                str_addf(&line, " (%lld lost)", (long long)sql_int(s, 4));
        }
        doc_head(d, "%s%s%s%s", line.data, *note ? " (" : "", note, *note ? ")" : "");
        str_release(&line);
    }
    sql_done(s);
}

static void head_exact(struct sql *db, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "selected_exact");
    if (sql_step(s)) {
        struct str line = STR_INIT;
        double cost = sql_real(s, 0) / 1e9, spread = sql_real(s, 1) / 2e9, taken = sql_real(s, 2) / 1e9;
        str_add(&line, "  exact: wall time by the time stamp counter, what lines call included; a reading costs ");
        quantity_seconds(&line, cost);
        str_add(&line, " +- ");
        quantity_seconds(&line, spread);
        str_add(&line, ", ");
        quantity_seconds(&line, taken);
        doc_head(d, "%s in all are taken off", line.data);
        doc_fact_real(d, "exact_reading_cost_ns", 1e9 * cost);
        doc_fact_real(d, "exact_reading_cost_spread_ns", 2e9 * spread);
        doc_fact_real(d, "exact_cost_taken_off_s", taken);
        str_release(&line);
    }
    sql_done(s);
}

void about_head(struct sql *db, const struct selection *s, struct doc *d)
{
    for (size_t i = 0; i < s->runs.count && i < 3; i++)
        head_run(db, s->runs.items[i], d);
    if (s->runs.count > 3)
        doc_head(d, "and %zu more run%s, summed", s->runs.count - 3, s->runs.count == 4 ? "" : "s");
    head_sampler(db, d);
    head_exact(db, d);
    if (s->samples) {
        struct str cpu = STR_INIT;
        quantity_seconds(&cpu, s->cpu_ns / 1e9);
        doc_head(d, "  %% is of the %s, %s; %s %.1f points", s->imported ? "time" : "user CPU time", cpu.data,
                 s->samples < SELECT_FEW_SAMPLES ? "too few samples: standard error up to"
                                                 : "standard error of a share: at most", 100 * select_error_max(s));
        str_release(&cpu);
    }
    if (s->own_ns > 0) {
        struct str own = STR_INIT;
        quantity_seconds(&own, s->own_ns / 1e9);
        doc_head(d, "  %s more were the profiler's own work: they are in no line and no share", own.data);
        str_release(&own);
    }
    if (s->elsewhere)
        doc_head(d, "  files are in %s", s->folder);
    if (s->runs.count == 1)
        doc_fact_int(d, "run", s->runs.items[0]);
    doc_fact_int(d, "runs", (int64_t)s->runs.count);
    doc_fact_int(d, "processes", s->processes);
    doc_fact_int(d, "processes_killed", s->lost);
    if (!s->imported) {
        doc_fact_real(d, "user_s", (s->cpu_ns + s->own_ns) / 1e9);
        doc_fact_real(d, "profiler_s", s->own_ns / 1e9);
        doc_fact_real(d, "system_s", s->sys_ns / 1e9);
    }
    doc_fact_int(d, "samples", s->samples);
    if (s->samples)
        doc_fact_real(d, "share_se_max", select_error_max(s));
}

static const struct column below_columns[] = {
    {"Of the lines' time in", "name", COLUMN_TEXT, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"% Time", "share", COLUMN_SHARE, USE_ALL},
};

static const struct column outside_columns[] = {
    {"Outside of all lines", "name", COLUMN_TEXT, USE_ALL},
    {"Time", "time_s", COLUMN_SECONDS, USE_ALL},
    {"% Time", "share", COLUMN_SHARE, USE_ALL},
    {"Why", "reason", COLUMN_WORDS, USE_ALL},
};

static const struct column reason_columns[] = {
    {"Why not instrumented", "reason", COLUMN_TEXT, USE_ALL},
    {"Files", "files", COLUMN_COUNT, USE_ALL},
    {"Functions", "functions", COLUMN_COUNT, USE_ALL},
    {"Example", "example", COLUMN_TEXT, USE_ALL},
};

static const struct column note_columns[] = {
    {"Process", "pid", COLUMN_NUMBER, USE_ALL},
    {"What went wrong", "note", COLUMN_TEXT, USE_ALL},
};

static double share(const struct selection *s, double ns)
{
    return s->cpu_ns > 0 ? ns / s->cpu_ns : 0;
}

/* The rows of a query as a table of its own; one without rows stays away from people. */
struct part {
    struct doc *doc;
    bool programs;
    const char *name;
    const struct column *columns;
    size_t count;
    struct table *table;
};

static struct table *part_table(struct part *p)
{
    if (!p->table)
        p->table = doc_table(p->doc, p->name, NULL, p->columns, p->count);
    return p->table;
}

static void part_end(struct part *p)
{
    if (p->programs)
        part_table(p);
}

static void add_below(struct sql *db, const struct selection *sel, struct part p)
{
    struct sql_stmt *s = store_prepare(db, "report_below");
    while (sql_step(s)) {
        struct table *t = part_table(&p);
        table_text(t, sql_text(s, 0));
        table_real(t, sql_real(s, 2) / 1e9);
        table_real(t, share(sel, sql_real(s, 2)));
    }
    sql_done(s);
    part_end(&p);
}

static void add_outside(struct sql *db, const struct selection *sel, struct part p)
{
    struct sql_stmt *s = store_prepare(db, "report_outside");
    while (sel->samples && sql_step(s)) {
        struct table *t = part_table(&p);
        table_text(t, sql_text(s, 0));
        table_real(t, sql_real(s, 2) / 1e9);
        table_real(t, share(sel, sql_real(s, 2)));
        table_text(t, sql_text(s, 1));
    }
    sql_done(s);
    part_end(&p);
}

static void add_reasons(struct sql *db, const struct selection *sel, struct part p)
{
    struct sql_stmt *s = store_prepare(db, "report_not_instrumented");
    while (sql_step(s)) {
        struct table *t = part_table(&p);
        table_text(t, sql_text(s, 0));
        table_int(t, sql_int(s, 1));
        table_int(t, sql_int(s, 2));
        table_text(t, p.programs ? sql_text(s, 3) : path_inside(sel->folder, sql_text(s, 3)));
    }
    sql_done(s);
    part_end(&p);
}

/* Objects left over from a build without farmcc show here. */
static void add_share(struct sql *db, struct doc *d)
{
    struct sql_stmt *s = store_prepare(db, "selected_functions");
    int64_t functions = sql_step(s) ? sql_int(s, 0) : 0, missing = functions ? sql_int(s, 1) : 0;
    sql_done(s);
    doc_fact_int(d, "functions_in_program", functions);
    doc_fact_int(d, "functions_not_instrumented", missing);
    if (missing)
        doc_foot(d, "%" PRId64 " of %" PRId64 " functions of the program are not instrumented", missing, functions);
}

static void add_notes(struct sql *db, struct part p)
{
    struct sql_stmt *s = store_prepare(db, "report_notes");
    while (sql_step(s)) {
        struct table *t = part_table(&p);
        table_int(t, sql_int(s, 0));
        table_text(t, sql_text(s, 1));
    }
    sql_done(s);
    part_end(&p);
}

void about_foot(struct sql *db, const struct selection *s, bool programs, struct doc *d)
{
    add_below(db, s, (struct part){d, programs, "below", below_columns, 3, NULL});
    add_outside(db, s, (struct part){d, programs, "outside", outside_columns, 4, NULL});
    add_reasons(db, s, (struct part){d, programs, "not_instrumented", reason_columns, 4, NULL});
    add_share(db, d);
    add_notes(db, (struct part){d, programs, "notes", note_columns, 2, NULL});
}
