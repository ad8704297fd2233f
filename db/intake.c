/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "db/argv.h"
#include "db/store.h"

void intake_note(struct intake *in, const char *format, ...)
{
    va_list args;
    if (in->notes.len)
        str_add(&in->notes, "; ");
    va_start(args, format);
    str_vaddf(&in->notes, format, args);
    va_end(args);
}

static bool known(struct sql *db, const char *uuid)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT 1 FROM process WHERE uuid = :uuid");
    sql_bind_text(s, "uuid", uuid);
    bool there = sql_step(s);
    sql_done(s);
    return there;
}

/* What names the run of a process: FARM_RUN, else its parent's run, else the parent or, for a root, itself. A child may
 * be taken in before its parent: then the parent's uuid stands for the run until run_adopt finds the parent's own. */
static void run_name(struct sql *db, const struct record *r, struct str *name)
{
    const char *given = record_info(r, "run");
    if (*given) {
        str_add(name, given);
        return;
    }
    struct sql_stmt *s =
        sql_prepare(db, "SELECT run.uuid FROM process JOIN run ON run.id = run_id WHERE process.uuid = :uuid");
    sql_bind_text(s, "uuid", r->parent_uuid);
    if (sql_step(s))
        str_add(name, sql_text(s, 0));
    else
        str_add(name, *r->parent_uuid ? r->parent_uuid : r->uuid);
    sql_done(s);
}

static int64_t run_put(struct sql *db, const struct record *r)
{
    struct str name = STR_INIT;
    run_name(db, r, &name);
    struct sql_stmt *s = store_prepare(db, "run_put");
    sql_bind_text(s, "uuid", name.data);
    sql_bind_text(s, "label", record_info(r, "label"));
    sql_bind_int(s, "started", (int64_t)r->header.start_ns);
    if (!sql_step(s))
        BUG("a run without a row");
    int64_t id = sql_int(s, 0);
    sql_done(s);
    str_release(&name);
    return id;
}

/* Children that came before their parent `r` are in a run named after it: they belong to the parent's run. */
static void run_adopt(struct sql *db, const struct record *r, int64_t run)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT id FROM run WHERE uuid = :uuid AND id <> :run");
    sql_bind_text(s, "uuid", r->uuid);
    sql_bind_int(s, "run", run);
    int64_t orphan = sql_step(s) ? sql_int(s, 0) : 0;
    sql_done(s);
    if (!orphan)
        return;
    static const char *const steps[] = {"UPDATE process SET run_id = :run WHERE run_id = :orphan",
        "UPDATE run SET started_ns = min(started_ns, (SELECT started_ns FROM run WHERE id = :orphan)) WHERE id = :run",
        "DELETE FROM run WHERE id = :orphan AND :run > 0"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        s = sql_prepare(db, steps[i]);
        sql_bind_int(s, "run", run);
        sql_bind_int(s, "orphan", orphan);
        sql_step(s);
        sql_done(s);
    }
}

static const char *ended_word(const struct farm_header *h)
{
    switch (h->state) {
    case FARM_EXITED: return "exit";
    case FARM_EXITED_FAST: return "fast exit";
    case FARM_SIGNALED: return "signal";
    case FARM_EXECED: return "exec";
    default: return "lost";
    }
}

static const char *sampler_word(const struct farm_header *h)
{
    return h->sampler == FARM_SAMPLER_PERF ? "perf" : h->sampler == FARM_SAMPLER_TIMER ? "timer" : "none";
}

static void bind_numbers(struct sql_stmt *s, const struct farm_header *h)
{
    const struct {
        const char *name;
        uint64_t value;
    } numbers[] = {
        {"pid", h->pid}, {"ppid", h->ppid}, {"end_value", (uint64_t)h->end_value}, {"started_ns", h->start_ns},
        {"wall_ns", h->wall_ns}, {"user_ns", h->user_ns}, {"sys_ns", h->sys_ns}, {"max_rss_kb", h->max_rss_kb},
        {"minor_faults", h->minor_faults}, {"major_faults", h->major_faults},
        {"voluntary_switches", h->voluntary_switches}, {"involuntary_switches", h->involuntary_switches},
        {"threads_peak", h->threads_peak}, {"sample_hz", h->sample_hz}, {"samples_lost", h->samples_lost},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sql_bind_int(s, numbers[i].name, (int64_t)numbers[i].value);
}

static int64_t process_put(struct sql *db, const struct record *r, int64_t run)
{
    static const char *const infos[] = {"exe", "cwd", "host", "kernel", "cpu"};
    struct sql_stmt *s = store_prepare(db, "process_put");
    struct str argv = STR_INIT;
    argv_from_record(record_info(r, "argv"), &argv);
    bind_numbers(s, &r->header);
    for (size_t i = 0; i < sizeof infos / sizeof *infos; i++)
        sql_bind_text(s, infos[i], record_info(r, infos[i]));
    sql_bind_int(s, "cores", strtoll(record_info(r, "cores"), NULL, 10));
    sql_bind_int(s, "run", run);
    sql_bind_text(s, "uuid", r->uuid);
    sql_bind_text(s, "parent_uuid", r->parent_uuid);
    sql_bind_text(s, "argv", argv.data);
    sql_bind_text(s, "ended", ended_word(&r->header));
    sql_bind_text(s, "sampler", sampler_word(&r->header));
    sql_bind_text(s, "sampler_note", r->header.sampler_note);
    sql_bind_int(s, "samples", (int64_t)samples_count(r));
    sql_bind_real(s, "sample_ns", samples_weight(r));
    if (!sql_step(s))
        BUG("a process without a row");
    int64_t id = sql_int(s, 0);
    sql_done(s);
    str_release(&argv);
    return id;
}

static void params_put(struct intake *in)
{
    static const char prefix[] = "env.FARM_PARAM_";
    struct sql_stmt *s = sql_prepare(in->db, "INSERT OR REPLACE INTO param VALUES (:process, :name, :value)");
    for (size_t i = 0; i < in->record->info.count; i++) {
        const struct record_info *info = &in->record->info.items[i];
        if (strncmp(info->key, prefix, sizeof prefix - 1) != 0)
            continue;
        sql_bind_int(s, "process", in->process);
        sql_bind_text(s, "name", info->key + sizeof prefix - 1);
        sql_bind_text(s, "value", info->value);
        sql_step(s);
    }
    sql_done(s);
}

static void modules_put(struct intake *in)
{
    size_t count = in->record->modules.count;
    in->modules = xcalloc(count, sizeof *in->modules);
    struct sql_stmt *s = store_prepare(in->db, "process_module_put");
    for (size_t i = 0; i < count; i++) {
        struct module *m = &in->modules[i];
        module_take(in->db, in->record, i, m);
        sql_bind_int(s, "process", in->process);
        sql_bind_int(s, "module", m->id);
        sql_bind_text(s, "path", m->record->path);
        sql_bind_int(s, "instrumented", m->record->instrumented);
        sql_step(s);
        if (m->units_missing)
            intake_note(
                in, "%s was rebuilt or removed before its record was taken in: hits of %zu of its files are not known",
                m->record->path, m->units_missing);
    }
    sql_done(s);
}

static void note_put(struct intake *in)
{
    if (in->record->cut)
        intake_note(in, "the record was cut off, what stood behind is lost");
    if (*in->record->header.note)
        intake_note(in, "%s", in->record->header.note);
    struct sql_stmt *s = sql_prepare(in->db, "UPDATE process SET note = :note WHERE id = :id");
    sql_bind_text(s, "note", in->notes.data);
    sql_bind_int(s, "id", in->process);
    sql_step(s);
    sql_done(s);
}

bool intake_record(struct sql *db, const struct record *r)
{
    if (known(db, r->uuid))
        return false;
    struct intake in = {.db = db, .record = r, .notes = STR_INIT};
    int64_t run = run_put(db, r);
    run_adopt(db, r, run);
    in.process = process_put(db, r, run);
    params_put(&in);
    modules_put(&in);
    hits_take(&in);
    samples_take(&in);
    note_put(&in);
    free(in.modules);
    str_release(&in.notes);
    return true;
}
