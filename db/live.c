/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/live.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/msg.h"
#include "db/alive.h"
#include "db/argv.h"
#include "db/intake/intake.h"
#include "db/select.h"

static void add(struct live_list *l, char *path)
{
    struct record r;
    struct str err = STR_INIT, argv = STR_INIT, command = STR_INIT;
    bool lives = record_peek(path, &r.header, &err) && r.header.state == FARM_RUNNING && alive(&r.header);
    if (lives && record_open(path, &r, &err)) {
        argv_from_record(record_info(&r, "argv"), &argv);
        argv_shell(argv.data, &command);
        *vec_push(&l->list) = (struct live_program){path, (int64_t)r.header.pid, str_detach(&command)};
        record_close(&r);
    } else {
        free(path);
    }
    str_release(&err);
    str_release(&argv);
    str_release(&command);
}

void live_find(const struct store *s, struct live_list *out)
{
    DIR *d = opendir(s->records);
    *out = (struct live_list){0};
    for (struct dirent *e; d && (e = readdir(d));)
        if (str_ends(e->d_name, ".rec"))
            add(out, str_join_path(s->records, e->d_name));
    if (d)
        closedir(d);
}

void live_release(struct live_list *l)
{
    for (size_t i = 0; i < l->list.count; i++) {
        free(l->list.items[i].path);
        free(l->list.items[i].command);
    }
    vec_release(&l->list);
}

char *live_record_of(int64_t pid)
{
    char *maps = str_format("/proc/%lld/maps", (long long)pid), *found = NULL;
    struct str text = STR_INIT, err = STR_INIT;
    if (file_read(maps, &text, &err))
        for (char *line = text.data, *next; *line && !found; line = next) {
            size_t len = strcspn(line, "\n");
            next = line + len + (line[len] == '\n');
            line[len] = 0;
            if (strchr(line, '/') && str_ends(line, ".rec"))
                found = str_copy(strchr(line, '/'));
        }
    free(maps);
    str_release(&text);
    str_release(&err);
    return found;
}

void live_prepare(struct sql *db)
{
    sql_run(db, "CREATE TEMP TABLE before_calls (function_id INTEGER PRIMARY KEY, calls INTEGER);"
                "CREATE TEMP TABLE before_self (function_id INTEGER PRIMARY KEY, samples INTEGER);"
                "CREATE TEMP TABLE before_hits (line_id INTEGER PRIMARY KEY, hits INTEGER);"
                "CREATE TEMP TABLE before_line (function_id INTEGER, file_id INTEGER, line INTEGER, samples INTEGER,"
                " PRIMARY KEY (function_id, file_id, line))");
}

struct sql *live_open(void)
{
    struct str err = STR_INIT;
    struct sql *db = sql_open(":memory:", SQL_CREATE, &err);
    if (!db || !store_migrate(db, &err))
        die(EXIT_DATA, "%s", err.data);
    select_prepare(db);
    live_prepare(db);
    return db;
}

static void remember(struct sql *db)
{
    static const char *const steps[] = {
        "DELETE FROM before_calls", "DELETE FROM before_self", "DELETE FROM before_hits", "DELETE FROM before_line",
        "INSERT INTO before_calls SELECT function_id, calls FROM calls",
        "INSERT INTO before_self SELECT function_id, sum(samples) FROM line_samples GROUP BY 1",
        "INSERT INTO before_hits SELECT line_id, hits FROM hits",
        "INSERT INTO before_line SELECT function_id, file_id, line, sum(samples) FROM line_samples GROUP BY 1, 2, 3",
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        sql_run(db, steps[i]);
}

void live_refresh(struct sql *db, const struct record *r)
{
    remember(db);
    sql_run(db, "PRAGMA foreign_keys = on; DELETE FROM run; PRAGMA foreign_keys = off; BEGIN");
    intake_record(db, r);
    sql_run(db, "COMMIT");
}
