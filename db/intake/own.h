/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which code of a module is the profiler's own: the runtime, which is linked into every instrumented one. Told by its
 * symbols: each of its sources has the local symbol __farm_runtime among its functions, and the names that it shares
 * between sources are its own (farm_, __farm_) or the linker's for its allocation functions (__wrap_).
 */
#ifndef DB_OWN_H
#define DB_OWN_H

#include <stdbool.h>
#include <stdint.h>

struct own;

struct own *own_load(const char *path);  /* a linked file or its debug file; never NULL */
void own_free(struct own *o);            /* accepts NULL */
bool own_has(const struct own *o, uint64_t address);     /* address as in the file */

#endif
