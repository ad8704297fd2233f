/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known about single options of gcc and clang; the knowledge itself is options.def.
 */
#ifndef INSTRUMENT_CCOPT_H
#define INSTRUMENT_CCOPT_H

#include <stdbool.h>
#include <stddef.h>

enum ccopt_flag {
    /* form */
    CC_VALUE = 1 << 0,           /* value in the next word where the word is the bare name */
    CC_JOINED = 1 << 1,          /* value may follow in the same word; without CC_VALUE only there (or not at all) */
    /* which step gets it; without one of these both do */
    CC_PREP = 1 << 2,            /* preprocessing only */
    CC_DEPEND = 1 << 3,          /* dependency file: preprocessing only, completed by what the compiler would derive */
    CC_LINK = 1 << 4,            /* of the linker; the compilation of a plain -c sees it too, as it may warn about it */
    CC_SIDE = 1 << 5,            /* by-products, made by the plain compile: it goes first, and ours does without */
    CC_PASS = 1 << 6,            /* the whole command goes to the compiler untouched */
    /* what it means to us */
    CC_EXACT = 1 << 7,           /* a warning that only the plain compile gives: it goes first */
    CC_STRICT = 1 << 8,          /* makes warnings errors: the plain compile goes first, ours does without */
    CC_COMMENTS = 1 << 9,        /* some comments matter to a warning of gcc's */
    CC_PARSE = 1 << 10,          /* libclang must know too */
    CC_AUX = 1 << 11,            /* by-products that belong to the object, named after it */
    CC_DEBUG = 1 << 12,
    CC_NODEBUG = 1 << 13,
    CC_LTO = 1 << 14,
    CC_NOLTO = 1 << 15,
    CC_COMPILE = 1 << 16,        /* -c */
    CC_ASSEMBLE = 1 << 17,       /* -S */
    CC_OUTPUT = 1 << 18,         /* -o */
    CC_LANGUAGE = 1 << 19,       /* -x */
    CC_SHARED = 1 << 20,         /* the output is no program: it brings no runtime */
    CC_BARE = 1 << 21,           /* without libc: the same as CC_PLAIN, and the link is the compiler's */
    CC_STATIC = 1 << 22,
    CC_FAR = 1 << 23,            /* code may be far from its data */
    CC_PLAIN = 1 << 24,          /* counters do not go with it: C sources are compiled as they are, and say so */
    CC_PCH = 1 << 25,            /* a precompiled header whose text is taken in as well: not for our steps */
    CC_OBJECT = 1 << 26,         /* the output of the link is an object */
    CC_SANITIZE = 1 << 27,       /* brings an allocator of its own: allocations are not counted */
    CC_NOTES = 1 << 28,          /* makes a .gcno, */
    CC_ARCS = 1 << 29,           /* a program that writes a .gcda, */
    CC_SPLIT = 1 << 30           /* a .dwo */
};

struct ccopt {
    const char *name;
    unsigned flags;
};

extern const struct ccopt ccopt_table[];
extern const size_t ccopt_count;

/* The option that `word` is or begins with; NULL where it is none of the table. */
const struct ccopt *ccopt_find(const char *word);

#endif
