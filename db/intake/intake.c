/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/intake.h"

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

/* FARM_RUN, else the process itself; a parent that is still to come stands for its children. What farm_dump made is a
 * run for itself: its process is in another one, as a whole. */
static int64_t run_put(struct sql *db, const struct record *r)
{
    bool dump = r->header.state == FARM_DUMPED;
    const char *given = dump ? r->uuid : record_info(r, "run");
    struct sql_stmt *s = store_prepare(db, "run_put");
    sql_bind_text(s, "uuid", *given ? given : *r->parent_uuid ? r->parent_uuid : r->uuid);
    sql_bind_int(s, "given", *given != 0);
    sql_bind_text(s, "label", dump && *r->header.dump_label ? r->header.dump_label : record_info(r, "label"));
    sql_bind_int(s, "started", (int64_t)r->header.start_ns);
    if (!sql_step(s))
        BUG("a run without a row");
    int64_t id = sql_int(s, 0);
    sql_done(s);
    return id;
}

static void run_join(struct sql *db, int64_t from, int64_t into)
{
    const char *const steps[] = {"UPDATE process SET run_id = :into WHERE run_id = :from", store_query("run_join"),
                                 "DELETE FROM run WHERE id = :from AND :into > 0"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct sql_stmt *s = sql_prepare(db, steps[i]);
        sql_bind_int(s, "into", into);
        sql_bind_int(s, "from", from);
        sql_step(s);
        sql_done(s);
    }
}

void intake_unite(struct sql *db, int64_t process)
{
    struct sql_stmt *s = store_prepare(db, "run_kin");
    sql_bind_int(s, "process", process);
    while (sql_step(s)) {
        int64_t from = sql_int(s, 0), into = sql_int(s, 1);
        sql_done(s);
        run_join(db, from, into);
        s = store_prepare(db, "run_kin");
        sql_bind_int(s, "process", process);
    }
    sql_done(s);
}

static const char *ended_word(const struct farm_header *h)
{
    switch (h->state) {
    case FARM_EXITED: return "exit";
    case FARM_EXITED_FAST: return "fast exit";
    case FARM_SIGNALED: return "signal";
    case FARM_EXECED: return "exec";
    case FARM_DUMPED: return "dump";
    default: return "lost";
    }
}

static bool is_fatal(const struct farm_header *h)
{
    return h->state == FARM_RUNNING || h->state == FARM_SIGNALED;
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
        {"wall_ns", h->wall_ns}, {"sys_ns", h->sys_ns}, {"max_rss_kb", h->max_rss_kb},
        {"minor_faults", h->minor_faults}, {"major_faults", h->major_faults}, {"start_ticks", h->start_ticks},
        {"voluntary_switches", h->voluntary_switches}, {"involuntary_switches", h->involuntary_switches},
        {"threads_peak", h->threads_peak}, {"sample_hz", h->sample_hz}, {"samples_lost", h->samples_lost},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sql_bind_int(s, numbers[i].name, (int64_t)numbers[i].value);
}

static uint64_t user_ns(const struct record *r)
{
    const struct farm_header *h = &r->header;
    return h->user_ns || !h->sample_hz ? h->user_ns : samples_count(r) * 1000000000 / h->sample_hz;
}

/* Of CPU time `ns`, what was not collected: by the rule of FARM_BASE (runtime/format.h). */
static int64_t off_ns(const struct farm_header *h, uint64_t ns, uint64_t base)
{
    int64_t off = (int64_t)(h->collecting == FARM_ON ? base : ns - base);
    return off < 0 ? 0 : off > (int64_t)ns ? (int64_t)ns : off;
}

static int64_t process_put(struct sql *db, const struct record *r, int64_t run)
{
    static const char *const infos[] = {"exe", "cwd", "host", "kernel", "cpu", "pid_ns"};
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
    sql_bind_text(s, "boot_id", r->header.boot_id);
    sql_bind_text(s, "argv", argv.data);
    sql_bind_text(s, "ended", ended_word(&r->header));
    sql_bind_int(s, "cut_short", r->header.cut_short || is_fatal(&r->header));
    sql_bind_text(s, "sampler", sampler_word(&r->header));
    sql_bind_text(s, "sampler_note", r->header.sampler_note);
    sql_bind_int(s, "user_ns", (int64_t)user_ns(r));
    sql_bind_int(s, "user_off_ns", off_ns(&r->header, user_ns(r), r->header.user_base_ns));
    sql_bind_int(s, "sys_off_ns", off_ns(&r->header, r->header.sys_ns, r->header.sys_base_ns));
    sql_bind_int(s, "samples", (int64_t)samples_count(r));
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
    if (in->record->header.collecting == FARM_CHANGING)
        intake_note(in, "it was killed within farm_start, farm_stop or farm_reset: its counts are not known");
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
    in.process = process_put(db, r, run);
    intake_unite(db, in.process);
    params_put(&in);
    modules_put(&in);
    hits_take(&in);
    samples_take(&in);
    heap_take(&in);
    samples_take_heap(&in);
    timings_take(&in);
    laps_take(&in);
    series_take(&in);
    marks_take(&in);
    note_put(&in);
    free(in.modules);
    str_release(&in.notes);
    return true;
}
