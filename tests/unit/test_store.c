/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/store.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/proc.h"
#include "db/argv.h"
#include "db/merge.h"
#include "db/select.h"
#include "tests/unit/check.h"

static char folder[] = "/tmp/farm-store.XXXXXX";

static void enter_folder(void)
{
    CHECK(mkdtemp(folder) && chdir(folder) == 0);
}

static void leave_folder(void)
{
    char *argv[] = {"rm", "-rf", folder, NULL};
    CHECK_INT(chdir("/"), 0);
    CHECK_INT(proc_code(proc_run(argv, NULL, NULL)), 0);
}

static void test_locate(void)
{
    struct store s;
    char *here = getcwd(NULL, 0);
    char *expected = str_format("%s/farm.db", here);
    unsetenv("FARM_DB");
    mkdir("deep", 0777);
    CHECK_INT(chdir("deep"), 0);

    store_locate(&s, "given.db");
    CHECK(strstr(s.path, "/deep/given.db") != NULL);
    CHECK(strstr(s.records, "/deep/given.db-records") != NULL);
    store_release(&s);

    store_locate(&s, NULL);
    CHECK(strstr(s.path, "/deep/farm.db") != NULL);
    store_release(&s);

    mkdir("../farm.db-records", 0777);
    store_locate(&s, NULL);
    CHECK_STR(s.path, expected);
    store_release(&s);

    setenv("FARM_DB", "/else/where.db", 1);
    store_locate(&s, NULL);
    CHECK_STR(s.path, "/else/where.db");
    store_release(&s);
    unsetenv("FARM_DB");

    CHECK_INT(chdir(".."), 0);
    free(here);
    free(expected);
}

static void test_open(void)
{
    struct store s;
    struct str err = STR_INIT;
    store_locate(&s, "one.db");
    CHECK(!store_exists(&s));
    CHECK(store_open(&s, &err));
    CHECK_STR(err.data, "");
    CHECK(store_exists(&s));
    CHECK_INT(sql_value(s.db, "SELECT count(*) FROM run", -1), 0);
    CHECK_INT(sql_value(s.db, "PRAGMA foreign_keys", -1), 1);
    CHECK_INT(sql_value(s.db, "PRAGMA synchronous", -1), 2);
    CHECK_INT(sql_value(s.db, "PRAGMA application_id", -1), 0x4641524d);
    sql_run(s.db, "INSERT INTO run (uuid, started_ns) VALUES ('a', 1)");
    store_release(&s);

    store_locate(&s, "one.db");
    CHECK(store_open(&s, &err));
    CHECK_INT(sql_value(s.db, "SELECT count(*) FROM run", -1), 1);
    store_release(&s);
}

static void refuses(const char *path, const char *why)
{
    struct store s;
    struct str err = STR_INIT;
    store_locate(&s, path);
    CHECK(!store_open(&s, &err));
    CHECK(strstr(err.data, why) != NULL);
    store_release(&s);
    str_release(&err);
}

static void test_refused(void)
{
    struct str err = STR_INIT;
    struct sql *db = sql_open("other.db", SQL_CREATE, &err);
    sql_run(db, "CREATE TABLE t (a)");
    sql_close(db);
    refuses("other.db", "another program");

    db = sql_open("newer.db", SQL_CREATE, &err);
    CHECK(store_migrate(db, &err));
    sql_run(db, "PRAGMA user_version = 99");
    sql_close(db);
    refuses("newer.db", "newer farmdb");
    refuses("no/such/folder/x.db", "cannot");
}

/* The schema is what STRICT and its checks promise. */
static void test_strict(void)
{
    struct str err = STR_INIT;
    struct sql *db = sql_open(":memory:", SQL_CREATE, &err);
    CHECK(store_migrate(db, &err));
    bool row;
    struct sql_stmt *s = sql_try(db, "INSERT INTO run (uuid, started_ns) VALUES ('a', 'not a number')", &err);
    CHECK(s && !sql_step_try(s, &row, &err));
    sql_done(s);
    str_clear(&err);
    s = sql_try(db, "INSERT INTO hits VALUES (1, 1, 1)", &err);
    CHECK(s && !sql_step_try(s, &row, &err));
    CHECK(strstr(err.data, "FOREIGN KEY") != NULL);
    sql_done(s);
    CHECK_INT(sql_value(db, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                            "AND name NOT LIKE 'sqlite_%' AND strict = 0", -1), 0);
    sql_close(db);
    str_release(&err);
}

extern const struct embed schema_steps[];

/* What the file consists of, as one text: its own words for every table, view, index and trigger. */
static char *schema_of(struct sql *db)
{
    struct str out = STR_INIT;
    struct sql_stmt *s = sql_prepare(db, "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name");
    while (sql_step(s))
        str_addf(&out, "%s %s %s\n", sql_text(s, 0), sql_text(s, 1), sql_text(s, 2));
    sql_done(s);
    return str_detach(&out);
}

/* A store of each earlier schema, with a run in it, becomes what a new one is, and keeps the run. */
static void test_upgrade(void)
{
    struct str err = STR_INIT;
    struct sql *fresh = sql_open(":memory:", SQL_CREATE, &err);
    CHECK(store_migrate(fresh, &err));
    char *expected = schema_of(fresh);
    for (int steps = 1; schema_steps[steps].name; steps++) {
        struct store s;
        unlink("old.db");
        struct sql *old = sql_open("old.db", SQL_CREATE, &err);
        for (int i = 0; i < steps; i++)
            sql_run(old, schema_steps[i].text);
        char *version = str_format("PRAGMA user_version = %d", steps);
        sql_run(old, version);
        free(version);
        sql_run(old, "INSERT INTO run (uuid, label, started_ns) VALUES ('a', 'old', 5)");
        sql_run(old, "INSERT INTO module (build_id, path, tables_read) VALUES ('ab', '/bin/x', 1)");
        sql_close(old);

        struct merge_result merged;
        char *into = str_format("into%d.db", steps);
        store_locate(&s, into);
        CHECK(store_open(&s, &err) && merge_store(&s, "old.db", &merged, &err));
        CHECK_STR(err.data, "");
        CHECK_INT(merged.runs, 1);
        CHECK_INT(sql_value(s.db, "SELECT started_ns FROM run WHERE label = 'old'", -1), 5);
        store_release(&s);
        free(into);

        store_locate(&s, "old.db");
        CHECK(store_open(&s, &err));
        CHECK_STR(err.data, "");
        char *actual = schema_of(s.db);
        CHECK_STR(actual, expected);
        free(actual);
        CHECK_INT(sql_value(s.db, "SELECT started_ns FROM run_summary WHERE label = 'old'", -1), 5);
        CHECK_INT(sql_value(s.db, "SELECT count(*) FROM module WHERE build_id = 'ab'", -1), 1);
        store_release(&s);
    }
    free(expected);
    sql_close(fresh);
}

static void command_line(const char *json, const char *expected)
{
    struct str s = STR_INIT;
    argv_shell(json, &s);
    CHECK_STR(s.data, expected);
    str_release(&s);
}

static void from_record(const char *joined, const char *expected)
{
    struct str s = STR_INIT;
    argv_from_record(joined, &s);
    CHECK_STR(s.data, expected);
    str_release(&s);
}

static void ended(const char *how, int64_t value, const char *expected)
{
    struct str s = STR_INIT;
    select_ended(how, value, &s);
    CHECK_STR(s.data, expected);
    str_release(&s);
}

static void test_words(void)
{
    command_line("[\"./a\",\"b c\",\"\"]", "./a 'b c' ''");
    command_line("[\"it's\",\"\\\"q\\\"\",\"\\u0009\"]", "'it'\\''s' '\"q\"' '\t'");
    command_line("[]", "");
    from_record("./a\x1f" "b c\x1f\x1f\"\t\x1f", "[\"./a\",\"b c\",\"\",\"\\\"\\u0009\",\"\"]");
    from_record("", "[\"\"]");
    ended("exit", 0, "exit 0");
    ended("exit", -1, "exit");
    ended("fast exit", 3, "_exit 3");
    ended("signal", 6, "signal 6 (ABRT)");
    ended("lost", 0, "killed");
}

/* In tenths of a point, as people see it. */
static int error_of(int64_t all, int64_t samples, double unsampled)
{
    struct selection s = {.samples = all, .cpu_ns = 1000, .unsampled_ns = unsampled};
    return (int)(select_error(&s, samples) * 1000 + 0.5);
}

static void test_error(void)
{
    CHECK_INT(error_of(0, 0, 1000), 0);
    CHECK_INT(error_of(1, 1, 0), 250);
    CHECK_INT(error_of(1, 0, 0), 250);
    CHECK_INT(error_of(100, 50, 0), 50);
    CHECK_INT(error_of(100, 100, 0), 5);
    CHECK_INT(error_of(100, 50, 500), 25);
    CHECK_INT(error_of(10000, 2000, 0), 4);
    struct selection s = {.samples = 3, .cpu_ns = 1000};
    CHECK_INT((int)(select_error_max(&s) * 1000), 250);
}

int main(void)
{
    enter_folder();
    test_locate();
    test_open();
    test_refused();
    test_strict();
    test_upgrade();
    test_words();
    test_error();
    leave_folder();
    return check_done();
}
