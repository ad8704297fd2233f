/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The other store is copied, and the copy brought to our schema and attached as `other`. Tables with rows of their own
 * identity come first, each with a table map_NAME(old, new) of ids; all others only point to such rows, so the schema
 * itself says how they are copied.
 */
#include "db/merge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/vec.h"
#include "db/intake/intake.h"

/* Tables with an id that others point to, those pointed to first, and when two rows are the same thing. */
static const struct identity {
    const char *table, *same;
} identities[] = {
    {"run", "m.uuid = o.uuid"},
    {"process", "m.uuid = o.uuid"},
    {"module", "m.build_id = o.build_id AND (o.build_id <> '' OR m.path = o.path)"},
    {"source", "m.hash = o.hash"},
    {"file", "m.path = o.path AND m.hash = o.hash"},
    {"unit", "m.module_id = (SELECT new FROM map_module WHERE old = o.module_id) AND m.site_id = o.site_id"},
    {"experiment", "m.uuid = o.uuid"},
    {"point", "m.experiment_id = (SELECT new FROM map_experiment WHERE old = o.experiment_id) "
              "AND m.number = o.number"},
};
enum { IDENTITY_COUNT = sizeof identities / sizeof *identities };

/* Rows of a unit have ids one after the other, so a unit's rows are moved together (db/intake/module.c). */
static const char *const of_units[] = {"function", "line"};

static bool is_mapped(const char *table)
{
    for (int i = 0; i < IDENTITY_COUNT; i++)
        if (strcmp(identities[i].table, table) == 0)
            return true;
    return strcmp(table, of_units[0]) == 0 || strcmp(table, of_units[1]) == 0;
}

static void run_format(struct sql *db, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Names of tables only, never values. The blank before INSERT is for tests/lint/sql.sh: no statement yet. */
static void run_format(struct sql *db, const char *format, ...)
{
    struct str text = STR_INIT;
    va_list args;
    va_start(args, format);
    str_vaddf(&text, format, args);
    va_end(args);
    sql_run(db, text.data);
    str_release(&text);
}

static void make_empty(struct sql *db, const char *table, const char *columns)
{
    run_format(db, "CREATE TEMP TABLE IF NOT EXISTS %s (%s); DELETE FROM temp.%s", table, columns, table);
}

void merge_prepare(struct sql *db)
{
    for (int i = 0; i < IDENTITY_COUNT + 2; i++) {
        char *name = str_format("map_%s", i < IDENTITY_COUNT ? identities[i].table : of_units[i - IDENTITY_COUNT]);
        make_empty(db, name, i < IDENTITY_COUNT
                                 ? "old INTEGER PRIMARY KEY, new INTEGER NOT NULL"
                                 : "old INTEGER PRIMARY KEY, new INTEGER NOT NULL, is_new INTEGER NOT NULL");
        free(name);
    }
    make_empty(db, "merged_unit", "old INTEGER PRIMARY KEY, new INTEGER NOT NULL, is_new INTEGER NOT NULL, "
                                  "from_function INTEGER NOT NULL, from_line INTEGER NOT NULL, "
                                  "functions INTEGER NOT NULL, lines INTEGER NOT NULL, function INTEGER NOT NULL, "
                                  "line INTEGER NOT NULL");
}

/* The table that a column points to, "" where it is a value; yours to free. */
static char *target_of(struct sql *db, const char *table, const char *column)
{
    struct sql_stmt *s =
        sql_prepare(db, "SELECT [table] FROM pragma_foreign_key_list(:table) WHERE [from] = :column");
    sql_bind_text(s, "table", table);
    sql_bind_text(s, "column", column);
    char *target = str_copy(sql_step(s) ? sql_text(s, 0) : "");
    sql_done(s);
    return target;
}

/* The columns of a table, but its own id, by commas; and the values that they get. */
static void list_columns(struct sql *db, const char *table, struct str *names, struct str *values)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT name, pk AND type = 'INTEGER' FROM pragma_table_info(:table)");
    sql_bind_text(s, "table", table);
    while (sql_step(s)) {
        const char *name = sql_text(s, 0);
        char *target = target_of(db, table, name);
        if (!is_mapped(table) || strcmp(name, "id") != 0) {
            str_addf(names, "%s\"%s\"", names->len ? ", " : "", name);
            str_add(values, values->len ? ", " : "");
            if (*target && is_mapped(target))
                str_addf(values, "(SELECT new FROM map_%s WHERE old = o.\"%s\")", target, name);
            else
                str_addf(values, "o.\"%s\"", name);
        }
        free(target);
    }
    sql_done(s);
}

static void copy_table(struct sql *db, const char *table)
{
    struct str names = STR_INIT, values = STR_INIT;
    list_columns(db, table, &names, &values);
    run_format(db, " INSERT OR IGNORE INTO main.%s (%s) SELECT %s FROM other.%s o", table, names.data, values.data,
               table);
    str_release(&names);
    str_release(&values);
}

static void copy_identity(struct sql *db, const struct identity *i)
{
    copy_table(db, i->table);
    run_format(db, " INSERT INTO map_%s SELECT o.id, m.id FROM other.%s o JOIN main.%s m ON %s", i->table, i->table,
               i->table, i->same);
}

/* Where the rows of each unit begin, here and there: behind all others for units that are new. */
static void map_unit_rows(struct sql *db, int64_t units_before)
{
    struct sql_stmt *s = store_prepare(db, "merge_units");
    sql_bind_int(s, "before", units_before);
    sql_step(s);
    sql_done(s);
    sql_run(db, "UPDATE main.unit SET first_function = u.function, first_line = u.line "
                "FROM merged_unit u WHERE u.new = unit.id AND u.is_new");
    sql_run(db, "INSERT INTO map_function SELECT f.id, f.id - u.from_function + u.function, u.is_new "
                "FROM other.function f JOIN merged_unit u ON u.old = f.unit_id");
    sql_run(db, "INSERT INTO map_line SELECT l.id, l.id - u.from_line + u.line, u.is_new "
                "FROM other.line l JOIN other.function f ON f.id = l.function_id "
                "JOIN merged_unit u ON u.old = f.unit_id");
}

static void copy_unit_rows(struct sql *db)
{
    for (int i = 0; i < 2; i++) {
        struct str names = STR_INIT, values = STR_INIT;
        list_columns(db, of_units[i], &names, &values);
        run_format(db, " INSERT INTO main.%s (id, %s) SELECT map.new, %s FROM other.%s o "
                       "JOIN map_%s map ON map.old = o.id WHERE map.is_new",
                   of_units[i], names.data, values.data, of_units[i], of_units[i]);
        str_release(&names);
        str_release(&values);
    }
}

/* Names of the tables that only point to rows of the others. */
static void copy_facts(struct sql *db)
{
    VEC(char *) tables = {0};
    struct sql_stmt *s = sql_prepare(db, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                                         "AND name NOT LIKE 'sqlite%' ORDER BY name");
    while (sql_step(s))
        if (!is_mapped(sql_text(s, 0)))
            *vec_push(&tables) = str_copy(sql_text(s, 0));
    sql_done(s);
    for (size_t i = 0; i < tables.count; i++) {
        copy_table(db, tables.items[i]);
        free(tables.items[i]);
    }
    vec_release(&tables);
}

/* What the two know of one thing: a label, an earlier start, a build's tables. */
static void bring_together(struct sql *db)
{
    sql_run(db, "UPDATE main.run SET label = iif(run.label = '', o.label, run.label), "
                "started_ns = min(run.started_ns, o.started_ns) FROM other.run o WHERE o.uuid = run.uuid");
    sql_run(db, "UPDATE main.module SET tables_read = 1 WHERE id IN "
                "(SELECT new FROM map_module JOIN other.module o ON o.id = old WHERE o.tables_read)");
}

/* A process whose parent was in the other store becomes part of its run. */
static void unite(struct sql *db, int64_t processes_before)
{
    VEC(int64_t) ids = {0};
    struct sql_stmt *s = sql_prepare(db, "SELECT id FROM process WHERE id > :before ORDER BY id");
    sql_bind_int(s, "before", processes_before);
    while (sql_step(s))
        *vec_push(&ids) = sql_int(s, 0);
    sql_done(s);
    for (size_t i = 0; i < ids.count; i++)
        intake_unite(db, ids.items[i]);
    vec_release(&ids);
}

static void copy_all(struct sql *db, struct merge_result *out)
{
    int64_t runs = sql_value(db, "SELECT count(*) FROM main.run", 0);
    int64_t processes = sql_value(db, "SELECT coalesce(max(id), 0) FROM main.process", 0);
    int64_t process_count = sql_value(db, "SELECT count(*) FROM main.process", 0);
    int64_t units = sql_value(db, "SELECT coalesce(max(id), 0) FROM main.unit", 0);
    for (int i = 0; i < IDENTITY_COUNT; i++)
        copy_identity(db, &identities[i]);
    map_unit_rows(db, units);
    copy_unit_rows(db);
    copy_facts(db);
    bring_together(db);
    unite(db, processes);
    out->runs = sql_value(db, "SELECT count(*) FROM main.run", 0) - runs;
    out->processes = sql_value(db, "SELECT count(*) FROM main.process", 0) - process_count;
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Of the store at `path` as it is at this moment, brought to our schema. */
static bool make_copy(const char *path, const char *copy, struct str *err)
{
    struct sql *other = sql_open(path, SQL_READ, err);
    if (!other)
        return false;
    bool ours = store_is_ours(other, err);
    if (ours) {
        struct sql_stmt *s = sql_prepare(other, "VACUUM INTO :copy");
        sql_bind_text(s, "copy", copy);
        sql_step(s);
        sql_done(s);
    }
    sql_close(other);
    struct sql *db = ours ? sql_open(copy, SQL_CREATE, err) : NULL;
    bool ok = db && store_migrate(db, err);
    sql_close(db);
    return ok;
}

bool merge_store(struct store *into, const char *path, struct merge_result *out, struct str *err)
{
    *out = (struct merge_result){0};
    if (!file_exists(path)) {
        str_addf(err, "there is no store %s", path);
        return false;
    }
    if (same_file(path, into->path)) {
        str_addf(err, "%s is the store itself", path);
        return false;
    }
    int lock = store_lock(into);
    char *copy = str_format("%s-merging", into->path);
    unlink(copy);                        /* of one that was killed */
    bool ok = make_copy(path, copy, err);
    if (ok) {
        struct sql_stmt *s = sql_prepare(into->db, "ATTACH :copy AS other");
        sql_bind_text(s, "copy", copy);
        sql_step(s);
        sql_done(s);
        merge_prepare(into->db);
        sql_run(into->db, "PRAGMA foreign_keys = off; BEGIN IMMEDIATE");
        copy_all(into->db, out);
        sql_run(into->db, "COMMIT; DETACH other; PRAGMA foreign_keys = on");
    } else if (err->len) {
        char *why = str_detach(err);
        str_addf(err, "cannot merge %s: %s", path, why);
        free(why);
    }
    unlink(copy);
    free(copy);
    close(lock);
    return ok;
}
