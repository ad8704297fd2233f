/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation's door to SQLite. The first thing that goes wrong is kept; from then on calls do nothing, so that a
 * full disk ends in one sentence and not in the middle of a step.
 */
#ifndef SIM_LOG_SQL_H
#define SIM_LOG_SQL_H

#include <stdbool.h>

#include "sim/log_tables.h"

struct log_sql;

/* Opens or makes the database at `path` and begins a simulation in it; in memory: works on a copy of it, which
 * log_sql_save writes back. NULL: out of memory. */
struct log_sql *log_sql_open(const char *path, bool in_memory, const char *pragmas, bool index_after, uint64_t seed);

/* The highest agent_id of the simulations that were in the file before; ids of this one come on top. */
int64_t log_sql_agents_before(const struct log_sql *sql);

/* "" while all is well, else the first thing that went wrong. */
const char *log_sql_problem(const struct log_sql *sql);

/* Rows between begin and commit are there together or not at all. */
void log_sql_begin(struct log_sql *sql);
void log_sql_write(struct log_sql *sql, const struct log_rows *rows);
void log_sql_commit(struct log_sql *sql);

/* The settings of this simulation as JSON. */
void log_sql_config(struct log_sql *sql, const char *json);

/* Marks the simulation as completed, makes indexes that were left out. */
void log_sql_finish(struct log_sql *sql, uint64_t steps, const char *summary);

/* Copies a database in memory to a file, which changes as a whole or not at all. */
void log_sql_save(struct log_sql *sql, const char *path);

/* Bytes of the database's pages. */
uint64_t log_sql_bytes(struct log_sql *sql);

/* The profile whose pragmas the database says that it has; "" where it is none of them. */
const char *log_sql_profile(struct log_sql *sql);

/* Indexes that the database has beside those of its keys. */
int64_t log_sql_indexes(struct log_sql *sql);

/* Names of the pragma profiles; NULL-ended. */
extern const char *const log_sql_profiles[];

void log_sql_close(struct log_sql *sql);

#endif
