/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/symbols.h"

#include <elf.h>
#include <string.h>

#include "base/elf.h"
#include "base/file.h"
#include "db/intake/debug.h"

static int order(const void *a, const void *b)
{
    const struct symbol *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

static void index_table(struct symbols *s, const struct str *table)
{
    for (size_t at = 0; at + sizeof(Elf64_Sym) <= table->len; at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        memcpy(&symbol, table->data + at, sizeof symbol);
        unsigned char type = ELF64_ST_TYPE(symbol.st_info);
        bool code = type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_NOTYPE;
        if (code && symbol.st_shndx != SHN_UNDEF && symbol.st_size && symbol.st_name < s->names.len)
            *vec_push(&s->list) =
                (struct symbol){symbol.st_value, symbol.st_value + symbol.st_size, 0, symbol.st_name};
    }
    if (s->list.count)
        qsort(s->list.items, s->list.count, sizeof *s->list.items, order);
    uint64_t reach = 0;
    for (size_t i = 0; i < s->list.count; i++) {
        reach = s->list.items[i].end > reach ? s->list.items[i].end : reach;
        s->list.items[i].reach = reach;
    }
}

static bool load(struct symbols *s, struct elf *e, const char *table, const char *names)
{
    struct str found = STR_INIT;
    str_clear(&s->names);
    bool has = elf_section(e, table, &found) && elf_section(e, names, &s->names) && s->names.len;
    if (has)
        index_table(s, &found);
    str_release(&found);
    return has;
}

void symbols_load(struct symbols *s, const char *path)
{
    struct str err = STR_INIT;
    struct elf *e = elf_open(path, &err);
    s->loaded = true;
    if (e && !load(s, e, ".symtab", ".strtab"))
        load(s, e, ".dynsym", ".dynstr");
    elf_close(e);
    str_release(&err);
}

void symbols_need(struct symbols *s, const struct record_module *m)
{
    if (s->loaded)
        return;
    *s = (struct symbols){.names = STR_INIT};
    char *path = debug_locate(m->path, m->build_id, ".symtab");
    if (!path)
        path = debug_locate(m->path, m->build_id, ".dynsym");
    symbols_load(s, path ? path : "");
    free(path);
}

void symbols_release(struct symbols *s)
{
    vec_release(&s->list);
    str_release(&s->names);
}

/* work, and work.part.0, which a compiler made of it. */
static bool is_named(const char *symbol, const char *name)
{
    size_t len = strlen(name);
    return strncmp(symbol, name, len) == 0 && (symbol[len] == '\0' || symbol[len] == '.');
}

/* How many symbols begin at or before the address. */
static size_t begun(const struct symbols *s, uint64_t address)
{
    size_t low = 0, high = s->list.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->list.items[middle].first <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The next symbol that holds the address, from *at, which begins as begun(), backwards; NULL: no more. */
static const char *next_at(const struct symbols *s, uint64_t address, size_t *at)
{
    while (*at && s->list.items[*at - 1].reach > address) {
        const struct symbol *symbol = &s->list.items[--*at];
        if (address < symbol->end)
            return s->names.data + symbol->name;
    }
    return NULL;
}

bool symbols_is(const struct symbols *s, uint64_t address, const char *name)
{
    const char *found;
    for (size_t at = begun(s, address); (found = next_at(s, address, &at));)
        if (is_named(found, name))
            return true;
    return false;
}

/* Of several names the one without underscores before it, the shortest, the first by letters. */
static bool is_better(const char *a, const char *b)
{
    size_t x = strspn(a, "_"), y = strspn(b, "_");
    if (x != y)
        return x < y;
    size_t long_a = strlen(a), long_b = strlen(b);
    return long_a != long_b ? long_a < long_b : strcmp(a, b) < 0;
}

const char *symbols_name(const struct symbols *s, uint64_t address)
{
    const char *best = NULL, *found;
    for (size_t at = begun(s, address); (found = next_at(s, address, &at));)
        if (*found && (!best || is_better(found, best)))
            best = found;
    return best;
}

char *symbols_call(struct symbols *s, const struct record_module *m, uint64_t pc)
{
    symbols_need(s, m);
    const char *name = symbols_name(s, pc - m->bias);
    return name ? str_format("%s %s", file_name(m->path), name) : str_copy(file_name(m->path));
}
