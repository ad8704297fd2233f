/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text as lines of tokens. It knows just enough of C: comments, strings and names. A comment or a string that is open
 * at the end of a line goes on in the next.
 */
#include <ctype.h>

#include "db/align/align_parts.h"

struct lexer {
    const char *at, *end;
    struct align_tokens *out;
    bool in_comment;
};

/* FNV-1a, 64 bits (Fowler, Noll, Vo), and the finish of MurmurHash3, since FNV's low bits are weak. */
#define FNV_START 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

static uint64_t finish(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdu;
    return h ^ h >> 29;
}

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* The length of the token at `s`. */
static size_t token_len(const char *s, const char *end)
{
    const char *at = s;
    if (is_name(*s)) {
        while (at < end && (is_name(*at) || (*at == '.' && isdigit((unsigned char)*s))))
            at++;
        return (size_t)(at - s);
    }
    if (*s != '"' && *s != '\'')
        return 1;
    for (at = s + 1; at < end && *at != *s; at++)
        if (*at == '\\' && at + 1 < end)
            at++;
    return (size_t)(at < end ? at + 1 - s : end - s);
}

static void add_token(struct align_tokens *out, struct align_line *line, const char *s, size_t len)
{
    uint64_t h = FNV_START;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)s[i]) * FNV_PRIME;
    h = finish(h);
    *vec_push(&out->tokens) = (uint32_t)(h & ~(uint64_t)ALIGN_WORD) | (is_name(*s) || *s == '"' ? ALIGN_WORD : 0);
    line->count++;
    line->key = finish(line->key * FNV_PRIME + h) | 1;
}

/* What is behind a comment that is open at the start of the line. */
static const char *skip_comment(struct lexer *l, const char *at, const char *end)
{
    while (at + 1 < end && !(at[0] == '*' && at[1] == '/'))
        at++;
    l->in_comment = at + 1 >= end;
    return l->in_comment ? end : at + 2;
}

static void lex_line(struct lexer *l, const char *start, const char *end)
{
    struct align_line line = {.first = (uint32_t)l->out->tokens.count, .whole = FNV_START, .layout = true};
    for (const char *at = start; at < end; at++) {
        if (isspace((unsigned char)*at))
            continue;
        line.whole = (line.whole ^ (unsigned char)*at) * FNV_PRIME;
        line.layout = line.layout && (*at == '{' || *at == '}');
    }
    for (const char *at = start; at < end;) {
        if (l->in_comment || (at + 1 < end && at[0] == '/' && at[1] == '*')) {
            at = skip_comment(l, l->in_comment ? at : at + 2, end);
        } else if (at + 1 < end && at[0] == '/' && at[1] == '/') {
            break;
        } else if (isspace((unsigned char)*at) || *at == '{' || *at == '}' || *at == '\\') {
            at++;
        } else {
            size_t len = token_len(at, end);
            add_token(l->out, &line, at, len);
            at += len;
        }
    }
    *vec_push(&l->out->lines) = line;
}

void align_lex(const char *text, size_t len, struct align_tokens *out)
{
    struct lexer l = {.at = text, .end = text + len, .out = out};
    while (l.at < l.end) {
        const char *newline = memchr(l.at, '\n', (size_t)(l.end - l.at));
        const char *end = newline ? newline : l.end;
        lex_line(&l, l.at, end);
        l.at = newline ? newline + 1 : l.end;
    }
}
