/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/scan.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static char peek(struct scan_text t, uint32_t at)
{
    return at < t.len ? t.text[at] : 0;
}

static uint32_t line_end(struct scan_text t, uint32_t at)
{
    const char *newline = memchr(t.text + at, '\n', t.len - at);
    return newline ? (uint32_t)(newline - t.text) : t.len;
}

static uint32_t comment_end(struct scan_text t, uint32_t at)
{
    const char *end = memmem(t.text + at + 2, t.len - at - 2, "*/", 2);
    return end ? (uint32_t)(end - t.text) + 2 : t.len;
}

/* A `#` is a directive only where nothing but blanks stands before it on its line. */
static bool starts_line(struct scan_text t, uint32_t at)
{
    while (at && (t.text[at - 1] == ' ' || t.text[at - 1] == '\t'))
        at--;
    return at == 0 || t.text[at - 1] == '\n';
}

/* One step over space: behind it, or `at` where no space is. */
static uint32_t space_step(struct scan_text t, uint32_t at)
{
    char c = peek(t, at), d = peek(t, at + 1);
    if (at < t.len && isspace((unsigned char)c))
        return at + 1;
    if (c == '/' && d == '*')
        return comment_end(t, at);
    if ((c == '/' && d == '/') || (c == '#' && starts_line(t, at)))
        return line_end(t, at);
    return at;
}

uint32_t scan_space(struct scan_text t, uint32_t at)
{
    for (uint32_t next; (next = space_step(t, at)) != at; )
        at = next;
    return at;
}

static uint32_t literal_end(struct scan_text t, uint32_t at)
{
    char quote = t.text[at++];
    while (at < t.len && t.text[at] != quote)
        at += t.text[at] == '\\' ? 2 : 1;
    return at < t.len ? at + 1 : t.len;
}

uint32_t scan_token(struct scan_text t, uint32_t at)
{
    char c = peek(t, at);
    if (c == '"' || c == '\'')
        return literal_end(t, at);
    if (!is_word(c))
        return at < t.len ? at + 1 : t.len;
    while (at < t.len && is_word(t.text[at]))
        at++;
    return at;
}

bool scan_word(struct scan_text t, uint32_t at, const char *word)
{
    if (peek(t, at) != word[0])  /* mostly so */
        return false;
    size_t len = strlen(word);
    return at + len <= t.len && memcmp(t.text + at, word, len) == 0 && !is_word(peek(t, at + (uint32_t)len));
}

uint32_t scan_semicolon(struct scan_text t, uint32_t at)
{
    uint32_t end = scan_space(t, at);
    return peek(t, end) == ';' ? end + 1 : at;
}

bool scan_for(struct scan_text t, uint32_t at, struct scan_header *h)
{
    if (!scan_word(t, at, "for"))
        return false;
    h->open = scan_space(t, at + 3);
    if (peek(t, h->open) != '(')
        return false;
    h->first = h->second = 0;
    unsigned depth = 0;
    for (at = h->open; at < t.len; at = scan_space(t, scan_token(t, at))) {
        char c = t.text[at];
        if (strchr("([{", c))
            depth++;
        else if (strchr(")]}", c) && --depth == 0)
            break;
        else if (c == ';' && depth == 1)
            *(h->first ? &h->second : &h->first) = at;
    }
    h->close = at;
    return h->second && at < t.len;
}

bool scan_pragma(struct scan_text t, uint32_t from, uint32_t to, bool omp)
{
    for (uint32_t at = from; at < to; ) {
        if (peek(t, at) == '#' && starts_line(t, at)) {
            uint32_t word = at + 1;
            while (peek(t, word) == ' ' || peek(t, word) == '\t')
                word++;
            if (scan_word(t, word, "pragma")) {
                for (word += 6; peek(t, word) == ' ' || peek(t, word) == '\t'; )
                    word++;
                if (!omp || scan_word(t, word, "omp"))
                    return true;
            }
        }
        uint32_t next = space_step(t, at);
        at = next == at ? scan_token(t, at) : next;
    }
    return false;
}
