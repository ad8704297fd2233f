/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A compiler's command line, understood just far enough to split it into preprocess, compile and link. Memory in,
 * memory out: nothing is run; only inputs and output are looked at, for whether they are files.
 */
#ifndef INSTRUMENT_ARGS_H
#define INSTRUMENT_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/vec.h"
#include "instrument/ccopt.h"
#include "instrument/response.h"

enum args_mode { ARGS_LINK, ARGS_OBJECT, ARGS_ASSEMBLY };

enum args_kind { ARGS_OPTION, ARGS_OPTION_VALUE, ARGS_INPUT };

struct args_word {
    const char *text;            /* borrowed from args.words */
    enum args_kind kind;
    unsigned flags;              /* of the option that it is or belongs to: enum ccopt_flag; 0 for an input */
};

struct args_input {
    size_t word;                 /* index into args.list */
    const char *path;
    const char *language;        /* by -x; NULL: by suffix */
    bool c;                      /* to be rewritten */
    bool preprocessed;           /* it is C that needs no preprocessing: x.i */
};

struct args {
    struct words words;          /* response files expanded */
    VEC(struct args_word) list;
    VEC(struct args_input) inputs;
    enum args_mode mode;
    const char *output;          /* -o; NULL: none */
    const char *last_language;   /* the -x that holds at the end; NULL: none */
    bool build_id;               /* the user chose one, or none */
    bool warns;                  /* some warning is asked for */
    bool plain_first;            /* the plain compile must give the answer before ours */
    unsigned seen;               /* flags of all options, together */
    bool debug, lto;
    const char *pass;            /* why the command goes to the compiler as it is; NULL: it does not */
    const char *untouched;       /* an option that counters do not go with: C is compiled as it is, and says so */
    unsigned pair;               /* flags of the word behind the next -Xclang: enum ccopt_flag */
};

#define ARGS_ONCE "an input that can be read only once"

/* `argv` (NULL-ended) without the compiler's own name. `cxx`: the compiler is g++ or clang++, to which .c is C++. */
void args_parse(char *const *argv, bool cxx, struct args *a);
void args_release(struct args *a);

size_t args_c_count(const struct args *a);
bool args_has(const struct args *a, const char *word);           /* as a word of its own */

/* The file that input `i` is compiled to in modes OBJECT and ASSEMBLY; yours. */
char *args_target(const struct args *a, size_t input);

/* These append a step's words, without the compiler and without NULL. */

/* Preprocessing of input `input` to standard output. `fast`: it stands for the plain compile, so it makes the
 * dependency file that the whole command would make. `comments`: they stay. */
void args_preprocess(const struct args *a, size_t input, bool clang, bool fast, bool comments, struct words *out);

/* Options of a compilation of preprocessed text, without input, output and mode. `quiet` leaves out what could make a
 * silent compile fail. */
void args_compile(const struct args *a, bool quiet, struct words *out);

/* The command with input `i` as the only one, compiled to an object, without dependency files and by-products. */
void args_plain(const struct args *a, size_t input, struct words *out);

/* The command as a link: each C input replaced by objects[input], which is NULL for the others. */
void args_link(const struct args *a, char *const *objects, struct words *out);

#endif
