/* SPDX-License-Identifier: MIT
 *
 * The record file as its writers see it. All under farm_it.lock.
 */
#ifndef FARM_RECORD_H
#define FARM_RECORD_H

#include "runtime/internal.h"

void farm_place_find(void);              /* decides farm_it.folder */

/* Header, info, modules and units in a new file; in plain memory where no file can be had. False: not even that. */
bool farm_record_open(void);
void farm_record_drop(void);
long farm_record_reopen(void);           /* a descriptor to be closed at once, or a negative error */
void farm_record_name(char *path, size_t cap, uint8_t uuid[16]);         /* draws a uuid */
void farm_header_fill(struct farm_header *header, uint64_t file_len);

/* A new chunk of `len` bytes (a multiple of the page), in plain memory where the file cannot grow; NULL: nowhere. */
struct farm_chunk *farm_record_chunk(enum farm_kind kind, size_t len);

/* Makes [from, to) of the block, multiples of the page, ready for counting: in the file if possible. */
bool farm_record_counters(struct farm_block *block, uint64_t from, uint64_t to);

/* Adds a row to the table in memory and in the record. Yields its place in the record; NULL: it has none. */
void *farm_table_add(struct farm_table *t, const void *row, size_t len);

#endif
