/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/experiment.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/argv.h"
#include "db/store.h"

static void make_room(struct experiment *e)
{
    for (size_t i = 0; i < e->plan.points.count; i++)
        vec_push(&e->done);
}

void experiment_init(struct experiment *e, struct plan *plan)
{
    *e = (struct experiment){.plan = *plan, .folder = getcwd(NULL, 0)};
    e->folder = e->folder ? e->folder : str_copy("/");
    *plan = (struct plan){0};
    make_room(e);
}

void experiment_release(struct experiment *e)
{
    for (size_t i = 0; i < e->done.count; i++)
        vec_release(&e->done.items[i].passes);
    vec_release(&e->done);
    plan_release(&e->plan);
    free(e->folder);
}

static void mark_done(struct experiment *e, size_t point, size_t pass, int64_t wall_ns)
{
    struct progress *p = &e->done.items[point];
    while (p->passes.count <= pass)
        vec_push(&p->passes);
    p->passes.items[pass] = true;
    p->runs++;
    p->seconds += (double)wall_ns / 1e9;
    e->runs++;
}

static int64_t experiment_put(struct sql *db, const struct experiment *e)
{
    struct sql_stmt *s = store_prepare(db, "experiment_put");
    char uuid[37], *settings = plan_write(&e->plan);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    recorded_uuid(uuid);
    sql_bind_text(s, "uuid", uuid);
    sql_bind_text(s, "kind", e->plan.kind);
    sql_bind_int(s, "created", now.tv_sec * (int64_t)1000000000 + now.tv_nsec);
    sql_bind_int(s, "seed", (int64_t)e->plan.seed);
    sql_bind_text(s, "cwd", e->folder);
    sql_bind_text(s, "plan", settings);
    sql_step(s);
    int64_t id = sql_int(s, 0);
    sql_done(s);
    free(settings);
    return id;
}

static void point_put(struct sql *db, int64_t experiment, size_t number, const struct point *p)
{
    struct str argv = STR_INIT;
    argv_from_words(p->argv, &argv);
    struct sql_stmt *s = sql_prepare(db, "INSERT INTO point (experiment_id, number, label, argv) "
                                         "VALUES (:experiment, :number, :label, :argv)");
    sql_bind_int(s, "experiment", experiment);
    sql_bind_int(s, "number", (int64_t)number);
    sql_bind_text(s, "label", p->label);
    sql_bind_text(s, "argv", argv.data);
    sql_step(s);
    sql_done(s);
    str_release(&argv);
    int64_t id = sql_last_id(db);
    s = sql_prepare(db, "INSERT INTO point_param VALUES (:point, :name, :value)");
    for (size_t i = 0; i < p->settings.count; i++) {
        sql_bind_int(s, "point", id);
        sql_bind_text(s, "name", p->settings.items[i].name);
        sql_bind_text(s, "value", p->settings.items[i].value);
        sql_step(s);
    }
    sql_done(s);
}

void experiment_begin(struct sql *db, struct experiment *e)
{
    sql_run(db, "BEGIN IMMEDIATE");
    e->id = experiment_put(db, e);
    for (size_t i = 0; i < e->plan.points.count; i++)
        point_put(db, e->id, i + 1, &e->plan.points.items[i]);
    sql_run(db, "COMMIT");
}

static bool find(struct sql *db, int64_t id, const char *kind, struct experiment *e, struct str *err)
{
    struct sql_stmt *s = store_prepare(db, "experiment_get");
    sql_bind_int(s, "id", id);
    sql_bind_text(s, "kind", kind);
    if (!sql_step(s)) {
        if (id)
            str_addf(err, "there is no experiment %lld", (long long)id);
        else
            str_addf(err, "there is no %s that was interrupted", kind);
    } else if (sql_int(s, 5)) {
        str_addf(err, "experiment %lld is finished", (long long)id);
    } else if (strcmp(sql_text(s, 1), kind) != 0) {
        str_addf(err, "experiment %lld is no %s: `farmdb %s --resume` goes on with it", (long long)id, kind,
                 sql_text(s, 1));
    } else {
        e->id = sql_int(s, 0);
        plan_init(&e->plan, kind);
        e->plan.seed = (uint64_t)sql_int(s, 2);
        e->folder = str_copy(sql_text(s, 3));
        plan_read(&e->plan, sql_text(s, 4));
    }
    sql_done(s);
    return !err->len;
}

static void load_points(struct sql *db, struct experiment *e)
{
    struct sql_stmt *s =
        sql_prepare(db, "SELECT label, argv, skipped FROM point WHERE experiment_id = :id ORDER BY number");
    sql_bind_int(s, "id", e->id);
    while (sql_step(s)) {
        char **argv = argv_words(sql_text(s, 1));
        struct point *p = plan_point(&e->plan, sql_text(s, 0), argv);
        p->skipped = *sql_text(s, 2) ? str_copy(sql_text(s, 2)) : NULL;
        argv_free(argv);
    }
    sql_done(s);
    s = sql_prepare(db, "SELECT number, name, value FROM point_param JOIN point ON point.id = point_id "
                        "WHERE experiment_id = :id ORDER BY number, point_param.rowid");
    sql_bind_int(s, "id", e->id);
    while (sql_step(s))
        point_set(&e->plan.points.items[sql_int(s, 0) - 1], sql_text(s, 1), sql_text(s, 2));
    sql_done(s);
}

bool experiment_load(struct sql *db, int64_t id, const char *kind, struct experiment *e, struct str *err)
{
    *e = (struct experiment){0};
    if (!find(db, id, kind, e, err))
        return false;
    load_points(db, e);
    make_room(e);
    struct sql_stmt *s = store_prepare(db, "experiment_runs");
    sql_bind_int(s, "id", e->id);
    while (sql_step(s))
        mark_done(e, (size_t)sql_int(s, 0) - 1, (size_t)sql_int(s, 1), sql_int(s, 2));
    sql_done(s);
    return true;
}

bool experiment_claim(const struct store *s, const struct experiment *e, struct str *err)
{
    char *path = str_format("%s-lock", s->path);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = e->id, .l_len = 1};
    bool ours = fd >= 0 && fcntl(fd, F_OFD_SETLK, &range) == 0;
    if (!ours)
        str_addf(err, "experiment %lld is under way in another farmdb", (long long)e->id);
    free(path);
    return ours;
}

/* A number, blanks behind it allowed. */
static bool is_number(const char *text)
{
    char *end;
    double value = strtod(text, &end);
    return end != text && isfinite(value) && !end[strspn(end, " \t")];
}

void experiment_metrics(struct sql *db, int64_t run, const struct setting *metrics, size_t count)
{
    struct sql_stmt *number = sql_prepare(db, "INSERT OR REPLACE INTO recorded_metric VALUES (:run, :name, :value)");
    struct sql_stmt *text = sql_prepare(db, "INSERT OR REPLACE INTO recorded_text VALUES (:run, :name, :value)");
    for (size_t i = 0; i < count; i++) {
        struct sql_stmt *s = is_number(metrics[i].value) ? number : text;
        sql_bind_int(s, "run", run);
        sql_bind_text(s, "name", metrics[i].name);
        if (s == number)
            sql_bind_real(s, "value", strtod(metrics[i].value, NULL));
        else
            sql_bind_text(s, "value", metrics[i].value);
        sql_step(s);
    }
    sql_done(number);
    sql_done(text);
}

void experiment_note(struct sql *db, struct experiment *e, const struct machine *m, const struct noted *n)
{
    sql_run(db, "BEGIN IMMEDIATE");
    int64_t run = recorded_put(db, n->recorded, m);
    struct sql_stmt *s = store_prepare(db, "point_run_put");
    sql_bind_int(s, "run", run);
    sql_bind_int(s, "experiment", e->id);
    sql_bind_int(s, "number", (int64_t)n->point + 1);
    sql_bind_int(s, "repeat", (int64_t)n->pass);
    sql_bind_int(s, "order_index", (int64_t)e->runs);
    sql_bind_int(s, "beside", (int64_t)n->beside);
    sql_step(s);
    sql_done(s);
    experiment_metrics(db, run, n->metrics, n->metric_count);
    sql_run(db, "COMMIT");
    mark_done(e, n->point, n->pass, n->recorded->wall_ns);
}

void experiment_skip(struct sql *db, struct experiment *e, size_t point, const char *why)
{
    struct point *p = &e->plan.points.items[point];
    struct sql_stmt *s =
        sql_prepare(db, "UPDATE point SET skipped = :why WHERE experiment_id = :experiment AND number = :number");
    free(p->skipped);
    p->skipped = str_copy(why);
    sql_bind_text(s, "why", why);
    sql_bind_int(s, "experiment", e->id);
    sql_bind_int(s, "number", (int64_t)point + 1);
    sql_step(s);
    sql_done(s);
}

static void by_id(struct sql *db, const char *text, int64_t id)
{
    struct sql_stmt *s = sql_prepare(db, text);
    sql_bind_int(s, "id", id);
    sql_step(s);
    sql_done(s);
}

void experiment_finish(struct sql *db, const struct experiment *e)
{
    by_id(db, "UPDATE experiment SET finished = 1 WHERE id = :id", e->id);
}

void experiment_forget(struct sql *db, const struct experiment *e)
{
    by_id(db, "DELETE FROM experiment WHERE id = :id", e->id);
}
