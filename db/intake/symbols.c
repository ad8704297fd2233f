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

bool symbols_is(const struct symbols *s, uint64_t address, const char *name)
{
    for (size_t at = 0; at + sizeof(Elf64_Sym) <= s->table.len; at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        memcpy(&symbol, s->table.data + at, sizeof symbol);
        bool inside = address >= symbol.st_value && address - symbol.st_value < symbol.st_size;
        if (inside && symbol.st_name < s->names.len && is_named(s->names.data + symbol.st_name, name))
            return true;
    }
    return false;
}
