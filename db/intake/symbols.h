/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of functions in a file, by address.
 */
#ifndef DB_SYMBOLS_H
#define DB_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "db/intake/reader.h"

struct symbol {
    uint64_t first, end;
    uint64_t reach;              /* of this and all before it the largest end: who looks backwards need go no further */
    uint32_t name;               /* in `names` */
};

struct symbols {                 /* starts as {.names = STR_INIT} */
    bool loaded;
    VEC(struct symbol) list;     /* by first */
    struct str names;
};

/* A file that cannot be read has no names. */
void symbols_load(struct symbols *s, const char *path);

/* Loads those of a module when it is first asked for: from where they are kept, if not in the module itself. */
void symbols_need(struct symbols *s, const struct record_module *m);
void symbols_release(struct symbols *s);

/* Is the address one of the function `name`, or of a part that the compiler made of it? */
bool symbols_is(const struct symbols *s, uint64_t address, const char *name);

/* The function that holds the address, by the name that programs know it by; NULL: none is known. As long as `s`. */
const char *symbols_name(const struct symbols *s, uint64_t address);

/* "libc.so.6 qsort", of an address in a library that ran; the library alone where no symbol tells. Yours to free. */
char *symbols_call(struct symbols *s, const struct record_module *m, uint64_t pc);

#endif
