/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "instrument/ast_build.h"

static const struct build_how plain = {0}, merged = {.merged = true};

static void go_home(struct build *b, uint32_t begin, uint32_t end)
{
    b->home = lines_at(b->lines, begin);
    b->spots = !build_at_home(b, end);
    b->home_used = false;
}

static bool has_pragma(struct build *b, uint32_t from, uint32_t to, bool omp)
{
    return b->pragmas && from < to && scan_pragma(b->text, from, to, omp);
}

/* ---- OpenMP directives that say what form the statement behind them has ---- */

enum openmp { OPENMP_FREE, OPENMP_NEST, OPENMP_SECTIONS, OPENMP_SEALED };

static const struct {
    const char *word;
    enum openmp form;
    bool value;                  /* only with one in parentheses */
} openmp_words[] = {
    {"collapse", OPENMP_NEST, true}, {"ordered", OPENMP_NEST, true}, {"sections", OPENMP_SECTIONS, false},
    /* iterations at the same time would count as one; the others do not exist as they are written, or elsewhere */
    {"simd", OPENMP_SEALED, false}, {"loop", OPENMP_SEALED, false}, {"scan", OPENMP_SEALED, false},
    {"metadirective", OPENMP_SEALED, false}, {"tile", OPENMP_SEALED, false}, {"unroll", OPENMP_SEALED, false},
    {"target", OPENMP_SEALED, false},
};

/* What the directives between two offsets ask for; *depth: how many loops must stand directly in each other. */
static enum openmp openmp_form(struct scan_text t, uint32_t from, uint32_t to, unsigned *depth)
{
    enum openmp form = OPENMP_FREE;
    const char *pragma = memmem(t.text + from, to - from, "#pragma", 7);
    for (uint32_t at = pragma ? (uint32_t)(pragma - t.text) : to; at < to; at++) {
        if (at && (isalnum((unsigned char)t.text[at - 1]) || t.text[at - 1] == '_'))
            continue;
        for (size_t i = 0; i < sizeof openmp_words / sizeof *openmp_words; i++) {
            if (!scan_word(t, at, openmp_words[i].word))
                continue;
            uint32_t behind = scan_space(t, at + (uint32_t)strlen(openmp_words[i].word));
            if (openmp_words[i].value && t.text[behind] != '(')
                continue;
            if (openmp_words[i].value)
                *depth = (unsigned)strtoul(t.text + behind + 1, NULL, 10);
            form = openmp_words[i].form > form ? openmp_words[i].form : form;
        }
    }
    return form;
}

/* Body of the innermost of `depth` loops; 0 where they do not stand directly in each other. */
static uint32_t nested_body(struct build *b, uint32_t id, unsigned depth)
{
    while (depth-- && id) {
        struct tree_node *n = build_node(b, id);
        if (n->kind == TREE_BLOCK && n->child && !build_node(b, n->child)->next)
            n = build_node(b, n->child);
        id = n->kind == TREE_FOR ? n->body : 0;
    }
    return id;
}

/* Sections are statements behind a directive: what counts them must be part of them. */
static void free_sections(struct build *b, uint32_t list)
{
    for (uint32_t id = list; id; id = build_node(b, id)->next) {
        struct tree_node *n = build_node(b, id);
        n->in_list = false;
        n->anchor = n->begin;
    }
}

/* Nothing may stand in the statement but in those parts of it that are kept. */
static void seal(struct build *b, uint32_t id, uint32_t kept)
{
    struct tree_node *n = build_node(b, id);
    n->kind = TREE_SEALED;
    n->expr = n->cond = n->step = n->body = n->other = 0;
    n->child = kept;
}

static void settle_openmp(struct build *b, uint32_t id, uint32_t gap)
{
    unsigned depth = 0;
    enum openmp form = openmp_form(b->text, gap, build_node(b, id)->begin, &depth);
    if (form == OPENMP_SECTIONS && build_node(b, id)->kind == TREE_BLOCK) {
        free_sections(b, build_node(b, id)->child);
        seal(b, id, build_node(b, id)->child);
    } else if (form != OPENMP_FREE) {
        seal(b, id, form == OPENMP_NEST && depth ? nested_body(b, id, depth) : 0);
    }
}

/* `gap`: where the text between what stands before a statement and the statement begins. */
static void settle_gap(struct build *b, uint32_t id, uint32_t gap)
{
    struct tree_node *n = build_node(b, id);
    if (!has_pragma(b, gap, n->begin, false))
        return;
    if (n->in_list)
        n->anchor = gap;
    else if (n->kind != TREE_BLOCK)
        seal(b, id, 0);
    n->region = b->f->openmp && has_pragma(b, gap, n->begin, true);
    if (n->region)
        settle_openmp(b, id, gap);
}

static uint32_t build_block(struct build *b, uint32_t id, CXCursor c)
{
    struct build_list statements = {0};
    size_t base = build_push_children(b, c), end = b->stack.count;
    uint32_t gap = build_node(b, id)->begin + 1;
    for (size_t i = base; i < end; i++) {
        uint32_t child = build_statement(b, b->stack.items[i], true);
        settle_gap(b, child, gap);
        gap = build_node(b, child)->end;
        build_append(b, &statements, child);
    }
    b->stack.count = base;
    build_node(b, id)->child = statements.first;
    return id;
}

static uint32_t build_condition(struct build *b, CXCursor c)
{
    uint32_t begin = build_begin(c), end = build_end(c);
    struct lines_spot home = lines_at(b->lines, begin);
    bool spots = b->spots;
    b->home = home;
    b->spots = !build_at_home(b, end);
    uint32_t id = build_condition_operand(b, c);
    build_node(b, id)->file = home.file;
    build_node(b, id)->line = home.line;
    build_node(b, id)->countable = true;
    b->spots = spots;
    return id;
}

static uint32_t build_body(struct build *b, CXCursor c, uint32_t gap)
{
    uint32_t id = build_statement(b, c, false);
    settle_gap(b, id, gap);
    return id;
}

static void build_if(struct build *b, uint32_t id, CXCursor *child, size_t count)
{
    enum tree_constant constant = build_constant(b, child[0]);
    uint32_t cond = build_condition(b, child[0]);
    uint32_t body = build_body(b, child[1], build_node(b, cond)->end);
    uint32_t other = count > 2 ? build_body(b, child[2], build_node(b, body)->end) : 0;
    if (!other && build_node(b, body)->kind == TREE_IF && build_node(b, body)->other)
        build_node(b, body)->keeps_if = true;
    struct tree_node *n = build_node(b, id);
    n->cond = cond;
    n->body = body;
    n->other = other;
    n->constant = (uint8_t)constant;
}

static void build_for(struct build *b, uint32_t id, CXCursor *child, size_t count)
{
    struct scan_header h;
    uint32_t init = 0, cond = 0, step = 0;
    enum tree_constant constant = TREE_TRUE;
    if (!scan_for(b->text, build_node(b, id)->begin, &h)) {
        build_node(b, id)->kind = TREE_SEALED;
        return;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        uint32_t begin = build_begin(child[i]);
        if (begin < h.first) {
            init = build_statement(b, child[i], true);
        } else if (begin < h.second) {
            constant = build_constant(b, child[i]);
            cond = build_condition(b, child[i]);
        } else {
            step = build_condition(b, child[i]);
        }
    }
    uint32_t body = build_body(b, child[count - 1], h.close);
    struct tree_node *n = build_node(b, id);
    n->child = init;
    n->cond = cond;
    n->step = step;
    n->body = body;
    n->constant = (uint8_t)constant;
}

static void build_loop(struct build *b, uint32_t id, CXCursor *child, size_t count)
{
    unsigned calls = b->calls, loops = b->loops++, exits = b->exits, labels = b->labels;
    enum tree_kind kind = build_node(b, id)->kind;
    if (kind == TREE_FOR) {
        build_for(b, id, child, count);
    } else {
        CXCursor test = child[kind == TREE_DO], run = child[kind != TREE_DO];
        enum tree_constant constant = build_constant(b, test);
        uint32_t cond = build_condition(b, test);
        uint32_t body = build_body(b, run, kind == TREE_DO ? build_node(b, id)->begin : build_node(b, cond)->end);
        build_node(b, id)->cond = cond;
        build_node(b, id)->body = body;
        build_node(b, id)->constant = (uint8_t)constant;
    }
    build_node(b, id)->labels = b->labels != labels;
    build_node(b, id)->tight = b->calls == calls && b->loops == loops + 1 && b->exits == exits && b->labels == labels;
}

static void build_label(struct build *b, uint32_t id, CXCursor c, CXCursor *child, size_t count, bool in_list)
{
    enum CXCursorKind kind = clang_getCursorKind(c);
    uint32_t colon = kind == CXCursor_CaseStmt ? build_end(child[count - 2])
                                               : scan_token(b->text, build_node(b, id)->begin);
    colon = scan_space(b->text, colon);
    b->labels++;
    uint32_t sub = build_statement(b, child[count - 1], in_list);
    settle_gap(b, sub, colon + 1);
    if (build_node(b, sub)->begin <= colon)          /* `label: }`: libclang makes up a statement at the colon */
        build_node(b, sub)->begin = build_node(b, sub)->anchor = build_node(b, sub)->end = colon + 1;
    struct tree_node *n = build_node(b, id);
    n->child = sub;
    n->is_default = kind == CXCursor_DefaultStmt;
    n->is_case = kind != CXCursor_LabelStmt;
}

static bool is_automatic(CXCursor variable)
{
    enum CX_StorageClass storage = clang_Cursor_getStorageClass(variable);
    return storage != CX_SC_Static && storage != CX_SC_Extern;
}

static bool takes_counter(CXCursor variable, CXCursor init)
{
    enum CXTypeKind type = clang_getCanonicalType(clang_getCursorType(variable)).kind;
    bool is_array = type == CXType_ConstantArray || type == CXType_IncompleteArray || type == CXType_VariableArray;
    return !is_array && clang_getCursorKind(init) != CXCursor_InitListExpr && build_refers(init);
}

static bool is_call(struct build *b, CXCursor c)
{
    while (clang_getCursorKind(c) == CXCursor_UnexposedExpr || clang_getCursorKind(c) == CXCursor_ParenExpr)
        c = build_last_child(b, c);
    return clang_getCursorKind(c) == CXCursor_CallExpr;
}

static void build_variable(struct build *b, uint32_t id, CXCursor variable, struct build_list *parts)
{
    CXCursor init = clang_Cursor_getVarDeclInitializer(variable);
    bool runs = clang_getCanonicalType(clang_getCursorType(variable)).kind == CXType_VariableArray;
    if (runs)
        build_expressions(b, variable, merged, parts);
    if (clang_Cursor_isNull(init) && !runs)
        return;
    uint32_t place = build_place(variable);
    bool first = build_node(b, id)->line == 0;
    if (first) {
        build_set_line(b, id, place);
        b->home = lines_at(b->lines, place);
    }
    if (clang_Cursor_isNull(init))
        return;
    if (!build_node(b, id)->cond && !parts->first && takes_counter(variable, init)) {
        uint32_t operand = tree_add(b->t, TREE_OPERAND, build_begin(init), build_end(init));
        build_node(b, id)->cond = operand;
    }
    build_expression(b, init, merged, parts);
    if (!is_call(b, init))
        build_spot(b, place, plain, parts);
}

static void build_declaration(struct build *b, uint32_t id, CXCursor c)
{
    struct build_list parts = {0};
    size_t base = build_push_children(b, c), end = b->stack.count;
    build_node(b, id)->line = 0;
    for (size_t i = base; i < end; i++) {
        CXCursor d = b->stack.items[i];
        if (clang_getCursorKind(d) == CXCursor_VarDecl && is_automatic(d))
            build_variable(b, id, d, &parts);
    }
    b->stack.count = base;
    build_node(b, id)->expr = parts.first;
    if (b->spots && !b->home_used && parts.first)
        build_node(b, id)->line = 0;
}

static const struct {
    enum CXCursorKind cursor;
    enum tree_kind kind;
    bool semicolon;              /* stands behind the extent */
} kinds[] = {
    {CXCursor_CompoundStmt, TREE_BLOCK, false}, {CXCursor_IfStmt, TREE_IF, false},
    {CXCursor_WhileStmt, TREE_WHILE, false}, {CXCursor_DoStmt, TREE_DO, true}, {CXCursor_ForStmt, TREE_FOR, false},
    {CXCursor_SwitchStmt, TREE_SWITCH, false}, {CXCursor_CaseStmt, TREE_LABEL, false},
    {CXCursor_DefaultStmt, TREE_LABEL, false}, {CXCursor_LabelStmt, TREE_LABEL, false},
    {CXCursor_ReturnStmt, TREE_RETURN, true}, {CXCursor_GotoStmt, TREE_GOTO, true},
    {CXCursor_IndirectGotoStmt, TREE_GOTO, true}, {CXCursor_BreakStmt, TREE_BREAK, true},
    {CXCursor_ContinueStmt, TREE_CONTINUE, true}, {CXCursor_NullStmt, TREE_NULL, false},
    {CXCursor_DeclStmt, TREE_DECLARE, false}, {CXCursor_GCCAsmStmt, TREE_PLAIN, true},
};

static enum tree_kind kind_of(CXCursor c, bool *semicolon)
{
    enum CXCursorKind cursor = clang_getCursorKind(c);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].cursor == cursor) {
            *semicolon = kinds[i].semicolon;
            return kinds[i].kind;
        }
    }
    *semicolon = true;
    return clang_isStatement(cursor) && cursor != CXCursor_StmtExpr ? TREE_SEALED : TREE_PLAIN;
}

/* `__attribute__((fallthrough));` and its like: an attribute in front of another statement. `#pragma unroll` is one
 * too, but there the gap to the statement before matters. */
static uint32_t build_attributed(struct build *b, CXCursor c, bool in_list)
{
    uint32_t begin = build_begin(c);
    CXCursor inner = build_last_child(b, c);
    if (clang_Cursor_isNull(inner) || !clang_isStatement(clang_getCursorKind(inner)))
        return tree_add(b->t, TREE_SEALED, begin, scan_semicolon(b->text, build_end(c)));
    uint32_t id = build_statement(b, inner, in_list);
    if (b->text.text[begin] != '#')
        build_node(b, id)->begin = build_node(b, id)->anchor = begin;
    return id;
}

/* `asm goto` may jump to labels instead of going on: the same as a call that may not return. */
static void add_asm_exit(struct build *b, uint32_t id, struct build_list *parts)
{
    uint32_t at = build_node(b, id)->begin;
    while (at < b->text.len && b->text.text[at] != '(' && !scan_word(b->text, at, "goto"))
        at = scan_space(b->text, scan_token(b->text, at));
    if (!scan_word(b->text, at, "goto"))
        return;
    uint32_t exit = tree_add(b->t, TREE_CALL, at, at);
    build_node(b, exit)->callee = tree_callee(b->t, "");
    build_append(b, parts, exit);
}

/* `(void)x;`, `((void)0);`, `((void)x, (void)0);` make no code. */
static bool is_idle(struct build *b, CXCursor c)
{
    c = build_strip(b, c);
    if (clang_getCursorKind(c) == CXCursor_BinaryOperator
        && clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_Comma) {
        size_t base = build_push_children(b, c);
        CXCursor left = b->stack.items[base];
        b->stack.count = base;
        return is_idle(b, left) && is_idle(b, build_last_child(b, c));
    }
    return clang_getCursorKind(c) == CXCursor_IntegerLiteral || clang_getCursorKind(c) == CXCursor_DeclRefExpr;
}

static void build_parts(struct build *b, uint32_t id, CXCursor c)
{
    struct build_list parts = {0};
    if (build_node(b, id)->is_asm)
        add_asm_exit(b, id, &parts);
    if (build_node(b, id)->kind == TREE_PLAIN)
        build_expression(b, c, plain, &parts);
    else
        build_expressions(b, c, plain, &parts);
    if (build_node(b, id)->kind == TREE_RETURN && b->spots && !parts.first)
        build_spot(b, build_begin(build_last_child(b, c)), plain, &parts);
    build_node(b, id)->expr = parts.first;
    build_hold(b, id, c);
    bool elsewhere = b->spots && !b->home_used && parts.first && !build_node(b, id)->is_asm;
    if (elsewhere || (build_node(b, id)->kind == TREE_PLAIN && is_idle(b, c)))
        build_node(b, id)->line = 0;
}

/* libclang's extent of a statement ends where its last part does, before that one's `;`. */
static void end_with_parts(struct build *b, uint32_t id)
{
    struct tree_node *n = build_node(b, id);
    uint32_t parts[] = {n->body, n->other, n->kind == TREE_LABEL ? n->child : 0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && build_node(b, parts[i])->end > n->end)
            n->end = build_node(b, parts[i])->end;
}

static void build_compound(struct build *b, uint32_t id, CXCursor c, bool in_list)
{
    size_t base = build_push_children(b, c), count = b->stack.count - base;
    CXCursor child[5];
    for (size_t i = 0; i < count && i < 5; i++)
        child[i] = b->stack.items[base + i];
    b->stack.count = base;
    enum tree_kind kind = build_node(b, id)->kind;
    if (count > 5 || count < (kind == TREE_LABEL || kind == TREE_FOR ? 1 : 2)) {
        build_node(b, id)->kind = TREE_SEALED;
    } else if (kind == TREE_IF) {
        build_if(b, id, child, count);
    } else if (kind == TREE_LABEL) {
        build_label(b, id, c, child, count, in_list);
    } else if (kind == TREE_SWITCH) {
        uint32_t cond = build_condition(b, child[0]);
        uint32_t body = build_body(b, child[1], build_node(b, cond)->end);
        build_node(b, id)->cond = cond;
        build_node(b, id)->body = body;
    } else {
        build_loop(b, id, child, count);
    }
    end_with_parts(b, id);
}

uint32_t build_statement(struct build *b, CXCursor c, bool in_list)
{
    if (clang_getCursorKind(c) == CXCursor_UnexposedStmt)
        return build_attributed(b, c, in_list);
    bool semicolon;
    enum tree_kind kind = kind_of(c, &semicolon);
    uint32_t begin = build_begin(c), end = build_end(c);
    uint32_t id = tree_add(b->t, kind, begin, semicolon ? scan_semicolon(b->text, end) : end);
    build_set_line(b, id, begin);
    build_node(b, id)->in_list = in_list;
    build_node(b, id)->is_asm = clang_getCursorKind(c) == CXCursor_GCCAsmStmt;
    go_home(b, begin, end);
    b->exits += kind == TREE_RETURN || kind == TREE_GOTO || kind == TREE_SEALED;
    b->calls += build_node(b, id)->is_asm;
    b->f->has_return |= kind == TREE_RETURN;
    if (kind == TREE_BLOCK)
        build_block(b, id, c);
    else if (kind == TREE_DECLARE)
        build_declaration(b, id, c);
    else if (kind == TREE_PLAIN || kind == TREE_RETURN || kind == TREE_GOTO)
        build_parts(b, id, c);
    else if (kind >= TREE_IF && kind <= TREE_LABEL)
        build_compound(b, id, c, in_list);
    return id;
}
