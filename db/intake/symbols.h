/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of functions in a file, by address.
 */
#ifndef DB_SYMBOLS_H
#define DB_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct symbols {                 /* starts with loaded = false and both texts STR_INIT */
    bool loaded;
    struct str table, names;
};

/* A file that cannot be read has no names. */
void symbols_load(struct symbols *s, const char *path);
void symbols_release(struct symbols *s);

/* Is the address one of the function `name`, or of a part that the compiler made of it? */
bool symbols_is(const struct symbols *s, uint64_t address, const char *name);

/* The function that holds the address, by the name that programs know it by; NULL: none is known. As long as `s`. */
const char *symbols_name(const struct symbols *s, uint64_t address);

#endif
