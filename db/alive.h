/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does the process that writes a record still live? Told by boot id, process id and start time, never by a file lock:
 * daemons close every descriptor.
 */
#ifndef DB_ALIVE_H
#define DB_ALIVE_H

#include <stdbool.h>

#include "runtime/format.h"

bool alive(const struct farm_header *h);

/* Process ids of another namespace (a container) mean nothing here: there a process lives as long as its record is
 * refreshed. `pid_ns` is the record's own, "" where it does not say. */
bool alive_elsewhere(const struct farm_header *h, const char *pid_ns);

/* A process that died without a word leaves a helper that completes its record: waits for it, ten seconds at most. */
void alive_settle(const char *path, struct farm_header *h);

#endif
