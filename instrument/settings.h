/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * farmcc's own options: one table of names, environment variables and help. An option stands above its variable; for
 * the glob lists both count.
 */
#ifndef INSTRUMENT_SETTINGS_H
#define INSTRUMENT_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "instrument/globs.h"

struct settings {
    const char *cc;              /* the real compiler, may be several words; NULL: look for one */
    const char *link;            /* command to link with; NULL: the compiler */
    const char *cache;           /* folder of kept debug information; NULL: the default one */
    const char *completion;      /* shell whose completion script is asked for; NULL: none */
    struct globs include, exclude;
    struct globs wrappers;       /* functions that allocate for their callers */
    const char *time;            /* calls, exact or off; NULL: calls */
    struct globs line_timed;     /* functions whose lines are timed exactly */
    const char *counts;          /* fast, volatile or pointer; NULL: fast */
    bool exact;
    bool show, stats, verbose, off, help, version;
};

/* Reads the environment, then takes the options that begin with --farm out of argv (NULL-ended). False: *err says
 * what is wrong. Strings are borrowed from argv and the environment. */
bool settings_read(struct settings *s, char **argv, struct str *err);
bool settings_are(const char *chosen, const char *word);        /* of `time` and `counts` */
void settings_release(struct settings *s);

void settings_help(FILE *out);

/* Each option of the help; `value` is NULL where it takes none, else as the help shows it. */
void settings_each(void (*visit)(const char *name, const char *value, const char *help, void *data), void *data);

/* All that decides what farmcc makes of a source, for a compiler cache to hash: versions, and the variables that are
 * set. */
void settings_version(const char *libclang, FILE *out);

#endif
