/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source texts as they travel inside objects: `farm_source_head` of runtime/format.h, zlib data, padding to 8 bytes.
 * farmcc packs them, farmdb unpacks them; the hash names a text everywhere.
 */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { SOURCE_HASH_LEN = 16 };

/* XXH3 128 bits in canonical byte order, so that it reads the same on every machine. */
void source_hash(const void *text, size_t len, uint8_t hash[SOURCE_HASH_LEN]);

/* 64 bits for other purposes; chain by handing in the value so far. */
uint64_t source_hash64(const void *bytes, size_t len, uint64_t seed);

/* Appends one record to `out`. The same text makes the same bytes. */
void source_pack(const void *text, size_t len, struct str *out);

/* Reads the record at the start of `data`, checks length and hash of the text, and appends the text to `out`; *taken is
 * the record's whole length with padding. False: *err says what is wrong, `out` is as before. */
bool source_unpack(const void *data, size_t len, uint8_t hash[SOURCE_HASH_LEN], struct str *out, size_t *taken,
                   struct str *err);

#endif
