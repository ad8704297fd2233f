/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programs that still run, by their records: found, and taken in again and again into a store in memory. Nothing is
 * written, and the program notices nothing.
 */
#ifndef DB_LIVE_H
#define DB_LIVE_H

#include "db/intake/reader.h"
#include "db/sql.h"
#include "db/store.h"

struct live_program {
    char *path;                  /* of its record */
    int64_t pid;
    char *command;
};

struct live_list {
    VEC(struct live_program) list;
};

/* Programs with a record beside the store. */
void live_find(const struct store *s, struct live_list *out);

/* The record that process `pid` has mapped, wherever it is; yours, NULL: it has none, or may not be looked at. */
char *live_record_of(int64_t pid);
void live_release(struct live_list *l);

/* A store in memory, with the tables of what was known before: before_calls, before_self, before_hits, before_line. */
struct sql *live_open(void);
void live_prepare(struct sql *db);

/* Remembers what is known, and takes the record in anew. */
void live_refresh(struct sql *db, const struct record *r);

#endif
