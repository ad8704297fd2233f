/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/select.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/store.h"

void select_prepare(struct sql *db)
{
    sql_run(db, "CREATE TEMP TABLE IF NOT EXISTS selected (process_id INTEGER PRIMARY KEY, sample_ns REAL NOT NULL, "
                "cut_short INTEGER NOT NULL)");
}

static void add_run(struct sql *db, int64_t run, struct selection *out)
{
    struct sql_stmt *s = store_prepare(db, "selected_put");
    sql_bind_int(s, "run", run);
    sql_step(s);
    sql_done(s);
    s = store_prepare(db, "selected_cpu");
    sql_bind_int(s, "run", run);
    sql_step(s);
    out->cpu_ns += sql_real(s, 0);
    out->unsampled_ns += sql_real(s, 1);
    sql_done(s);
    *vec_push(&out->runs) = run;
}

static void add_label(struct sql *db, const char *label, struct selection *out)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT id FROM run WHERE label = :label ORDER BY started_ns, id");
    sql_bind_text(s, "label", label);
    while (sql_step(s))
        add_run(db, sql_int(s, 0), out);
    sql_done(s);
}

/* The run that is `back` runs older than the latest. */
static void add_back(struct sql *db, int64_t back, struct selection *out)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT id FROM run ORDER BY started_ns DESC, id DESC LIMIT 1 OFFSET :back");
    sql_bind_int(s, "back", back);
    if (sql_step(s))
        add_run(db, sql_int(s, 0), out);
    sql_done(s);
}

static void add_number(struct sql *db, int64_t run, struct selection *out)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT id FROM run WHERE id = :run");
    sql_bind_int(s, "run", run);
    if (sql_step(s))
        add_run(db, run, out);
    sql_done(s);
}

static bool is_number(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

static void totals(struct sql *db, struct selection *out)
{
    struct sql_stmt *s = store_prepare(db, "selected_totals");
    sql_step(s);
    out->processes = sql_int(s, 0);
    out->samples = sql_int(s, 1);
    out->sys_ns = sql_real(s, 2);
    out->lost = sql_int(s, 3);
    sql_done(s);
}

bool select_runs(struct sql *db, const char *spec, struct selection *out, struct str *err)
{
    *out = (struct selection){0};
    select_prepare(db);
    sql_run(db, "DELETE FROM selected");
    if (!spec || strcmp(spec, "@latest") == 0 || strcmp(spec, "HEAD") == 0)
        add_back(db, 0, out);
    else if (strncmp(spec, "HEAD~", 5) == 0 && is_number(spec + 5))
        add_back(db, strtoll(spec + 5, NULL, 10), out);
    else if (is_number(spec))
        add_number(db, strtoll(spec, NULL, 10), out);
    else
        add_label(db, spec, out);
    totals(db, out);
    if (out->runs.count)
        return true;
    if (spec)
        str_addf(err, "no run '%s'; `farmdb runs` lists them", spec);
    else
        str_add(err, "no runs in the store yet");
    return false;
}

void select_release(struct selection *s)
{
    vec_release(&s->runs);
}

void select_or_die(struct sql *db, const char *spec, struct selection *out)
{
    struct str err = STR_INIT;
    if (!select_runs(db, spec, out, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
}

char *select_folder(struct sql *db)
{
    struct sql_stmt *s =
        sql_prepare(db, "SELECT cwd FROM selected JOIN process ON id = process_id ORDER BY started_ns, id LIMIT 1");
    char *folder = str_copy(sql_step(s) ? sql_text(s, 0) : "");
    sql_done(s);
    return folder;
}

void select_ended(const char *ended, int64_t value, struct str *out)
{
    if (strcmp(ended, "lost") == 0)
        str_add(out, "killed");
    else if (strcmp(ended, "exec") == 0)
        str_add(out, "exec");
    else if (strcmp(ended, "signal") == 0) {
        const char *name = sigabbrev_np((int)value);
        str_addf(out, "signal %lld%s%s%s", (long long)value, name ? " (" : "", name ? name : "", name ? ")" : "");
    } else if (value < 0)
        str_add(out, "exit");
    else
        str_addf(out, "%s %lld", strcmp(ended, "exit") == 0 ? "exit" : "_exit", (long long)value);
}

static double sampled_part(const struct selection *s)
{
    return s->cpu_ns > 0 ? 1 - s->unsampled_ns / s->cpu_ns : 1;
}

double select_error(const struct selection *s, int64_t samples)
{
    if (!s->samples)
        return 0;
    double n = (double)s->samples, p = (double)samples / n;
    return sampled_part(s) * sqrt(p * (1 - p) / n + 1 / (4 * n * n)) / (1 + 1 / n);
}

double select_error_max(const struct selection *s)
{
    return s->samples ? sampled_part(s) / (2 * sqrt((double)s->samples + 1)) : 0;
}
