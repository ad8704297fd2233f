/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/ast.h"

#include <stdlib.h>

#include "instrument/ast_build.h"
#include "instrument/calls.h"

struct trouble {
    uint32_t offset;
    char *text;
};

struct unit {
    struct build build;
    CXTranslationUnit tu;
    VEC(struct trouble) troubles;        /* errors, by offset */
    bool openmp;
};

/* ---- for all files of the door ---- */

static uint32_t offset_of(CXSourceLocation location)
{
    unsigned offset;
    clang_getFileLocation(location, NULL, NULL, NULL, &offset);
    return offset;
}

uint32_t build_begin(CXCursor c)
{
    return offset_of(clang_getRangeStart(clang_getCursorExtent(c)));
}

uint32_t build_end(CXCursor c)
{
    return offset_of(clang_getRangeEnd(clang_getCursorExtent(c)));
}

uint32_t build_place(CXCursor c)
{
    return offset_of(clang_getCursorLocation(c));
}

char *build_take(CXString s)
{
    const char *text = clang_getCString(s);
    char *copy = str_copy(text ? text : "");
    clang_disposeString(s);
    return copy;
}

struct tree_node *build_node(struct build *b, uint32_t id)
{
    return &b->t->nodes.items[id];
}

void build_append(struct build *b, struct build_list *l, uint32_t id)
{
    if (l->last)
        build_node(b, l->last)->next = id;
    else
        l->first = id;
    l->last = id;
}

void build_set_line(struct build *b, uint32_t id, uint32_t offset)
{
    struct lines_spot spot = lines_at(b->lines, offset);
    build_node(b, id)->file = spot.file;
    build_node(b, id)->line = spot.line;
}

bool build_at_home(struct build *b, uint32_t offset)
{
    struct lines_spot spot = lines_at(b->lines, offset);
    return spot.file == b->home.file && spot.line == b->home.line;
}

static enum CXChildVisitResult push_child(CXCursor c, CXCursor parent, CXClientData data)
{
    struct build *b = data;
    *vec_push(&b->stack) = c;
    return CXChildVisit_Continue;
}

size_t build_push_children(struct build *b, CXCursor c)
{
    size_t base = b->stack.count;
    clang_visitChildren(c, push_child, b);
    return base;
}

CXCursor build_last_child(struct build *b, CXCursor c)
{
    size_t base = build_push_children(b, c);
    CXCursor last = b->stack.count > base ? b->stack.items[b->stack.count - 1] : clang_getNullCursor();
    b->stack.count = base;
    return last;
}

/* ---- attributes ---- */

/* What an attribute's name says to us. */
enum attribute {
    HARMLESS = 1 << 0,           /* how a function is compiled, or what it does, and not who else calls it */
    ONCE = 1 << 1,               /* another name must have none of them: it could not be called, or gcc 12 crashes */
    UNTOUCHABLE = 1 << 2,        /* nothing may be inserted */
    NEVER = 1 << 3,              /* the function does not return */
    WEAK = 1 << 4,
    TWICE = 1 << 5,              /* it may return several times */
    IFUNC = 1 << 6
};

static const struct attribute_name {
    const char *name;
    unsigned says;
} attribute_names[] = {
    {"_Noreturn", NEVER}, {"alloc_size", HARMLESS}, {"always_inline", HARMLESS | ONCE}, {"artificial", ONCE},
    {"cold", HARMLESS}, {"const", HARMLESS}, {"deprecated", HARMLESS}, {"error", ONCE}, {"fallthrough", HARMLESS},
    {"flatten", HARMLESS | ONCE}, {"format", HARMLESS}, {"hot", HARMLESS}, {"ifunc", IFUNC},
    {"interrupt", UNTOUCHABLE}, {"leaf", HARMLESS}, {"malloc", HARMLESS}, {"maybe_unused", HARMLESS},
    {"naked", UNTOUCHABLE}, {"no_address_safety_analysis", ONCE}, {"no_instrument_function", UNTOUCHABLE},
    {"no_sanitize", ONCE}, {"no_sanitize_address", ONCE}, {"no_sanitize_memory", ONCE}, {"no_sanitize_thread", ONCE},
    {"noclone", HARMLESS}, {"nodiscard", HARMLESS},
    {"noinline", HARMLESS}, {"nonnull", HARMLESS}, {"noreturn", HARMLESS | NEVER}, {"nothrow", HARMLESS},
    {"optimize", HARMLESS}, {"pure", HARMLESS}, {"returns_nonnull", HARMLESS}, {"returns_twice", TWICE},
    {"sentinel", HARMLESS}, {"signal", UNTOUCHABLE}, {"target", HARMLESS}, {"unused", HARMLESS},
    {"warn_unused_result", HARMLESS}, {"warning", ONCE}, {"weak", WEAK},
};

static int by_name(const void *key, const void *entry)
{
    return strcmp(key, ((const struct attribute_name *)entry)->name);
}

/* The attribute whose text starts at `at`, also in its __word__ spelling; NULL: none that we know. */
static const struct attribute_name *find_attribute(struct scan_text t, uint32_t at)
{
    char name[32];
    uint32_t end = scan_token(t, at), len = end - at;
    bool dressed = len > 4 && memcmp(t.text + at, "__", 2) == 0 && memcmp(t.text + end - 2, "__", 2) == 0;
    len -= dressed ? 4 : 0;
    if (len >= sizeof name)
        return NULL;
    memcpy(name, t.text + at + (dressed ? 2 : 0), len);
    name[len] = '\0';
    return bsearch(name, attribute_names, sizeof attribute_names / sizeof *attribute_names, sizeof *attribute_names,
                   by_name);
}

static void note_resolver(struct unit *u, uint32_t at)
{
    const char *quote = memchr(u->build.text.text + at, '"', u->build.text.len - at);
    const char *close = quote ? strchr(quote + 1, '"') : NULL;
    if (!close)
        return;
    char *name = str_copy_bytes(quote + 1, (size_t)(close - quote - 1));
    u->build.t->callees.items[tree_callee(u->build.t, name)].resolver = true;
    free(name);
}

/* `*taboo`: an attribute that forbids insertions, or NULL as before. */
static void read_attribute(struct unit *u, CXCursor attribute, uint32_t callee, const char **taboo)
{
    enum CXCursorKind kind = clang_getCursorKind(attribute);
    struct tree_callee *c = &u->build.t->callees.items[callee];
    uint32_t at = build_begin(attribute);
    const struct attribute_name *a = find_attribute(u->build.text, at);
    unsigned says = a ? a->says : 0;
    c->internal &= (says & HARMLESS) != 0;
    if (kind == CXCursor_ConstAttr || kind == CXCursor_PureAttr)
        c->fate = TREE_RETURNS;
    if (kind == CXCursor_AsmLabelAttr)
        u->build.once = true;
    if (kind != CXCursor_UnexposedAttr)
        return;
    if (says & NEVER)
        c->fate = TREE_NEVER;
    if (says & WEAK)
        c->replaceable = true;
    if (says & TWICE)
        c->fate = TREE_MAY_STAY;
    if (says & IFUNC)
        note_resolver(u, at);
    if (says & ONCE)
        u->build.once = true;
    if (says & UNTOUCHABLE)
        *taboo = a->name;
}

/* ---- functions ---- */

static const char *trouble_in(const struct unit *u, uint32_t begin, uint32_t end)
{
    size_t low = 0, high = u->troubles.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u->troubles.items[middle].offset < begin)
            low = middle + 1;
        else
            high = middle;
    }
    return low < u->troubles.count && u->troubles.items[low].offset < end ? u->troubles.items[low].text : NULL;
}

/* What must come first in a block: `__label__ a, b;`. */
static uint32_t behind_labels(struct scan_text t, uint32_t open)
{
    for (;;) {
        uint32_t at = scan_space(t, open);
        if (!scan_word(t, at, "__label__"))
            return open;
        const char *end = memchr(t.text + at, ';', t.len - at);
        if (!end)
            return open;
        open = (uint32_t)(end - t.text) + 1;
    }
}

/* `#pragma omp declare simd` or `target` before a function: compilers make other versions of it. */
static bool is_declared_to_openmp(struct scan_text t, uint32_t function)
{
    uint32_t from = function;
    while (from && t.text[from - 1] != ';' && t.text[from - 1] != '}')
        from--;
    return from < function && scan_pragma(t, from, function, true)
        && memmem(t.text + from, function - from, "declare", 7);
}

/* `function`: where its declaration begins. */
static char *function_obstacle(const struct unit *u, const struct tree_function *f, uint32_t function,
                               const char *taboo)
{
    const char *trouble = trouble_in(u, f->begin, f->end);
    struct scan_text t = u->build.text;
    if (taboo)
        return str_format("it has attribute %s", taboo);
    if (trouble)
        return str_format("libclang cannot read it: %s", trouble);
    if (f->end <= f->begin + 1 || t.text[f->begin] != '{' || t.text[f->end - 1] != '}')
        return str_copy("its braces are not found");
    if (u->openmp && is_declared_to_openmp(t, function))
        return str_copy("OpenMP makes other versions of it");
    return NULL;
}

static bool returns_void(CXCursor c)
{
    return clang_getCanonicalType(clang_getCursorResultType(c)).kind == CXType_Void;
}

static struct tree_function *start_function(struct unit *u, CXCursor c, CXCursor body, uint32_t callee)
{
    struct build *b = &u->build;
    struct tree_function *f = vec_push(&b->t->functions);
    struct lines_spot spot = lines_at(b->lines, build_place(c));
    f->name = build_take(clang_getCursorSpelling(c));
    f->callee = callee;
    f->file = spot.file;
    f->line = spot.line;
    f->begin = build_begin(body);
    f->end = build_end(body);
    f->end_line = lines_at(b->lines, f->end - 1).line;
    f->is_void = returns_void(c);
    f->is_main = strcmp(f->name, "main") == 0;
    b->pragmas = memmem(b->text.text + f->begin, f->end - f->begin, "#pragma", 7) != NULL;
    f->openmp = u->openmp && b->pragmas && scan_pragma(b->text, f->begin, f->end, true);
    f->open = behind_labels(b->text, f->begin + 1);
    return f;
}

static void read_body(struct unit *u, CXCursor c, CXCursor body, uint32_t callee, const char *taboo)
{
    struct build *b = &u->build;
    struct tree_function *f = start_function(u, c, body, callee);
    uint32_t first_call = (uint32_t)b->t->calls.count;
    f->reason = function_obstacle(u, f, build_begin(c), taboo);
    f->first_node = (uint32_t)b->t->nodes.count;
    b->f = f;
    if (!f->reason && !b->once)
        build_arguments(b, c, body);
    b->calls = b->loops = b->exits = b->labels = 0;
    b->allocates = false;
    f->body = build_statement(b, body, true);
    f->node_end = (uint32_t)b->t->nodes.count;

    struct tree_callee *self = &b->t->callees.items[callee];
    self->first = first_call;
    self->count = (uint32_t)b->t->calls.count - first_call;
    if (self->fate == TREE_MAY_STAY && !self->replaceable && !f->reason && !f->twice)
        self->fate = TREE_HAS_BODY;
}

static enum CXChildVisitResult note_call(CXCursor c, CXCursor parent, CXClientData data)
{
    struct build *b = data;
    if (clang_getCursorKind(c) == CXCursor_CallExpr) {
        CXCursor d = clang_getCursorReferenced(c);
        bool direct = clang_getCursorKind(d) == CXCursor_FunctionDecl;
        char *name = build_take(clang_getCursorSpelling(direct ? d : c));
        uint32_t callee = tree_callee(b->t, direct || strncmp(name, "__builtin_", 10) == 0 ? name : "");
        *vec_push(&b->t->calls) = callee;
        free(name);
    }
    return CXChildVisit_Recurse;
}

/* Of a system header's inline function only the calls matter. */
static void read_system_body(struct unit *u, CXCursor body, uint32_t callee)
{
    struct build *b = &u->build;
    uint32_t first_call = (uint32_t)b->t->calls.count;
    clang_visitChildren(body, note_call, b);
    struct tree_callee *self = &b->t->callees.items[callee];
    self->first = first_call;
    self->count = (uint32_t)b->t->calls.count - first_call;
    if (self->fate == TREE_MAY_STAY)
        self->fate = TREE_HAS_BODY;
}

/* GNU's noreturn belongs to the type and has no cursor. */
static bool never_returns(CXCursor function)
{
    CXString type = clang_getTypeSpelling(clang_getCursorType(function));
    bool never = strstr(clang_getCString(type), "noreturn") != NULL;
    clang_disposeString(type);
    return never;
}

static enum CXChildVisitResult visit_top(CXCursor c, CXCursor parent, CXClientData data)
{
    struct unit *u = data;
    struct build *b = &u->build;
    if (clang_getCursorKind(c) != CXCursor_FunctionDecl)
        return CXChildVisit_Continue;
    char *name = build_take(clang_getCursorSpelling(c));
    uint32_t callee = tree_callee(b->t, name);
    free(name);
    const char *taboo = NULL;
    b->once = false;
    CXCursor body = clang_getNullCursor();
    struct tree_callee *self = &b->t->callees.items[callee];
    if (never_returns(c))
        self->fate = TREE_NEVER;
    self->internal = clang_getCursorLinkage(c) == CXLinkage_Internal && (self->internal || !self->declared);
    self->declared++;
    size_t base = build_push_children(b, c), end = b->stack.count;
    for (size_t i = base; i < end; i++) {
        CXCursor child = b->stack.items[i];
        if (clang_isAttribute(clang_getCursorKind(child)))
            read_attribute(u, child, callee, &taboo);
        else if (clang_getCursorKind(child) == CXCursor_CompoundStmt)
            body = child;
    }
    b->stack.count = base;
    if (clang_Cursor_isNull(body))
        return CXChildVisit_Continue;
    if (clang_Location_isInSystemHeader(clang_getCursorLocation(c)))
        read_system_body(u, body, callee);
    else
        read_body(u, c, body, callee, taboo);
    return CXChildVisit_Continue;
}

/* A resolver named by a later declaration, and names whose fate is known without a body. */
static void settle_names(struct tree *t)
{
    for (size_t i = 0; i < t->callees.count; i++) {
        struct tree_callee *c = &t->callees.items[i];
        if (c->fate == TREE_MAY_STAY)
            c->fate = (uint8_t)calls_known(c->name);
        else if (c->fate == TREE_HAS_BODY && calls_known(c->name) == TREE_NEVER)
            c->fate = TREE_NEVER;
    }
    for (size_t i = 0; i < t->functions.count; i++) {
        struct tree_function *f = &t->functions.items[i];
        if (t->callees.items[f->callee].resolver && !f->reason)
            f->reason = str_copy("it is an ifunc resolver");
    }
    calls_settle(t);
}

/* ---- the unit ---- */

static const char *const fixed_flags[] = {
    "-x", "c", "-undef", "-nostdinc", "-Wno-everything", "-ferror-limit=0", "-fbracket-depth=100000",
    "-fno-spell-checking",
};

/* What gcc's text holds and clang does not know. */
static const char *const gcc_shims[] = {
    "-D_Float128=__float128", "-D_Float64x=long double", "-D_Float32x=double", "-D_Float64=double", "-D_Float32=float",
    "-D__malloc__(...)=__malloc__", "-D__builtin_va_arg_pack()=0", "-D__builtin_va_arg_pack_len()=0",
};

/* gcc's atomic builtins also take `_Atomic` objects, clang's do not. For counting any expression of the same type will
 * do; each argument stands once in it. */
static const char *const atomic_shims[] = {
    "-D__atomic_load_n(p,m)=(*(p))", "-D__atomic_load(p,r,m)=((void)(*(r)=*(p)))",
    "-D__atomic_store_n(p,v,m)=((void)(*(p)=(v)))", "-D__atomic_store(p,v,m)=((void)(*(p)=*(v)))",
    "-D__atomic_exchange_n(p,v,m)=(*(p)=(v))", "-D__atomic_exchange(p,v,r,m)=((void)(*(r)=*(p),*(v)))",
    "-D__atomic_compare_exchange_n(p,e,d,w,s,f)=(*(p)=(d),*(e),1)",
    "-D__atomic_compare_exchange(p,e,d,w,s,f)=(*(p)=*(d),*(e),1)",
    "-D__atomic_fetch_add(p,v,m)=(*(p)+=(v))", "-D__atomic_add_fetch(p,v,m)=(*(p)+=(v))",
    "-D__atomic_fetch_sub(p,v,m)=(*(p)-=(v))", "-D__atomic_sub_fetch(p,v,m)=(*(p)-=(v))",
    "-D__atomic_fetch_and(p,v,m)=(*(p)&=(v))", "-D__atomic_and_fetch(p,v,m)=(*(p)&=(v))",
    "-D__atomic_fetch_or(p,v,m)=(*(p)|=(v))", "-D__atomic_or_fetch(p,v,m)=(*(p)|=(v))",
    "-D__atomic_fetch_xor(p,v,m)=(*(p)^=(v))", "-D__atomic_xor_fetch(p,v,m)=(*(p)^=(v))",
};

static int by_offset(const void *a, const void *b)
{
    const struct trouble *x = a, *y = b;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void collect_troubles(struct unit *u)
{
    unsigned count = clang_getNumDiagnostics(u->tu);
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic d = clang_getDiagnostic(u->tu, i);
        if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error) {
            struct trouble *t = vec_push(&u->troubles);
            t->offset = offset_of(clang_getDiagnosticLocation(d));
            t->text = build_take(clang_getDiagnosticSpelling(d));
        }
        clang_disposeDiagnostic(d);
    }
    if (u->troubles.count)
        qsort(u->troubles.items, u->troubles.count, sizeof *u->troubles.items, by_offset);
}

static enum CXErrorCode parse(const struct ast_request *r, CXIndex index, struct unit *u)
{
    VEC(const char *) args = {0};
    for (size_t i = 0; i < sizeof fixed_flags / sizeof *fixed_flags; i++)
        *vec_push(&args) = fixed_flags[i];
    for (size_t i = 0; !r->clang && i < sizeof gcc_shims / sizeof *gcc_shims; i++)
        *vec_push(&args) = gcc_shims[i];
    bool atomics = !r->clang && memmem(r->text, r->len, "_Atomic", 7);
    for (size_t i = 0; atomics && i < sizeof atomic_shims / sizeof *atomic_shims; i++)
        *vec_push(&args) = atomic_shims[i];
    for (const char *const *flag = r->flags; flag && *flag; flag++) {
        bool openmp = strncmp(*flag, "-fopenmp", 8) == 0;
        u->openmp |= openmp;
        if (!openmp)             /* with it, libclang would hide the statements behind directives */
            *vec_push(&args) = *flag;
    }
    struct CXUnsavedFile file = {"farm.c", r->text, r->len};
    enum CXErrorCode error = clang_parseTranslationUnit2(index, file.Filename, args.items, (int)args.count, &file, 1,
                                                         CXTranslationUnit_KeepGoing, &u->tu);
    vec_release(&args);
    return error;
}

static void release_unit(struct unit *u)
{
    for (size_t i = 0; i < u->troubles.count; i++)
        free(u->troubles.items[i].text);
    vec_release(&u->troubles);
    vec_release(&u->build.stack);
    if (u->tu)
        clang_disposeTranslationUnit(u->tu);
}

bool ast_read(const struct ast_request *r, struct lines *lines, struct tree *t, struct str *reason)
{
    struct unit u = {.build = {.t = t, .lines = lines, .text = {r->text, (uint32_t)r->len}, .wrappers = r->wrappers}};
    setenv("LIBCLANG_NOTHREADS", "1", 1);          /* its own thread's stack is too small for deep nesting */
    CXIndex index = clang_createIndex(0, 0);
    enum CXErrorCode error = parse(r, index, &u);
    if (error == CXError_Success && u.tu) {
        collect_troubles(&u);
        clang_visitChildren(clang_getTranslationUnitCursor(u.tu), visit_top, &u);
        settle_names(t);
    } else {
        str_addf(reason, "libclang cannot read it (error %d)", (int)error);
    }
    release_unit(&u);
    clang_disposeIndex(index);
    return error == CXError_Success;
}

char *ast_version(void)
{
    return build_take(clang_getClangVersion());
}
