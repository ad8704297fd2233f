/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Completion of farmdb's command line in a shell, written from the tables of commands and options, so that it cannot
 * differ from them. What only a store knows (labels, functions) the shell asks by `farmdb completion words KIND`.
 */
#ifndef DB_COMPLETE_COMPLETE_H
#define DB_COMPLETE_COMPLETE_H

#include <stdio.h>

#include "db/cmd.h"

/* What the value of an option can be, from the way the usage names it: "none", "files", "commands", a kind of words for
 * complete_words ("runs", "labels", "functions", "sources", "parameters", "metrics"), or choices with "|" between them.
 * FORMAT and WHEN are what the option's help lists. Borrowed until the next call. */
const char *complete_kind(const struct opt *o);

/* Kinds of a command's arguments in their order, joined by spaces; "+" behind one that may be given again and again. */
void complete_arguments(const struct cmd *cmd, struct str *out);

/* The script for a shell, "bash" or "zsh"; false: there is none for it. `commands` ends with NULL. */
bool complete_script(const char *shell, const struct cmd *const *commands, const struct opt *globals, FILE *out);

/* The words of a kind that a store holds, one a line. Prints nothing where there is no store or it cannot be read: a
 * shell that completes has no place for a message. Nothing is taken in.
 * False: there is no such kind. */
bool complete_words(const struct store *s, const char *kind, FILE *out);

#endif
