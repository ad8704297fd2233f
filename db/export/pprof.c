/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * pprof's profile.proto, gzipped (google/pprof, proto/profile.proto: the numbers of fields are from there). Time has
 * stacks; hits and allocations are known by line and have a stack of one. Protocol buffers are written here: an encoder
 * for numbers, texts and messages is shorter than the code that a generator would make at each build.
 */
#include <math.h>
#include <stdlib.h>

#include "db/export/export.h"
#include "db/names.h"
#include "db/export/profile.h"
#include "db/export/stacks.h"
#include "db/gzip.h"
#include "db/store.h"

extern const struct export_format export_pprof;

enum { PROFILE_SAMPLE_TYPE = 1, PROFILE_SAMPLE, PROFILE_MAPPING, PROFILE_LOCATION, PROFILE_FUNCTION, PROFILE_STRINGS,
       PROFILE_TIME_NANOS = 9, PROFILE_DURATION_NANOS, PROFILE_PERIOD_TYPE, PROFILE_PERIOD,
       PROFILE_DEFAULT_SAMPLE_TYPE = 14 };
enum { TYPE_TYPE = 1, TYPE_UNIT };
enum { SAMPLE_LOCATION = 1, SAMPLE_VALUE };
enum { MAPPING_ID = 1, MAPPING_FILE = 5, MAPPING_HAS_FUNCTIONS = 7, MAPPING_HAS_INLINE = 10 };
enum { LOCATION_ID = 1, LOCATION_MAPPING, LOCATION_LINE = 4 };
enum { LINE_FUNCTION = 1, LINE_LINE };
enum { FUNCTION_ID = 1, FUNCTION_NAME, FUNCTION_SYSTEM_NAME, FUNCTION_FILE, FUNCTION_START };
enum { WIRE_NUMBER = 0, WIRE_BYTES = 2 };

static const struct {
    const char *type, *unit;
} types[] = {{"hits", "count"}, {"alloc_objects", "count"}, {"alloc_space", "bytes"}, {"cpu", "nanoseconds"}};
enum { TYPE_COUNT = sizeof types / sizeof *types, TYPE_CPU = TYPE_COUNT - 1 };

struct writer {
    struct str *out;
    struct names strings, functions, locations;  /* string number 0 is ""; the others as in names.h */
};

static void add_varint(struct str *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        str_add_char(out, (char)(value | 0x80));
    str_add_char(out, (char)value);
}

static void add_number(struct str *out, int field, int64_t value)
{
    add_varint(out, (uint64_t)field << 3 | WIRE_NUMBER);
    add_varint(out, (uint64_t)value);
}

static void add_bytes(struct str *out, int field, const void *bytes, size_t len)
{
    add_varint(out, (uint64_t)field << 3 | WIRE_BYTES);
    add_varint(out, len);
    str_add_bytes(out, bytes, len);
}

/* Puts a finished message into the profile, and empties it. */
static void add_message(struct writer *w, int field, struct str *message)
{
    add_bytes(w->out, field, message->data, message->len);
    str_release(message);
}

static int64_t string(struct writer *w, const char *text)
{
    return *text ? (int64_t)names_put(&w->strings, text) : 0;
}

static void add_type(struct writer *w, int field, int type)
{
    struct str m = STR_INIT;
    add_number(&m, TYPE_TYPE, string(w, types[type].type));
    add_number(&m, TYPE_UNIT, string(w, types[type].unit));
    add_message(w, field, &m);
}

static size_t function(struct writer *w, const char *name, const char *file, int64_t start)
{
    char *key = str_format("%s\n%s", file, name);
    size_t known = w->functions.list.count, id = names_put(&w->functions, key);
    free(key);
    if (id <= known)
        return id;
    struct str m = STR_INIT;
    add_number(&m, FUNCTION_ID, (int64_t)id);
    add_number(&m, FUNCTION_NAME, string(w, name));
    add_number(&m, FUNCTION_SYSTEM_NAME, string(w, name));
    add_number(&m, FUNCTION_FILE, string(w, file));
    add_number(&m, FUNCTION_START, start);
    add_message(w, PROFILE_FUNCTION, &m);
    return id;
}

/* A line of a function; the line may stand in another file, which the format cannot say. */
static size_t location(struct writer *w, const char *name, const char *file, int64_t line)
{
    char *key = str_format("%lld\n%s\n%s", (long long)line, file, name);
    size_t known = w->locations.list.count, id = names_put(&w->locations, key);
    free(key);
    if (id <= known)
        return id;
    struct str m = STR_INIT, inner = STR_INIT;
    add_number(&inner, LINE_FUNCTION, (int64_t)function(w, name, file, 0));
    add_number(&inner, LINE_LINE, line);
    add_number(&m, LOCATION_ID, (int64_t)id);
    add_number(&m, LOCATION_MAPPING, 1);
    add_bytes(&m, LOCATION_LINE, inner.data, inner.len);
    add_message(w, PROFILE_LOCATION, &m);
    str_release(&inner);
    return id;
}

/* The locations of a stack, innermost first, and a value for each type. */
static void add_sample(struct writer *w, const struct str *locations, const int64_t *values)
{
    struct str m = STR_INIT, packed = STR_INIT;
    for (int i = 0; i < TYPE_COUNT; i++)
        add_varint(&packed, (uint64_t)values[i]);
    add_bytes(&m, SAMPLE_LOCATION, locations->data, locations->len);
    add_bytes(&m, SAMPLE_VALUE, packed.data, packed.len);
    add_message(w, PROFILE_SAMPLE, &m);
    str_release(&packed);
}

static void add_stacks(struct writer *w, const struct flame_tree *t)
{
    for (uint32_t i = 1; i < t->nodes.count; i++) {
        int64_t values[TYPE_COUNT] = {[TYPE_CPU] = llround(t->nodes.items[i].self[0])};
        struct str locations = STR_INIT;
        for (uint32_t at = i; values[TYPE_CPU] && at; at = t->nodes.items[at].parent) {
            const struct flame_node *n = &t->nodes.items[at];
            add_varint(&locations, location(w, n->name, n->file, n->line));
        }
        if (values[TYPE_CPU])
            add_sample(w, &locations, values);
        str_release(&locations);
    }
}

static void add_lines(struct writer *w, const struct profile *p)
{
    for (size_t i = 0; i < p->lines.count; i++) {
        const struct profile_line *l = &p->lines.items[i];
        int64_t values[TYPE_COUNT] = {l->hits > 0 ? l->hits : 0, l->allocs, l->bytes, 0};
        struct str locations = STR_INIT;
        if (!values[0] && !values[1])
            continue;
        const char *path = p->files.items[l->file].path;
        add_varint(&locations, location(w, p->functions.items[l->function].name, path, l->line));
        add_sample(w, &locations, values);
        str_release(&locations);
    }
}

/* Says to pprof that there is nothing left to look up in the program. */
static void add_mapping(struct writer *w, const struct export *e)
{
    struct str m = STR_INIT;
    char *program = export_program(e);
    add_number(&m, MAPPING_ID, 1);
    add_number(&m, MAPPING_FILE, string(w, program));
    for (int field = MAPPING_HAS_FUNCTIONS; field <= MAPPING_HAS_INLINE; field++)
        add_number(&m, field, 1);
    add_message(w, PROFILE_MAPPING, &m);
    free(program);
}

static void add_times(struct writer *w, const struct export *e)
{
    struct sql_stmt *s = store_prepare(e->db, "run_head");
    sql_bind_int(s, "run", e->selection->runs.count ? e->selection->runs.items[0] : 0);
    if (sql_step(s)) {
        add_number(w->out, PROFILE_TIME_NANOS, sql_int(s, 4));
        add_number(w->out, PROFILE_DURATION_NANOS, sql_int(s, 5));
    }
    sql_done(s);
    if (e->selection->samples) {
        add_type(w, PROFILE_PERIOD_TYPE, TYPE_CPU);
        add_number(w->out, PROFILE_PERIOD, llround(e->selection->cpu_ns / (double)e->selection->samples));
    }
    add_number(w->out, PROFILE_DEFAULT_SAMPLE_TYPE, string(w, types[e->selection->samples ? TYPE_CPU : 0].type));
}

static bool write_pprof(const struct export *e, struct str *out, struct str *err)
{
    struct str raw = STR_INIT;
    struct writer w = {.out = &raw};
    struct profile p;
    struct flame_tree t;
    if (!profile_load(&p, e, err))
        return false;
    export_load_stacks(e, FLAME_BY_LINE, &t);
    for (int i = 0; i < TYPE_COUNT; i++)
        add_type(&w, PROFILE_SAMPLE_TYPE, i);
    add_mapping(&w, e);
    for (size_t i = 0; i < p.functions.count; i++)
        function(&w, p.functions.items[i].name, p.functions.items[i].path, p.functions.items[i].line);
    add_stacks(&w, &t);
    add_lines(&w, &p);
    add_times(&w, e);
    add_bytes(&raw, PROFILE_STRINGS, "", 0);
    for (size_t i = 0; i < w.strings.list.count; i++)
        add_bytes(&raw, PROFILE_STRINGS, w.strings.list.items[i], strlen(w.strings.list.items[i]));
    gzip_pack(raw.data, raw.len, out);
    names_release(&w.strings);
    names_release(&w.functions);
    names_release(&w.locations);
    flame_release(&t);
    profile_release(&p);
    str_release(&raw);
    return true;
}

const struct export_format export_pprof = {"pprof", write_pprof};
