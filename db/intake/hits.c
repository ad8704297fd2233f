/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counters of a process -> hits of its lines. Counters are summed over threads first: a line's count is linear in them.
 */
#include <stdlib.h>

#include "base/source.h"
#include "db/intake/intake.h"

struct writer {
    struct intake *in;
    struct sql_stmt *hits, *calls, *wrong, *outcomes;
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
        intake_note(w->in, "the count of %s:%u comes out as %lld, which cannot be; it counts as not known",
                    w->unit->sites.files[file].path, line, (long long)count);
}

static void put_outcomes(struct writer *w)
{
    const struct sites *t = &w->unit->sites;
    for (size_t i = 0; i < t->branch_count; i++) {
        const struct sites_branch *b = &t->branches[i];
        int64_t taken = sites_value(t, b->taken, w->counters), missed = sites_value(t, b->missed, w->counters);
        if (taken < 0 || missed < 0) {
            negative(w, b->file, b->line, taken < 0 ? taken : missed);
        } else if (taken || missed) {
            int64_t row[] = {w->in->process, w->unit->id, (int64_t)i, taken, missed};
            for (int k = 0; k < 5; k++)
                sql_set_int(w->outcomes, k + 1, row[k]);
            sql_step(w->outcomes);
        }
    }
}

static void put_unit(struct writer *w)
{
    const struct sites *t = &w->unit->sites;
    for (size_t i = 0; i < t->line_count; i++) {
        int64_t count = sites_value(t, t->lines[i].hits, w->counters);
        if (count > 0)
            put(w, w->hits, w->unit->first_line + (int64_t)i, count);
        else if (count < 0) {
            put(w, w->wrong, w->unit->first_line + (int64_t)i, count);
            negative(w, t->lines[i].file, t->lines[i].line, count);
        }
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

static bool same_unit(const struct intake *in, size_t a, size_t b)
{
    const struct farm_unit_entry *x = &in->record->units.items[a], *y = &in->record->units.items[b];
    return x->id == y->id && x->counters == y->counters && in->modules[x->module].id == in->modules[y->module].id;
}

/* Counters of the unit that entry `first` names, with those of later entries for it: a library that was unloaded and
 * loaded again, or loaded into two namespaces, registers twice. */
static void sum_counters(const struct intake *in, size_t first, uint64_t *sum)
{
    const struct record *r = in->record;
    const struct farm_unit_entry *u = &r->units.items[first];
    record_counters(r, u, sum);
    for (size_t i = first + 1; i < r->units.count; i++) {
        if (!same_unit(in, first, i))
            continue;
        uint64_t *more = xcalloc(u->counters, sizeof *more);
        record_counters(r, &r->units.items[i], more);
        for (uint32_t k = 0; k < u->counters; k++)
            sum[k] += more[k];
        free(more);
    }
}

static bool summed_before(const struct intake *in, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_unit(in, i, at))
            return true;
    return false;
}

static void take_unit(struct writer *w, size_t at, struct sql_stmt *mark)
{
    const struct farm_unit_entry *entry = &w->in->record->units.items[at];
    struct module_unit unit;
    if (summed_before(w->in, at) || !module_unit_load(w->in->db, w->in->modules[entry->module].id, entry->id, &unit))
        return;                          /* one that is not in the store was said by modules_put */
    if (unit.sites.counters == entry->counters) {
        uint64_t *counters = xcalloc(entry->counters, sizeof *counters);
        sum_counters(w->in, at, counters);
        w->unit = &unit;
        w->counters = counters;
        put_unit(w);
        put_outcomes(w);
        sql_set_int(mark, 1, w->in->process);
        sql_set_int(mark, 2, unit.id);
        sql_set_int(mark, 3, (int64_t)source_hash64(counters, entry->counters * sizeof *counters, 0));
        free(counters);
        sql_step(mark);
    } else {
        intake_note(w->in, "%s has %u counters in the record and %u in its site table; its hits are left out",
                    unit.sites.unit, entry->counters, unit.sites.counters);
    }
    module_unit_release(&unit);
}

void hits_take(struct intake *in)
{
    struct writer w = {.in = in};
    w.hits = sql_prepare(in->db, "INSERT INTO hits VALUES (?1, ?2, ?3)");
    w.calls = sql_prepare(in->db, "INSERT INTO calls VALUES (?1, ?2, ?3)");
    w.wrong = sql_prepare(in->db, "INSERT INTO wrong_hits VALUES (?1, ?2, ?3)");
    w.outcomes = sql_prepare(in->db, "INSERT INTO outcomes VALUES (?1, ?2, ?3, ?4, ?5)");
    struct sql_stmt *mark = sql_prepare(in->db, "INSERT OR IGNORE INTO process_unit VALUES (?1, ?2, ?3)");
    for (size_t i = 0; i < in->record->units.count; i++)
        take_unit(&w, i, mark);
    if (w.negative > 1)
        intake_note(in, "%zu more counts are below zero and count as not known", w.negative - 1);
    sql_done(w.hits);
    sql_done(w.calls);
    sql_done(w.wrong);
    sql_done(w.outcomes);
    sql_done(mark);
}
