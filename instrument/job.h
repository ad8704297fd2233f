/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What one call of farmcc is about; the same for every step of it.
 */
#ifndef INSTRUMENT_JOB_H
#define INSTRUMENT_JOB_H

#include "base/proc.h"
#include "base/vec.h"
#include "instrument/args.h"
#include "instrument/compiler.h"
#include "instrument/settings.h"

struct job {
    struct settings settings;
    struct compiler compiler;
    struct args args;
    char **words;                /* the compiler's words as the user gave them, NULL-ended */
    char *directory;             /* working directory, as the compiler records it */
};

/* Starts a command: the compiler and its own options. */
void job_command(const struct job *j, struct words *out);

/* The same for a link: --farm-link's words, else the compiler's. */
void job_link_command(const struct job *j, struct words *out);

/* Adds one word, copied. */
void job_word(struct words *out, const char *word);

/* Runs a command made of words. What it prints on stdout goes to `out`, on stderr to `err`; NULL: to the user. Does not
 * come back where a signal ended us meanwhile. */
struct proc_result job_run(const struct job *j, struct words *command, struct str *out, struct str *err);

/* Where farm.h is found, last of all folders, so that it hides nothing. */
void job_headers(struct words *out);

/* The user's command, as it is: what it prints is the user's, or nobody's where `silent`. */
struct proc_result job_run_plain(const struct job *j, bool silent);

/* A sentence on stderr where --farm-verbose is on. */
void job_say(const struct job *j, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
