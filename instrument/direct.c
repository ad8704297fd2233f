/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/direct.h"

#include <ctype.h>
#include <string.h>

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$';
}

static bool has_word(const char *text, size_t len, const char *word)
{
    size_t size = strlen(word);
    const char *end = text + len;
    for (const char *at = text; (at = memmem(at, (size_t)(end - at), word, size)); at += size)
        if ((at == text || !in_word(at[-1])) && (at + size == end || !in_word(at[size])))
            return true;
    return false;
}

/* The standard that the last word asks for, without GNU's extensions; NULL: with them. */
static const char *strict_standard(const struct args *a)
{
    const char *strict = NULL;
    for (size_t i = 0; i < a->list.count; i++) {
        const char *text = a->list.items[i].text;
        text += strncmp(text, "--", 2) == 0;
        if (strncmp(text, "-std=", 5) == 0)
            strict = strncmp(text + 5, "gnu", 3) == 0 ? NULL : text + 5;
        else if (strcmp(text, "-ansi") == 0)
            strict = "c90";
    }
    return strict;
}

const char *direct_word(const struct args *a, bool clang)
{
    return !clang && strict_standard(a) ? "-fasm" : NULL;
}

/* What becomes a keyword by -fasm may be a name in such a text. */
static bool words_are_free(const struct args *a, const char *text, size_t len)
{
    const char *strict = strict_standard(a);
    bool c90 = strict && (strcmp(strict, "c90") == 0 || strcmp(strict, "c89") == 0 || strstr(strict, ":199"));
    return !strict || (!has_word(text, len, "asm") && !has_word(text, len, "typeof") &&
                       !(c90 && has_word(text, len, "inline")));
}

bool direct_is_possible(const struct args *a, bool clang, const char *text, size_t len)
{
    bool for_library = args_has(a, "-fPIC") || args_has(a, "-fpic") || args_has(a, "-shared");
    return !for_library && !(a->seen & (CC_FAR | CC_SANITIZE)) && !args_has(a, "-fno-asm") &&
           (clang || words_are_free(a, text, len));
}

bool direct_is_taken(const char *text, size_t len)
{
    static const char *const words[] = {"__seg_gs", "wrgsbase", "wrgsbaseq", "arch_prctl"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_word(text, len, words[i]))
            return true;
    return memmem(text, len, "%gs", 3) != NULL;
}
