/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/elf.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct elf {
    Elf *handle;
    int fd;
    size_t names;                /* section that holds section names */
};

struct elf *elf_open(const char *path, struct str *err)
{
    elf_version(EV_CURRENT);
    struct elf e = {.fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (e.fd < 0) {
        str_addf(err, "cannot open %s: %s", path, strerror(errno));
        return NULL;
    }
    e.handle = elf_begin(e.fd, ELF_C_READ_MMAP, NULL);
    if (!e.handle || elf_kind(e.handle) != ELF_K_ELF || elf_getshdrstrndx(e.handle, &e.names) != 0) {
        str_addf(err, "%s is no ELF file with sections", path);
        elf_end(e.handle);
        close(e.fd);
        return NULL;
    }
    struct elf *copy = xmalloc(sizeof *copy);
    *copy = e;
    return copy;
}

void elf_close(struct elf *e)
{
    if (!e)
        return;
    elf_end(e->handle);
    close(e->fd);
    free(e);
}

/* Finds a build-id among the notes in `data`. */
static size_t take_build_id(Elf_Data *data, uint8_t *id)
{
    GElf_Nhdr note;
    size_t name, description;
    for (size_t at = 0; (at = gelf_getnote(data, at, &note, &name, &description)) > 0;) {
        const char *bytes = data->d_buf;
        bool is_id = note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(bytes + name, "GNU", 4) == 0;
        if (!is_id || note.n_descsz > ELF_BUILD_ID_MAX)
            continue;
        memcpy(id, bytes + description, note.n_descsz);
        return note.n_descsz;
    }
    return 0;
}

size_t elf_build_id(struct elf *e, uint8_t id[ELF_BUILD_ID_MAX])
{
    size_t len = 0;
    for (Elf_Scn *section = NULL; !len && (section = elf_nextscn(e->handle, section));) {
        GElf_Shdr head;
        Elf_Data *data = NULL;
        if (gelf_getshdr(section, &head) && head.sh_type == SHT_NOTE)
            data = elf_getdata(section, NULL);
        if (data && data->d_buf)
            len = take_build_id(data, id);
    }
    return len;
}

/* The next section of that name with contents after `section`, NULL for the first; NULL: no more. */
static Elf_Scn *next_section(struct elf *e, const char *name, Elf_Scn *section)
{
    while ((section = elf_nextscn(e->handle, section))) {
        GElf_Shdr head;
        const char *found = gelf_getshdr(section, &head) ? elf_strptr(e->handle, e->names, head.sh_name) : NULL;
        if (found && strcmp(found, name) == 0 && head.sh_type != SHT_NOBITS)
            return section;
    }
    return NULL;
}

bool elf_has_section(struct elf *e, const char *name)
{
    return next_section(e, name, NULL);
}

bool elf_section(struct elf *e, const char *name, struct str *out)
{
    static const char zeros[8];
    bool found = false;
    for (Elf_Scn *section = NULL; (section = next_section(e, name, section));) {
        GElf_Shdr head;
        gelf_getshdr(section, &head);
        if (head.sh_flags & SHF_COMPRESSED)
            elf_compress(section, 0, 0);
        Elf_Data *data = elf_getdata(section, NULL);
        if (!data || !data->d_buf)
            continue;
        str_add_bytes(out, data->d_buf, data->d_size);
        str_add_bytes(out, zeros, (8 - data->d_size % 8) % 8);
        found = true;
    }
    return found;
}

bool elf_text(struct elf *e, struct str *out, uint64_t *address)
{
    GElf_Ehdr file;
    GElf_Shdr head;
    Elf_Scn *section = next_section(e, ".text", NULL);
    if (!section || !gelf_getehdr(e->handle, &file) || file.e_machine != EM_X86_64 || !gelf_getshdr(section, &head))
        return false;
    *address = head.sh_addr;
    return elf_section(e, ".text", out);
}

static bool table_defines(struct elf *e, Elf_Scn *section, const GElf_Shdr *head, const char *name)
{
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Sym symbol;
    for (int i = 0; data && gelf_getsym(data, i, &symbol); i++) {
        const char *found = elf_strptr(e->handle, head->sh_link, symbol.st_name);
        if (symbol.st_shndx != SHN_UNDEF && found && strcmp(found, name) == 0)
            return true;
    }
    return false;
}

bool elf_defines(struct elf *e, const char *name)
{
    for (Elf_Scn *section = NULL; (section = elf_nextscn(e->handle, section));) {
        GElf_Shdr head;
        bool is_table = gelf_getshdr(section, &head) && (head.sh_type == SHT_SYMTAB || head.sh_type == SHT_DYNSYM);
        if (is_table && table_defines(e, section, &head, name))
            return true;
    }
    return false;
}

static void show_symbols(struct elf *e, Elf_Scn *section, const GElf_Shdr *head,
                         void (*take)(void *context, const struct elf_symbol *s), void *context)
{
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Sym symbol;
    for (int i = 1; data && gelf_getsym(data, i, &symbol); i++) {
        int type = GELF_ST_TYPE(symbol.st_info), binding = GELF_ST_BIND(symbol.st_info);
        bool function = type == STT_FUNC && symbol.st_size;
        struct elf_symbol s = {
            .name = elf_strptr(e->handle, head->sh_link, symbol.st_name),
            .kind = type == STT_FILE ? ELF_FILE : function ? ELF_FUNCTION : ELF_OTHER,
            .local = binding == STB_LOCAL,
            .weak = binding == STB_WEAK,
            .address = symbol.st_value,
            .size = symbol.st_size,
        };
        if (s.name && symbol.st_shndx != SHN_UNDEF)
            take(context, &s);
    }
}

void elf_each_symbol(struct elf *e, void (*take)(void *context, const struct elf_symbol *s), void *context)
{
    for (Elf_Scn *section = NULL; (section = elf_nextscn(e->handle, section));) {
        GElf_Shdr head;
        if (gelf_getshdr(section, &head) && head.sh_type == SHT_SYMTAB)
            show_symbols(e, section, &head, take, context);
    }
}

static void collect_members(struct elf *archive, const char *name, struct str *out)
{
    Elf_Cmd next = ELF_C_READ_MMAP;
    for (struct elf e; next != ELF_C_NULL && (e.handle = elf_begin(archive->fd, next, archive->handle));) {
        if (elf_kind(e.handle) == ELF_K_ELF && elf_getshdrstrndx(e.handle, &e.names) == 0)
            elf_section(&e, name, out);
        next = elf_next(e.handle);
        elf_end(e.handle);
    }
}

bool elf_collect(const char *path, const char *name, struct str *out, struct str *err)
{
    elf_version(EV_CURRENT);
    struct elf e = {.fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (e.fd < 0) {
        str_addf(err, "cannot open %s: %s", path, strerror(errno));
        return false;
    }
    e.handle = elf_begin(e.fd, ELF_C_READ_MMAP, NULL);
    bool archive = elf_kind(e.handle) == ELF_K_AR;
    bool good = archive || (elf_kind(e.handle) == ELF_K_ELF && elf_getshdrstrndx(e.handle, &e.names) == 0);
    if (archive)
        collect_members(&e, name, out);
    else if (good)
        elf_section(&e, name, out);
    else
        str_addf(err, "%s is no object, archive or program", path);
    elf_end(e.handle);
    close(e.fd);
    return good;
}
