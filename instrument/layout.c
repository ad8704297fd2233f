/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tokens are enough: a statement ends at its `;` or `}`, and what is taken for one by mistake costs only time.
 */
#include "instrument/layout.h"

#include <string.h>

#include "base/file.h"
#include "instrument/lines.h"
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

static uint32_t line_start(struct scan_text t, uint32_t at)
{
    while (at && t.text[at - 1] != '\n')
        at--;
    return at;
}

static uint32_t column(struct scan_text t, uint32_t at)
{
    uint32_t column = 0;
    for (uint32_t start = line_start(t, at); start < at; start++)
        column = t.text[start] == '\t' ? (column / TAB + 1) * TAB : column + 1;
    return column;
}

/* Column of the first thing on the line. */
static uint32_t indentation(struct scan_text t, uint32_t at)
{
    uint32_t start = line_start(t, at);
    while (t.text[start] == ' ' || t.text[start] == '\t')
        start++;
    return column(t, start);
}

static bool is_label(struct scan_text t, uint32_t at)
{
    return scan_word(t, at, "case") || at_char(t, next_token(t, at)) == ':';
}

/* Whether what follows stands where the body does; compilers take no body for indented that stands below its guard. */
static bool looks_guarded(struct scan_text t, uint32_t at, uint32_t body, uint32_t next)
{
    bool indented = is_label(t, body) || column(t, body) != indentation(t, at);
    return indented && !same_line(t, at, body) && column(t, next) >= column(t, body);
}

enum doubt { NONE, OF_COLUMNS, OF_BODY };

/* The guard or `else` at `at`, where its body has no braces. */
static enum doubt doubt_of(struct scan_text t, uint32_t at)
{
    uint32_t body = body_of(t, at);
    if (body >= t.len || t.text[body] == '{' || (scan_word(t, at, "else") && scan_word(t, body, "if")))
        return NONE;
    uint32_t end = statement_end(t, body, 0), next = scan_space(t, end);
    bool other = scan_word(t, next, "else");
    if (t.text[body] == ';' && same_line(t, at, body))
        return other ? NONE : OF_BODY;
    if (next >= t.len || t.text[next] == '}' || t.text[next] == ';' || other)
        return NONE;
    return same_line(t, end, next) || looks_guarded(t, at, body, next) ? OF_COLUMNS : NONE;
}

/* ---- what is written in the source */

struct origin {
    struct lines lines;          /* of the whole text; none yet where it has no segment */
    const char *name;            /* of the file whose text this is */
    struct str text;
    struct scan_text left;       /* from the line asked for last on */
    uint32_t line;
};

static void take_file(struct origin *o, const char *name)
{
    struct str ignored = STR_INIT;
    str_clear(&o->text);
    if (file_is_regular(name))
        file_read(name, &o->text, &ignored);
    str_release(&ignored);
    o->name = name;
    o->line = 0;
}

/* The line's text; empty where the file has none of that number. */
static struct scan_text take_line(struct origin *o, uint32_t line)
{
    if (!o->line || line < o->line) {
        o->left = (struct scan_text){o->text.data, (uint32_t)o->text.len};
        o->line = 1;
    }
    struct scan_text t = o->left;
    for (const char *newline; o->line < line && (newline = memchr(t.text, '\n', t.len)); o->line++)
        t = (struct scan_text){newline + 1, t.len - (uint32_t)(newline + 1 - t.text)};
    o->left = t;
    const char *end = o->line == line ? memchr(t.text, '\n', t.len) : t.text;
    return (struct scan_text){t.text, end ? (uint32_t)(end - t.text) : t.len};
}

/* Whether the word at `at` may stand in the source, and not only in a macro's definition. */
static bool is_written(struct origin *o, struct scan_text t, uint32_t at)
{
    if (!o->lines.segments.count)
        lines_init(&o->lines, t.text, t.len);
    struct lines_spot spot = lines_at(&o->lines, at);
    const char *name = o->lines.files.items[spot.file];
    if (o->name != name)
        take_file(o, name);
    struct scan_text line = take_line(o, spot.line);
    uint32_t len = scan_token(t, at) - at, here = 0;
    while (here < line.len) {
        bool quote = line.text[here] == '\'' || line.text[here] == '"';      /* perhaps in a comment */
        uint32_t next = quote ? here + 1 : scan_token(line, here);
        if (next - here == len && memcmp(line.text + here, t.text + at, len) == 0)
            return true;
        here = next;
    }
    return !line.len;
}

/* `while` behind `}` and before `;` ends a do. */
static bool ends_do(struct scan_text t, uint32_t at, char before)
{
    return before == '}' && scan_word(t, at, "while") && at_char(t, body_of(t, at)) == ';';
}

static bool gives_ground(struct origin *o, struct scan_text t, uint32_t at, char before)
{
    bool perhaps = strchr("ifwse", t.text[at]);        /* mostly not */
    if (!perhaps || !(is_guard(t, at) || scan_word(t, at, "else")) || ends_do(t, at, before))
        return false;
    enum doubt doubt = doubt_of(t, at);
    return doubt == OF_BODY || (doubt == OF_COLUMNS && is_written(o, t, at));
}

bool layout_is_doubtful(const char *text, uint32_t len)
{
    struct scan_text t = {text, len};
    struct origin origin = {.text = STR_INIT};
    bool found = false;
    char before = 0;
    for (uint32_t at = scan_space(t, 0); !found && at < len; at = next_token(t, at)) {
        found = gives_ground(&origin, t, at, before);
        before = text[at];
    }
    lines_release(&origin.lines);
    str_release(&origin.text);
    return found;
}
