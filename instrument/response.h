/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Response files: a word @FILE stands for the words in FILE.
 */
#ifndef INSTRUMENT_RESPONSE_H
#define INSTRUMENT_RESPONSE_H

#include "base/vec.h"

struct words {                   /* starts zeroed; owns its strings */
    VEC(char *) list;
};

void words_release(struct words *w);

/* Appends argv (NULL-ended). @FILE is replaced by the words in it, as gcc and clang do: split at white space, with
 * quotes and backslashes; nested ones too. A file that cannot be read leaves its word as it is. */
void response_expand(char *const *argv, struct words *out);

/* Appends the words in `text`. */
void response_split(const char *text, struct words *out);

/* The opposite: appends the words to `text` from `first` on, so that response_split and the compilers read them
 * back. */
void response_write(const struct words *w, size_t first, struct str *text);

#endif
