/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/select.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "db/choose.h"
#include "db/path.h"
#include "db/store.h"

void select_prepare(struct sql *db)
{
    choose_prepare(db);
    sql_run(db, "CREATE TEMP TABLE IF NOT EXISTS selected (process_id INTEGER PRIMARY KEY, sample_ns REAL NOT NULL, "
                "cut_short INTEGER NOT NULL);"
                "CREATE TEMP TABLE IF NOT EXISTS side_run (side INTEGER NOT NULL, run_id INTEGER NOT NULL, "
                "repeat INTEGER NOT NULL, PRIMARY KEY (side, run_id)) WITHOUT ROWID;"
                "CREATE TEMP TABLE IF NOT EXISTS side_process (side INTEGER NOT NULL, run_id INTEGER NOT NULL, "
                "repeat INTEGER NOT NULL, process_id INTEGER NOT NULL, sample_ns REAL NOT NULL, "
                "cut_short INTEGER NOT NULL, PRIMARY KEY (side, process_id)) WITHOUT ROWID");
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

static void add_chosen(struct sql *db, struct selection *out)
{
    struct sql_stmt *s =
        sql_prepare(db, "SELECT id FROM run WHERE id IN (SELECT run_id FROM chosen) ORDER BY started_ns, id");
    while (sql_step(s))
        add_run(db, sql_int(s, 0), out);
    sql_done(s);
}

static void totals(struct sql *db, struct selection *out)
{
    struct sql_stmt *s = store_prepare(db, "selected_totals");
    sql_step(s);
    out->processes = sql_int(s, 0);
    out->samples = sql_int(s, 1);
    out->sys_ns = sql_real(s, 2);
    out->lost = sql_int(s, 3);
    out->calls = sql_int(s, 4);
    out->hits = sql_int(s, 5);
    out->imported = sql_int(s, 6);
    sql_done(s);
    s = store_prepare(db, "selected_own");
    sql_step(s);
    out->samples -= sql_int(s, 0);
    out->own_ns = sql_real(s, 1);
    out->cpu_ns -= out->own_ns;
    sql_done(s);
}

static char *working_folder(struct sql *db)
{
    struct sql_stmt *s =
        sql_prepare(db, "SELECT cwd FROM selected JOIN process ON id = process_id ORDER BY started_ns, id LIMIT 1");
    char *folder = str_copy(sql_step(s) ? sql_text(s, 0) : "");
    sql_done(s);
    return folder;
}

/* One file alone has no project around it: then its path says more. */
static void find_folder(struct sql *db, struct selection *out)
{
    struct sql_stmt *s = store_prepare(db, "selected_files");
    char *common = NULL;
    size_t files = 0;
    out->folder = working_folder(db);
    while (sql_step(s)) {
        const char *path = sql_text(s, 0);
        char *wider = common ? path_common(common, path) : file_folder(path);
        out->elsewhere |= path_inside(out->folder, path) == path;
        free(common);
        common = wider;
        files++;
    }
    sql_done(s);
    out->elsewhere = out->elsewhere && files > 1 && strcmp(common, "/") != 0;
    if (!out->elsewhere) {
        free(common);
        return;
    }
    free(out->folder);
    out->folder = common;
}

bool select_runs(struct sql *db, const char *spec, struct selection *out, struct str *err)
{
    *out = (struct selection){0};
    select_prepare(db);
    sql_run(db, "DELETE FROM selected");
    bool ok = choose_runs(db, spec, &out->name, err);
    if (ok)
        add_chosen(db, out);
    totals(db, out);
    find_folder(db, out);
    return ok;
}

bool select_side(struct sql *db, int side, const char *spec, struct selection *out, struct str *err)
{
    static const char *const steps[] = {"DELETE FROM side_run WHERE side = :side",
                                        "DELETE FROM side_process WHERE side = :side", "side_run_put",
                                        "side_process_put"};
    if (!select_runs(db, spec, out, err))
        return false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct sql_stmt *s = i < 2 ? sql_prepare(db, steps[i]) : store_prepare(db, steps[i]);
        sql_bind_int(s, "side", side);
        sql_step(s);
        sql_done(s);
    }
    return true;
}

void select_release(struct selection *s)
{
    vec_release(&s->runs);
    free(s->folder);
    free(s->name);
}

void select_or_die(struct sql *db, const char *spec, struct selection *out)
{
    struct str err = STR_INIT;
    if (!select_runs(db, spec, out, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
}

void select_ended(const char *ended, int64_t value, struct str *out)
{
    if (strcmp(ended, "lost") == 0)
        str_add(out, "killed");
    else if (strcmp(ended, "timeout") == 0)
        str_add(out, "timed out");
    else if (strcmp(ended, "exec") == 0 || strcmp(ended, "dump") == 0 || strcmp(ended, "imported") == 0)
        str_add(out, ended);
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
