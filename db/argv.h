/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Command lines: the store keeps them as JSON arrays of strings, people see them as a shell takes them.
 */
#ifndef DB_ARGV_H
#define DB_ARGV_H

#include "base/str.h"

/* All append to `out`. A record joins the words by 0x1f; `argv` ends with NULL. */
void argv_from_record(const char *joined, struct str *out);
void argv_from_words(char *const argv[], struct str *out);
void argv_shell(const char *json, struct str *out);

#endif
