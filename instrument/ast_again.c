/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Can a function be called again with the arguments that it was called with? Not where they have no names, are of an
 * unknown number or not all in registers, where there is no copy of it to call, where it looks at its own caller, or
 * where its frame is large (without optimisation it is there twice).
 */
#include "instrument/ast_build.h"

#include <stdlib.h>

#define FRAME_MAX 16384          /* bytes of one variable: the frame is there twice while the call is timed */

static bool holds_word(struct scan_text t, uint32_t from, uint32_t to, const char *word)
{
    for (uint32_t at = scan_space(t, from); at < to; at = scan_space(t, scan_token(t, at)))
        if (scan_word(t, at, word))
            return true;
    return false;
}

/* Arguments in registers: how many of each kind are left. */
struct room {
    int general, vector;
};

static bool fits_register(CXCursor parameter, struct room *room)
{
    enum CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(parameter)).kind;
    if (kind == CXType_Float || kind == CXType_Double)
        return room->vector-- > 0;
    bool whole = kind >= CXType_Bool && kind <= CXType_LongLong && kind != CXType_UInt128;
    bool address = kind == CXType_Pointer || kind == CXType_ConstantArray || kind == CXType_IncompleteArray
        || kind == CXType_VariableArray;
    return (whole || address || kind == CXType_Enum) && room->general-- > 0;
}

/* A parameter that nobody reads is passed as 0: reading it would hide the compiler's warning that nobody does. */
static bool add_argument(const struct build *b, CXCursor parameter, struct room *room, struct str *out)
{
    char *name = build_take(clang_getCursorSpelling(parameter));
    bool used = *name && holds_word(b->text, b->f->begin, b->f->end, name);
    bool good = *name && strcmp(name, b->f->name) != 0 && fits_register(parameter, room);
    if (good)
        str_addf(out, "%s%s", out->len ? "," : "", used ? name : "0");
    free(name);
    return good;
}

static bool has_usual_call(CXCursor function)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(function));
    enum CXCallingConv way = clang_getFunctionTypeCallingConv(type);
    if (way != CXCallingConv_C && way != CXCallingConv_Default && way != CXCallingConv_X86_64SysV)
        return false;
    return type.kind == CXType_FunctionNoProto || !clang_isFunctionTypeVariadic(type);
}

static bool has_a_copy(CXCursor function)
{
    return !clang_Cursor_isFunctionInlined(function) || clang_Cursor_getStorageClass(function) == CX_SC_Static;
}

static enum CXChildVisitResult find_large(CXCursor c, CXCursor parent, CXClientData data)
{
    bool is_local = clang_getCursorKind(c) == CXCursor_VarDecl && clang_Cursor_getStorageClass(c) != CX_SC_Static;
    if (is_local && clang_Type_getSizeOf(clang_getCursorType(c)) > FRAME_MAX)
        *(bool *)data = true;
    return *(bool *)data ? CXChildVisit_Break
           : clang_isExpression(clang_getCursorKind(c)) ? CXChildVisit_Continue : CXChildVisit_Recurse;
}

/* What looks at the stack would see one frame more. */
static bool looks_at_stack(const struct build *b)
{
    return memmem(b->text.text + b->f->begin, b->f->end - b->f->begin, "__builtin_return_address", 24)
        || memmem(b->text.text + b->f->begin, b->f->end - b->f->begin, "__builtin_frame_address", 23)
        || memmem(b->text.text + b->f->begin, b->f->end - b->f->begin, "__builtin_apply", 15);
}

/* What clang does not know is in the text alone. This makes gcc 12 crash where another name copies it. */
static bool has_unknown_attribute(const struct build *b)
{
    uint32_t end = b->f->begin, from = end;
    while (from && b->text.text[from - 1] != ';' && b->text.text[from - 1] != '}')
        from--;
    return memmem(b->text.text + from, end - from, "no_sanitize_undefined", 21);
}

void build_arguments(struct build *b, CXCursor function, CXCursor body)
{
    struct str out = STR_INIT;
    bool large = false, good = has_usual_call(function) && has_a_copy(function) && !looks_at_stack(b)
        && !has_unknown_attribute(b);
    bool by_memory = clang_getCanonicalType(clang_getCursorResultType(function)).kind == CXType_Record;
    struct room room = {by_memory ? 5 : 6, 8};
    int count = clang_Cursor_getNumArguments(function);
    for (int i = 0; good && i < count; i++)
        good = add_argument(b, clang_Cursor_getArgument(function, (unsigned)i), &room, &out);
    if (good)
        clang_visitChildren(body, find_large, &large);
    b->f->is_static = clang_Cursor_getStorageClass(function) == CX_SC_Static;
    b->f->arguments = good && !large ? str_detach(&out) : NULL;
    str_release(&out);
}
