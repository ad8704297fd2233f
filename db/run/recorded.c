/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/run/recorded.h"

#include <stdio.h>
#include <sys/random.h>
#include <sys/wait.h>

#include "base/msg.h"
#include "db/argv.h"
#include "db/store.h"

/* Random, as RFC 9562 version 4. */
void recorded_uuid(char uuid[37])
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != sizeof b)
        die(EXIT_DATA, "no random numbers to be had");
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    snprintf(uuid, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3],
             b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

static int64_t run_put(struct sql *db, const struct recorded *r)
{
    struct sql_stmt *s = store_prepare(db, "run_put");
    sql_bind_text(s, "uuid", r->uuid);
    sql_bind_int(s, "given", 1);
    sql_bind_text(s, "label", r->label);
    sql_bind_int(s, "started", r->started_ns);
    if (!sql_step(s))
        BUG("a run without a row");
    int64_t run = sql_int(s, 0);
    sql_done(s);
    return run;
}

static void bind_machine(struct sql_stmt *s, const struct machine *m)
{
    sql_bind_text(s, "cwd", m->cwd);
    sql_bind_text(s, "host", m->host);
    sql_bind_text(s, "kernel", m->kernel);
    sql_bind_text(s, "cpu", m->cpu);
    sql_bind_int(s, "cores", m->cores);
    sql_bind_text(s, "governor", m->governor);
    sql_bind_text(s, "git_commit", m->commit);
    sql_bind_int(s, "dirty", m->dirty);
}

static int64_t ns(struct timeval t)
{
    return t.tv_sec * (int64_t)1000000000 + t.tv_usec * (int64_t)1000;
}

static void bind_usage(struct sql_stmt *s, const struct rusage *u)
{
    sql_bind_int(s, "user_ns", ns(u->ru_utime));
    sql_bind_int(s, "sys_ns", ns(u->ru_stime));
    sql_bind_int(s, "max_rss_kb", u->ru_maxrss);
    sql_bind_int(s, "minor_faults", u->ru_minflt);
    sql_bind_int(s, "major_faults", u->ru_majflt);
    sql_bind_int(s, "voluntary_switches", u->ru_nvcsw);
    sql_bind_int(s, "involuntary_switches", u->ru_nivcsw);
}

static void bind_end(struct sql_stmt *s, const struct recorded *r)
{
    if (r->timed_out > 0) {
        sql_bind_text(s, "ended", "timeout");
        sql_bind_int(s, "end_value", (int64_t)(r->timed_out * 1000));
    } else if (WIFSIGNALED(r->status)) {
        sql_bind_text(s, "ended", "signal");
        sql_bind_int(s, "end_value", WTERMSIG(r->status));
    } else {
        sql_bind_text(s, "ended", "exit");
        sql_bind_int(s, "end_value", WEXITSTATUS(r->status));
    }
}

int64_t recorded_put(struct sql *db, const struct recorded *r, const struct machine *m)
{
    int64_t run = run_put(db, r);
    struct str argv = STR_INIT;
    struct sql_stmt *s = store_prepare(db, "recorded_put");
    argv_from_words(r->argv, &argv);
    sql_bind_int(s, "run", run);
    sql_bind_text(s, "argv", argv.data);
    sql_bind_int(s, "wall_ns", r->wall_ns);
    bind_machine(s, m);
    bind_usage(s, &r->usage);
    bind_end(s, r);
    sql_bind_int(s, "padding", r->padding);
    sql_bind_real(s, "load", r->load);
    if (r->others >= 0)
        sql_bind_real(s, "others", r->others);
    sql_bind_text(s, "contaminated", r->contaminated);
    sql_step(s);
    sql_done(s);
    str_release(&argv);
    return run;
}

int64_t recorded_processes(struct sql *db, const char *uuid)
{
    struct sql_stmt *s =
        sql_prepare(db, "SELECT count(*) FROM run JOIN process ON process.run_id = run.id WHERE run.uuid = :uuid");
    sql_bind_text(s, "uuid", uuid);
    int64_t count = sql_step(s) ? sql_int(s, 0) : 0;
    sql_done(s);
    return count;
}
