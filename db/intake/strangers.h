/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions of a module that no site table knows: left over from a build without farmcc, or in another language.
 */
#ifndef DB_STRANGERS_H
#define DB_STRANGERS_H

#include <stdint.h>

#include "base/elf.h"
#include "db/sql.h"

/* Takes in their names from the file's symbol table, when its site tables are in the store; none where it is stripped
 * or has libc in it. */
void strangers_put(struct sql *db, int64_t module_id, struct elf *e);

#endif
