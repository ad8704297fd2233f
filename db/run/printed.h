/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a command printed: kept in files without a name while it runs, searched when it is over.
 */
#ifndef DB_PRINTED_H
#define DB_PRINTED_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "db/run/plan.h"

/* An empty file without a name, to be closed. */
int printed_open(void);

/* Copies what came since `*at`, which it moves, to the descriptor `to`. */
void printed_pass_on(int fd, size_t *at, int to);

/* The last `most` bytes, from the beginning of a line on, appended. */
void printed_tail(int fd, size_t most, struct str *out);

/* Metrics: NAME=REGEX, an extended regular expression whose first group is a number, or the whole where it has none; or
 * "json", all numbers and texts of the JSON objects that begin a line. Members of members have names with dots. */
struct metrics {
    VEC(struct metric { char *name; regex_t regex; }) list;
    bool json;
};

/* False, with a sentence: one of the texts is not such. */
bool metrics_open(struct metrics *m, char *const *texts, size_t count, struct str *err);
void metrics_close(struct metrics *m);

struct settings {
    VEC(struct setting) list;
};

/* Adds the last match of each metric in the file, with its number as text, and what the JSON has. */
void metrics_find(struct metrics *m, int fd, struct settings *found);
void settings_release(struct settings *s);

#endif
