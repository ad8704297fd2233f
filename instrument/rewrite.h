/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The heart of farmcc: preprocessed text in, text with counters and their site table out. Nothing of the caller's is
 * kept; `out` and `sites` are the caller's to release, whatever the outcome.
 */
#ifndef INSTRUMENT_REWRITE_H
#define INSTRUMENT_REWRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sites.h"
#include "base/str.h"
#include "instrument/globs.h"

struct rewrite_request {
    const char *text;                          /* output of `$CC -E -C` (or without -C), linemarkers kept */
    size_t len;
    const char *const *parse_flags;            /* NULL-ended: -std=..., -fms-extensions, ... as the user gave */
    bool clang;                                /* the real compiler is clang: no gcc shims */
    const char *directory, *unit;              /* working directory of the compilation; main source as given */
    const struct globs *include, *exclude;     /* NULL: none. Without include patterns everything is included */
    const struct globs *wrappers;              /* functions that allocate for their callers; NULL: none */
    const char *blob_path;                     /* the sections' bytes go to this file and are taken in by .incbin;
                                                  NULL: they are spelled out in the text (-S, -save-temps, show) */
    uint64_t salt;                             /* tells apart the same source compiled with other flags */
    bool volatile_counts;                      /* --farm-counts=volatile */
    bool portable;                             /* the target is not x86-64, or its code may be far from its data */
    bool shared;                               /* it may become part of a shared object */
    bool direct;                               /* x86-64, a program, and __seg_gs is a word for the compiler: counters
                                                  name themselves, without a pointer in each function */
    bool taken;                                /* the text uses %gs itself */
    bool untimed;                              /* --farm-time=off: no call is timed */
    const struct globs *line_timed;            /* --farm-time=exact: functions whose lines are timed; NULL: none */
};

enum rewrite_outcome {
    REWRITE_DONE,                              /* compile `out` */
    REWRITE_NOTHING,                           /* no function at all, or none is wanted: compile the original */
    REWRITE_FAILED                             /* `reason` says why: compile the original, say so */
};

/* `out` is appended to. For REWRITE_DONE and REWRITE_NOTHING `sites` describes the unit; for REWRITE_FAILED it holds
 * directory, unit and reason. */
enum rewrite_outcome rewrite_unit(const struct rewrite_request *r, struct str *out, struct sites *sites,
                                  struct str *reason);

#endif
