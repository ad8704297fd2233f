/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the alignment (align*.c) share.
 */
#ifndef DB_ALIGN_PARTS_H
#define DB_ALIGN_PARTS_H

#include "db/align/align.h"

/* A line as its tokens. Braces are no tokens: where they stand is layout. */
struct align_line {
    uint64_t key;                /* of its tokens; 0: it has none (braces, space, comment) */
    uint64_t whole;              /* of all its characters but space */
    uint32_t first, count;       /* slice of tokens */
    bool layout;                 /* nothing but braces or space */
};

#define ALIGN_WORD 1u            /* bit of a token: a name or a number, not punctuation */

struct align_tokens {
    VEC(struct align_line) lines;
    VEC(uint32_t) tokens;
};

void align_lex(const char *text, size_t len, struct align_tokens *out);

/* match[i] is the element of b that a[i] is, or -1; ascending. Keys are equal where elements are. */
void align_diff(const uint64_t *a, int n, const uint64_t *b, int m, int *match);

struct align_work {
    const struct align_side *sides[2];
    struct align_tokens *lexed[2];       /* [side][text]; empty where the text is not known or the same on both sides */
    struct align *out;
};

struct align_block {             /* lines of two texts that are versions of one another, ascending */
    int text[2];
    VEC(int) lines[2];
    bool moved;                  /* the whole block is in another place: equal lines are ALIGN_MOVED */
};

const struct align_line *align_line_of(const struct align_work *w, int side, int text, int line);
struct align_link *align_slot(const struct align_work *w, int side, int text, int line);
bool align_linked(const struct align_work *w, int side, int text, int line);

/* Links two lines with each other. */
void align_join(struct align_work *w, int text0, int line0, int text1, int line1, enum align_mark mark);

/* Indices of a longest ascending run among values; those below 0 do not count. keep[i] says whether i is in it. */
void align_ascending(const int *values, int count, bool *keep);

/* Fills out->file. */
void align_files(struct align_work *w);

/* Fills out->functions, in the order of the first side, then those that are new. */
void align_functions(struct align_work *w);

/* Equal lines of the block, in order. */
void align_block_lines(struct align_work *w, const struct align_block *b);

/* Blocks that moved: runs of equal lines that nothing is linked to yet, wherever they are. */
void align_moves(struct align_work *w);

/* Between what is linked in the block: statements that were broken into lines in another way, lines that are similar,
 * then braces and comments. */
void align_gaps(struct align_work *w, const struct align_block *b);

#endif
