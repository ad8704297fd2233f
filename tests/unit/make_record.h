/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds record files as the runtime would leave them, so that the reader and ingest are tested without a program.
 */
#ifndef TESTS_UNIT_MAKE_RECORD_H
#define TESTS_UNIT_MAKE_RECORD_H

#include <stdint.h>

#include "base/str.h"
#include "runtime/format.h"

/* A header that says: pid 1 of another boot, so dead; ended by exit(0); uuid all `identity`. */
struct farm_header make_header(uint8_t identity);

/* Begins a record with room for its header. */
void make_begin(struct str *out);

/* Appends a chunk with this body, padded to a page. */
void make_chunk(struct str *out, uint32_t kind, uint64_t arg0, uint64_t arg1, const void *body, size_t len);

/* Appends a farm_module entry to a body. */
void make_module(struct str *body, uint32_t index, const char *path, const uint8_t *build_id, uint32_t build_id_len,
                 uint32_t instrumented, uint64_t bias, uint64_t low, uint64_t high);

/* Writes the header and its file_len over the room at the start. */
void make_end(struct str *out, struct farm_header *header);

#endif
