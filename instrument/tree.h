/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the rewriter needs to know of a translation unit, without any type of libclang: ast.c builds it, calls.c and
 * flow.c think about it, rewrite.c walks it to insert text. Offsets are bytes of the preprocessed text.
 *
 * Nodes refer to each other by index; 0 is "none". A node's fields by kind:
 *     BLOCK      child = statements
 *     PLAIN      expr = parts of the expression; `asm` statements have is_asm
 *     DECLARE    expr = parts of all initialisers; cond = the first initialiser, if a counter may be put into it
 *     IF         cond, body, other
 *     WHILE DO   cond, body
 *     FOR        child = init (PLAIN or DECLARE), cond, step, body
 *     SWITCH     cond, body
 *     LABEL      child = the statement behind `case x:`, `default:` or `name:`
 *     RETURN GOTO  expr
 *     SEALED     nothing may be inserted into it nor right before it; child = parts of it that are free again
 *     OPERAND    a sub-expression: expr = its parts; may hold a counter if `countable`
 *     SPOT       a place on a line at which the compiler puts code of the surrounding statement
 *     CALL       callee = index into callees; like SPOT where line is not 0; begin, end = with its arguments
 *     INNER      a statement expression; child = its BLOCK
 */
#ifndef INSTRUMENT_TREE_H
#define INSTRUMENT_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

enum tree_kind {
    TREE_BLOCK, TREE_PLAIN, TREE_DECLARE, TREE_NULL, TREE_IF, TREE_WHILE, TREE_DO, TREE_FOR, TREE_SWITCH, TREE_LABEL,
    TREE_RETURN, TREE_GOTO, TREE_BREAK, TREE_CONTINUE, TREE_SEALED,
    TREE_OPERAND, TREE_SPOT, TREE_CALL, TREE_INNER
};

enum tree_constant { TREE_VARIABLE, TREE_TRUE, TREE_FALSE };

struct tree_node {
    uint8_t kind;                /* enum tree_kind */
    uint8_t constant;            /* enum tree_constant, of a condition */
    bool in_list : 1;            /* stands in a block (also behind a label): no braces needed around insertions */
    bool is_asm : 1;
    bool is_default : 1;         /* LABEL: default */
    bool is_case : 1;            /* LABEL: case or default */
    bool countable : 1;          /* OPERAND: `(++c[k],operand)` means the same as the operand */
    bool tight : 1;              /* loop without calls, inner loops, labels and ways out but its condition and break */
    bool labels : 1;             /* loop with labels inside: may be entered there */
    bool region : 1;             /* an OpenMP directive stands before it: other threads may run it */
    bool keeps_if : 1;           /* an `if` whose `else` must not move into braces: the condition has its counter */
    uint32_t begin, end;         /* with the final `;` of a statement */
    uint32_t anchor;             /* where text before it goes: `begin`, or further ahead if directives stand between */
    uint32_t file, line;         /* of begin, as the user sees them */
    uint32_t next, child, expr, cond, step, body, other;
    uint32_t callee;
    uint32_t whole;              /* OPERAND of && || ?: where that begins */
    uint32_t held, held_end;     /* RETURN, PLAIN: an expression whose call must leave a return address; 0: none */
};

enum tree_fate { TREE_MAY_STAY, TREE_RETURNS, TREE_NEVER, TREE_HAS_BODY };

struct tree_callee {
    char *name;
    uint8_t fate;                /* enum tree_fate; TREE_HAS_BODY until calls_settle */
    bool resolver;               /* runs before the program is relocated: must stay as it is */
    bool replaceable;            /* weak: what runs may be another body than the one seen */
    bool internal;               /* only this unit knows it, and no attribute gives it to others */
    uint32_t declared;           /* how many declarations at file level name it, the definition among them */
    uint32_t first, count;       /* slice of tree.calls: whom its body calls */
};

struct tree_function {
    char *name;
    char *reason;                /* why it cannot be instrumented, or NULL */
    char *arguments;             /* to call it again as it was called, "a,b"; NULL: it cannot be */
    uint32_t callee;             /* itself */
    uint32_t file, line;         /* of its name */
    uint32_t end_line;           /* of the closing brace */
    uint32_t begin, end;         /* of the body, braces included */
    uint32_t open;               /* where declarations of ours may go: behind `{` and what must come first */
    uint32_t body;               /* BLOCK */
    uint32_t first_node, node_end;
    bool is_void, is_main, is_static, has_return, twice, openmp;     /* twice: calls something like setjmp */
};

struct tree {
    VEC(struct tree_node) nodes;
    VEC(struct tree_function) functions;
    VEC(struct tree_callee) callees;
    VEC(uint32_t) calls;
    uint32_t *slots;             /* hash of callees by name; index + 1 */
    size_t slot_count;
};

void tree_init(struct tree *t);
void tree_release(struct tree *t);
uint32_t tree_add(struct tree *t, enum tree_kind kind, uint32_t begin, uint32_t end);
uint32_t tree_callee(struct tree *t, const char *name);   /* index; made where it is new */
uint32_t tree_find(const struct tree *t, const char *name, size_t len);     /* index + 1; 0: there is none */

bool tree_is_empty(const struct tree *t, uint32_t body);
bool tree_leaves(const struct tree *t, uint32_t body);    /* its end is a jump away */

#endif
