/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table of texts, each once, numbered from 1 in the order in which they first come.
 */
#ifndef DB_NAMES_H
#define DB_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

struct names {                   /* starts zeroed */
    VEC(char *) list;            /* number n is items[n - 1] */
    uint32_t *slots;
    size_t slot_count;
};

size_t names_put(struct names *n, const char *text);
void names_release(struct names *n);

#endif
