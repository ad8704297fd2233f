/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An import becomes a run of one process of one module with one unit, so that everything that reads runs reads it too.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/source.h"
#include "db/argv.h"
#include "db/import/import.h"
#include "db/store.h"

struct writer {
    struct sql *db;
    const struct import *im;
    struct import_result *out;
    int64_t written;
    int64_t run, process, module, unit, first_function, first_line;
    int64_t *files;              /* rows of import.files */
    int64_t *ends;               /* last lines of import.functions, as far as the texts tell */
};

static void put_value(struct sql_stmt *s, int64_t *out)
{
    *out = sql_step(s) ? sql_int(s, 0) : 0;
    sql_done(s);
}

static void put_run(struct writer *w, const char *id, const char *label)
{
    struct sql_stmt *s = store_prepare(w->db, "run_put");
    sql_bind_text(s, "uuid", id);
    sql_bind_int(s, "given", 1);
    sql_bind_text(s, "label", label);
    sql_bind_int(s, "started", (int64_t)time(NULL) * 1000000000);
    put_value(s, &w->run);
}

static void put_process(struct writer *w, const struct import_format *format, const char *id, const char *file)
{
    static const char *const texts[] = {"parent_uuid", "pid_ns", "exe", "host", "kernel", "cpu"};
    static const char *const numbers[] = {"pid", "ppid", "start_ticks", "cores", "end_value", "cut_short", "wall_ns",
                                          "sys_ns", "user_off_ns", "sys_off_ns", "max_rss_kb", "minor_faults",
                                          "major_faults", "voluntary_switches", "involuntary_switches",
                                          "threads_peak", "sample_hz", "samples_lost"};
    struct sql_stmt *s = store_prepare(w->db, "process_put");
    struct str argv = STR_INIT, note = STR_INIT;
    char *words[] = {"import", (char *)(uintptr_t)format->name, (char *)(uintptr_t)file, NULL};
    argv_from_words(words, &argv);
    if (w->im->all_samples)
        str_add(&note, w->im->unit.data);
    else
        str_addf(&note, "imported from %s", format->name);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sql_bind_text(s, texts[i], "");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sql_bind_int(s, numbers[i], 0);
    sql_bind_int(s, "run", w->run);
    sql_bind_text(s, "uuid", id);
    sql_bind_text(s, "boot_id", id);     /* so that it is nobody's child */
    sql_bind_text(s, "cwd", w->im->folder);
    sql_bind_text(s, "argv", w->im->command.len ? w->im->command.data : argv.data);
    sql_bind_text(s, "ended", "imported");
    sql_bind_int(s, "started_ns", (int64_t)time(NULL) * 1000000000);
    sql_bind_int(s, "user_ns", (int64_t)w->im->time_ns);
    sql_bind_text(s, "sampler", w->im->all_samples ? "import" : "none");
    sql_bind_text(s, "sampler_note", note.data);
    sql_bind_int(s, "samples", w->im->all_samples);
    put_value(s, &w->process);
    str_release(&argv);
    str_release(&note);
}

static void put_imported(struct writer *w, const struct import_format *format, const char *file)
{
    struct sql_stmt *s = store_prepare(w->db, "imported_put");
    sql_bind_int(s, "process", w->process);
    sql_bind_text(s, "format", format->name);
    sql_bind_text(s, "file", file);
    sql_bind_int(s, "hits", w->im->hits);
    sql_bind_int(s, "calls", w->im->calls);
    sql_step(s);
    sql_done(s);
}

static void put_module(struct writer *w, const char *id)
{
    struct sql_stmt *s = store_prepare(w->db, "module_put_nameless");
    char *path = str_format("import:%s", id);
    sql_bind_text(s, "path", path);
    put_value(s, &w->module);
    s = store_prepare(w->db, "process_module_put");
    sql_bind_int(s, "process", w->process);
    sql_bind_int(s, "module", w->module);
    sql_bind_text(s, "path", path);
    sql_bind_int(s, "instrumented", 1);
    sql_step(s);
    sql_done(s);
    s = sql_prepare(w->db, "UPDATE module SET tables_read = 1 WHERE id = :id");
    sql_bind_int(s, "id", w->module);
    sql_step(s);
    sql_done(s);
    free(path);
}

/* The first brace that ends something at the left margin, from `line` on, unless something else begins there: then
 * `line` itself. */
static int64_t end_from(const char *text, int64_t line)
{
    int64_t number = 1;
    for (const char *at = text; at && *at; number++) {
        const char *next = strchr(at, '\n');
        if (number >= line && *at == '}')
            return number;
        if (number > line && (isalpha((unsigned char)*at) || *at == '_') && !memchr(at, ':', strcspn(at, "\n")))
            return line;
        at = next ? next + 1 : NULL;
    }
    return line;
}

/* Most formats do not tell where functions end: the last line that they know is not the brace. */
static void find_ends(struct writer *w, size_t file, const char *text)
{
    for (size_t i = 0; i < w->im->functions.count; i++)
        if (w->im->functions.items[i].file == file)
            w->ends[i] = end_from(text, w->ends[i]);
}

/* The text of a source, if it is what ran. */
static void read_source(struct writer *w, size_t file, uint8_t hash[SOURCE_HASH_LEN])
{
    const char *path = w->im->files.list.items[file];
    struct str text = STR_INIT, packed = STR_INIT, err = STR_INIT;
    struct stat st;
    bool there = stat(path, &st) == 0 && S_ISREG(st.st_mode), same = there && st.st_mtime <= w->written;
    w->out->missing += !there;
    w->out->younger += there && !same;
    if (same && file_read(path, &text, &err)) {
        struct sql_stmt *s = store_prepare(w->db, "source_put");
        source_hash(text.data, text.len, hash);
        source_pack(text.data, text.len, &packed);
        sql_bind_blob(s, "hash", hash, SOURCE_HASH_LEN);
        sql_bind_int(s, "raw", (int64_t)text.len);
        sql_bind_blob(s, "packed", packed.data, packed.len);
        sql_step(s);
        sql_done(s);
        find_ends(w, file, text.data);
    }
    str_release(&text);
    str_release(&packed);
    str_release(&err);
}

static void put_files(struct writer *w)
{
    size_t count = w->im->files.list.count;
    w->files = xcalloc(count + 1, sizeof *w->files);
    w->ends = xcalloc(w->im->functions.count + 1, sizeof *w->ends);
    for (size_t i = 0; i < w->im->functions.count; i++) {
        const struct import_function *f = &w->im->functions.items[i];
        w->ends[i] = f->last_line > f->line ? f->last_line : f->line;
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t hash[SOURCE_HASH_LEN] = {0};
        read_source(w, i, hash);
        struct sql_stmt *s = store_prepare(w->db, "file_put");
        sql_bind_text(s, "path", w->im->files.list.items[i]);
        sql_bind_blob(s, "hash", hash, sizeof hash);
        put_value(s, &w->files[i]);
    }
}

static void put_unit(struct writer *w, const char *file)
{
    w->first_function = sql_value(w->db, "SELECT coalesce(max(id), 0) + 1 FROM function", 1);
    w->first_line = sql_value(w->db, "SELECT coalesce(max(id), 0) + 1 FROM line", 1);
    struct sql_stmt *s = store_prepare(w->db, "unit_put");
    sql_bind_int(s, "module", w->module);
    sql_bind_int(s, "site", 0);
    sql_bind_text(s, "name", file);
    sql_bind_text(s, "directory", w->im->folder);
    sql_bind_blob(s, "sites", "", 0);
    sql_bind_int(s, "function", w->first_function);
    sql_bind_int(s, "line", w->first_line);
    put_value(s, &w->unit);
}

/* Values of ?1, ?2, ...; the statement is stepped. */
static void put_row(struct sql_stmt *s, const int64_t *values, int count)
{
    for (int i = 0; i < count; i++)
        sql_set_int(s, i + 1, values[i]);
    sql_step(s);
}

static int64_t function_row(const struct writer *w, size_t function)
{
    return w->first_function + (int64_t)function;
}

static void put_functions(struct writer *w)
{
    struct sql_stmt *s =
        sql_prepare(w->db, "INSERT INTO function VALUES (:id, :unit, :file, :name, :line, :last, NULL)");
    struct sql_stmt *calls = sql_prepare(w->db, "INSERT INTO calls VALUES (?1, ?2, ?3)");
    for (size_t i = 0; i < w->im->functions.count; i++) {
        const struct import_function *f = &w->im->functions.items[i];
        sql_bind_int(s, "id", function_row(w, i));
        sql_bind_int(s, "unit", w->unit);
        sql_bind_int(s, "file", w->files[f->file]);
        sql_bind_text(s, "name", f->name);
        sql_bind_int(s, "line", f->line);
        sql_bind_int(s, "last", w->ends[i]);
        sql_step(s);
        if (f->calls > 0)
            put_row(calls, (int64_t[]){w->process, function_row(w, i), f->calls}, 3);
    }
    sql_done(s);
    sql_done(calls);
}

static void put_lines(struct writer *w)
{
    struct sql_stmt *line = sql_prepare(w->db, "INSERT INTO line VALUES (?1, ?2, ?3, ?4, 0)");
    struct sql_stmt *hits = sql_prepare(w->db, "INSERT INTO hits VALUES (?1, ?2, ?3)");
    struct sql_stmt *unit = sql_prepare(w->db, "INSERT INTO process_unit VALUES (?1, ?2, ?3)");
    uint64_t digest = 0;
    for (size_t i = 0; i < w->im->lines.count; i++) {
        const struct import_line *l = &w->im->lines.items[i];
        int64_t row = w->first_line + (int64_t)i;
        put_row(line, (int64_t[]){row, function_row(w, l->function), w->files[l->file], l->line}, 4);
        if (l->hits > 0)
            put_row(hits, (int64_t[]){w->process, row, l->hits}, 3);
        digest = source_hash64(&l->hits, sizeof l->hits, digest);
    }
    put_row(unit, (int64_t[]){w->process, w->unit, (int64_t)digest}, 3);
    sql_done(line);
    sql_done(hits);
    sql_done(unit);
}

static void put_branches(struct writer *w)
{
    struct sql_stmt *s = sql_prepare(w->db, "INSERT INTO branch VALUES (?1, ?2, ?3, ?4, ?5)");
    struct sql_stmt *o = sql_prepare(w->db, "INSERT INTO outcomes VALUES (?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; i < w->im->branches.count; i++) {
        const struct import_branch *b = &w->im->branches.items[i];
        put_row(s, (int64_t[]){w->unit, (int64_t)i, function_row(w, b->function), w->files[b->file], b->line}, 5);
        if (b->outcomes[0] || b->outcomes[1])
            put_row(o, (int64_t[]){w->process, w->unit, (int64_t)i, b->outcomes[0], b->outcomes[1]}, 5);
    }
    sql_done(s);
    sql_done(o);
}

static void put_samples(struct writer *w)
{
    struct sql_stmt *s = store_prepare(w->db, "line_samples_put");
    for (size_t i = 0; i < w->im->samples.count; i++) {
        const struct import_samples *x = &w->im->samples.items[i];
        if (!x->samples)
            continue;
        sql_bind_int(s, "process", w->process);
        sql_bind_int(s, "function", function_row(w, x->function));
        sql_bind_int(s, "file", w->files[x->file]);
        sql_bind_int(s, "line", x->line);
        sql_bind_text(s, "below", x->below);
        sql_bind_int(s, "samples", x->samples);
        sql_step(s);
    }
    sql_done(s);
    s = sql_prepare(w->db, "INSERT INTO function_samples VALUES (?1, ?2, ?3)");
    for (size_t i = 0; i < w->im->totals.count; i++)
        if (w->im->totals.items[i] > 0)
            put_row(s, (int64_t[]){w->process, function_row(w, i), w->im->totals.items[i]}, 3);
    sql_done(s);
    s = sql_prepare(w->db, "INSERT INTO outside_samples VALUES (:process, :place, :reason, :samples)");
    for (size_t i = 0; i < w->im->outside.count; i++) {
        const struct import_outside *x = &w->im->outside.items[i];
        sql_bind_int(s, "process", w->process);
        sql_bind_text(s, "place", x->place);
        sql_bind_text(s, "reason", x->reason);
        sql_bind_int(s, "samples", x->samples);
        sql_step(s);
    }
    sql_done(s);
}

static void put_stacks(struct writer *w)
{
    struct sql_stmt *s =
        sql_prepare(w->db, "INSERT INTO stack VALUES (?1, ?2, ?3, nullif(?4, 0), nullif(?5, 0), ?6, :outside, ?8)");
    for (size_t i = 0; i < w->im->nodes.count; i++) {
        const struct import_node *n = &w->im->nodes.items[i];
        sql_bind_text(s, "outside", n->outside);
        sql_set_int(s, 8, n->samples);
        int64_t function = n->known ? function_row(w, n->function) : 0, file = n->known ? w->files[n->file] : 0;
        put_row(s, (int64_t[]){w->process, (int64_t)i + 1, (int64_t)n->parent, function, file, n->line}, 6);
    }
    sql_done(s);
}

static bool find(struct sql *db, const char *id, struct import_result *out)
{
    struct sql_stmt *s = sql_prepare(db, "SELECT run_id FROM process WHERE uuid = :uuid");
    sql_bind_text(s, "uuid", id);
    out->known = sql_step(s);
    out->run = out->known ? sql_int(s, 0) : 0;
    sql_done(s);
    return out->known;
}

void import_put(struct sql *db, const struct import *im, const struct import_format *format, const char *id,
                const char *file, const char *label, struct import_result *out)
{
    *out = (struct import_result){0};
    if (find(db, id, out))
        return;
    struct writer w = {.db = db, .im = im, .out = out, .written = im->written};
    put_run(&w, id, label);
    put_process(&w, format, id, file);
    put_imported(&w, format, file);
    put_module(&w, id);
    put_files(&w);
    put_unit(&w, file);
    put_functions(&w);
    put_lines(&w);
    put_branches(&w);
    put_samples(&w);
    put_stacks(&w);
    out->run = w.run;
    free(w.files);
    free(w.ends);
}
