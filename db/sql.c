/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/sql.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

/* A store may be written by another farmdb: wait for it this long rather than fail. */
#define BUSY_MS 60000

struct sql {
    sqlite3 *handle;
};

/* The sqlite statement itself is the struct: no wrapper to keep in step. */
static sqlite3_stmt *raw(struct sql_stmt *s)
{
    return (sqlite3_stmt *)s;
}

/* What can be wrong with the file rather than with us, and what to do then. */
static const struct {
    int code;
    const char *what, *advice;
} troubles[] = {
    {SQLITE_CORRUPT, "is damaged", "put a copy back, or move it away: a new one is begun"},
    {SQLITE_NOTADB, "is damaged", "put a copy back, or move it away: a new one is begun"},
    {SQLITE_FULL, "cannot grow", "make room on the disk; what was in it is still there"},
    {SQLITE_IOERR, "cannot be read or written", "the disk or its file system refuses"},
    {SQLITE_BUSY, "is held by another program", "try again when that has ended"},
    {SQLITE_LOCKED, "is held by another program", "try again when that has ended"},
    {SQLITE_READONLY, "cannot be written to", "its permissions or its disk forbid it"},
    {SQLITE_CANTOPEN, "cannot be opened", "see to its permissions and those of its folder"},
};

/* Tables that are not ours: a store of another version. */
static bool misfit(const char *problem)
{
    static const char *const words[] = {"no such table", "no such column", "no column named", "already exists",
                                        "no such index", "no such view"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(problem, words[i]))
            return true;
    return false;
}

static _Noreturn void fail(sqlite3 *handle, const char *text)
{
    const char *path = sqlite3_db_filename(handle, "main"), *problem = sqlite3_errmsg(handle);
    bool file = path && *path;
    for (size_t i = 0; file && i < sizeof troubles / sizeof *troubles; i++)
        if ((sqlite3_errcode(handle) & 0xff) == troubles[i].code)
            die(EXIT_DATA, "the store %s %s (%s): %s", path, troubles[i].what, problem, troubles[i].advice);
    if (file && misfit(problem))
        die(EXIT_DATA, "the store %s was made by another version of farmdb (%s): use that one, or move the file away "
            "and record anew", path, problem);
    die(EXIT_DATA, "the store says: %s (SQL: %s)", problem, text);
}

static bool try_open(struct sql *db, const char *name, int flags)
{
    static const char probe[] = "PRAGMA foreign_keys = on; SELECT count(*) FROM sqlite_master";
    return sqlite3_open_v2(name, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&     /* one thread */
           sqlite3_busy_timeout(db->handle, BUSY_MS) == SQLITE_OK &&
           sqlite3_exec(db->handle, probe, NULL, NULL, NULL) == SQLITE_OK;
}

/* Where we may write nothing, not even the files that SQLite shares with writers, nobody like us is writing either. */
static bool try_immutable(struct sql *db, const char *path)
{
    struct str uri = STR_INIT;
    str_add(&uri, "file:");
    for (const char *at = path; *at; at++)
        if (strchr("?#%", *at))
            str_addf(&uri, "%%%02x", *at);
        else
            str_add_char(&uri, *at);
    str_add(&uri, "?immutable=1");
    sqlite3_close(db->handle);
    bool ok = try_open(db, uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    str_release(&uri);
    return ok;
}

struct sql *sql_open(const char *path, enum sql_mode mode, struct str *err)
{
    struct sql *db = xcalloc(1, sizeof *db);
    bool ok = mode == SQL_CREATE ? try_open(db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
                                 : try_open(db, path, SQLITE_OPEN_READONLY) || try_immutable(db, path);
    if (ok)
        return db;
    str_addf(err, "cannot use %s as a store: %s", path, sqlite3_errmsg(db->handle));
    sql_close(db);
    return NULL;
}

void sql_close(struct sql *db)
{
    if (db && sqlite3_close(db->handle) != SQLITE_OK)
        BUG("a statement was not ended before its store was closed");
    free(db);
}

void sql_run(struct sql *db, const char *text)
{
    if (sqlite3_exec(db->handle, text, NULL, NULL, NULL) != SQLITE_OK)
        fail(db->handle, text);
}

struct sql_stmt *sql_try(struct sql *db, const char *text, struct str *err)
{
    sqlite3_stmt *s = NULL;
    const char *rest = "";
    if (sqlite3_prepare_v3(db->handle, text, -1, 0, &s, &rest) != SQLITE_OK) {
        str_add(err, sqlite3_errmsg(db->handle));
        return NULL;
    }
    rest += strspn(rest, " \t\r\n;");
    if (s && !*rest)
        return (struct sql_stmt *)s;
    str_add(err, s ? "only one statement at a time" : "no statement");
    sqlite3_finalize(s);
    return NULL;
}

struct sql_stmt *sql_prepare(struct sql *db, const char *text)
{
    struct str err = STR_INIT;
    struct sql_stmt *s = sql_try(db, text, &err);
    if (!s)
        fail(db->handle, text);
    return s;
}

static void check(struct sql_stmt *s, int rc)
{
    if (rc != SQLITE_OK)
        fail(sqlite3_db_handle(raw(s)), sqlite3_sql(raw(s)));
}

static int number_of(struct sql_stmt *s, const char *name)
{
    int count = sqlite3_bind_parameter_count(raw(s));
    for (int i = 1; i <= count; i++) {
        const char *have = sqlite3_bind_parameter_name(raw(s), i);
        if (have && strcmp(have + 1, name) == 0)
            return i;
    }
    die(EXIT_DATA, "no parameter :%s in SQL: %s", name, sqlite3_sql(raw(s)));
}

void sql_bind_int(struct sql_stmt *s, const char *name, int64_t value)
{
    check(s, sqlite3_bind_int64(raw(s), number_of(s, name), value));
}

void sql_bind_real(struct sql_stmt *s, const char *name, double value)
{
    check(s, sqlite3_bind_double(raw(s), number_of(s, name), value));
}

void sql_bind_text(struct sql_stmt *s, const char *name, const char *value)
{
    check(s, sqlite3_bind_text(raw(s), number_of(s, name), value, -1, SQLITE_STATIC));
}

void sql_bind_blob(struct sql_stmt *s, const char *name, const void *data, size_t len)
{
    check(s, sqlite3_bind_blob64(raw(s), number_of(s, name), data, len, SQLITE_STATIC));
}

void sql_bind_null(struct sql_stmt *s, const char *name)
{
    check(s, sqlite3_bind_null(raw(s), number_of(s, name)));
}

void sql_set_int(struct sql_stmt *s, int number, int64_t value)
{
    check(s, sqlite3_bind_int64(raw(s), number, value));
}

bool sql_step_try(struct sql_stmt *s, bool *row, struct str *err)
{
    int rc = sqlite3_step(raw(s));
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW)
        return true;
    if (rc != SQLITE_DONE)
        str_add(err, sqlite3_errmsg(sqlite3_db_handle(raw(s))));
    sqlite3_reset(raw(s));
    return rc == SQLITE_DONE;
}

bool sql_step(struct sql_stmt *s)
{
    struct str err = STR_INIT;
    bool row;
    if (!sql_step_try(s, &row, &err))
        fail(sqlite3_db_handle(raw(s)), sqlite3_sql(raw(s)));
    return row;
}

void sql_reset(struct sql_stmt *s)
{
    sqlite3_reset(raw(s));
}

void sql_done(struct sql_stmt *s)
{
    sqlite3_finalize(raw(s));
}

int64_t sql_int(struct sql_stmt *s, int column)
{
    return sqlite3_column_int64(raw(s), column);
}

double sql_real(struct sql_stmt *s, int column)
{
    return sqlite3_column_double(raw(s), column);
}

const char *sql_text(struct sql_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(raw(s), column);
    return text ? text : "";
}

const void *sql_blob(struct sql_stmt *s, int column, size_t *len)
{
    const void *data = sqlite3_column_blob(raw(s), column);
    *len = (size_t)sqlite3_column_bytes(raw(s), column);
    return data ? data : "";
}

bool sql_is_null(struct sql_stmt *s, int column)
{
    return sqlite3_column_type(raw(s), column) == SQLITE_NULL;
}

enum sql_kind sql_kind(struct sql_stmt *s, int column)
{
    switch (sqlite3_column_type(raw(s), column)) {
    case SQLITE_INTEGER: return SQL_INT;
    case SQLITE_FLOAT: return SQL_REAL;
    case SQLITE_TEXT: return SQL_TEXT;
    case SQLITE_BLOB: return SQL_BLOB;
    default: return SQL_NULL;
    }
}

int sql_columns(struct sql_stmt *s)
{
    return sqlite3_column_count(raw(s));
}

const char *sql_column_name(struct sql_stmt *s, int column)
{
    return sqlite3_column_name(raw(s), column);
}

bool sql_writes(struct sql_stmt *s)
{
    return !sqlite3_stmt_readonly(raw(s));
}

int64_t sql_value(struct sql *db, const char *text, int64_t none)
{
    struct sql_stmt *s = sql_prepare(db, text);
    int64_t value = sql_step(s) ? sql_int(s, 0) : none;
    sql_done(s);
    return value;
}

int64_t sql_last_id(struct sql *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t sql_changes(struct sql *db)
{
    return sqlite3_changes64(db->handle);
}
