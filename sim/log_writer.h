/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows on their way to the database: held in buffers, written when a buffer is full or old, by the caller or by a
 * thread of its own. Transactions end only where a step ends, so whatever kills the program leaves whole steps behind.
 */
#ifndef SIM_LOG_WRITER_H
#define SIM_LOG_WRITER_H

#include <stddef.h>

#include "sim/log_sql.h"

struct log_writer;

struct log_writer_rules {
    uint32_t buffer;             /* rows */
    double seconds;              /* 0: however long */
    bool step_transactions;      /* each step is a transaction; else a flush is */
    bool async;
};

struct log_writer_counts {
    uint64_t rows, flushes, transactions;
    uint64_t full, old;          /* flushes because the buffer was full; because its time was over */
    uint64_t threaded;           /* flushes by the thread */
    uint64_t waits;              /* times that all buffers were still waiting for the thread */
    uint64_t largest;            /* rows in the largest flush */
    uint64_t bytes;              /* of the database after the last commit */
};

/* NULL: out of memory or no thread. `sql` stays the caller's, who leaves it alone until the writer is closed. */
struct log_writer *log_writer_open(struct log_sql *sql, const struct log_writer_rules *rules);

void log_writer_row(struct log_writer *w, enum log_table table, const union log_cell *cells);

/* The step is over: the place for transactions. */
void log_writer_step(struct log_writer *w);

/* Writes and commits all there is; returns when it is done. */
void log_writer_flush(struct log_writer *w);

struct log_writer_counts log_writer_counts(const struct log_writer *w);
size_t log_writer_bytes(const struct log_writer_rules *rules);

/* Flushes and ends. */
void log_writer_close(struct log_writer *w);

#endif
