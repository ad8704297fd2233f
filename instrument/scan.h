/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Small steps over preprocessed C text. "Space" is white space, comments, linemarkers and other directive lines.
 * Offsets never pass `len`.
 */
#ifndef INSTRUMENT_SCAN_H
#define INSTRUMENT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan_text {
    const char *text;
    uint32_t len;
};

struct scan_header {             /* of `for (a; b; c)` */
    uint32_t open, first, second, close;      /* offsets of ( ; ; ) */
};

uint32_t scan_space(struct scan_text t, uint32_t at);
uint32_t scan_token(struct scan_text t, uint32_t at);      /* behind the literal, word or character at `at` */
bool scan_word(struct scan_text t, uint32_t at, const char *word);

/* Behind the `;` that follows `at` after space; `at` itself where none does. */
uint32_t scan_semicolon(struct scan_text t, uint32_t at);

/* `at` stands at `for`. False where the text has another shape. */
bool scan_for(struct scan_text t, uint32_t at, struct scan_header *h);

/* Whether a `#pragma` line (with `omp` only OpenMP's) lies in the text, which must start outside of literals. */
bool scan_pragma(struct scan_text t, uint32_t from, uint32_t to, bool omp);

#endif
