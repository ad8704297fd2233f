/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gcc's -Wimplicit-fallthrough reads comments, so a text that stands for the source must keep those that speak of a
 * fall-through. With all other comments it would be two or three times as long, most of it from system headers.
 */
#ifndef INSTRUMENT_FALLTHROUGH_H
#define INSTRUMENT_FALLTHROUGH_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the source has words by which a comment could say that a fall-through is meant: "falls through", "FALLTHRU",
 * "lint -fallthrough" and the like. */
bool fallthrough_is_said(const char *source, size_t len);

/* The same of files that the preprocessed text has labels of a switch from, other than `main_file` and system headers;
 * they are read as the text's linemarkers name them. */
bool fallthrough_is_included(const char *text, size_t len, const char *main_file);

#endif
