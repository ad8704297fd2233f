/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rule by which bottlenecks are ordered: impact x ease, both from 0 to 1, the product shown as 0 to 100. Pure.
 *     impact   share of the time, times 1.5 where it grows with n^2 or n^2 log n, times 2 where it grows with n^3 or
 *              2^n, at most 1: what is quadratic will be the larger part tomorrow
 *     ease     1 for low effort, 1/2 for medium, 1/4 for high, as the user judges it; 1/2 where nobody did
 * From 30 on a priority is high, from 10 on medium, else low.
 */
#ifndef DB_PRIORITY_H
#define DB_PRIORITY_H

#include "db/growth/basis.h"
#include "db/study/improvement.h"

#define PRIORITY_HIGH 30.0
#define PRIORITY_MEDIUM 10.0

/* The class that a summary names; of several ("n..n^2") the lowest. GROWTH_INCONCLUSIVE: none of ours. */
enum growth_class priority_class(const char *text);

/* share NAN: not known, and nothing is said of it: 0. */
double priority_score(double share, enum growth_class class, enum effort effort);
const char *priority_word(double score);
enum { PRIORITY_RULES = 3 };
extern const char *const priority_rules[PRIORITY_RULES];     /* the rule, in sentences */

#endif
