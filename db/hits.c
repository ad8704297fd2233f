/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counters of a process -> hits of its lines. Counters are summed over threads first: a line's count is linear in them.
 */
#include <stdlib.h>

#include "db/intake.h"
#include "db/store.h"

struct writer {
    struct intake *in;
    struct sql_stmt *hits, *calls;
    const struct module_unit *unit;
    const uint64_t *counters;
    size_t negative;             /* counts below zero: the record or the site table is wrong */
};

static void put(struct writer *w, struct sql_stmt *s, int64_t id, int64_t count)
{
    sql_set_int(s, 1, w->in->process);
    sql_set_int(s, 2, id);
    sql_set_int(s, 3, count);
    sql_step(s);
}

static void negative(struct writer *w, uint32_t file, uint32_t line, int64_t count)
{
    if (w->negative++ == 0)
        intake_note(w->in, "the count of %s:%u comes out as %lld, which cannot be; it is left out",
                    w->unit->sites.files[file].path, line, (long long)count);
}

static void put_unit(struct writer *w)
{
    const struct sites *t = &w->unit->sites;
    for (size_t i = 0; i < t->line_count; i++) {
        int64_t count = sites_value(t, t->lines[i].hits, w->counters);
        if (count > 0)
            put(w, w->hits, w->unit->first_line + (int64_t)i, count);
        else if (count < 0)
            negative(w, t->lines[i].file, t->lines[i].line, count);
    }
    for (size_t i = 0; i < t->function_count; i++) {
        const struct sites_function *f = &t->functions[i];
        int64_t count = f->instrumented ? sites_value(t, f->calls, w->counters) : 0;
        if (count > 0)
            put(w, w->calls, w->unit->first_function + (int64_t)i, count);
        else if (count < 0)
            negative(w, f->file, f->line, count);
    }
}

static void take_unit(struct writer *w, const struct farm_unit_entry *entry, struct sql_stmt *mark)
{
    struct module_unit unit;
    if (!module_unit_load(w->in->db, w->in->modules[entry->module].id, entry->id, &unit))
        return;                          /* said by modules_put */
    if (unit.sites.counters == entry->counters) {
        uint64_t *counters = xcalloc(entry->counters, sizeof *counters);
        record_counters(w->in->record, entry, counters);
        w->unit = &unit;
        w->counters = counters;
        put_unit(w);
        free(counters);
        sql_set_int(mark, 1, w->in->process);
        sql_set_int(mark, 2, unit.id);
        sql_step(mark);
    } else {
        intake_note(w->in, "%s has %u counters in the record and %u in its site table; its hits are left out", unit.sites.unit,
                    entry->counters, unit.sites.counters);
    }
    module_unit_release(&unit);
}

void hits_take(struct intake *in)
{
    struct writer w = {.in = in};
    w.hits = store_prepare(in->db, "hits_put");
    w.calls = store_prepare(in->db, "calls_put");
    struct sql_stmt *mark = sql_prepare(in->db, "INSERT OR IGNORE INTO process_unit VALUES (?1, ?2)");
    for (size_t i = 0; i < in->record->units.count; i++)
        take_unit(&w, &in->record->units.items[i], mark);
    if (w.negative > 1)
        intake_note(in, "%zu more counts are below zero and left out", w.negative - 1);
    sql_done(w.hits);
    sql_done(w.calls);
    sql_done(mark);
}
