/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happened, into a database. The step loop collects the events of a step (sim/events.h) where a log listens, then
 * hands them over with the world, whose agents, nodes and totals are the rows that every step has.
 */
#ifndef SIM_LOG_H
#define SIM_LOG_H

#include "sim/events.h"
#include "sim/world.h"

struct log;

struct log_stats {
    uint64_t rows, flushes, transactions;
    uint64_t full, old;          /* flushes because the buffer was full; because its time was over */
    uint64_t threaded, waits;    /* buffers written by the thread; times that the simulation had to wait for it */
    uint64_t bytes;              /* of the database at its last commit */
    size_t held;                 /* memory of buffers */
};

/* Opens what def->log asks for and writes the tables and the configuration. `problem` gets one sentence on failure,
 * which returns NULL. */
struct log *log_open(const struct sim_def *def, char problem[256]);

/* The agents and nodes at the start, before the first step. */
void log_start(struct log *log, const struct sim *world);

/* The rows of one step. */
void database_log(struct log *log, const struct sim *world, const struct events *events);

struct log_stats log_stats(const struct log *log);

/* Writes what is buffered, makes late indexes, closes. False where something could not be written; `problem` says
 * what. */
bool log_close(struct log *log, const struct sim *world, char problem[256]);

#endif
