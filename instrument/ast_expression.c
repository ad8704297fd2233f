/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/ast_build.h"
#include "instrument/calls.h"

static const struct build_how plain = {0, false}, merged = {0, true};

void build_spot(struct build *b, uint32_t offset, struct build_how how, struct build_list *parts)
{
    if (!b->spots || how.merged || how.place || build_at_home(b, offset))
        return;
    uint32_t id = tree_add(b->t, TREE_SPOT, offset, offset);
    build_set_line(b, id, offset);
    build_append(b, parts, id);
}

static bool is_transparent(enum CXCursorKind kind)
{
    return kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr || kind == CXCursor_CStyleCastExpr;
}

/* Goes down by last children: a cast's first one may be the type. */
static CXCursor strip(struct build *b, CXCursor c)
{
    while (is_transparent(clang_getCursorKind(c))) {
        CXCursor inner = build_last_child(b, c);
        if (clang_Cursor_isNull(inner))
            break;
        c = inner;
    }
    return c;
}

static bool is_logical(CXCursor c)
{
    if (clang_getCursorKind(c) != CXCursor_BinaryOperator)
        return false;
    enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
    return op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr;
}

static enum CXChildVisitResult find_reference(CXCursor c, CXCursor parent, CXClientData data)
{
    enum CXCursorKind kind = clang_getCursorKind(c);
    bool refers = kind == CXCursor_CallExpr || kind == CXCursor_StmtExpr || kind == CXCursor_MemberRefExpr
        || (kind == CXCursor_DeclRefExpr
            && clang_getCursorKind(clang_getCursorReferenced(c)) != CXCursor_EnumConstantDecl);
    if (refers)
        *(bool *)data = true;
    return refers ? CXChildVisit_Break : kind == CXCursor_UnaryExpr ? CXChildVisit_Continue : CXChildVisit_Recurse;
}

bool build_refers(CXCursor c)
{
    bool found = false;
    find_reference(c, c, &found);
    if (!found)
        clang_visitChildren(c, find_reference, &found);
    return found;
}

/* An operand that is evaluated conditionally, or a condition. The counter goes to the first thing evaluated in it, so
 * that no parentheses come between && and ||, about which compilers have opinions. */
uint32_t build_operand(struct build *b, CXCursor c)
{
    uint32_t id = tree_add(b->t, TREE_OPERAND, build_begin(c), build_end(c));
    build_set_line(b, id, build_node(b, id)->begin);
    struct build_list parts = {0};
    build_expression(b, c, plain, &parts);
    CXCursor first = c;
    while (clang_getCursorKind(first) == CXCursor_UnexposedExpr || is_logical(first)) {
        size_t base = build_push_children(b, first);
        bool single = b->stack.count == base + 1;
        if (b->stack.count == base || (!single && !is_logical(first)))
            break;
        first = b->stack.items[base];
        b->stack.count = base;
    }
    build_node(b, id)->begin = build_node(b, id)->anchor = build_begin(first);
    build_node(b, id)->end = build_end(first);
    build_node(b, id)->expr = parts.first;
    build_node(b, id)->countable = build_refers(first);
    return id;
}

static bool is_simple(struct build *b, CXCursor c);

static bool are_simple(struct build *b, CXCursor c)
{
    size_t base = build_push_children(b, c), end = b->stack.count;
    bool simple = true;
    for (size_t i = base; i < end && simple; i++)
        simple = is_simple(b, b->stack.items[i]);
    b->stack.count = base;
    return simple;
}

/* gcc evaluates such operands without a branch, and its line notes do not know them. */
static bool is_simple(struct build *b, CXCursor c)
{
    c = strip(b, c);
    switch ((int)clang_getCursorKind(c)) {
    case CXCursor_IntegerLiteral: case CXCursor_CharacterLiteral: case CXCursor_FloatingLiteral:
        return true;
    case CXCursor_DeclRefExpr: {
        CXCursor d = clang_getCursorReferenced(c);
        enum CXCursorKind kind = clang_getCursorKind(d);
        return kind == CXCursor_ParmDecl || kind == CXCursor_EnumConstantDecl
            || (kind == CXCursor_VarDecl && clang_getCursorLinkage(d) == CXLinkage_NoLinkage
                && clang_Cursor_getStorageClass(d) != CX_SC_Static);
    }
    case CXCursor_BinaryOperator: {
        enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
        return op >= CXBinaryOperator_LT && op <= CXBinaryOperator_NE && are_simple(b, c);
    }
    case CXCursor_UnaryOperator:
        return clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_LNot && are_simple(b, c);
    default:
        return false;
    }
}

static void add_conditional(struct build *b, CXCursor c, bool is_arm, struct build_list *parts)
{
    uint32_t before = (uint32_t)b->t->nodes.count;
    uint32_t id = build_operand(b, c);
    if (!build_node(b, id)->expr && (!b->spots || is_arm)) {
        b->t->nodes.count = before;
        return;
    }
    if (is_arm || !b->spots || build_at_home(b, build_node(b, id)->begin))
        build_node(b, id)->line = 0;
    build_append(b, parts, id);
}

void build_expressions(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    size_t base = build_push_children(b, c), end = b->stack.count;
    for (size_t i = base; i < end; i++)
        if (!clang_isReference(clang_getCursorKind(b->stack.items[i])))
            build_expression(b, b->stack.items[i], how, parts);
    b->stack.count = base;
}

static void visit_binary(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    size_t base = build_push_children(b, c);
    if (b->stack.count != base + 2) {
        b->stack.count = base;
        return;
    }
    CXCursor left = b->stack.items[base], right = b->stack.items[base + 1];
    b->stack.count = base;
    enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
    bool assigns = clang_getCursorKind(c) == CXCursor_CompoundAssignOperator || op == CXBinaryOperator_Assign;
    if (op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr) {
        bool folded = is_simple(b, right) && (is_simple(b, left) || is_logical(strip(b, left)));
        build_expression(b, left, plain, parts);
        if (folded)
            build_expression(b, right, merged, parts);
        else
            add_conditional(b, right, false, parts);
        return;
    }
    if (op == CXBinaryOperator_Comma) {
        build_expression(b, left, plain, parts);
        build_expression(b, right, how, parts);
        return;
    }
    build_expression(b, left, assigns && op == CXBinaryOperator_Assign ? merged : plain, parts);
    build_expression(b, right, op == CXBinaryOperator_Assign ? merged : plain, parts);
    build_spot(b, b->spots ? scan_space(b->text, build_end(left)) : 0, how, parts);
}

static bool is_unevaluated_builtin(const char *name)
{
    return strcmp(name, "__builtin_constant_p") == 0 || strcmp(name, "__builtin_object_size") == 0
        || strcmp(name, "__builtin_dynamic_object_size") == 0 || strcmp(name, "__builtin_classify_type") == 0;
}

static bool is_free_builtin(const char *name)
{
    return strcmp(name, "__builtin_expect") == 0 || strcmp(name, "__builtin_expect_with_probability") == 0;
}

static uint32_t callee_of(struct build *b, CXCursor call, bool *direct)
{
    CXCursor d = clang_getCursorReferenced(call);
    *direct = clang_getCursorKind(d) == CXCursor_FunctionDecl;
    char *name = build_take(clang_getCursorSpelling(*direct ? d : call));
    *direct = *direct || strncmp(name, "__builtin_", 10) == 0;
    uint32_t callee = tree_callee(b->t, *direct ? name : "");
    free(name);
    return callee;
}

static void visit_call(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    bool direct;
    uint32_t callee = callee_of(b, c, &direct), place = how.place ? how.place : build_begin(c);
    const char *name = b->t->callees.items[callee].name;
    if (is_unevaluated_builtin(name))
        return;
    bool is_free = is_free_builtin(name);
    struct build_how argument = {is_free ? 0 : place, false};
    if (calls_returns_twice(name))
        b->f->twice = true;
    size_t base = build_push_children(b, c), end = b->stack.count;
    for (size_t i = base; i < end; i++)
        if (i > base || !direct)
            build_expression(b, b->stack.items[i], i > base ? argument : plain, parts);
    b->stack.count = base;
    if (is_free)
        return;
    b->calls++;
    *vec_push(&b->t->calls) = callee;
    uint32_t id = tree_add(b->t, TREE_CALL, place, place);
    build_node(b, id)->callee = callee;
    if (b->spots && !build_at_home(b, place))
        build_set_line(b, id, place);
    build_append(b, parts, id);
}

static void visit_member(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    CXCursor base = build_last_child(b, c);
    if (clang_Cursor_isNull(base))
        return;
    bool arrow = clang_getCursorType(base).kind == CXType_Pointer;
    build_expression(b, base, arrow ? plain : merged, parts);
    build_spot(b, build_place(c), how, parts);
}

static void visit_choice(struct build *b, CXCursor c, struct build_list *parts)
{
    size_t base = build_push_children(b, c);
    bool whole = b->stack.count == base + 3;
    CXCursor child[3];
    for (size_t i = 0; whole && i < 3; i++)
        child[i] = b->stack.items[base + i];
    b->stack.count = base;
    if (!whole)
        return;
    build_expression(b, child[0], plain, parts);
    add_conditional(b, child[1], true, parts);
    add_conditional(b, child[2], true, parts);
}

static void visit_inner(struct build *b, CXCursor c, struct build_list *parts)
{
    struct lines_spot home = b->home;
    bool spots = b->spots;
    uint32_t id = tree_add(b->t, TREE_INNER, build_begin(c), build_end(c));
    uint32_t block = build_statement(b, build_last_child(b, c), false);
    build_node(b, id)->child = block;
    b->home = home;
    b->spots = spots;
    build_append(b, parts, id);
}

static void visit_unary(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(c);
    if (op == CXUnaryOperator_AddrOf || op == CXUnaryOperator_Extension || op == CXUnaryOperator_Plus) {
        build_expressions(b, c, op == CXUnaryOperator_AddrOf ? merged : how, parts);
        return;
    }
    build_expressions(b, c, op <= CXUnaryOperator_PreDec ? merged : plain, parts);
    build_spot(b, build_begin(c), how, parts);
}

void build_expression(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    switch ((int)clang_getCursorKind(c)) {
    case CXCursor_CallExpr:
        visit_call(b, c, how, parts);
        break;
    case CXCursor_BinaryOperator: case CXCursor_CompoundAssignOperator:
        visit_binary(b, c, how, parts);
        break;
    case CXCursor_UnaryOperator:
        visit_unary(b, c, how, parts);
        break;
    case CXCursor_MemberRefExpr:
        visit_member(b, c, how, parts);
        break;
    case CXCursor_ArraySubscriptExpr:
        build_expressions(b, c, plain, parts);
        build_spot(b, build_begin(c), how, parts);
        break;
    case CXCursor_ConditionalOperator:
        visit_choice(b, c, parts);
        break;
    case CXCursor_StmtExpr:
        visit_inner(b, c, parts);
        break;
    case CXCursor_InitListExpr:
        build_expressions(b, c, merged, parts);
        break;
    case CXCursor_UnaryExpr: case CXCursor_AddrLabelExpr: case CXCursor_IntegerLiteral: case CXCursor_StringLiteral:
    case CXCursor_DeclRefExpr:
        break;
    case CXCursor_BlockExpr:
        if (!b->f->reason)
            b->f->reason = str_copy("it holds a block expression");
        break;
    default:
        build_expressions(b, c, how, parts);
    }
}

/* ---- constant conditions ---- */

enum tree_constant build_constant(struct build *b, CXCursor c)
{
    c = strip(b, c);
    if (!build_refers(c)) {
        CXEvalResult result = clang_Cursor_Evaluate(c);
        enum tree_constant value = TREE_VARIABLE;
        if (result && clang_EvalResult_getKind(result) == CXEval_Int)
            value = clang_EvalResult_getAsLongLong(result) ? TREE_TRUE : TREE_FALSE;
        if (result)
            clang_EvalResult_dispose(result);
        return value;
    }
    if (!is_logical(c))
        return TREE_VARIABLE;
    enum tree_constant absorbing = clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_LAnd ? TREE_FALSE : TREE_TRUE;
    size_t base = build_push_children(b, c);
    CXCursor left = b->stack.items[base], right = build_last_child(b, c);
    b->stack.count = base;
    enum tree_constant first = build_constant(b, left);
    if (first == TREE_VARIABLE || first == absorbing)
        return first;
    return build_constant(b, right);
}
