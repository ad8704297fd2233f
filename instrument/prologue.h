/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What farmcc puts in front of a rewritten unit: the ABI of runtime/format.h spelled out, and the sections that travel
 * in the object. The texts inserted into user code may be used under the MIT licence.
 */
#ifndef INSTRUMENT_PROLOGUE_H
#define INSTRUMENT_PROLOGUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

struct prologue_section {
    size_t first, len;           /* slice of the blob */
    uint8_t hash[16];            /* of a source text */
    bool is_source;              /* else a site table */
};

struct prologue_sections {       /* starts zeroed, but for blob */
    struct str blob;
    VEC(struct prologue_section) list;
};

/* Names of the thread-local that holds a thread's base. What goes into shared objects has one of the whole process,
 * because static thread-local storage is scarce there; all else one that nobody outside sees, which the linker then
 * finds without a table. */
#define PROLOGUE_SHARED "__farm_tls"
#define PROLOGUE_OWN "__farm_near"

enum prologue_access {
    PROLOGUE_BY_POINTER,         /* counters are reached from the thread's base */
    PROLOGUE_DIRECT,             /* each has an address in the program, to which %gs adds the way to the thread's own */
    PROLOGUE_DIRECT_CLANG        /* the same in clang's words */
};

struct prologue_unit {
    uint64_t id;
    uint32_t counters;
    enum prologue_access access;
    const char *base;            /* one of the names above */
    const char *reach;           /* of insert_reach, where functions ask for counters at each place, else NULL */
    bool volatile_counts, timed_lines;
    bool taken;                  /* the unit's own text uses %gs: the runtime leaves it alone */
};

/* Declarations of everything that inserted text refers to. */
void prologue_declare(struct str *out, const struct prologue_unit *u);

/* Top-level asm that puts the sections into the object: by .incbin from blob_path, or spelled out where it is NULL. */
void prologue_carry(struct str *out, const struct prologue_sections *s, const char *blob_path);

#endif
