/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One object: what shares are of, then the files with their texts and per-line figures, then functions and what is not
 * instrumented. Rows are arrays, and figures of lines stand apart from one another, since most lines lack most of them:
 *   files[]     path, name (short), text, lines[] and hits[] (counted lines), flight[] (of these, lower bounds),
 *               wrong[] (lines whose count is not known), times[] [line, samples, ns, ns in what is not instrumented,
 *               error], allocs[] [line, allocations, bytes, temporary, leaked bytes]
 *   functions[] [file, line, last line, name, why not instrumented, calls, self ns, its error, total ns, timed calls,
 *               mean ns, least, p50, p99, most]
 *   missing[]   [file, function, line, why]
 */
#include <inttypes.h>
#include <math.h>

#include "db/calltimes.h"
#include "db/format.h"
#include "db/html/profile.h"
#include "db/listing.h"
#include "db/path.h"
#include "db/store.h"

/* A query whose rows come by file, as the files do: it stands on a row that is not written yet. */
struct rows {
    struct sql_stmt *stmt;
    bool there;
};

struct file {
    int64_t id;
    char *path;
};

struct writer {
    struct sql *db;
    const struct selection *selection;
    struct str *out;
    VEC(struct file) files;      /* by path */
};

static void add_text(struct str *out, const char *text)
{
    format_json_string(text, out);
}

static void add_real(struct str *out, double value)
{
    if (isfinite(value))
        str_addf(out, "%.6g", value);
    else
        str_add(out, "null");
}

static double error_ns(const struct writer *w, int64_t samples)
{
    return select_error(w->selection, samples) * w->selection->cpu_ns;
}

static void load_files(struct writer *w)
{
    struct sql_stmt *s = store_prepare(w->db, "html_files");
    while (sql_step(s))
        *vec_push(&w->files) = (struct file){sql_int(s, 0), str_copy(sql_text(s, 1))};
    sql_done(s);
}

static size_t file_index(const struct writer *w, int64_t id)
{
    for (size_t i = 0; i < w->files.count; i++)
        if (w->files.items[i].id == id)
            return i;
    return SIZE_MAX;
}

/* What stands in one file's slot of the JSON, gathered from the four queries. */
struct slot {
    struct str lines, hits, flight, wrong, times, allocs;
};

static struct str *next(struct str *s)
{
    if (s->len)
        str_add_char(s, ',');
    return s;
}

static void gather_lines(struct writer *w, struct slot *slots)
{
    struct sql_stmt *s = store_prepare(w->db, "html_lines");
    int64_t id = 0, line;
    size_t at = SIZE_MAX;
    while (sql_step(s)) {
        if (sql_int(s, 0) != id)
            at = file_index(w, id = sql_int(s, 0));
        if (at == SIZE_MAX)
            continue;
        line = sql_int(s, 1);
        if (sql_int(s, 4)) {
            str_addf(next(&slots[at].wrong), "%" PRId64, line);
            continue;
        }
        str_addf(next(&slots[at].lines), "%" PRId64, line);
        str_addf(next(&slots[at].hits), "%" PRId64, sql_int(s, 2));
        if (sql_int(s, 3))
            str_addf(next(&slots[at].flight), "%" PRId64, line);
    }
    sql_done(s);
}

static void gather_times(struct writer *w, struct slot *slots)
{
    struct sql_stmt *s = store_prepare(w->db, "html_times");
    while (sql_step(s)) {
        size_t at = file_index(w, sql_int(s, 0));
        if (at == SIZE_MAX)
            continue;
        str_addf(next(&slots[at].times), "[%" PRId64 ",%" PRId64 ",%.6g,%.6g,%.3g]", sql_int(s, 1), sql_int(s, 2),
                 sql_real(s, 3), sql_real(s, 4), error_ns(w, sql_int(s, 2)));
    }
    sql_done(s);
}

static void gather_allocs(struct writer *w, struct slot *slots)
{
    struct sql_stmt *s = store_prepare(w->db, "html_allocs");
    while (sql_step(s)) {
        size_t at = file_index(w, sql_int(s, 0));
        if (at == SIZE_MAX)
            continue;
        str_addf(next(&slots[at].allocs), "[%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 "]",
                 sql_int(s, 1), sql_int(s, 2), sql_int(s, 3), sql_int(s, 4), sql_int(s, 5));
    }
    sql_done(s);
}

static void add_source(struct writer *w, struct listing *listing, int64_t file)
{
    int count = listing_load(w->db, listing, file);
    struct str text = STR_INIT;
    for (int i = 1; i <= count; i++) {
        str_add(&text, listing_line(listing, i));
        str_add(&text, i < count ? "\n" : "");
    }
    add_text(w->out, text.data);
    str_release(&text);
}

static void add_files(struct writer *w)
{
    struct slot *slots = xcalloc(w->files.count + 1, sizeof *slots);
    for (size_t i = 0; i < w->files.count; i++)
        slots[i] = (struct slot){STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT};
    struct listing listing = {.text = STR_INIT};
    struct str *out = w->out;
    gather_lines(w, slots);
    gather_times(w, slots);
    gather_allocs(w, slots);
    str_add(out, ",\"files\":[");
    for (size_t i = 0; i < w->files.count; i++) {
        struct str *parts[] = {&slots[i].lines, &slots[i].hits, &slots[i].flight,
                               &slots[i].wrong, &slots[i].times, &slots[i].allocs};
        static const char *const names[] = {"lines", "hits", "flight", "wrong", "times", "allocs"};
        str_add(out, i ? ",\n{\"path\":" : "\n{\"path\":");
        add_text(out, w->files.items[i].path);
        str_add(out, ",\"name\":");
        add_text(out, path_inside(w->selection->folder, w->files.items[i].path));
        str_add(out, ",\"text\":");
        add_source(w, &listing, w->files.items[i].id);
        for (int k = 0; k < 6; k++) {
            str_addf(out, ",\"%s\":[", names[k]);
            str_add_bytes(out, parts[k]->data, parts[k]->len);
            str_add(out, "]");
            str_release(parts[k]);
        }
        str_add(out, "}");
    }
    str_add(out, "]");
    listing_release(&listing);
    free(slots);
}

static void add_calltimes(const struct calltime *t, struct str *out)
{
    if (!t || !t->calls) {
        str_add(out, ",0");
        return;
    }
    str_addf(out, ",%" PRId64, t->timed);
    const double values[] = {t->total_ns / (double)t->calls, t->least_ns, t->p50_ns, t->p99_ns, t->most_ns};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        str_add_char(out, ',');
        add_real(out, values[i]);
    }
}

static void add_functions(struct writer *w)
{
    struct calltimes times = {0};
    struct sql_stmt *s = store_prepare(w->db, "html_functions");
    const char *before = "";
    calltimes_load(w->db, &times);
    str_add(w->out, ",\"functions\":[");
    while (sql_step(s)) {
        str_addf(w->out, "%s\n[%zu,%" PRId64 ",%" PRId64 ",", before, file_index(w, sql_int(s, 0)), sql_int(s, 3),
                 sql_int(s, 4));
        add_text(w->out, sql_text(s, 2));
        str_add_char(w->out, ',');
        if (sql_is_null(s, 5))
            str_add(w->out, "null");
        else
            add_text(w->out, sql_text(s, 5));
        str_addf(w->out, ",%" PRId64 ",%.6g,%.3g,%.6g", sql_int(s, 6), sql_real(s, 8), error_ns(w, sql_int(s, 7)),
                 sql_real(s, 9));
        add_calltimes(calltimes_find(&times, sql_text(s, 1), sql_int(s, 3), sql_text(s, 2)), w->out);
        str_add(w->out, "]");
        before = ",";
    }
    str_add(w->out, "]");
    sql_done(s);
    calltimes_release(&times);
}

static void add_missing(struct writer *w)
{
    struct sql_stmt *s = store_prepare(w->db, "html_missing");
    const char *before = "";
    str_add(w->out, ",\"missing\":[");
    while (sql_step(s)) {
        str_addf(w->out, "%s\n[", before);
        add_text(w->out, path_inside(w->selection->folder, sql_text(s, 0)));
        str_add_char(w->out, ',');
        add_text(w->out, sql_text(s, 1));
        str_addf(w->out, ",%" PRId64 ",", sql_int(s, 2));
        add_text(w->out, sql_text(s, 3));
        str_add(w->out, "]");
        before = ",";
    }
    str_add(w->out, "]");
    sql_done(s);
}

void html_data(struct sql *db, const struct selection *s, struct str *out)
{
    struct writer w = {.db = db, .selection = s, .out = out};
    bool heap = sql_value(db, "SELECT 1 FROM heap JOIN selected USING (process_id) LIMIT 1", 0);
    load_files(&w);
    str_add(out, "{\"folder\":");
    add_text(out, s->folder);
    str_addf(out, ",\"cpu_ns\":%.6g,\"samples\":%" PRId64 ",\"heap\":%s", s->cpu_ns, s->samples,
             heap ? "true" : "false");
    add_files(&w);
    add_functions(&w);
    add_missing(&w);
    str_add(out, "}");
    for (size_t i = 0; i < w.files.count; i++)
        free(w.files.items[i].path);
    vec_release(&w.files);
}
