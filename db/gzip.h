/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to zlib for gzip files.
 */
#ifndef DB_GZIP_H
#define DB_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Appends the bytes as a gzip file; the same bytes make the same file. */
void gzip_pack(const void *bytes, size_t len, struct str *out);

/* Is it a gzip file? */
bool gzip_is(const void *bytes, size_t len);

/* Appends what a gzip file holds. False, with what is wrong: it is damaged, or holds more than `most` bytes. */
bool gzip_unpack(const void *bytes, size_t len, size_t most, struct str *out, struct str *err);

#endif
