/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/import/objects.h"

#include <string.h>
#include <sys/stat.h>

#include "base/elf.h"
#include "base/vec.h"
#include "db/names.h"

struct symbol {
    size_t next;                 /* of the same name, + 1 */
    uint64_t address;
};

struct object {
    struct line_map *map;        /* NULL: no lines */
    struct names names;
    VEC(size_t) first;           /* by name: symbol + 1 */
    VEC(struct symbol) symbols;
};

struct objects {
    int64_t written;
    size_t younger;
    struct names paths;
    VEC(struct object) list;
};

struct objects *objects_new(int64_t written)
{
    struct objects *o = xcalloc(1, sizeof *o);
    o->written = written;
    return o;
}

void objects_free(struct objects *o)
{
    for (size_t i = 0; o && i < o->list.count; i++) {
        line_map_close(o->list.items[i].map);
        names_release(&o->list.items[i].names);
        vec_release(&o->list.items[i].first);
        vec_release(&o->list.items[i].symbols);
    }
    if (o) {
        names_release(&o->paths);
        vec_release(&o->list);
    }
    free(o);
}

size_t objects_younger(const struct objects *o)
{
    return o->younger;
}

static void take(void *context, const struct elf_symbol *s)
{
    struct object *o = context;
    if (s->kind != ELF_FUNCTION)
        return;
    size_t known = o->names.list.count, name = names_put(&o->names, s->name);
    if (name > known)
        *vec_push(&o->first) = 0;
    *vec_push(&o->symbols) = (struct symbol){o->first.items[name - 1], s->address};
    o->first.items[name - 1] = o->symbols.count;
}

static void load(struct objects *all, struct object *o, const char *path)
{
    struct stat st;
    struct str err = STR_INIT;
    struct elf *e = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? elf_open(path, &err) : NULL;
    bool younger = e && st.st_mtime > all->written;
    all->younger += younger;
    if (e && !younger) {
        o->map = line_map_open(path);
        elf_each_symbol(e, take, o);
    }
    elf_close(e);
    str_release(&err);
}

static struct object *object_of(struct objects *o, const char *path)
{
    size_t number = names_put(&o->paths, path) - 1;
    if (number == o->list.count) {
        vec_push(&o->list);
        load(o, &o->list.items[number], path);
    }
    return &o->list.items[number];
}

/* By the symbol where only one has that name, or where one of them fits what was printed: perf prints offsets into the
 * file, which are addresses in most. */
static uint64_t address_of(struct object *o, const char *symbol, uint64_t offset, uint64_t printed)
{
    size_t known = o->names.list.count, name = names_put(&o->names, symbol);
    if (name > known) {
        *vec_push(&o->first) = 0;
        return printed;
    }
    size_t at = o->first.items[name - 1];
    if (at && !o->symbols.items[at - 1].next)
        return o->symbols.items[at - 1].address + offset;
    for (; at; at = o->symbols.items[at - 1].next)
        if (o->symbols.items[at - 1].address + offset == printed)
            break;
    return printed;
}

size_t objects_find(struct objects *o, const char *path, const char *symbol, uint64_t offset, uint64_t printed,
                    struct line_place *out, size_t max)
{
    struct object *object = object_of(o, path);
    return object->map ? line_map_find(object->map, address_of(object, symbol, offset, printed), out, max) : 0;
}

bool objects_start(struct objects *o, const char *path, const char *symbol, uint64_t printed, struct line_place *out)
{
    struct object *object = object_of(o, path);
    return object->map && line_map_start(object->map, address_of(object, symbol, 0, printed), out);
}
