/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log's thirteen tables, AgentFarm's by name and column. Ids are numbers; amounts of goods and health are in whole
 * units. Every table but experiments and simulations carries simulation_id, which rows in memory leave out.
 */
#ifndef SIM_LOG_TABLES_H
#define SIM_LOG_TABLES_H

#include <stdint.h>

enum log_table {
    LOG_EXPERIMENTS, LOG_SIMULATIONS, LOG_CONFIG, LOG_AGENTS, LOG_AGENT_STATES, LOG_RESOURCE_STATES, LOG_STEPS,
    LOG_ACTIONS, LOG_INTERACTIONS, LOG_EXPERIENCES, LOG_HEALTH, LOG_REPRODUCTION, LOG_SOCIAL, LOG_TABLES,
    LOG_DEATHS = LOG_TABLES,     /* no table: sets the death_time of agents */
    LOG_KINDS
};

/* A value in a row. */
union log_cell {
    int64_t whole;
    double real;
    const char *text;            /* lives as long as the program; NULL: NULL */
};

#define LOG_NOTHING INT64_MIN    /* a whole cell that becomes NULL */
#define LOG_MOST_CELLS 24

struct log_table_def {
    const char *name;
    const char *columns;         /* SQL, without id and simulation_id */
    const char *cells;           /* what rows hold: i whole, r real, t text; "" where rows do not come from buffers */
    const char *indexes;         /* column lists, one index each, separated by ';' */
    uint8_t width;               /* cells of a row */
};

extern const struct log_table_def log_tables[LOG_KINDS];

/* Rows of any tables, cells behind cells. */
struct log_rows {
    const uint8_t *tables;       /* enum log_table by row */
    const union log_cell *cells;
    uint32_t count;
};

#endif
