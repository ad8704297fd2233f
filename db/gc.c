/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/gc.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/vec.h"
#include "db/intake/debug.h"

/* Rows of builds, by what they belong to: a row goes when that has gone. */
static const char *const builds[] = {"module", "unit", "function", "line"};

static int64_t store_bytes(struct sql *db)
{
    int64_t pages = sql_value(db, "PRAGMA page_count", 0) - sql_value(db, "PRAGMA freelist_count", 0);
    return pages * sql_value(db, "PRAGMA page_size", 0);
}

static int64_t removed(struct sql *db, const char *text)
{
    struct sql_stmt *s = sql_prepare(db, text);
    sql_step(s);
    sql_done(s);
    return sql_changes(db);
}

/* Everything that points to a row of `table` which is not there any more. */
static void remove_orphans(struct sql *db, const char *table)
{
    struct sql_stmt *s = store_prepare(db, "gc_references");
    struct str text = STR_INIT;
    sql_bind_text(s, "table", table);
    while (sql_step(s))
        str_addf(&text, " DELETE FROM %s WHERE \"%s\" NOT IN (SELECT id FROM %s);", sql_text(s, 0), sql_text(s, 1),
                 table);
    sql_done(s);
    sql_run(db, text.data);
    str_release(&text);
}

/* Files that nothing points to. */
static int64_t remove_files(struct sql *db)
{
    struct sql_stmt *s = store_prepare(db, "gc_references");
    struct str text = STR_INIT;
    sql_bind_text(s, "table", "file");
    str_add(&text, " DELETE FROM file WHERE 1");
    while (sql_step(s))
        str_addf(&text, " AND id NOT IN (SELECT \"%s\" FROM %s WHERE \"%s\" IS NOT NULL)", sql_text(s, 1),
                 sql_text(s, 0), sql_text(s, 1));
    sql_done(s);
    int64_t count = removed(db, text.data);
    str_release(&text);
    return count;
}

/* Builds that no process ran, with all that belongs to them, and texts that no file has. */
static void remove_unused(struct sql *db, struct gc_result *out)
{
    int64_t dead = removed(db, "DELETE FROM module WHERE id NOT IN (SELECT module_id FROM process_module)");
    for (size_t i = 0; dead && i < sizeof builds / sizeof *builds; i++)
        remove_orphans(db, builds[i]);
    out->modules += dead;
    out->files += remove_files(db);
    out->sources += removed(db, "DELETE FROM source WHERE hash NOT IN (SELECT hash FROM file)");
}

static bool any_unused_module(struct sql *db)
{
    return sql_value(db, "SELECT EXISTS (SELECT 1 FROM module WHERE NOT EXISTS "
                         "(SELECT 1 FROM process_module WHERE module_id = module.id))", 0);
}

/* Adds statements that remove what points to rows of `table`, those that `rows` selects. */
static void add_removal(struct sql *db, const char *table, const char *rows, struct str *out)
{
    struct sql_stmt *s = store_prepare(db, "gc_references");
    sql_bind_text(s, "table", table);
    while (sql_step(s))
        str_addf(out, " DELETE FROM %s WHERE \"%s\" IN (%s);", sql_text(s, 0), sql_text(s, 1), rows);
    sql_done(s);
}

/* A run goes with its processes and all facts of those: what the foreign keys would do, were they on. */
static void remove_run(struct sql *db, int64_t run, struct gc_result *out)
{
    struct str text = STR_INIT;
    char *id = str_format("%lld", (long long)run);
    char *processes = str_format(" SELECT id FROM process WHERE run_id = %s", id);
    add_removal(db, "process", processes, &text);
    add_removal(db, "run", id, &text);
    str_addf(&text, " DELETE FROM run WHERE id = %s", id);
    sql_run(db, text.data);
    free(processes);
    free(id);
    str_release(&text);
    out->runs++;
}

struct runs {
    VEC(int64_t) list;
};

/* Runs without a label but the latest `keep`, oldest first. */
static void old_runs(struct sql *db, int64_t keep, struct runs *out)
{
    struct sql_stmt *s = store_prepare(db, "gc_runs");
    sql_bind_int(s, "keep", keep);
    while (sql_step(s))
        *vec_push(&out->list) = sql_int(s, 0);
    sql_done(s);
}

static void keep_last(struct sql *db, int64_t keep, struct gc_result *out)
{
    struct runs runs = {0};
    old_runs(db, keep, &runs);
    for (size_t i = 0; i < runs.list.count; i++)
        remove_run(db, runs.list.items[i], out);
    vec_release(&runs.list);
}

/* Oldest first, until the store is small enough; a build goes with its last run. */
static void keep_small(struct sql *db, int64_t bytes, struct gc_result *out)
{
    struct runs runs = {0};
    old_runs(db, 1, &runs);
    for (size_t i = 0; i < runs.list.count && store_bytes(db) > bytes; i++) {
        remove_run(db, runs.list.items[i], out);
        if (any_unused_module(db))
            remove_unused(db, out);
    }
    vec_release(&runs.list);
}

static bool is_known(struct sql *db, const char *build_id)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT 1 FROM module WHERE build_id = :build");
    sql_bind_text(s, "build", build_id);
    bool known = sql_step(s);
    sql_done(s);
    return known;
}

/* Build-id of a file of the cache, XX/YYYY.debug; NULL: it is none. Yours to free. */
static char *cached_build(const FTSENT *e)
{
    static const char ending[] = ".debug";
    size_t tail = sizeof ending - 1, len = e->fts_namelen;
    if (e->fts_info != FTS_F || e->fts_level != 2 || len <= tail || strcmp(e->fts_name + len - tail, ending) != 0)
        return NULL;
    return str_format("%s%.*s", e->fts_parent->fts_name, (int)(len - tail), e->fts_name);
}

static void tidy_cache(struct sql *db, const struct gc_wish *wish, struct gc_result *out)
{
    char *folder = debug_cache_folder(), *paths[] = {folder, NULL};
    time_t old = time(NULL) - wish->cache_days * 86400;
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *e; tree && (e = fts_read(tree));) {
        char *build = cached_build(e);
        if (build && e->fts_statp->st_mtime <= old && !is_known(db, build)) {
            out->cached++;
            out->cached_bytes += e->fts_statp->st_size;
            if (!wish->dry)
                unlink(e->fts_path);
        }
        free(build);
    }
    if (tree)
        fts_close(tree);
    free(folder);
}

static void tidy(struct sql *db, const struct gc_wish *wish, struct gc_result *out)
{
    if (wish->last >= 0)
        keep_last(db, wish->last, out);
    remove_unused(db, out);
    if (wish->bytes >= 0)
        keep_small(db, wish->bytes, out);
    out->experiments = removed(db, "DELETE FROM experiment WHERE finished AND id NOT IN "
                                   "(SELECT experiment_id FROM point JOIN point_run ON point_run.point_id = point.id)");
}

void gc_tidy(struct store *s, const struct gc_wish *wish, struct gc_result *out)
{
    int lock = store_lock(s);
    *out = (struct gc_result){.bytes_before = store_bytes(s->db)};
    sql_run(s->db, "PRAGMA foreign_keys = off");         /* they would look for each row of a build in all facts */
    sql_run(s->db, "BEGIN IMMEDIATE");
    tidy(s->db, wish, out);
    out->bytes_after = store_bytes(s->db);
    if (wish->cache_days >= 0)
        tidy_cache(s->db, wish, out);
    sql_run(s->db, wish->dry ? "ROLLBACK" : "COMMIT");
    sql_run(s->db, "PRAGMA foreign_keys = on");
    if (!wish->dry && out->bytes_after < out->bytes_before)
        sql_run(s->db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    close(lock);
}
