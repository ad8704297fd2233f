/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only door to SQLite. Any error against our own schema, or of the machine, ends the program here, with the SQL in
 * the message, so callers have no error branch. Only sql_open and sql_try, whose input is the user's, return errors.
 */
#ifndef DB_SQL_H
#define DB_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct sql;                      /* a connection */
struct sql_stmt;                 /* a prepared statement */

enum sql_mode { SQL_CREATE, SQL_READ };      /* SQL_READ: the file is not ours to write */

/* Yours to close with sql_close, which accepts NULL. NULL and a sentence in err where the file is no database. */
struct sql *sql_open(const char *path, enum sql_mode mode, struct str *err);
void sql_close(struct sql *db);

/* Runs one or more statements that yield no rows. */
void sql_run(struct sql *db, const char *text);

/* Yours to end with sql_done. Parameters are named, ":name" in the text and "name" here; texts and blobs must live
 * until the next sql_step. A statement that ran to its end may be bound and stepped again. */
struct sql_stmt *sql_prepare(struct sql *db, const char *text);
struct sql_stmt *sql_try(struct sql *db, const char *text, struct str *err);
void sql_bind_int(struct sql_stmt *s, const char *name, int64_t value);
void sql_bind_real(struct sql_stmt *s, const char *name, double value);
void sql_bind_text(struct sql_stmt *s, const char *name, const char *value);       /* NULL binds NULL */
void sql_bind_blob(struct sql_stmt *s, const char *name, const void *data, size_t len);
void sql_bind_null(struct sql_stmt *s, const char *name);

/* By number, from 1, where a statement is stepped a hundred thousand times. */
void sql_set_int(struct sql_stmt *s, int number, int64_t value);

/* True: a row is there. False: the end, and the statement is ready to be bound again. */
bool sql_step(struct sql_stmt *s);
bool sql_step_try(struct sql_stmt *s, bool *row, struct str *err);
void sql_reset(struct sql_stmt *s);          /* before its end: ready to be bound again */
void sql_done(struct sql_stmt *s);

/* Of the current row, by column from 0. Texts and blobs are borrowed until the next step; a text is never NULL. */
int64_t sql_int(struct sql_stmt *s, int column);
double sql_real(struct sql_stmt *s, int column);
const char *sql_text(struct sql_stmt *s, int column);
const void *sql_blob(struct sql_stmt *s, int column, size_t *len);
bool sql_is_null(struct sql_stmt *s, int column);

enum sql_kind { SQL_NULL, SQL_INT, SQL_REAL, SQL_TEXT, SQL_BLOB };
enum sql_kind sql_kind(struct sql_stmt *s, int column);
int sql_columns(struct sql_stmt *s);
const char *sql_column_name(struct sql_stmt *s, int column);
bool sql_writes(struct sql_stmt *s);

/* One value of a statement without parameters; `none` where it yields no row. */
int64_t sql_value(struct sql *db, const char *text, int64_t none);
int64_t sql_last_id(struct sql *db);
int64_t sql_changes(struct sql *db);         /* rows changed by the last statement */

#endif
