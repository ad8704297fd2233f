/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of a completion script, as the text behind them (farmdb.bash, farmdb.zsh) reads them.
 */
#ifndef DB_COMPLETE_SCRIPT_H
#define DB_COMPLETE_SCRIPT_H

#include <stdio.h>

#include "db/cmd.h"

/* Functions _farmdb_options COMMAND (its options, "--name=KIND" or "--name" where it takes no value), and
 * _farmdb_arguments COMMAND (the kinds of its arguments), "" for those of every command. */
void script_bash(const struct cmd *const *commands, const struct opt *globals, FILE *out);

/* Function _farmdb_command COMMAND: calls _arguments with its options, their help, and its arguments. */
void script_zsh(const struct cmd *const *commands, const struct opt *globals, FILE *out);

#endif
