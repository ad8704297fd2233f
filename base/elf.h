/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libelf: what farm needs to know of a linked file or an object.
 */
#ifndef BASE_ELF_H
#define BASE_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { ELF_BUILD_ID_MAX = 32 };

struct elf;

/* NULL: *err says why the file is none. */
struct elf *elf_open(const char *path, struct str *err);
void elf_close(struct elf *e);                         /* accepts NULL */

/* Bytes of the build-id, 0 where the file has none or a longer one. */
size_t elf_build_id(struct elf *e, uint8_t id[ELF_BUILD_ID_MAX]);

bool elf_has_section(struct elf *e, const char *name);

/* Does the file define a function or object of that name, in either symbol table? A stripped static one does not say.
 */
bool elf_defines(struct elf *e, const char *name);

enum elf_kind_of_symbol { ELF_OTHER, ELF_FILE, ELF_FUNCTION };      /* a function has a size */
struct elf_symbol {
    const char *name;            /* as long as the file is open */
    enum elf_kind_of_symbol kind;
    bool local, weak;
    uint64_t address, size;
};

/* Shows all defined symbols of the full table, in its order; none where the file is stripped. */
void elf_each_symbol(struct elf *e, void (*take)(void *context, const struct elf_symbol *s), void *context);

/* Appends the contents of all sections of that name, decompressed, each padded with zeros to a multiple of 8 bytes.
 * False where there is none with contents. */
bool elf_section(struct elf *e, const char *name, struct str *out);

/* Appends the instructions of a file for x86-64, its section .text, and says where they lie. False where it is for
 * other processors, or has none with contents. */
bool elf_text(struct elf *e, struct str *out, uint64_t *address);

/* elf_section of an object or program, or of all members of an archive. False: *err says why the file is neither. */
bool elf_collect(const char *path, const char *name, struct str *out, struct str *err);

#endif
