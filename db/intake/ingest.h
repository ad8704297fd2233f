/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Takes in what programs left behind. One importer at a time; a record is deleted only when it is durable in the store;
 * one that cannot be read is moved aside to NAME.bad, said in one sentence, and stops no other.
 */
#ifndef DB_INGEST_H
#define DB_INGEST_H

#include <stddef.h>

#include "db/store.h"

struct ingest_result {
    size_t taken, living, bad;
};

/* Records in the folder that wait, living ones and bad ones not told apart. Opens nothing. */
size_t ingest_waiting(const struct store *s);

/* `s` is open and writable. */
struct ingest_result ingest_pending(struct store *s);

#endif
