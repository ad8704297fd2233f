/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One C source of the command: preprocess, rewrite, compile. Fast steps stand for the plain compile and give up at
 * the first sign of a diagnostic; quiet ones follow a plain compile that succeeded, print nothing, and always leave
 * an object.
 */
#ifndef INSTRUMENT_UNIT_H
#define INSTRUMENT_UNIT_H

#include <stdbool.h>

#include "instrument/job.h"

enum unit_state {
    UNIT_NEW,
    UNIT_REWRITTEN,              /* its text is ready to compile */
    UNIT_EMPTY,                  /* nothing in it to count: compiled as it is */
    UNIT_FAILED                  /* compiled as it is; `reason` says why */
};

struct unit {
    size_t input;                /* index into args.inputs */
    enum unit_state state;
    bool doubtful;               /* its layout may give ground to a warning that counters hide */
    bool direct, taken;          /* see instrument/direct.h */
    char *object;                /* what it is compiled to: the user's file, or a temporary one where a link follows */
    char *text;                  /* temporary files: rewritten text, */
    char *blob;                  /* bytes of the sections that it takes in; NULL: they are spelled out in the text */
    bool compiled;               /* the rewritten text compiles, with warnings: only the plain compile's are missing, */
    struct str kept;             /* and this is the object, where that compile puts its own in the same place */
    struct str reason;
};

void unit_init(struct unit *u, const struct job *j, size_t input);
void unit_release(struct unit *u);

/* Preprocesses and rewrites, once. False only where `fast`: the plain compile must decide. */
bool unit_prepare(struct unit *u, const struct job *j, bool fast);

/* Compiles the rewritten text to the object. False: it does not compile, or not silently. `alone`: where the compiler's
 * front end gives the same warnings on the untouched source, these are shown, and that is all there is to say. */
bool unit_compile_fast(struct unit *u, const struct job *j, bool alone);

/* Compiles whatever there is to compile, in any case. `have_plain`: the plain object is in place already. */
void unit_compile_quiet(struct unit *u, const struct job *j, bool have_plain);

/* Leaves the reason why args.untouched forbids counters in the plain object, without a word. */
void unit_leave(struct unit *u, const struct job *j);

/* Prints the rewritten text; false: there is none, `reason` says why. */
bool unit_show(struct unit *u, const struct job *j, FILE *out);

#endif
