/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/places.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "db/intake/code.h"
#include "db/intake/debug.h"
#include "db/intake/dwarf.h"
#include "db/intake/symbols.h"
#include "db/intake/own.h"
#include "db/path.h"
#include "db/store.h"

#define OWN_LINE (-1)            /* of the one row of an address of the runtime */

struct function {
    int64_t id, file;
    int line, last;
    int body;                    /* first line behind the signature that has a count */
    char *name;
    bool instrumented, wrapper;
};

struct guest {                   /* lines of a function in another file: #include inside its braces */
    char *path;
    int64_t file;
    int line, last;
    const struct function *function;
};

struct file {
    char *path;
    int64_t first, count;        /* its functions: slice of `functions` */
};

struct places {
    struct sql *db;
    const struct module *module;
    VEC(struct function) functions;      /* by path, then by line */
    VEC(struct file) files;              /* by path */
    VEC(struct guest) guests;
    bool guests_loaded;
    struct symbols symbols;
    struct line_map *map;
    struct code *code;
    struct own *own;             /* made with the map */
    bool map_tried, code_tried;
    bool remembered;             /* the store's rows may be used and added to: the build-id says which build it is */
    const char *last_name;       /* the file of debug information looked up last, and what it was found to be */
    struct file *last_file;
    struct sql_stmt *get, *put;
};

static void load(struct places *p)
{
    struct sql_stmt *s = store_prepare(p->db, "module_functions");
    sql_bind_int(s, "module", p->module->id);
    while (sql_step(s)) {
        const char *path = sql_text(s, 0);
        if (!p->files.count || strcmp(p->files.items[p->files.count - 1].path, path) != 0)
            *vec_push(&p->files) = (struct file){str_copy(path), (int64_t)p->functions.count, 0};
        p->files.items[p->files.count - 1].count++;
        struct function *f = vec_push(&p->functions);
        f->id = sql_int(s, 1);
        f->file = sql_int(s, 2);
        f->line = (int)sql_int(s, 3);
        f->last = (int)sql_int(s, 4);
        f->name = str_copy(sql_text(s, 5));
        f->instrumented = sql_int(s, 6);
        f->body = (int)sql_int(s, 7);
        f->wrapper = sql_int(s, 8);
    }
    sql_done(s);
}

struct places *places_new(struct sql *db, const struct module *m)
{
    struct places *p = xcalloc(1, sizeof *p);
    p->db = db;
    p->module = m;
    p->remembered = *m->record->build_id;
    p->symbols = (struct symbols){.names = STR_INIT};
    p->get = store_prepare(db, "place_get");
    p->put = store_prepare(db, "place_put");
    load(p);
    return p;
}

void places_free(struct places *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->functions.count; i++)
        free(p->functions.items[i].name);
    for (size_t i = 0; i < p->files.count; i++)
        free(p->files.items[i].path);
    for (size_t i = 0; i < p->guests.count; i++)
        free(p->guests.items[i].path);
    vec_release(&p->functions);
    vec_release(&p->files);
    vec_release(&p->guests);
    symbols_release(&p->symbols);
    line_map_close(p->map);
    own_free(p->own);
    code_close(p->code);
    sql_done(p->get);
    sql_done(p->put);
    free(p);
}

static int compare_path(const void *key, const void *element)
{
    return strcmp(key, ((const struct file *)element)->path);
}

/* Where the compiler was told to write other paths into debug information (-ffile-prefix-map), the tail is still the
 * same: the one file with the most trailing components in common, if it is only one. */
static struct file *find_by_tail(struct places *p, const char *path)
{
    for (const char *tail = path; tail; tail = strchr(tail + 1, '/')) {
        struct file *found = NULL;
        size_t count = 0;
        const char *bare = tail + (*tail == '/');
        for (size_t i = 0; i < p->files.count; i++)
            if (path_ends(p->files.items[i].path, bare)) {
                found = &p->files.items[i];
                count++;
            }
        if (count)
            return count == 1 ? found : NULL;
    }
    return NULL;
}

static struct file *find_file(struct places *p, const char *name)
{
    if (name == p->last_name)            /* libdw hands out the same pointer for the same file */
        return p->last_file;
    char *path = path_normal("", name);
    struct file *f = p->files.count ? bsearch(path, p->files.items, p->files.count, sizeof *f, compare_path) : NULL;
    p->last_name = name;
    p->last_file = f ? f : find_by_tail(p, path);
    free(path);
    return p->last_file;
}

/* The innermost function around a line: the last that starts at or before it and reaches it. A header's function is in
 * many units; the first row stands for all, so that recursion through two units counts once. */
static struct function *find_function(struct places *p, const struct file *f, int line)
{
    struct function *found = NULL;
    for (int64_t i = f->first; i < f->first + f->count; i++) {
        struct function *c = &p->functions.items[i];
        if (c->line > line)
            break;
        if (line <= c->last && (!found || c->line > found->line || c->last < found->last))
            found = c;
    }
    return found;
}

/* Entering a function is the signature line's doing, wherever its opening brace, and with it our own probe, stands. */
static int line_in(const struct function *f, int line)
{
    return line < f->body ? f->line : line;
}

static const struct function *function_of(const struct places *p, int64_t id)
{
    for (size_t i = 0; i < p->functions.count; i++)
        if (p->functions.items[i].id == id)
            return &p->functions.items[i];
    return NULL;
}

static void load_guests(struct places *p)
{
    struct sql_stmt *s = store_prepare(p->db, "module_guests");
    sql_bind_int(s, "module", p->module->id);
    while (sql_step(s))
        *vec_push(&p->guests) = (struct guest){str_copy(sql_text(s, 0)), sql_int(s, 1), (int)sql_int(s, 3),
                                               (int)sql_int(s, 4), function_of(p, sql_int(s, 2))};
    sql_done(s);
    p->guests_loaded = true;
}

/* Is `line`, found at `address`, part of `f`? By what was inlined there, else by the symbol around it. */
static bool is_part(struct places *p, uint64_t address, const struct line_place *line, const struct function *f)
{
    const char *inlined = line_map_inlined(p->map, address, line);
    if (inlined)
        return strcmp(inlined, f->name) == 0;
    if (!p->symbols.loaded) {
        char *path = debug_locate(p->module->record->path, p->module->record->build_id, ".symtab");
        symbols_load(&p->symbols, path ? path : p->module->record->path);
        free(path);
    }
    return symbols_is(&p->symbols, address, f->name);
}

/* A line in no function of its own file belongs to one that includes it; several may include the same text. */
static const struct guest *find_guest(struct places *p, uint64_t address, const struct line_place *line)
{
    if (!p->guests_loaded)
        load_guests(p);
    const struct guest *found = NULL;
    char *path = p->guests.count ? path_normal("", line->file) : NULL;
    for (size_t i = 0; i < p->guests.count && !found; i++) {
        const struct guest *g = &p->guests.items[i];
        if (line->line >= g->line && line->line <= g->last && path_ends(g->path, path)
            && is_part(p, address, line, g->function))
            found = g;
    }
    free(path);
    return found;
}

static void place_from(struct places *p, uint64_t address, const struct line_place *line, struct place *out)
{
    struct file *file = find_file(p, line->file);
    const struct function *f = file ? find_function(p, file, line->line) : NULL;
    const struct guest *guest = f ? NULL : find_guest(p, address, line);
    *out = (struct place){.line = line->line};
    if (guest)
        f = guest->function;
    if (f) {
        out->function = f->id;
        out->file = guest ? guest->file : f->file;
        out->line = guest ? line->line : line_in(f, line->line);
        out->skipped = f->instrumented ? NULL : f->name;
        out->wrapper = f->wrapper ? f->name : NULL;
    }
}

static void remember(struct places *p, uint64_t address, int depth, const struct place *place)
{
    sql_bind_int(p->put, "module", p->module->id);
    sql_bind_int(p->put, "address", (int64_t)address);
    sql_bind_int(p->put, "depth", depth);
    if (place->function) {
        sql_bind_int(p->put, "function", place->function);
        sql_bind_int(p->put, "file", place->file);
    } else {
        sql_bind_null(p->put, "function");
        sql_bind_null(p->put, "file");
    }
    sql_bind_int(p->put, "line", place->line);
    sql_step(p->put);
}

static int recall(struct places *p, uint64_t address, struct place *out)
{
    int count = -1;
    sql_bind_int(p->get, "module", p->module->id);
    sql_bind_int(p->get, "address", (int64_t)address);
    while (sql_step(p->get)) {
        struct place *o = &out[++count];
        o->function = sql_int(p->get, 0);
        o->file = sql_int(p->get, 1);
        o->line = (int)sql_int(p->get, 2);
        const struct function *f = sql_int(p->get, 3) ? function_of(p, o->function) : NULL;
        o->skipped = f && !f->instrumented ? f->name : NULL;
        o->wrapper = f && f->wrapper ? f->name : NULL;
    }
    if (count < 0)
        return -1;
    if (out[0].line == OWN_LINE)
        return PLACES_OWN;
    return out[0].line ? count + 1 : 0;
}

/* The program itself may be stripped while its site tables are still there. */
static struct line_map *map_of(struct places *p)
{
    if (p->map_tried)
        return p->map;
    char *path = debug_locate(p->module->record->path, p->module->record->build_id, ".debug_line");
    if (path) {
        p->map = line_map_open(path);
        p->own = own_load(path);
    }
    p->map_tried = true;
    free(path);
    return p->map;
}

/* The instruction whose line a sample at `address` is for. */
static uint64_t waited_for(struct places *p, uint64_t address)
{
    if (!p->code_tried) {
        char *path = debug_locate(p->module->record->path, p->module->record->build_id, ".symtab");
        p->code = path ? code_open(path) : NULL;
        p->code_tried = true;
        free(path);
    }
    return p->code ? code_waited(p->code, address) : address;
}

int places_find(struct places *p, uint64_t address, struct place *out)
{
    int count = p->remembered ? recall(p, address, out) : -1;
    if (count != -1)
        return count;
    if (!map_of(p))
        return -1;
    struct line_place lines[PLACES_MAX];
    uint64_t waited = waited_for(p, address);
    count = (int)line_map_find(p->map, waited, lines, PLACES_MAX);
    bool known = false;
    for (int i = 0; i < count; i++) {
        place_from(p, waited, &lines[i], &out[i]);
        known |= out[i].function != 0;
    }
    /* Our own code may have lines, too, but is in no site table; a program's function may have a name like ours. */
    bool own = !known && own_has(p->own, address);
    if (own || !count)
        out[0] = (struct place){.line = own ? OWN_LINE : 0};
    for (int i = 0; p->remembered && i < (own || !count ? 1 : count); i++)
        remember(p, address, i, &out[i]);
    return own ? PLACES_OWN : count;
}

const char *places_why(const struct places *p)
{
    const struct record_module *m = p->module->record;
    char *path = debug_locate(m->path, m->build_id, FARM_SITES_SECTION);
    const char *why = path ? "it has no line tables: built with -g0, or stripped?"
                           : "rebuilt or removed: its lines are not known";
    free(path);
    return why;
}

int line_key_order(const struct line_key *a, const struct line_key *b)
{
    if (a->function != b->function)
        return a->function > b->function ? 1 : -1;
    if (a->file != b->file)
        return a->file > b->file ? 1 : -1;
    if (a->line != b->line)
        return a->line > b->line ? 1 : -1;
    return strcmp(a->below, b->below);
}
