/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/msg.h"

#define STORE_NAME "farm.db"
#define APPLICATION_ID 0x4641524d

extern const struct embed schema_steps[];
extern const struct embed queries[];

static const struct {
    unsigned long magic;
    const char *name;
} bad_filesystems[] = {
    {0x6969, "NFS"}, {0x0bd00bd0, "Lustre"}, {0xff534d42, "CIFS"}, {0xfe534d42, "SMB"}, {0x00c36400, "Ceph"},
    {0x47504653, "GPFS"}, {0x19830326, "BeeGFS"},
};

/* The nearest store upward from the working folder, or NULL; yours to free. */
static char *find_upward(void)
{
    char *folder = getcwd(NULL, 0);
    while (folder) {
        char *name = str_join_path(folder, STORE_NAME);
        char *records = str_format("%s-records", name);
        bool found = file_exists(name) || file_exists(records);
        free(records);
        if (found) {
            free(folder);
            return name;
        }
        free(name);
        if (strcmp(folder, "/") == 0)
            break;
        char *up = file_folder(folder);
        free(folder);
        folder = up;
    }
    free(folder);
    return NULL;
}

void store_locate(struct store *s, const char *option)
{
    const char *environment = getenv("FARM_DB");
    const char *given = option ? option : environment && *environment ? environment : NULL;
    *s = (struct store){0};
    s->path = given ? file_absolute(given) : find_upward();
    if (!s->path)
        s->path = file_absolute(STORE_NAME);
    s->records = str_format("%s-records", s->path);
}

bool store_exists(const struct store *s)
{
    return file_exists(s->path);
}

const char *store_bad_filesystem(const char *path)
{
    struct statfs fs;
    char *folder = file_folder(path);
    int rc = statfs(folder, &fs);
    free(folder);
    for (size_t i = 0; rc == 0 && i < sizeof bad_filesystems / sizeof *bad_filesystems; i++)
        if ((unsigned long)(uint32_t)fs.f_type == bad_filesystems[i].magic)
            return bad_filesystems[i].name;
    return NULL;
}

static int step_count(void)
{
    int count = 0;
    while (schema_steps[count].name)
        count++;
    return count;
}

/* One step, unless another farmdb was quicker. */
static void apply(struct sql *db, int step)
{
    sql_run(db, "BEGIN IMMEDIATE");
    if (sql_value(db, "PRAGMA user_version", 0) == step) {
        char *done = str_format("PRAGMA user_version = %d", step + 1);
        sql_run(db, schema_steps[step].text);
        sql_run(db, done);
        free(done);
    }
    sql_run(db, "COMMIT");
}

bool store_is_ours(struct sql *db, struct str *err)
{
    int known = step_count();
    int64_t have = sql_value(db, "PRAGMA user_version", 0);
    bool empty = sql_value(db, "SELECT count(*) FROM sqlite_master", 0) == 0;
    if (!empty && sql_value(db, "PRAGMA application_id", 0) != APPLICATION_ID)
        str_add(err, "it is a database of another program");
    else if (have > known)
        str_addf(err, "it was written by a newer farmdb (schema %lld, this one knows %d)", (long long)have, known);
    else
        return true;
    return false;
}

bool store_migrate(struct sql *db, struct str *err)
{
    if (!store_is_ours(db, err))
        return false;
    for (int step = (int)sql_value(db, "PRAGMA user_version", 0); step < step_count(); step++)
        apply(db, step);
    return true;
}

int store_lock(const struct store *s)
{
    char *path = str_format("%s-lock", s->path);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        die(EXIT_DATA, "cannot make the lock file %s: %s", path, strerror(errno));
    while (flock(fd, LOCK_EX) != 0)
        if (errno != EINTR)
            die(EXIT_DATA, "cannot lock %s: %s", path, strerror(errno));
    free(path);
    return fd;
}

/* SQLite says no more than "unable to open database file". False, with a sentence. */
static bool check_place(const struct store *s, struct str *err)
{
    struct stat st;
    char *folder = file_folder(s->path);
    bool there = stat(s->path, &st) == 0;
    if (there && S_ISDIR(st.st_mode))
        str_addf(err, "cannot use %s as a store: it is a folder; FARM_DB and --db name a file", s->path);
    else if (there && !S_ISREG(st.st_mode))
        str_addf(err, "cannot use %s as a store: it is no regular file; FARM_DB and --db name one", s->path);
    else if (there && access(s->path, R_OK) != 0)
        str_addf(err, "cannot read the store %s: %s", s->path, strerror(errno));
    else if (!there && stat(folder, &st) != 0)
        str_addf(err, "cannot make the store %s: there is no folder %s", s->path, folder);
    else if (!there && access(folder, W_OK) != 0)
        str_addf(err, "cannot make the store %s: %s; set FARM_DB to a file elsewhere", s->path, strerror(errno));
    free(folder);
    return !err->len;
}

static bool may_write(const struct store *s)
{
    char *folder = file_folder(s->path);
    bool may = access(folder, W_OK) == 0 && (!store_exists(s) || access(s->path, W_OK) == 0);
    free(folder);
    return may;
}

bool store_open(struct store *s, struct str *err)
{
    const char *bad = store_bad_filesystem(s->path);
    if (bad) {
        str_addf(err, "the store %s would be on %s, whose locks SQLite cannot rely on; set FARM_DB to a local folder",
                 s->path, bad);
        return false;
    }
    if (!check_place(s, err))
        return false;
    s->writable = may_write(s);
    struct stat st;
    bool fresh = stat(s->path, &st) != 0 || st.st_size == 0;
    s->db = sql_open(s->path, s->writable ? SQL_CREATE : SQL_READ, err);
    if (!s->db) {
        str_add(err, "; move it away or put a copy back");
        return false;
    }
    struct str why = STR_INIT;
    bool ok;
    /* Before anything is changed. One that others are just making is not read: the change to WAL does not wait. */
    ok = fresh || store_is_ours(s->db, &why);
    if (ok && s->writable) {
        sql_run(s->db, "PRAGMA journal_mode = wal; PRAGMA synchronous = full; PRAGMA cache_size = -65536");
        ok = store_migrate(s->db, &why);
    } else if (ok && sql_value(s->db, "PRAGMA user_version", 0) != step_count()) {
        ok = false;
        str_add(&why, "it is of an older farmdb, and cannot be brought up to date without permission to write to it");
    }
    if (!ok)
        str_addf(err, "cannot use the store %s: %s", s->path, why.data);
    str_release(&why);
    return ok;
}

void store_release(struct store *s)
{
    sql_close(s->db);
    free(s->path);
    free(s->records);
    *s = (struct store){0};
}

const char *store_query(const char *name)
{
    size_t len = strlen(name);
    for (const struct embed *q = queries; q->name; q++)
        if (strncmp(q->name, name, len) == 0 && strcmp(q->name + len, ".sql") == 0)
            return q->text;
    die(EXIT_DATA, "bug: no query %s", name);
}

struct sql_stmt *store_prepare(struct sql *db, const char *name)
{
    return sql_prepare(db, store_query(name));
}
