/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tokens are enough: a statement ends at its `;` or `}`, and what is taken for one by mistake costs only time.
 */
#include "instrument/layout.h"

#include <string.h>

#include "instrument/scan.h"

enum { TAB = 8, DEPTH_LIMIT = 200 };

static char at_char(struct scan_text t, uint32_t at)
{
    return at < t.len ? t.text[at] : 0;
}

static bool is_one_of(struct scan_text t, uint32_t at, const char *const *words)
{
    for (; *words; words++)
        if (scan_word(t, at, *words))
            return true;
    return false;
}

/* if, for, while, switch: a head in parentheses, then a body. */
static bool is_guard(struct scan_text t, uint32_t at)
{
    static const char *const words[] = {"if", "for", "while", "switch", NULL};
    return is_one_of(t, at, words);
}

static uint32_t next_token(struct scan_text t, uint32_t at)
{
    return scan_space(t, scan_token(t, at));
}

/* `at` stands at an opening bracket: behind the closing one. */
static uint32_t skip_brackets(struct scan_text t, uint32_t at)
{
    int depth = 0;
    for (; at < t.len; at = next_token(t, at)) {
        if (strchr("([{", t.text[at]))
            depth++;
        if (strchr(")]}", t.text[at]) && --depth == 0)
            return at + 1;
    }
    return t.len;
}

static uint32_t skip_plain(struct scan_text t, uint32_t at)
{
    while (at < t.len && t.text[at] != ';' && t.text[at] != '}')
        at = strchr("([{", t.text[at]) ? scan_space(t, skip_brackets(t, at)) : next_token(t, at);
    return at_char(t, at) == ';' ? at + 1 : at;
}

/* Where the body of the guard or `else` or `do` at `at` begins; the end of text where it is none after all. */
static uint32_t body_of(struct scan_text t, uint32_t at)
{
    bool guard = is_guard(t, at);
    uint32_t next = next_token(t, at);
    if (!guard)
        return next;
    return at_char(t, next) == '(' ? scan_space(t, skip_brackets(t, next)) : t.len;
}

/* Behind the statement that begins at `at`. */
static uint32_t statement_end(struct scan_text t, uint32_t at, int depth)
{
    if (depth > DEPTH_LIMIT || at >= t.len)
        return t.len;
    if (t.text[at] == '{')
        return skip_brackets(t, at);
    if (scan_word(t, at, "do"))
        return skip_plain(t, scan_space(t, statement_end(t, body_of(t, at), depth + 1)));
    if (!is_guard(t, at))
        return skip_plain(t, at);
    uint32_t end = statement_end(t, body_of(t, at), depth + 1), other = scan_space(t, end);
    if (scan_word(t, at, "if") && scan_word(t, other, "else"))
        return statement_end(t, body_of(t, other), depth + 1);
    return end;
}

static bool same_line(struct scan_text t, uint32_t from, uint32_t to)
{
    return !memchr(t.text + from, '\n', to - from);
}

static uint32_t column(struct scan_text t, uint32_t at)
{
    uint32_t start = at, column = 0;
    while (start && t.text[start - 1] != '\n')
        start--;
    for (; start < at; start++)
        column = t.text[start] == '\t' ? (column / TAB + 1) * TAB : column + 1;
    return column;
}

/* The guard or `else` at `at`, where its body has no braces. */
static bool is_doubtful(struct scan_text t, uint32_t at)
{
    uint32_t body = body_of(t, at);
    if (body >= t.len || t.text[body] == '{' || (scan_word(t, at, "else") && scan_word(t, body, "if")))
        return false;
    if (t.text[body] == ';' && same_line(t, at, body))
        return true;
    uint32_t end = statement_end(t, body, 0), next = scan_space(t, end);
    if (next >= t.len || t.text[next] == '}' || scan_word(t, next, "else"))
        return false;
    if (same_line(t, end, next))
        return true;
    return !same_line(t, at, body) && column(t, next) >= column(t, body);
}

/* `while` behind `}` and before `;` ends a do. */
static bool ends_do(struct scan_text t, uint32_t at, char before)
{
    return before == '}' && scan_word(t, at, "while") && at_char(t, body_of(t, at)) == ';';
}

bool layout_is_doubtful(const char *text, uint32_t len)
{
    struct scan_text t = {text, len};
    char before = 0;
    for (uint32_t at = scan_space(t, 0); at < len; at = next_token(t, at)) {
        bool leads = is_guard(t, at) || scan_word(t, at, "else");
        if (leads && !ends_do(t, at, before) && is_doubtful(t, at))
            return true;
        before = text[at];
    }
    return false;
}
