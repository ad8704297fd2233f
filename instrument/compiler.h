/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which real compiler to call. Never farmcc itself, under whatever name it stands in PATH.
 */
#ifndef INSTRUMENT_COMPILER_H
#define INSTRUMENT_COMPILER_H

#include <stdbool.h>

#include "instrument/response.h"

struct compiler {
    struct words command;        /* program, then options of its own */
    char *program;               /* its file; NULL where there is none */
    bool clang;                  /* clang; else treated as gcc */
    bool cxx;                    /* g++, clang++: a .c file is C++ to it */
};

/* False where the command's words name another processor than the one farmcc was made for: aarch64-linux-gnu-gcc. */
bool compiler_is_native(const struct compiler *c);

/* True where `word` names a C or C++ compiler: gcc, x86_64-linux-gnu-gcc-12, /usr/bin/clang-19, c++. */
bool compiler_is_name(const char *word);

/* In this order: the first words of *argv, which are then passed over (`farmcc gcc -c x.c`, `farmcc ccache gcc ...`);
 * the setting, NULL if none; the name by which farmcc was called where it is a compiler's; cc, gcc, clang. */
bool compiler_find(const char *called_as, const char *setting, char ***argv, struct compiler *c, struct str *err);
void compiler_release(struct compiler *c);

#endif
