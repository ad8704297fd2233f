/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/log_sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One thread at a time uses the connection: no need for its locks. */
#define ALONE (SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
#define APPLICATION 1179800397   /* "FRSM" */

#define TEXT_OF(number) TEXT(number)
#define TEXT(number) #number

/* Rows on their way, as SQL sees them: a virtual table without a file, whose rows are those of `table`. */
struct source {
    sqlite3_vtab base;
    const struct log_rows *rows;
    enum log_table table;
};

struct walk {
    sqlite3_vtab_cursor base;
    uint32_t row;
    const union log_cell *cells;
};

struct log_sql {
    sqlite3 *db;
    sqlite3_stmt *writers[LOG_KINDS];
    struct source *source;       /* SQLite's own */
    sqlite3_stmt *pages;
    int64_t page_size, simulation;
    int64_t agents_before;
    bool index_after;
    char problem[256];
};

/* Looking up whom a row names costs half as much as the row; `performance` trusts the world's ids. */
static const struct {
    const char *name, *pragmas;
    int64_t synchronous, cache;  /* what tells it from the others */
} profiles[] = {
    {"balanced", "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                 "PRAGMA cache_size = -204800; PRAGMA busy_timeout = 30000;", 1, -204800},
    {"performance", "PRAGMA foreign_keys = OFF; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;"
                    "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -204800;"
                    "PRAGMA mmap_size = 1073741824; PRAGMA automatic_index = OFF; PRAGMA busy_timeout = 60000;",
                    0, -204800},
    {"safety", "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
               "PRAGMA cache_size = -102400; PRAGMA busy_timeout = 30000;", 2, -102400},
    {"memory", "PRAGMA foreign_keys = ON; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL;"
               "PRAGMA cache_size = -51200; PRAGMA busy_timeout = 15000;", 1, -51200},
};
#define PROFILES (sizeof profiles / sizeof profiles[0])

const char *const log_sql_profiles[] = {"balanced", "performance", "safety", "memory", NULL};

static bool fine(struct log_sql *sql, int status)
{
    if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW && !*sql->problem)
        snprintf(sql->problem, sizeof sql->problem, "the log: %s", sql->db ? sqlite3_errmsg(sql->db) : "out of memory");
    return !*sql->problem;
}

static bool run(struct log_sql *sql, const char *statements)
{
    return !*sql->problem && fine(sql, sqlite3_exec(sql->db, statements, NULL, NULL, NULL));
}

static sqlite3_stmt *prepare(struct log_sql *sql, const char *text)
{
    sqlite3_stmt *s = NULL;
    if (!*sql->problem)
        fine(sql, sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL));
    return s;
}

/* The first column of the first row, 0 where there is none. */
static int64_t number(struct log_sql *sql, const char *query)
{
    sqlite3_stmt *s = prepare(sql, query);
    int64_t value = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return value;
}

int64_t log_sql_agents_before(const struct log_sql *sql)
{
    return sql->agents_before;
}

const char *log_sql_problem(const struct log_sql *sql)
{
    return sql->problem;
}

static void make_tables(struct log_sql *sql)
{
    for (int t = 0; t < LOG_TABLES; t++) {
        char text[2000];
        const struct log_table_def *def = &log_tables[t];
        const char *key = t == LOG_EXPERIMENTS ? "experiment_id INTEGER PRIMARY KEY, " :
                          t == LOG_SIMULATIONS ? "simulation_id INTEGER PRIMARY KEY, " :
                          t == LOG_AGENTS ? "agent_id INTEGER PRIMARY KEY, " : "id INTEGER PRIMARY KEY, ";
        const char *owner = t > LOG_SIMULATIONS ? "simulation_id INTEGER NOT NULL REFERENCES simulations, " : "";
        snprintf(text, sizeof text, "CREATE TABLE IF NOT EXISTS %s (%s%s%s) STRICT", def->name, key, owner,
                 def->columns);
        run(sql, text);
    }
}

/* Indexes are named by table and number. */
static void each_index(struct log_sql *sql, bool make)
{
    for (int t = 0; t < LOG_TABLES; t++) {
        const char *at = log_tables[t].indexes;
        for (int i = 0; *at; i++) {
            int length = (int)strcspn(at, ";");
            char text[200];
            if (make)
                snprintf(text, sizeof text, "CREATE INDEX IF NOT EXISTS %s_%d ON %s (%.*s)", log_tables[t].name, i,
                         log_tables[t].name, length, at);
            else
                snprintf(text, sizeof text, "DROP INDEX IF EXISTS %s_%d", log_tables[t].name, i);
            run(sql, text);
            at += length + (at[length] == ';');
        }
    }
}

static int source_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **made,
                          char **problem)
{
    (void)argc, (void)argv, (void)problem;
    struct log_sql *sql = aux;
    struct source *source = sql->source = sqlite3_malloc(sizeof *source);
    if (!source)
        return SQLITE_NOMEM;
    *source = (struct source){0};
    *made = &source->base;
    return sqlite3_declare_vtab(db, "CREATE TABLE x (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, "
                                    "c15, c16, c17, c18, c19, c20, c21, c22, c23)");
}

static int source_disconnect(sqlite3_vtab *source)
{
    sqlite3_free(source);
    return SQLITE_OK;
}

static int source_plan(sqlite3_vtab *source, sqlite3_index_info *plan)
{
    (void)source;
    plan->estimatedCost = plan->estimatedRows = 1000;
    return SQLITE_OK;
}

static int walk_open(sqlite3_vtab *source, sqlite3_vtab_cursor **made)
{
    (void)source;
    struct walk *walk = sqlite3_malloc(sizeof *walk);
    if (!walk)
        return SQLITE_NOMEM;
    *walk = (struct walk){0};
    *made = &walk->base;
    return SQLITE_OK;
}

static int walk_close(sqlite3_vtab_cursor *walk)
{
    sqlite3_free(walk);
    return SQLITE_OK;
}

/* On to a row of the table, the one at hand included. */
static int seek(struct walk *walk)
{
    const struct source *source = (struct source *)walk->base.pVtab;
    const struct log_rows *rows = source->rows;
    while (walk->row < rows->count && rows->tables[walk->row] != source->table)
        walk->cells += log_tables[rows->tables[walk->row++]].width;
    return SQLITE_OK;
}

static int walk_start(sqlite3_vtab_cursor *cursor, int number, const char *name, int argc, sqlite3_value **argv)
{
    (void)number, (void)name, (void)argc, (void)argv;
    struct walk *walk = (struct walk *)cursor;
    walk->row = 0;
    walk->cells = ((struct source *)cursor->pVtab)->rows->cells;
    return seek(walk);
}

static int walk_next(sqlite3_vtab_cursor *cursor)
{
    struct walk *walk = (struct walk *)cursor;
    walk->row++;
    walk->cells += log_tables[((struct source *)cursor->pVtab)->table].width;
    return seek(walk);
}

static int walk_ended(sqlite3_vtab_cursor *cursor)
{
    return ((struct walk *)cursor)->row == ((struct source *)cursor->pVtab)->rows->count;
}

static int walk_cell(sqlite3_vtab_cursor *cursor, sqlite3_context *to, int column)
{
    const union log_cell *cell = ((struct walk *)cursor)->cells + column;
    char kind = log_tables[((struct source *)cursor->pVtab)->table].cells[column];
    if (kind == 'r')
        sqlite3_result_double(to, cell->real);
    else if (kind == 't')
        sqlite3_result_text(to, cell->text, -1, SQLITE_STATIC);
    else if (cell->whole != LOG_NOTHING)
        sqlite3_result_int64(to, cell->whole);
    return SQLITE_OK;
}

static int walk_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = ((struct walk *)cursor)->row;
    return SQLITE_OK;
}

static const sqlite3_module buffered = {
    .xConnect = source_connect, .xDisconnect = source_disconnect, .xBestIndex = source_plan, .xOpen = walk_open,
    .xClose = walk_close, .xFilter = walk_start, .xNext = walk_next, .xEof = walk_ended, .xColumn = walk_cell,
    .xRowid = walk_rowid,
};

/* One statement writes all buffered rows of a table: a statement for each row would spend half of its time on opening
 * the table and the tables that it refers to. */
static void prepare_writers(struct log_sql *sql)
{
    fine(sql, sqlite3_create_module(sql->db, "buffered", &buffered, sql));
    for (int t = LOG_AGENTS; t < LOG_TABLES; t++) {
        char text[400];
        bool agents = t == LOG_AGENTS;
        size_t used = (size_t)snprintf(text, sizeof text, "INSERT OR FAIL INTO %s SELECT %s", log_tables[t].name,
                                       agents ? "c0, ?1, c1, NULL, NULL" : "NULL, ?1");
        for (size_t c = agents ? 2 : 0; c < log_tables[t].width; c++)
            used += (size_t)snprintf(text + used, sizeof text - used, ", c%zu", c);
        snprintf(text + used, sizeof text - used, " FROM buffered");
        sql->writers[t] = prepare(sql, text);
    }
    sql->writers[LOG_DEATHS] = prepare(sql, "UPDATE agents SET death_time = c1, death_cause = c2 FROM buffered "
                                            "WHERE agent_id = c0 AND simulation_id = ?1");
    for (int t = LOG_AGENTS; t < LOG_KINDS && !*sql->problem; t++)
        sqlite3_bind_int64(sql->writers[t], 1, sql->simulation);
}

static void begin_simulation(struct log_sql *sql, uint64_t seed)
{
    run(sql, "INSERT OR IGNORE INTO experiments VALUES (NULL, 'farmsim', 'runs of farmsim', datetime())");
    sqlite3_stmt *s = prepare(sql, "INSERT INTO simulations SELECT NULL, experiment_id, datetime(), NULL, 'running', "
                                   "?1, NULL, NULL FROM experiments WHERE name = 'farmsim'");
    if (s) {
        sqlite3_bind_int64(s, 1, (int64_t)seed);
        fine(sql, sqlite3_step(s));
    }
    sqlite3_finalize(s);
    sql->simulation = sqlite3_last_insert_rowid(sql->db);
    sql->agents_before = number(sql, "SELECT max(agent_id) FROM agents");
}

static void set_pragmas(struct log_sql *sql, const char *name)
{
    size_t p = 0;
    while (p < PROFILES && strcmp(profiles[p].name, name) != 0)
        p++;
    run(sql, profiles[p < PROFILES ? p : 0].pragmas);
    run(sql, "PRAGMA temp_store = MEMORY");
}

/* Copies all of one database over another. */
static bool copy(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    bool good = b && sqlite3_backup_step(b, -1) == SQLITE_DONE;
    return b && sqlite3_backup_finish(b) == SQLITE_OK && good;
}

/* The simulations that are in the file already come along. */
static void open_in_memory(struct log_sql *sql, const char *path)
{
    sqlite3 *file = NULL;
    if (!fine(sql, sqlite3_open_v2(":memory:", &sql->db, ALONE, NULL)) || access(path, F_OK) != 0)
        return;
    if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK || !copy(file, sql->db))
        snprintf(sql->problem, sizeof sql->problem, "the log: cannot read %s", path);
    sqlite3_close(file);
}

struct log_sql *log_sql_open(const char *path, bool in_memory, const char *pragmas, bool index_after, uint64_t seed)
{
    struct log_sql *sql = calloc(1, sizeof *sql);
    if (!sql)
        return NULL;
    sql->index_after = index_after;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);      /* nobody asks, and counting takes a lock for each allocation */
    if (in_memory)
        open_in_memory(sql, path);
    else
        fine(sql, sqlite3_open_v2(path, &sql->db, ALONE, NULL));
    if (*sql->problem)
        return sql;
    if (number(sql, "SELECT count(*) FROM sqlite_schema") && number(sql, "PRAGMA application_id") != APPLICATION) {
        snprintf(sql->problem, sizeof sql->problem, "%s is a database, but no log of farmsim", path);
        return sql;
    }
    set_pragmas(sql, pragmas);
    run(sql, "BEGIN IMMEDIATE");
    run(sql, "PRAGMA application_id = " TEXT_OF(APPLICATION));
    make_tables(sql);
    each_index(sql, !index_after);
    begin_simulation(sql, seed);
    prepare_writers(sql);
    run(sql, "COMMIT");
    sql->page_size = number(sql, "PRAGMA page_size");
    sql->pages = prepare(sql, "PRAGMA page_count");
    return sql;
}

void log_sql_config(struct log_sql *sql, const char *json)
{
    sqlite3_stmt *s = prepare(sql, "INSERT INTO simulation_config VALUES (NULL, ?1, ?2)");
    if (s) {
        sqlite3_bind_int64(s, 1, sql->simulation);
        sqlite3_bind_text(s, 2, json, -1, SQLITE_STATIC);
        fine(sql, sqlite3_step(s));
    }
    sqlite3_finalize(s);
}

void log_sql_begin(struct log_sql *sql)
{
    run(sql, "BEGIN");
}

void log_sql_commit(struct log_sql *sql)
{
    run(sql, "COMMIT");
}

/* Agents come before the rows that name them, as the order of tables has it. */
void log_sql_write(struct log_sql *sql, const struct log_rows *rows)
{
    uint32_t counts[LOG_KINDS] = {0};
    for (uint32_t i = 0; i < rows->count; i++)
        counts[rows->tables[i]]++;
    for (int t = LOG_AGENTS; t < LOG_KINDS; t++) {
        if (!counts[t] || *sql->problem)
            continue;
        sql->source->rows = rows;
        sql->source->table = (enum log_table)t;
        fine(sql, sqlite3_step(sql->writers[t]));
        sqlite3_reset(sql->writers[t]);
    }
}

void log_sql_finish(struct log_sql *sql, uint64_t steps, const char *summary)
{
    run(sql, "BEGIN");
    sqlite3_stmt *s = prepare(sql, "UPDATE simulations SET end_time = datetime(), status = 'completed', steps = ?2, "
                                   "results_summary = ?3 WHERE simulation_id = ?1");
    if (s) {
        sqlite3_bind_int64(s, 1, sql->simulation);
        sqlite3_bind_int64(s, 2, (int64_t)steps);
        sqlite3_bind_text(s, 3, summary, -1, SQLITE_STATIC);
        fine(sql, sqlite3_step(s));
    }
    sqlite3_finalize(s);
    if (sql->index_after)
        each_index(sql, true);
    run(sql, "COMMIT");
    run(sql, "PRAGMA optimize");
}

void log_sql_save(struct log_sql *sql, const char *path)
{
    char part[4096];
    sqlite3 *file = NULL;
    if (*sql->problem)
        return;
    snprintf(part, sizeof part, "%s.part", path);
    remove(part);
    bool good = sqlite3_open(part, &file) == SQLITE_OK && copy(sql->db, file);
    good = sqlite3_close(file) == SQLITE_OK && good && rename(part, path) == 0;
    if (!good)
        snprintf(sql->problem, sizeof sql->problem, "the log: cannot write %s", path);
}

uint64_t log_sql_bytes(struct log_sql *sql)
{
    if (*sql->problem)
        return 0;
    int64_t pages = sqlite3_step(sql->pages) == SQLITE_ROW ? sqlite3_column_int64(sql->pages, 0) : 0;
    sqlite3_reset(sql->pages);
    return (uint64_t)(pages * sql->page_size);
}

const char *log_sql_profile(struct log_sql *sql)
{
    int64_t synchronous = number(sql, "PRAGMA synchronous"), cache = number(sql, "PRAGMA cache_size");
    for (size_t p = 0; p < PROFILES; p++)
        if (profiles[p].synchronous == synchronous && profiles[p].cache == cache)
            return profiles[p].name;
    return "";
}

int64_t log_sql_indexes(struct log_sql *sql)
{
    return number(sql, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
}

void log_sql_close(struct log_sql *sql)
{
    if (!sql)
        return;
    for (int t = 0; t < LOG_KINDS; t++)
        sqlite3_finalize(sql->writers[t]);
    sqlite3_finalize(sql->pages);
    sqlite3_close(sql->db);
    free(sql);
}
