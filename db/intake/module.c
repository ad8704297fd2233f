/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ids of a unit's functions and lines are given one after the other, so that function i of a site table is row
 * first_function + i: taking in hits needs no look-up by name.
 */
#include "db/intake/module.h"

#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/msg.h"
#include "db/intake/debug.h"
#include "db/intake/dwarf.h"
#include "db/intake/strangers.h"
#include "db/path.h"
#include "db/store.h"
#include "runtime/format.h"

static int64_t file_row(struct sql *db, const char *directory, const struct sites_file *f)
{
    char *path = path_normal(directory, f->path);
    struct sql_stmt *s = store_prepare(db, "file_put");
    sql_bind_text(s, "path", path);
    sql_bind_blob(s, "hash", f->hash, sizeof f->hash);
    int64_t id = sql_step(s) ? sql_int(s, 0) : 0;
    sql_done(s);
    free(path);
    return id;
}

static void put_functions(struct sql *db, const struct sites *t, int64_t unit, int64_t first, const int64_t *files)
{
    struct sql_stmt *s =
        sql_prepare(db, "INSERT INTO function VALUES (:id, :unit, :file, :name, :line, :last, :reason)");
    for (size_t i = 0; i < t->function_count; i++) {
        const struct sites_function *f = &t->functions[i];
        sql_bind_int(s, "id", first + (int64_t)i);
        sql_bind_int(s, "unit", unit);
        sql_bind_int(s, "file", files[f->file]);
        sql_bind_text(s, "name", f->name);
        sql_bind_int(s, "line", f->line);
        sql_bind_int(s, "last", f->last_line);
        sql_bind_text(s, "reason",
                      f->instrumented ? NULL
                      : f->reason     ? f->reason
                      : t->reason     ? t->reason
                                      : "not known");
        sql_step(s);
    }
    sql_done(s);
}

static void put_wrappers(struct sql *db, const struct sites *t, int64_t first)
{
    struct sql_stmt *s = sql_prepare(db, "INSERT INTO wrapper VALUES (:function)");
    for (size_t i = 0; i < t->function_count; i++) {
        if (!t->functions[i].allocates)
            continue;
        sql_bind_int(s, "function", first + (int64_t)i);
        sql_step(s);
    }
    sql_done(s);
}

static void put_lines(struct sql *db, const struct sites *t, int64_t first_function, int64_t first,
                      const int64_t *files)
{
    struct sql_stmt *s = sql_prepare(db, "INSERT INTO line VALUES (?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; i < t->line_count; i++) {
        const struct sites_line *l = &t->lines[i];
        sql_set_int(s, 1, first + (int64_t)i);
        sql_set_int(s, 2, first_function + l->function);
        sql_set_int(s, 3, files[l->file]);
        sql_set_int(s, 4, l->line);
        sql_set_int(s, 5, l->loop);
        sql_step(s);
    }
    sql_done(s);
}

static void put_branches(struct sql *db, const struct sites *t, int64_t unit, int64_t first_function,
                         const int64_t *files)
{
    struct sql_stmt *s = sql_prepare(db, "INSERT INTO branch VALUES (?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; i < t->branch_count; i++) {
        const struct sites_branch *b = &t->branches[i];
        sql_set_int(s, 1, unit);
        sql_set_int(s, 2, (int64_t)i);
        sql_set_int(s, 3, first_function + b->function);
        sql_set_int(s, 4, files[b->file]);
        sql_set_int(s, 5, b->line);
        sql_step(s);
    }
    sql_done(s);
}

static void put_laps(struct sql *db, const struct sites *t, int64_t unit, int64_t first_function, const int64_t *files)
{
    struct sql_stmt *s = sql_prepare(db, "INSERT INTO lap VALUES (?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; i < t->lap_count; i++) {
        const struct sites_lap *l = &t->laps[i];
        int64_t row[] = {unit, (int64_t)i, first_function + l->function, files[l->file], l->line};
        for (int k = 0; k < 5; k++)
            sql_set_int(s, k + 1, row[k]);
        sql_step(s);
    }
    sql_done(s);
    s = sql_prepare(db, "INSERT INTO lap_obstacle VALUES (:unit, :function, :reason)");
    for (size_t i = 0; i < t->function_count; i++) {
        if (!t->functions[i].line_obstacle)
            continue;
        sql_bind_int(s, "unit", unit);
        sql_bind_int(s, "function", first_function + (int64_t)i);
        sql_bind_text(s, "reason", t->functions[i].line_obstacle);
        sql_step(s);
    }
    sql_done(s);
}

static void put_unit(struct sql *db, int64_t module_id, const struct sites *t, const void *bytes, size_t len)
{
    int64_t first_function = sql_value(db, "SELECT coalesce(max(id), 0) + 1 FROM function", 1);
    int64_t first_line = sql_value(db, "SELECT coalesce(max(id), 0) + 1 FROM line", 1);
    struct sql_stmt *s = store_prepare(db, "unit_put");
    sql_bind_int(s, "module", module_id);
    sql_bind_int(s, "site", (int64_t)t->id);
    sql_bind_text(s, "name", t->unit);
    sql_bind_text(s, "directory", t->directory);
    sql_bind_text(s, "reason", t->reason);
    sql_bind_blob(s, "sites", bytes, len);
    sql_bind_int(s, "function", first_function);
    sql_bind_int(s, "line", first_line);
    bool is_new = sql_step(s);
    int64_t unit = is_new ? sql_int(s, 0) : 0;
    sql_done(s);
    if (!is_new)                         /* the same object linked twice, or read before */
        return;
    int64_t *files = xcalloc(t->file_count, sizeof *files);
    for (size_t i = 0; i < t->file_count; i++)
        files[i] = file_row(db, t->directory, &t->files[i]);
    put_functions(db, t, unit, first_function, files);
    put_wrappers(db, t, first_function);
    put_lines(db, t, first_function, first_line, files);
    put_branches(db, t, unit, first_function, files);
    put_laps(db, t, unit, first_function, files);
    free(files);
}

static void read_tables(struct sql *db, int64_t module_id, const char *path, const char *bytes, size_t len)
{
    for (size_t at = 0; at + sizeof(struct farm_sites_head) <= len;) {
        uint32_t magic;
        memcpy(&magic, bytes + at, sizeof magic);
        if (magic != FARM_SITES_MAGIC) {
            at += 8;
            continue;
        }
        struct sites t;
        struct str err = STR_INIT;
        size_t taken = 0;
        if (sites_decode(bytes + at, len - at, &t, &taken, &err)) {
            put_unit(db, module_id, &t, bytes + at, taken);
            sites_release(&t);
            at += taken;
        } else {
            warn("%s holds a damaged site table: %s", path, err.data);
            at += 8;
        }
        str_release(&err);
    }
}

static void read_sources(struct sql *db, const char *bytes, size_t len)
{
    struct sql_stmt *s = store_prepare(db, "source_put");
    for (size_t at = 0; at + sizeof(struct farm_source_head) <= len;) {
        struct farm_source_head h;
        memcpy(&h, bytes + at, sizeof h);
        if (h.magic != FARM_SOURCE_MAGIC || h.len > len - at - sizeof h) {
            at += 8;
            continue;
        }
        sql_bind_blob(s, "hash", h.hash, sizeof h.hash);
        sql_bind_int(s, "raw", (int64_t)h.raw_len);
        sql_bind_blob(s, "packed", bytes + at, sizeof h + h.len);
        sql_step(s);
        at += (sizeof h + h.len + 7) / 8 * 8;
    }
    sql_done(s);
}

/* What each unit was compiled with: sides of a comparison may differ in that. */
static void read_producers(struct sql *db, int64_t module_id, const char *path)
{
    struct line_map *map = line_map_open(path);
    struct sql_stmt *units = sql_prepare(db, "SELECT id, name, directory FROM unit WHERE module_id = :module");
    struct sql_stmt *put = sql_prepare(db, "UPDATE unit SET producer = :producer WHERE id = :id");
    sql_bind_int(units, "module", module_id);
    while (map && sql_step(units)) {
        const char *producer = line_map_producer(map, sql_text(units, 1), sql_text(units, 2));
        sql_bind_text(put, "producer", producer ? producer : "");
        sql_bind_int(put, "id", sql_int(units, 0));
        sql_step(put);
    }
    sql_done(units);
    sql_done(put);
    line_map_close(map);
}

static void read_module(struct sql *db, int64_t id, const char *path)
{
    struct str err = STR_INIT, bytes = STR_INIT;
    struct elf *e = elf_open(path, &err);
    if (!e)
        warn("%s", err.data);
    if (e && elf_section(e, FARM_SITES_SECTION, &bytes))
        read_tables(db, id, path, bytes.data, bytes.len);
    read_producers(db, id, path);
    str_clear(&bytes);
    if (e && elf_section(e, FARM_SOURCE_SECTION, &bytes))
        read_sources(db, bytes.data, bytes.len);
    if (e)
        strangers_put(db, id, e);
    elf_close(e);
    str_release(&bytes);
    str_release(&err);
    struct sql_stmt *s = sql_prepare(db, "UPDATE module SET tables_read = 1 WHERE id = :id");
    sql_bind_int(s, "id", id);
    sql_step(s);
    sql_done(s);
}

static size_t units_missing(struct sql *db, int64_t module_id, const struct record *r, uint32_t index)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT 1 FROM unit WHERE module_id = :module AND site_id = :site");
    size_t missing = 0;
    for (size_t i = 0; i < r->units.count; i++) {
        if (r->units.items[i].module != index)
            continue;
        sql_bind_int(s, "module", module_id);
        sql_bind_int(s, "site", (int64_t)r->units.items[i].id);
        bool there = sql_step(s);
        missing += !there;
        if (there)
            sql_step(s);
    }
    sql_done(s);
    return missing;
}

void module_take(struct sql *db, const struct record *r, size_t index, struct module *out)
{
    const struct record_module *m = &r->modules.items[index];
    *out = (struct module){.record = m};
    struct sql_stmt *s = store_prepare(db, *m->build_id ? "module_put" : "module_put_nameless");
    if (*m->build_id)
        sql_bind_text(s, "build_id", m->build_id);
    sql_bind_text(s, "path", m->path);
    if (!sql_step(s))
        BUG("a module without a row");
    out->id = sql_int(s, 0);
    bool read = sql_int(s, 1);
    sql_done(s);
    out->units_missing = units_missing(db, out->id, r, m->index);
    bool asked = m->instrumented || index == 0;          /* the program itself may say why nothing of it is */
    bool told = read && !out->units_missing;
    char *path = asked && !told ? debug_locate(m->path, m->build_id, FARM_SITES_SECTION) : NULL;
    if (path) {
        read_module(db, out->id, path);
        out->units_missing = units_missing(db, out->id, r, m->index);
    }
    free(path);
}

bool module_unit_load(struct sql *db, int64_t module_id, uint64_t site_id, struct module_unit *out)
{
    *out = (struct module_unit){0};
    struct sql_stmt *s = store_prepare(db, "unit_sites");
    sql_bind_int(s, "module", module_id);
    sql_bind_int(s, "site", (int64_t)site_id);
    bool there = sql_step(s);
    if (there) {
        size_t len, taken;
        const void *bytes = sql_blob(s, 3, &len);
        struct str err = STR_INIT;
        out->id = sql_int(s, 0);
        out->first_function = sql_int(s, 1);
        out->first_line = sql_int(s, 2);
        if (!sites_decode(bytes, len, &out->sites, &taken, &err))
            die(EXIT_DATA, "the store holds a damaged site table: %s", err.data);
    }
    sql_done(s);
    return there;
}

void module_unit_release(struct module_unit *u)
{
    sites_release(&u->sites);
    *u = (struct module_unit){0};
}
