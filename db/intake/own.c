/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/own.h"

#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/str.h"
#include "base/vec.h"

struct range {
    uint64_t low, high;
};

struct own {
    VEC(struct range) ranges;    /* by address */
    size_t group;                /* of them, where those of the source at hand begin */
    bool runtime;                /* that source is one of the runtime */
};

static bool is_own_name(const char *name)
{
    static const char *const prefixes[] = {"farm_", "__farm_", "__wrap_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return false;
}

static void end_group(struct own *o)
{
    if (!o->runtime)
        o->ranges.count = o->group;
    o->group = o->ranges.count;
    o->runtime = false;
}

/* Names count at once, so they stand before the source at hand; its other functions wait until it ends. */
static void take(void *context, const struct elf_symbol *s)
{
    struct own *o = context;
    if (s->kind == ELF_FILE)
        end_group(o);
    else if (s->local && strcmp(s->name, "__farm_runtime") == 0)
        o->runtime = true;
    else if (s->kind == ELF_FUNCTION && (s->local || is_own_name(s->name))) {
        *vec_push(&o->ranges) = (struct range){s->address, s->address + s->size};
        if (!is_own_name(s->name))
            return;
        struct range *last = &o->ranges.items[o->ranges.count - 1], *first = &o->ranges.items[o->group++];
        struct range swap = *first;
        *first = *last;
        *last = swap;
    }
}

static int range_order(const void *a, const void *b)
{
    const struct range *x = a, *y = b;
    return (x->low > y->low) - (x->low < y->low);
}

struct own *own_load(const char *path)
{
    struct own *o = xcalloc(1, sizeof *o);
    struct str err = STR_INIT;
    struct elf *e = elf_open(path, &err);
    if (e)
        elf_each_symbol(e, take, o);
    end_group(o);
    if (o->ranges.count)
        qsort(o->ranges.items, o->ranges.count, sizeof *o->ranges.items, range_order);
    elf_close(e);
    str_release(&err);
    return o;
}

void own_free(struct own *o)
{
    if (!o)
        return;
    vec_release(&o->ranges);
    free(o);
}

static int in_range(const void *key, const void *element)
{
    uint64_t address = *(const uint64_t *)key;
    const struct range *r = element;
    return address < r->low ? -1 : address >= r->high;
}

bool own_has(const struct own *o, uint64_t address)
{
    return o->ranges.count &&
           bsearch(&address, o->ranges.items, o->ranges.count, sizeof *o->ranges.items, in_range) != NULL;
}
