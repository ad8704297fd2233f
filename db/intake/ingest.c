/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/ingest.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/vec.h"
#include "db/alive.h"
#include "db/intake/intake.h"
#include "db/intake/reader.h"
#include "db/run/meter.h"

/* One transaction, and so one wait for the disk, for this many records. */
#define BATCH 64

/* A record this young without a header is one that is being made, however busy the machine and its disk are. */
#define BEING_MADE_SECONDS 60

struct name {
    char *path;
    uint64_t start_ns;           /* of its process; UINT64_MAX where the record does not say */
};

struct names {
    VEC(struct name) list;
};

static bool is_record(const char *name)
{
    return name[0] != '.' && str_ends(name, ".rec");
}

static int name_order(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    return x->start_ns != y->start_ns ? (x->start_ns > y->start_ns) - (x->start_ns < y->start_ns)
                                      : strcmp(x->path, y->path);
}

static uint64_t start_of(const char *path)
{
    struct farm_header header;
    struct str err = STR_INIT;
    bool ok = record_peek(path, &header, &err);
    str_release(&err);
    return ok ? header.start_ns : UINT64_MAX;
}

/* Full paths. */
static void names_read(struct names *n, const char *folder)
{
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
        if (is_record(e->d_name))
            *vec_push(&n->list) = (struct name){str_join_path(folder, e->d_name), 0};
    if (d)
        closedir(d);
}

/* In the order in which the processes began: runs are numbered as they were made, and a store made twice from the same
 * records is the same. */
static void names_sort(struct names *n)
{
    for (size_t i = 0; i < n->list.count; i++)
        n->list.items[i].start_ns = start_of(n->list.items[i].path);
    if (n->list.count)
        qsort(n->list.items, n->list.count, sizeof *n->list.items, name_order);
}

static void names_release(struct names *n)
{
    for (size_t i = 0; i < n->list.count; i++)
        free(n->list.items[i].path);
    vec_release(&n->list);
}

size_t ingest_waiting(const struct store *s)
{
    struct names n = {0};
    names_read(&n, s->records);
    size_t count = n.list.count;
    names_release(&n);
    return count;
}

static bool being_made(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_mtime + BEING_MADE_SECONDS > time(NULL);
}

static void set_aside(const char *path, const char *why)
{
    char *bad = str_format("%s.bad", path);
    if (rename(path, bad) == 0)
        warn("the record %s cannot be read: %s; it is now %s", path, why, bad);
    else
        warn("the record %s cannot be read: %s", path, why);
    free(bad);
}

/* The header says dead or living for processes of this namespace; for others the record itself has to be asked. */
static bool take_open(struct store *s, const struct record *r, struct ingest_result *result)
{
    bool living = alive_elsewhere(&r->header, record_info(r, "pid_ns"));
    if (living)
        result->living++;
    else
        result->taken += intake_record(s->db, r);
    return !living;
}

/* True: the record is in the store as soon as the transaction is, and its file may go. */
static bool take(struct store *s, const char *path, struct ingest_result *result)
{
    struct farm_header header;
    struct record r;
    struct str err = STR_INIT;
    bool ok = record_peek(path, &header, &err);
    if (ok && alive(&header)) {
        result->living++;
        str_release(&err);
        return false;
    }
    if (!ok && being_made(path) && header.magic[0] == 0) {
        result->living++;
        str_release(&err);
        return false;
    }
    if (ok)
        alive_settle(path, &header);
    ok = ok && record_open(path, &r, &err);
    if (ok) {
        ok = take_open(s, &r, result);
        record_close(&r);
    } else {
        result->bad++;
        set_aside(path, err.data);
    }
    str_release(&err);
    return ok;
}

static void take_batch(struct store *s, const struct name *names, size_t count, struct ingest_result *result)
{
    bool taken[BATCH];
    sql_run(s->db, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < count; i++)
        taken[i] = take(s, names[i].path, result);
    sql_run(s->db, "COMMIT");
    for (size_t i = 0; i < count; i++)
        if (taken[i])
            unlink(names[i].path);
}

static void show_progress(struct meter *m, size_t done, size_t all)
{
    if (!meter_due(m))
        return;
    char *text = str_format("taking in %zu of %zu records", done, all);
    meter_show(m, text);
    free(text);
}

struct ingest_result ingest_pending(struct store *s)
{
    struct meter meter;
    struct ingest_result result = {0};
    if (!ingest_waiting(s))
        return result;
    int lock = store_lock(s);
    sql_run(s->db, "PRAGMA foreign_keys = off"); /* every row refers to rows that were made or found just before */
    struct names n = {0};
    names_read(&n, s->records);          /* again: another farmdb may have been at work */
    names_sort(&n);
    meter_open(&meter, false);
    for (size_t at = 0; at < n.list.count; at += BATCH) {
        size_t left = n.list.count - at;
        take_batch(s, n.list.items + at, left < BATCH ? left : BATCH, &result);
        show_progress(&meter, at, n.list.count);
    }
    meter_clear(&meter);
    sql_run(s->db, "PRAGMA foreign_keys = on");
    names_release(&n);
    close(lock);
    return result;
}
