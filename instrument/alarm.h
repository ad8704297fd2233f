/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known of single warnings. Some rewritten text gives where the source gives none: counters stand behind
 * statements on their line, and macros are expanded; clang's front end alone decides on these, so a check of the
 * untouched source costs little.
 */
#ifndef INSTRUMENT_ALARM_H
#define INSTRUMENT_ALARM_H

#include <stdbool.h>

/* True where what the compiler said consists of such warnings only. */
bool alarm_may_be_false(const char *said);

/* True where the compiler said something that gcc's front end alone (-fsyntax-only) does not say. Not all such warnings
 * are known. */
bool alarm_comes_late(const char *said);

#endif
