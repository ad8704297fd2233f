/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls of allocation functions must leave a return address in the function that makes them, so they must not become
 * jumps ("sibling calls"): `return malloc(n);`, `p = malloc(n); return p;`, and as the last thing in a void function.
 */
#include <stdlib.h>
#include <string.h>

#include "instrument/ast_build.h"

/* Functions of libc that hand out memory, themselves or inside. */
static const char *const allocating[] = {
    "aligned_alloc", "asprintf", "calloc", "canonicalize_file_name", "fdopen", "fmemopen", "fopen",
    "get_current_dir_name", "getcwd", "getdelim", "getline", "malloc", "memalign", "open_memstream", "opendir",
    "posix_memalign", "pvalloc", "realloc", "reallocarray", "realpath", "scandir", "strdup", "strndup", "tmpfile",
    "valloc", "vasprintf", "wcsdup", "__asprintf_chk", "__getdelim", "__strdup", "__strndup", "__vasprintf_chk",
};

static bool is_allocating(struct build *b, const char *name)
{
    const char *bare = strncmp(name, "__builtin_", 10) == 0 ? name + 10 : name;
    for (size_t i = 0; i < sizeof allocating / sizeof *allocating; i++)
        if (strcmp(allocating[i], bare) == 0)
            return true;
    return b->wrappers && globs_match(b->wrappers, "", name);
}

static bool is_size(CXType type)
{
    return clang_getCanonicalType(type).kind == CXType_ULong;
}

static bool is_pointer(CXType type)
{
    return clang_getCanonicalType(type).kind == CXType_Pointer;
}

/* A function of the type of malloc, calloc or realloc, by a pointer to it. */
static bool is_of_their_type(struct build *b, CXCursor call)
{
    size_t base = build_push_children(b, call);
    CXType type = b->stack.count > base ? clang_getCanonicalType(clang_getCursorType(b->stack.items[base]))
                                        : clang_getCursorType(call);
    b->stack.count = base;
    if (type.kind == CXType_Pointer)
        type = clang_getPointeeType(type);
    int count = clang_getNumArgTypes(type);
    if (count < 1 || count > 2 || !is_pointer(clang_getResultType(type)) || !is_size(clang_getArgType(type, count - 1)))
        return false;
    return count == 1 || is_size(clang_getArgType(type, 0)) || is_pointer(clang_getArgType(type, 0));
}

bool build_allocates(struct build *b, CXCursor call)
{
    CXCursor d = clang_getCursorReferenced(call);
    if (clang_getCursorKind(d) != CXCursor_FunctionDecl)
        return is_of_their_type(b, call);
    char *name = build_take(clang_getCursorSpelling(d));
    bool answer = is_allocating(b, name);
    free(name);
    return answer;
}

/* A variable that need not be in memory: `p = malloc(n); return p;` is a jump too. */
static bool is_local_scalar(CXCursor c)
{
    CXCursor d = clang_getCursorReferenced(c);
    enum CXTypeKind type = clang_getCanonicalType(clang_getCursorType(c)).kind;
    return clang_getCursorLinkage(d) == CXLinkage_NoLinkage
        && (type == CXType_Pointer || type == CXType_Int || type == CXType_Long);
}

/* Is the value of `c` what an allocating call gave, as far as can be seen from here? */
static bool ends_in_call(struct build *b, CXCursor c)
{
    enum CXCursorKind kind = clang_getCursorKind(c);
    size_t base = build_push_children(b, c), count = b->stack.count - base;
    CXCursor last = count ? b->stack.items[base + count - 1] : clang_getNullCursor();
    CXCursor middle = count == 3 ? b->stack.items[base + 1] : clang_getNullCursor();
    b->stack.count = base;
    switch (kind) {
    case CXCursor_CallExpr:
        return build_allocates(b, c);
    case CXCursor_DeclRefExpr:
        return b->allocates && is_local_scalar(c);
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_CStyleCastExpr:
        return count && ends_in_call(b, last);
    case CXCursor_ConditionalOperator:
        return count == 3 && (ends_in_call(b, middle) || ends_in_call(b, last));
    case CXCursor_BinaryOperator: {
        enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c);
        return count && (op == CXBinaryOperator_Comma || op == CXBinaryOperator_Assign) && ends_in_call(b, last);
    }
    default:
        return false;
    }
}

void build_hold(struct build *b, uint32_t id, CXCursor statement)
{
    struct tree_node *n = build_node(b, id);
    bool returns = n->kind == TREE_RETURN;
    CXCursor value = returns ? build_last_child(b, statement) : statement;
    bool may_jump = returns ? !b->f->is_void && !clang_Cursor_isNull(value) : b->f->is_void && !n->is_asm;
    if (!may_jump || (!returns && clang_getCursorKind(value) == CXCursor_DeclRefExpr) || !ends_in_call(b, value))
        return;
    n->held = build_begin(value);
    n->held_end = build_end(value);
}
