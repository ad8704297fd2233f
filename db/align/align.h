/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which line of one version of a program is which line of another. Pure: texts and function ranges in, links out.
 *
 * Functions are matched by file and name, then by name alone (moved to another file), then by content (renamed). Lines
 * of matched functions are aligned by a histogram diff (the patience diff of git and JGit, with rare instead of unique
 * lines), blocks that moved are found among what is left, then lines that are similar. Two lines are the same when
 * their tokens are: white space, comments and braces do not count, nor does where a statement is broken into lines.
 */
#ifndef DB_ALIGN_H
#define DB_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

enum align_mark { ALIGN_SAME, ALIGN_EDITED, ALIGN_NEW, ALIGN_GONE, ALIGN_MOVED };
enum { ALIGN_BEFORE, ALIGN_AFTER };

extern const char align_marks[6];        /* "=~+->", by mark */

struct align_function {
    const char *name;
    int line, last_line;         /* from 1 */
};

struct align_text {
    const char *path;
    const char *text;            /* NULL: not known; then lines of functions are matched by their distance from the
                                  * function's first line */
    size_t len;
    const struct align_function *functions;      /* by line; nested ones belong to the one around them */
    size_t function_count;
};

struct align_side {
    const struct align_text *texts;
    size_t count;
};

/* Where a line is on the other side. A line that was broken into several has links from all of them to the line where
 * their first token is, and one link back. A line of nothing but braces or space without a partner is ALIGN_SAME with
 * text -1: layout. */
struct align_link {
    int32_t text, line;          /* text -1: nowhere */
    enum align_mark mark;
};

struct align_match {
    int text[2], function[2];    /* by side; function -1 on the side where there is none */
    bool renamed, moved;         /* moved: to another file, or past other functions */
};

struct align_lines {
    struct align_link *links;    /* [line], from 1 */
    int count;
};

struct align {
    struct align_lines *of[2];   /* [side][text] */
    int *file[2];                /* [side][text]: the text it became or came from, -1 */
    size_t text_count[2];
    VEC(struct align_match) functions;   /* every function of both sides, once */
};

/* What is handed in is borrowed for the call only. */
void align_sides(const struct align_side *before, const struct align_side *after, struct align *out);
void align_release(struct align *a);

/* The link of a line; {-1, 0, ALIGN_NEW or ALIGN_GONE} where it is beyond the text. */
struct align_link align_link_of(const struct align *a, int side, int text, int line);

#endif
