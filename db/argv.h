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

/* The words of a JSON array, ended by NULL; released by argv_free. */
char **argv_words(const char *json);

/* Words as a shell would part them: blanks, '...', "..." and backslashes, nothing else. NULL: a quote is not closed. */
char **argv_split(const char *text);

char **argv_copy(char *const argv[]);
void argv_free(char **argv);

#endif
