/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Progress on stderr: one line that is written anew on a terminal, a line now and then elsewhere. Nothing in the first
 * second.
 */
#ifndef DB_METER_H
#define DB_METER_H

#include <stdbool.h>
#include <stdint.h>

struct meter {
    bool on, terminal, dirty;
    int64_t next_ns;             /* monotonic: not shown again before */
};

/* `wanted`: also where stderr is no terminal. */
void meter_open(struct meter *m, bool wanted);

/* Is it time? Then meter_show is called with the words. */
bool meter_due(const struct meter *m);
void meter_show(struct meter *m, const char *text);

/* Takes the line away, before other words or at the end. */
void meter_clear(struct meter *m);

#endif
