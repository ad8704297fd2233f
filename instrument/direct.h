/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a unit's counters may name themselves (PROLOGUE_DIRECT), by how it is compiled and by its text. It is for
 * programs on x86-64 whose own code leaves %gs alone.
 */
#ifndef INSTRUMENT_DIRECT_H
#define INSTRUMENT_DIRECT_H

#include <stdbool.h>
#include <stddef.h>

#include "instrument/args.h"

/* The word for gcc that makes __seg_gs one of its keywords under -std=c11 and the like, or NULL where it is one. */
const char *direct_word(const struct args *a, bool clang);

/* Of a text that leaves %gs alone. */
bool direct_is_possible(const struct args *a, bool clang, const char *text, size_t len);

/* The text uses %gs for purposes of its own: then no unit of its program may. */
bool direct_is_taken(const char *text, size_t len);

#endif
