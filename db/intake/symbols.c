/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/symbols.h"

#include <elf.h>
#include <string.h>

#include "base/elf.h"

static bool load(struct symbols *s, struct elf *e, const char *table, const char *names)
{
    str_clear(&s->table);
    str_clear(&s->names);
    return elf_section(e, table, &s->table) && elf_section(e, names, &s->names) && s->names.len;
}

void symbols_load(struct symbols *s, const char *path)
{
    struct str err = STR_INIT;
    struct elf *e = elf_open(path, &err);
    s->loaded = true;
    if (e && !load(s, e, ".symtab", ".strtab") && !load(s, e, ".dynsym", ".dynstr"))
        str_clear(&s->table);
    elf_close(e);
    str_release(&err);
}

void symbols_release(struct symbols *s)
{
    str_release(&s->table);
    str_release(&s->names);
}

/* work, and work.part.0, which a compiler made of it. */
static bool is_named(const char *symbol, const char *name)
{
    size_t len = strlen(name);
    return strncmp(symbol, name, len) == 0 && (symbol[len] == '\0' || symbol[len] == '.');
}

/* The next symbol that holds the address, from *at on; NULL: no more. */
static const char *next_at(const struct symbols *s, uint64_t address, size_t *at)
{
    for (; *at + sizeof(Elf64_Sym) <= s->table.len; *at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        memcpy(&symbol, s->table.data + *at, sizeof symbol);
        bool inside = address >= symbol.st_value && address - symbol.st_value < symbol.st_size;
        if (!inside || symbol.st_name >= s->names.len)
            continue;
        *at += sizeof(Elf64_Sym);
        return s->names.data + symbol.st_name;
    }
    return NULL;
}

bool symbols_is(const struct symbols *s, uint64_t address, const char *name)
{
    const char *found;
    for (size_t at = 0; (found = next_at(s, address, &at));)
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
    for (size_t at = 0; (found = next_at(s, address, &at));)
        if (*found && (!best || is_better(found, best)))
            best = found;
    return best;
}
