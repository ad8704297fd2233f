/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the door to libclang share: ast.c (units and functions), ast_again.c, ast_statement.c,
 * ast_expression.c.
 *
 * Statements become nodes one by one; expressions keep only what matters for counts: calls, parts that are evaluated
 * conditionally, statement expressions, and, in statements of several lines, the places at which gcc puts code on a
 * line (a model of its -O0 line notes, found by comparing with gcov).
 */
#ifndef INSTRUMENT_AST_BUILD_H
#define INSTRUMENT_AST_BUILD_H

#include <clang-c/Index.h>

#include "instrument/globs.h"
#include "instrument/lines.h"
#include "instrument/scan.h"
#include "instrument/tree.h"

struct build {
    struct tree *t;
    struct lines *lines;
    struct scan_text text;
    VEC(CXCursor) stack;         /* children of the cursors on the way down */
    struct tree_function *f;
    struct lines_spot home;      /* line of the statement at work */
    bool spots;                  /* it has several lines */
    bool home_used;              /* the compiler puts code on the first of them */
    bool once;                   /* the function at hand cannot be called again, as its attributes say */
    bool pragmas;                /* the function holds #pragma lines */
    unsigned calls, loops, exits, labels;      /* met so far in the function */
    bool allocates;              /* the function has called for memory so far */
    const struct globs *wrappers;              /* of --farm-alloc, or NULL */
};

struct build_list {
    uint32_t first, last;
};

struct build_how {
    uint32_t place;              /* not 0: gcc gives the outermost operation this place instead of its own */
    bool merged;                 /* the outermost operation becomes part of the statement around it */
    bool tested;                 /* only a branch depends on it */
};

/* ast.c */
uint32_t build_begin(CXCursor c);
uint32_t build_end(CXCursor c);
uint32_t build_place(CXCursor c);                      /* of its name */
char *build_take(CXString s);                          /* yours to free */
struct tree_node *build_node(struct build *b, uint32_t id);
void build_append(struct build *b, struct build_list *l, uint32_t id);
void build_set_line(struct build *b, uint32_t id, uint32_t offset);
bool build_at_home(struct build *b, uint32_t offset);  /* on the line of the statement at work */

/* The children stand in b->stack from the index returned; pop them by setting stack.count back to it. */
size_t build_push_children(struct build *b, CXCursor c);
CXCursor build_last_child(struct build *b, CXCursor c);        /* null cursor where there is none */

/* ast_again.c: sets b->f->arguments */
void build_arguments(struct build *b, CXCursor function, CXCursor body);

/* ast_statement.c */
uint32_t build_statement(struct build *b, CXCursor c, bool in_list);

/* ast_alloc.c */
bool build_allocates(struct build *b, CXCursor call);  /* is a call of an allocation function, or may be one */
void build_hold(struct build *b, uint32_t id, CXCursor statement);     /* sets held where the call must not be a jump */

/* ast_expression.c */
void build_expression(struct build *b, CXCursor c, struct build_how how, struct build_list *parts);
void build_expressions(struct build *b, CXCursor parent, struct build_how how, struct build_list *parts);
void build_spot(struct build *b, uint32_t offset, struct build_how how, struct build_list *parts);
uint32_t build_condition_operand(struct build *b, CXCursor c);
CXCursor build_strip(struct build *b, CXCursor c);     /* without parentheses and casts */
bool build_refers(CXCursor c);                         /* to anything but constants */
enum tree_constant build_constant(struct build *b, CXCursor c);

#endif
