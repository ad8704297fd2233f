/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the store is, opening it, bringing its schema up to date. The store is one SQLite file; the records that
 * programs leave behind are in the folder "<store>-records" beside it.
 */
#ifndef DB_STORE_H
#define DB_STORE_H

#include <stdbool.h>

#include "base/str.h"
#include "db/sql.h"

struct store {
    char *path;                  /* absolute */
    char *records;               /* folder of pending records; need not exist */
    struct sql *db;              /* NULL before store_open */
    bool writable;
};

/* Sets path and records: `option` (--db), else FARM_DB, else the nearest farm.db or farm.db-records upward from the
 * working folder, else ./farm.db. Opens nothing. */
void store_locate(struct store *s, const char *option);

bool store_exists(const struct store *s);

/* Opens, creating it where it does not exist, and migrates. False, with a sentence: not a store, from a newer farmdb,
 * on a network file system, no place for one. A store that cannot be written to is opened for reading. */
bool store_open(struct store *s, struct str *err);
void store_release(struct store *s);

/* NULL where SQLite may live at `path`; else the name of the file system that it must not be on. */
const char *store_bad_filesystem(const char *path);

/* Is an open database a store that this farmdb can read? An empty one is. Else false, with why. */
bool store_is_ours(struct sql *db, struct str *err);

/* Waits until nobody else takes in records, merges or tidies up in this store; the lock is the descriptor's, to be
 * closed. */
int store_lock(const struct store *s);

/* The text of db/query/NAME.sql; one that is not there is our own bug. */
const char *store_query(const char *name);
struct sql_stmt *store_prepare(struct sql *db, const char *name);

/* Applies the schema's steps that the file lacks, each in its own transaction; false where it has more than we know. */
bool store_migrate(struct sql *db, struct str *err);

#endif
