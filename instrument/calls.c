/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/calls.h"

/* Only what is cheap enough that a counter behind it would be felt: a system call does not need to be here. Not
 * here for good: whatever takes a callback, is a cancellation point, or may run user code (qsort, printf, fclose). */
static const char *const returning[] = {
    "abs", "acos", "acosf", "acosh", "aligned_alloc", "asin", "asinf", "asinh", "atan", "atan2", "atan2f", "atanf",
    "atanh", "atof", "atoi", "atol", "atoll", "bcmp", "bcopy", "bzero", "calloc", "cbrt", "cbrtf", "ceil", "ceilf",
    "ceill", "copysign", "copysignf", "cos", "cosf", "cosh", "cosl", "div", "erf", "erfc", "exp", "exp2", "exp2f",
    "expf", "expl", "expm1", "fabs", "fabsf", "fabsl", "fdim", "feof", "ferror", "ffs", "ffsl", "ffsll", "floor",
    "floorf", "floorl", "fma", "fmaf", "fmax", "fmaxf", "fmin", "fminf", "fmod", "fmodf", "fmodl", "free", "frexp",
    "frexpl", "getenv", "hypot", "hypotf", "ilogb", "imaxabs", "index", "isalnum", "isalpha", "isascii", "isblank",
    "iscntrl", "isdigit", "isgraph", "isinf", "islower", "isnan", "isprint", "ispunct", "isspace", "isupper",
    "isxdigit", "labs", "ldexp", "ldexpl", "ldiv", "lgamma", "llabs", "llrint", "llround", "localeconv", "log", "log10",
    "log10f", "log1p", "log2", "log2f", "logb", "logf", "logl", "lrint", "lround", "malloc", "malloc_usable_size",
    "memccpy", "memchr", "memcmp", "memcpy", "memmem", "memmove", "mempcpy", "memrchr", "memset", "modf", "modff",
    "nearbyint", "nextafter", "pow", "powf", "powl", "rand", "rand_r", "random", "rawmemchr", "realloc", "reallocarray",
    "remainder", "rindex", "rint", "rintf", "round", "roundf", "scalbn", "sin", "sincos", "sinf", "sinh", "sinl",
    "sqrt", "sqrtf", "sqrtl", "srand", "srandom", "stpcpy", "stpncpy", "strcasecmp", "strcat", "strchr", "strchrnul",
    "strcmp", "strcoll", "strcpy", "strcspn", "strdup", "strerror", "strlcat", "strlcpy", "strlen", "strncasecmp",
    "strncat", "strncmp", "strncpy", "strndup", "strnlen", "strpbrk", "strrchr", "strsep", "strspn", "strstr", "strtod",
    "strtof", "strtoimax", "strtok", "strtok_r", "strtol", "strtold", "strtoll", "strtoul", "strtoull", "strtoumax",
    "strxfrm", "tan", "tanf", "tanh", "tgamma", "toascii", "tolower", "toupper", "trunc", "truncf", "wcschr", "wcscmp",
    "wcscpy", "wcslen", "wmemchr", "wmemcmp", "wmemcpy", "wmemmove", "wmemset",
    /* what glibc's macros call */
    "__ctype_b_loc", "__ctype_tolower_loc", "__ctype_toupper_loc", "__errno_location", "__fpclassify", "__fpclassifyf",
    "__isinf", "__isnan", "__memcpy_chk", "__memmove_chk", "__memset_chk", "__signbit",
    "__strcat_chk", "__strcpy_chk", "__strncpy_chk",
    /* what farm.h's marks call; not those that draw a line in the counts */
    "__farm_step", "__farm_enter", "__farm_leave", "__farm_metric", "__farm_param", "__farm_param_text",
};

static const char *const never[] = {
    "_Exit", "_exit", "abort", "__assert_fail", "exit", "longjmp", "_longjmp", "siglongjmp", "__longjmp_chk",
    "pthread_exit", "thrd_exit", "quick_exit", "__builtin_abort", "__builtin_exit", "__builtin_trap",
    "__builtin_unreachable", "__builtin_longjmp", "__stack_chk_fail",
};

/* Builtins come back, but for these and those above. */
static const char *const odd_builtins[] = {
    "__builtin_setjmp", "__builtin_apply", "__builtin_return", "__builtin_eh_return", "__builtin_fork",
    "__builtin_printf", "__builtin_fprintf", "__builtin_vprintf", "__builtin_execl", "__builtin_execv",
};

static const char *const twice[] = {
    "setjmp", "_setjmp", "sigsetjmp", "__sigsetjmp", "savectx", "getcontext", "vfork", "__builtin_setjmp",
};

#define AMONG(name, table) among(name, table, sizeof(table) / sizeof *(table))
static bool among(const char *name, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (table[i][0] == name[0] && strcmp(table[i], name) == 0)
            return true;
    return false;
}

bool calls_returns_twice(const char *name)
{
    return AMONG(name, twice);
}

enum tree_fate calls_known(const char *name)
{
    if (AMONG(name, never))
        return TREE_NEVER;
    bool builtin = strncmp(name, "__builtin_", 10) == 0 || strncmp(name, "__sync_", 7) == 0
        || strncmp(name, "__atomic_", 9) == 0 || strncmp(name, "__c11_atomic_", 13) == 0;
    if (builtin)
        return AMONG(name, odd_builtins) ? TREE_MAY_STAY : TREE_RETURNS;
    return AMONG(name, returning) ? TREE_RETURNS : TREE_MAY_STAY;
}

static bool calls_only_returning(const struct tree *t, const struct tree_callee *c)
{
    for (uint32_t i = 0; i < c->count; i++) {
        enum tree_fate fate = t->callees.items[t->calls.items[c->first + i]].fate;
        if (fate == TREE_MAY_STAY || fate == TREE_NEVER)
            return false;
    }
    return true;
}

void calls_settle(struct tree *t)
{
    for (bool changed = true; changed; ) {
        changed = false;
        for (size_t i = 0; i < t->callees.count; i++) {
            struct tree_callee *c = &t->callees.items[i];
            if (c->fate == TREE_HAS_BODY && !calls_only_returning(t, c)) {
                c->fate = TREE_MAY_STAY;
                changed = true;
            }
        }
    }
    for (size_t i = 0; i < t->callees.count; i++)
        if (t->callees.items[i].fate == TREE_HAS_BODY)
            t->callees.items[i].fate = TREE_RETURNS;
}

static bool comes_back(const struct tree *t, const struct tree_node *n)
{
    if (n->kind == TREE_CALL)
        return t->callees.items[n->callee].fate == TREE_RETURNS;
    bool back = n->kind != TREE_INNER;
    for (uint32_t id = n->kind == TREE_OPERAND ? n->expr : 0; id && back; id = t->nodes.items[id].next)
        back = comes_back(t, &t->nodes.items[id]);
    return back;
}

/* Nothing in the list can leave before the call is made: what may stay away has the call as an argument, or comes
 * behind the && || or ? behind the call. C leaves open in what order all else is done. */
bool calls_are_sure(const struct tree *t, uint32_t list, uint32_t call)
{
    const struct tree_node *c = &t->nodes.items[call];
    bool sure = true;
    for (uint32_t id = list; id && sure; id = t->nodes.items[id].next) {
        const struct tree_node *n = &t->nodes.items[id];
        bool around = n->kind == TREE_CALL && n->begin <= c->begin && c->end <= n->end;
        bool later = n->kind == TREE_OPERAND && n->whole && n->whole <= c->begin && c->end <= n->begin;
        sure = id == call || around || later || comes_back(t, n);
    }
    return sure;
}

bool calls_bar(const struct tree *t, uint32_t declaration)
{
    for (uint32_t id = t->nodes.items[declaration].expr; id; id = t->nodes.items[id].next) {
        const struct tree_node *n = &t->nodes.items[id];
        if (n->kind == TREE_INNER || n->kind == TREE_OPERAND)
            return true;
        if (n->kind == TREE_CALL && t->callees.items[n->callee].fate != TREE_RETURNS)
            return true;
    }
    return false;
}

bool calls_end(const struct tree *t, uint32_t body)
{
    const struct tree_node *n = &t->nodes.items[body];
    bool ends = false;
    if (n->kind == TREE_BLOCK)
        for (uint32_t id = n->child; id && !ends; id = t->nodes.items[id].next)
            ends = t->nodes.items[id].kind == TREE_PLAIN && calls_end(t, id);
    if (n->kind == TREE_PLAIN)
        for (uint32_t id = n->expr; id && !ends; id = t->nodes.items[id].next)
            ends = t->nodes.items[id].kind == TREE_CALL
                && t->callees.items[t->nodes.items[id].callee].fate == TREE_NEVER;
    return ends;
}
