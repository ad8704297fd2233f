/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as people read them. Each appends to `out`.
 */
#ifndef DB_QUANTITY_H
#define DB_QUANTITY_H

#include <stdint.h>

#include "base/str.h"

void quantity_count(struct str *out, int64_t n);             /* 12,345,678 */
void quantity_calls(struct str *out, double n);              /* 1 call; 12,345 calls */
void quantity_seconds(struct str *out, double seconds);      /* 1.23 s, 45.6 ms, 789 us, 12.3 ns; 0 s */
void quantity_percent(struct str *out, double share);        /* share 0..1 -> 45.6 */
void quantity_bytes(struct str *out, double bytes);          /* 12.3 MB; 1 kB = 1000 bytes */
void quantity_date(struct str *out, int64_t ns);             /* 2026-11-21 22:12:29, local time */

#endif
