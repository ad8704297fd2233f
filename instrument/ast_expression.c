/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/ast_build.h"
#include "instrument/calls.h"

static const struct build_how plain = {0}, merged = {.merged = true};

void build_spot(struct build *b, uint32_t offset, struct build_how how, struct build_list *parts)
{
    if (!b->spots || how.merged || how.place)
        return;
    if (build_at_home(b, offset)) {
        b->home_used = true;
        return;
    }
    uint32_t id = tree_add(b->t, TREE_SPOT, offset, offset);
    build_set_line(b, id, offset);
    build_append(b, parts, id);
}

/* Goes down by last children: a cast's first one may be the type. An unexposed expression is an implicit cast where it
 * is no longer than what is in it, else something of its own, such as clang's atomic operations. */
CXCursor build_strip(struct build *b, CXCursor c)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(c);
        if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr && kind != CXCursor_CStyleCastExpr)
            return c;
        CXCursor inner = build_last_child(b, c);
        if (clang_Cursor_isNull(inner))
            return c;
        bool same_text = build_begin(inner) == build_begin(c) && build_end(inner) == build_end(c);
        if (kind == CXCursor_UnexposedExpr && !same_text)
            return c;
        c = inner;
    }
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
static uint32_t add_operand(struct build *b, CXCursor c, struct build_how how, uint32_t token)
{
    uint32_t id = tree_add(b->t, TREE_OPERAND, build_begin(c), build_end(c));
    struct build_list parts = {0};
    build_expression(b, c, how, &parts);
    if (token)
        build_spot(b, token, plain, &parts);
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

uint32_t build_condition_operand(struct build *b, CXCursor c)
{
    return add_operand(b, c, (struct build_how){.tested = true}, 0);
}

/* `token`: where the branch to it stands, or 0. */
static void add_conditional(struct build *b, CXCursor whole, CXCursor c, struct build_how how, uint32_t token,
                            struct build_list *parts)
{
    uint32_t before = (uint32_t)b->t->nodes.count;
    uint32_t id = add_operand(b, c, how, token);
    build_node(b, id)->whole = build_begin(whole);
    if (build_node(b, id)->expr)
        build_append(b, parts, id);
    else
        b->t->nodes.count = before;
}

void build_expressions(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    size_t base = build_push_children(b, c), end = b->stack.count;
    for (size_t i = base; i < end; i++)
        if (!clang_isReference(clang_getCursorKind(b->stack.items[i])))
            build_expression(b, b->stack.items[i], how, parts);
    b->stack.count = base;
}

/* A comparison is one piece with the branch on it; any other operand is computed where it stands. */
static struct build_how how_tested(struct build *b, CXCursor c)
{
    c = build_strip(b, c);
    bool compares = false;
    if (clang_getCursorKind(c) == CXCursor_BinaryOperator) {
        enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
        compares = op >= CXBinaryOperator_LT && op <= CXBinaryOperator_NE;
    } else if (clang_getCursorKind(c) == CXCursor_UnaryOperator) {
        compares = clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_LNot;
    }
    return (struct build_how){.merged = compares};
}

/* A variable, or a comparison of some, may be no code by itself, but its test is what a line begins with. A variable
 * that is a truth value already has no test of its own. */
static bool begins_with_test(struct build *b, CXCursor c)
{
    c = build_strip(b, c);
    bool variable = clang_getCursorKind(c) == CXCursor_DeclRefExpr
        && clang_getCanonicalType(clang_getCursorType(c)).kind != CXType_Bool;
    return variable || how_tested(b, c).merged;
}

/* gcc puts the test of the right operand where the && or || stands. */
static void visit_logical(struct build *b, CXCursor left, CXCursor right, struct build_how how,
                          struct build_list *parts)
{
    build_expression(b, left, how_tested(b, left), parts);
    if (!how.place && begins_with_test(b, left))
        build_spot(b, build_begin(left), plain, parts);
    uint32_t token = b->spots ? scan_space(b->text, build_end(left)) : 0;
    add_conditional(b, left, right, how_tested(b, right), token, parts);
}

static bool is_local(struct build *b, CXCursor c)
{
    c = build_strip(b, c);
    if (clang_getCursorKind(c) != CXCursor_DeclRefExpr)
        return false;
    CXCursor d = clang_getCursorReferenced(c);
    return clang_getCursorKind(d) == CXCursor_ParmDecl
        || (clang_getCursorKind(d) == CXCursor_VarDecl && clang_getCursorLinkage(d) == CXLinkage_NoLinkage
            && clang_Cursor_getStorageClass(d) != CX_SC_Static);
}

static void visit_assignment(struct build *b, CXCursor left, CXCursor right, struct build_list *parts)
{
    build_expression(b, left, merged, parts);
    build_expression(b, right, is_local(b, left) ? merged : plain, parts);
    if (clang_getCursorKind(build_strip(b, right)) != CXCursor_CallExpr)
        build_spot(b, b->spots ? scan_space(b->text, build_end(left)) : 0, plain, parts);
}

static void visit_binary(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    size_t base = build_push_children(b, c);
    bool whole = b->stack.count == base + 2;
    CXCursor left = clang_getNullCursor(), right = left;
    if (whole) {
        left = b->stack.items[base];
        right = b->stack.items[base + 1];
    }
    b->stack.count = base;
    enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
    if (!whole)
        return;
    if (op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr) {
        visit_logical(b, left, right, how, parts);
    } else if (op == CXBinaryOperator_Assign) {
        visit_assignment(b, left, right, parts);
    } else if (op == CXBinaryOperator_Comma) {
        build_expression(b, left, plain, parts);
        build_expression(b, right, how, parts);
    } else {
        build_expression(b, left, plain, parts);
        build_expression(b, right, plain, parts);
        build_spot(b, b->spots ? scan_space(b->text, build_end(left)) : 0, how, parts);
    }
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
    struct build_how argument = {.place = is_free ? 0 : place};
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
    b->allocates = b->allocates || build_allocates(b, c);
    *vec_push(&b->t->calls) = callee;
    uint32_t id = tree_add(b->t, TREE_CALL, build_begin(c), build_end(c));
    build_node(b, id)->callee = callee;
    if (build_at_home(b, place))
        b->home_used = true;
    else if (b->spots)
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

/* gcc locates the value at the colon; where it is only tested, there is none. */
static void visit_choice(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
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
    how.merged = false;
    if (!how.tested)
        build_spot(b, b->spots ? scan_space(b->text, build_end(child[1])) : 0, how, parts);
    add_conditional(b, c, child[1], plain, 0, parts);
    add_conditional(b, c, child[2], plain, 0, parts);
}

static void visit_inner(struct build *b, CXCursor c, struct build_list *parts)
{
    struct lines_spot home = b->home;
    bool spots = b->spots, home_used = b->home_used;
    uint32_t id = tree_add(b->t, TREE_INNER, build_begin(c), build_end(c));
    uint32_t block = build_statement(b, build_last_child(b, c), false);
    build_node(b, id)->child = block;
    b->home = home;
    b->spots = spots;
    b->home_used = home_used;
    build_append(b, parts, id);
}

static void visit_unary(struct build *b, CXCursor c, struct build_how how, struct build_list *parts)
{
    enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(c);
    if (op == CXUnaryOperator_LNot && how.tested) {
        build_expressions(b, c, how, parts);
        return;
    }
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
        visit_choice(b, c, how, parts);
        break;
    case CXCursor_StmtExpr:
        visit_inner(b, c, parts);
        break;
    case CXCursor_InitListExpr:
        build_expressions(b, c, plain, parts);
        break;
    case CXCursor_UnaryExpr: case CXCursor_AddrLabelExpr: case CXCursor_IntegerLiteral: case CXCursor_StringLiteral:
    case CXCursor_DeclRefExpr:
        break;
    case CXCursor_BlockExpr:
        if (!b->f->reason)
            b->f->reason = str_copy("it holds a block expression");
        break;
    case CXCursor_CStyleCastExpr:
        if (how.place)
            how = plain;
        build_expressions(b, c, how, parts);
        break;
    default:
        build_expressions(b, c, how, parts);
    }
}

/* ---- constant conditions ---- */

enum tree_constant build_constant(struct build *b, CXCursor c)
{
    c = build_strip(b, c);
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
    bool is_and = clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_LAnd;
    enum tree_constant absorbing = is_and ? TREE_FALSE : TREE_TRUE;
    size_t base = build_push_children(b, c);
    CXCursor left = b->stack.items[base], right = build_last_child(b, c);
    b->stack.count = base;
    enum tree_constant first = build_constant(b, left);
    if (first == TREE_VARIABLE || first == absorbing)
        return first;
    return build_constant(b, right);
}
