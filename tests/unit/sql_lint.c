/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prepares every embedded query, and each line of standard input, against a fresh store.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/embed.h"
#include "db/live.h"
#include "db/merge.h"
#include "db/select.h"
#include "db/store.h"

extern const struct embed queries[];

static int failures, count;

static void prepare(struct sql *db, const char *name, const char *text)
{
    struct str err = STR_INIT;
    struct sql_stmt *s = sql_try(db, text, &err);
    count++;
    if (!s) {
        failures++;
        fprintf(stderr, "%s: %s\n", name, err.data);
    }
    sql_done(s);
    str_release(&err);
}

/* What queries of merge find: another store, and their tables. */
static void attach_other(struct sql *db)
{
    struct str err = STR_INIT;
    char name[] = "/tmp/farm-lint.XXXXXX", text[100];
    int fd = mkstemp(name);
    struct sql *other = sql_open(name, SQL_CREATE, &err);
    if (fd < 0 || !other || !store_migrate(other, &err)) {
        fprintf(stderr, "%s\n", err.data);
        failures++;
    }
    sql_close(other);
    snprintf(text, sizeof text, "ATTACH '%s' AS other", name);
    sql_run(db, text);
    merge_prepare(db);
    close(fd);
    unlink(name);
}

int main(void)
{
    struct str err = STR_INIT;
    struct sql *db = sql_open(":memory:", SQL_CREATE, &err);
    char line[4096];
    if (!db || !store_migrate(db, &err)) {
        fprintf(stderr, "%s\n", err.data);
        return 1;
    }
    select_prepare(db);
    live_prepare(db);
    attach_other(db);
    for (const struct embed *q = queries; q->name; q++)
        prepare(db, q->name, q->text);
    while (!isatty(STDIN_FILENO) && fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        prepare(db, line, line);
    }
    sql_close(db);
    printf("%d statements, %d failed\n", count, failures);
    return failures != 0;
}
