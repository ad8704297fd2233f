/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For people: aligned tables, cut to the terminal. Tabs in source texts are spread out, so that columns stay in line.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "db/format.h"

extern const struct format format_text;

#define TAB 8
#define PAGE_WIDTH 80            /* where there is no terminal */
#define PLACE_WIDTH 16           /* a place keeps that much in any case, */
#define PLACE_WIDTH_UNCUT 32     /* this where no line is cut */
#define TEXT_WIDTH 20            /* a source text at a row's end, if other columns can make room; names make it */
#define WORDS_WIDTH 30           /* words at a row's end take so much, else lines of their own */
#define ELLIPSIS "..."
#define BOLD "\033[1m"
#define RED "\033[31m"
#define PLAIN "\033[0m"

static bool is_text(const struct column *c)
{
    return c->kind == COLUMN_TEXT || c->kind == COLUMN_WORDS || c->kind == COLUMN_PLACE || c->kind == COLUMN_ANY;
}

/* Columns on the screen: UTF-8 continuation bytes take none. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (const char *at = text; *at; at++)
        width += ((unsigned char)*at & 0xc0) != 0x80;
    return width;
}

/* Without control characters, which could do anything to a terminal. */
static void add_clean(struct str *out, const char *text)
{
    size_t column = 0;
    for (const char *at = text; *at; at++) {
        if (*at == '\t') {
            do
                str_add_char(out, ' ');
            while (++column % TAB);
            continue;
        }
        str_add_char(out, (unsigned char)*at < 0x20 || *at == 0x7f ? '?' : *at);
        column += ((unsigned char)*at & 0xc0) != 0x80;
    }
}

static void cut(char *text, size_t width)
{
    size_t column = 0;
    for (char *at = text; *at; at++) {
        column += ((unsigned char)*at & 0xc0) != 0x80;
        if (column > width) {
            *at = 0;
            return;
        }
    }
}

/* The beginning of a text that is wider than `width`. */
static void shorten(char *text, size_t width)
{
    if (width_of(text) <= width)
        return;
    cut(text, width - strlen(ELLIPSIS));
    memcpy(text + strlen(text), ELLIPSIS, sizeof ELLIPSIS);
}

static void add_padded(struct str *line, const char *text, size_t width, bool right, bool last)
{
    size_t have = width_of(text);
    for (size_t i = have; right && i < width; i++)
        str_add_char(line, ' ');
    str_add(line, text);
    for (size_t i = have; !right && !last && i < width; i++)
        str_add_char(line, ' ');
}

static void put_line(struct str *line, const char *color, const struct look *look, FILE *out)
{
    while (line->len && line->data[line->len - 1] == ' ')
        line->data[--line->len] = 0;
    if (look->width)
        cut(line->data, look->width);
    if (color && look->color)
        fprintf(out, "%s%s%s\n", color, line->data, PLAIN);
    else
        fprintf(out, "%s\n", line->data);
}

/* All cells as text first, since a column is as wide as its widest. */
static char **cell_texts(const struct table *t)
{
    size_t count = table_rows(t) * t->column_count;
    char **texts = xcalloc(count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        struct str raw = STR_INIT, clean = STR_INIT;
        format_people(&t->columns[i % t->column_count], &t->cells.items[i], &raw);
        add_clean(&clean, raw.data);
        texts[i] = clean.len ? str_detach(&clean) : str_copy("");
        str_release(&raw);
        str_release(&clean);
    }
    return texts;
}

static size_t widest_cell(const struct table *t, char **texts, size_t column)
{
    size_t most = 0;
    for (size_t i = column; i < table_rows(t) * t->column_count; i += t->column_count) {
        size_t width = width_of(texts[i]);
        most = width > most ? width : most;
    }
    return most;
}

/* Of columns that are not shown 0. */
static size_t *widths_of(const struct table *t, char **texts)
{
    size_t *widths = xcalloc(t->column_count, sizeof *widths);
    for (size_t c = 0; c < t->column_count; c++) {
        size_t title = width_of(t->columns[c].title), most = widest_cell(t, texts, c);
        if (format_shows(&format_text, &t->columns[c]))
            widths[c] = title > most ? title : most;
    }
    return widths;
}

static size_t last_shown(const struct table *t, const size_t *widths)
{
    size_t last = t->column_count;
    while (last && !widths[last - 1])
        last--;
    return last;
}

/* What a row takes with `gap` blanks between columns; of a long text at its end so much that it says something. */
static size_t row_width(const struct table *t, const size_t *widths, size_t gap)
{
    size_t sum = 0, last = last_shown(t, widths);
    for (size_t c = 0; c < last; c++) {
        bool text = c + 1 == last && t->columns[c].kind != COLUMN_PLACE && is_text(&t->columns[c]) &&
                    widths[c] > TEXT_WIDTH;
        sum += widths[c] ? (text ? TEXT_WIDTH : widths[c]) + (sum ? gap : 0) : 0;
    }
    return sum;
}

/* The column of places; column_count: there is none. */
static size_t place_column(const struct table *t, const size_t *widths)
{
    size_t at = 0;
    while (at < t->column_count && (t->columns[at].kind != COLUMN_PLACE || !widths[at]))
        at++;
    return at;
}

/* The widest column of names that may be shortened, which are those before a place; column_count: none. */
static size_t widest_names(const struct table *t, const size_t *widths)
{
    size_t none = t->column_count, place = place_column(t, widths), at = none;
    for (size_t c = 0; place < none && c < place; c++)
        if (t->columns[c].kind == COLUMN_TEXT && widths[c] > TEXT_WIDTH && (at == none || widths[c] > widths[at]))
            at = c;
    return at;
}

/* Names give way, so that what stands behind them can be seen. */
static void fit_names(const struct table *t, char **texts, size_t *widths, size_t page)
{
    for (size_t at; row_width(t, widths, 1) > page && (at = widest_names(t, widths)) < t->column_count;) {
        size_t more = row_width(t, widths, 1) - page;
        widths[at] = widths[at] > TEXT_WIDTH + more ? widths[at] - more : TEXT_WIDTH;
        for (size_t i = at; i < table_rows(t) * t->column_count; i += t->column_count)
            shorten(texts[i], widths[at]);
    }
}

static bool fits(const struct table *t, const size_t *widths, const struct look *look)
{
    return !look->width || row_width(t, widths, 2) <= look->width;
}

static void drop_wordless(const struct table *t, char **texts, size_t *widths)
{
    for (size_t c = 0; c < t->column_count; c++)
        if (table_rows(t) && !widest_cell(t, texts, c))
            widths[c] = 0;
}

/* How much of a place is its line: ":123", or nothing. */
static size_t line_width(const char *text)
{
    const char *colon = strrchr(text, ':');
    return colon && colon[1] && colon[1 + strspn(colon + 1, "0123456789")] == '\0' ? strlen(colon) : 0;
}

static const char *end_of(const char *text, size_t width)
{
    while (width_of(text) > width || ((unsigned char)*text & 0xc0) == 0x80)
        text++;
    return text;
}

/* Where it does not fit, as many of its last folders as do, ".../src/main.c:12"; the end of its name where not even
 * that does. As if each line had as many digits as the longest one, so that all places of a file are told alike. */
static void shorten_place(char *text, size_t room, size_t longest_line)
{
    size_t line = longest_line - line_width(text);
    const char *rest = text, *dots = ELLIPSIS;
    if (width_of(text) + line <= room)
        return;
    do
        rest = strchr(rest + 1, '/');
    while (rest && width_of(rest) + line + strlen(dots) > room);
    if (!rest) {
        rest = file_name(text);
        if (width_of(rest) <= room)
            dots = "";
        else
            rest = end_of(rest, room - strlen(dots));
    }
    memmove(text + strlen(dots), rest, strlen(rest) + 1);
    memcpy(text, dots, strlen(dots));
}

/* How much wider names before a place and a text at the row's end are than they are where they give way. */
static size_t slack_of(const struct table *t, const size_t *widths, size_t place)
{
    size_t slack = 0;
    for (size_t c = 0; c < t->column_count; c++)
        if (t->columns[c].kind == COLUMN_TEXT && widths[c] > TEXT_WIDTH &&
            (c < place || c + 1 == last_shown(t, widths)))
            slack += widths[c] - TEXT_WIDTH;
    return slack;
}

/* The longest name without its folders: so much is worth cutting other texts for. */
static size_t bare_width(const struct table *t, char **texts, size_t column)
{
    size_t most = 0;
    for (size_t i = column; i < table_rows(t) * t->column_count; i += t->column_count) {
        size_t name = width_of(file_name(texts[i])) + (strchr(texts[i], '/') ? strlen(ELLIPSIS "/") : 0);
        most = name > most ? name : most;
    }
    return most;
}

/* What a column of places may take: what the others leave; the names alone may take from texts, but not all. */
static size_t room_for(const struct table *t, char **texts, const size_t *widths, size_t at, const struct look *look)
{
    size_t page = look->width ? look->width : PAGE_WIDTH, least = look->width ? PLACE_WIDTH : PLACE_WIDTH_UNCUT;
    size_t others = 0, bare = look->width ? bare_width(t, texts, at) : 0;
    for (size_t c = 0; c < t->column_count; c++)
        others += c != at && widths[c] ? widths[c] + 2 : 0;
    size_t left = others < page ? page - others : 0, made = others - slack_of(t, widths, at);
    made = made < page ? page - made : 0;
    made = made > bare ? bare : made;
    made = made > page / 2 ? page / 2 : made;
    left = left > made ? left : made;
    return left > least ? left : least;
}

static void fit_places(const struct table *t, char **texts, size_t *widths, const struct look *look)
{
    size_t at = place_column(t, widths), longest_line = 0, end = table_rows(t) * t->column_count;
    if (at == t->column_count)
        return;
    size_t room = room_for(t, texts, widths, at, look);
    for (size_t i = at; i < end; i += t->column_count)
        longest_line = line_width(texts[i]) > longest_line ? line_width(texts[i]) : longest_line;
    for (size_t i = at; i < end; i += t->column_count)
        shorten_place(texts[i], room, longest_line);
    size_t title = width_of(t->columns[at].title), most = widest_cell(t, texts, at);
    widths[at] = title > most ? title : most;
}

/* Returns the blanks between columns: two. Where not all fits, columns without a word go first, then folders of places,
 * then one of the blanks, then ends of names. */
static size_t fit_columns(const struct table *t, char **texts, size_t *widths, const struct look *look)
{
    if (!fits(t, widths, look))
        drop_wordless(t, texts, widths);
    fit_places(t, texts, widths, look);
    if (fits(t, widths, look))
        return 2;
    fit_names(t, texts, widths, look->width);
    return 1;
}

static void put_row(const struct table *t, char **texts, const size_t *widths, size_t gap, struct str *line)
{
    str_clear(line);
    size_t last = last_shown(t, widths);
    for (size_t c = 0; c < last; c++) {
        const struct column *column = &t->columns[c];
        if (!widths[c])
            continue;
        if (line->len)
            str_add_bytes(line, "  ", gap);
        add_padded(line, texts ? texts[c] : column->title, widths[c], !is_text(column), c + 1 == last);
    }
}

static bool is_break(const char *text, size_t at)
{
    bool unit = at > 1 && text[at - 1] >= '0' && text[at - 1] <= '9' && text[at + 1] >= 'A';
    return text[at] == ' ' && text[at + 1] && !unit;
}

/* Where a line that takes `width` ends: at a blank, not between a figure and its unit; behind a word that is too long
 * for a line. 0: the rest is the last line. */
static size_t break_of(const char *text, size_t width)
{
    size_t at = width, len = strlen(text);
    while (at && !is_break(text, at))
        at--;
    for (at = at > TAB ? at : width; at < len && !is_break(text, at);)
        at++;
    return at < len ? at : 0;
}

/* A sentence, broken where it is wider than the terminal. */
static void put_words(const char *text, const char *color, const struct look *look, FILE *out)
{
    size_t width = look->width, indent = 0, at;
    bool colored = color && look->color;
    fputs(colored ? color : "", out);
    while (width > 2 * TAB && width_of(text) + indent > width && (at = break_of(text, width - indent))) {
        size_t rest = at + strspn(text + at, " ");
        while (at && text[at - 1] == ' ')
            at--;
        fprintf(out, "%*s%.*s\n", (int)indent, "", (int)at, text);
        text += rest;
        indent = 4;
    }
    fprintf(out, "%*s%s%s\n", (int)indent, "", text, colored ? PLAIN : "");
}

/* A row whose last column is words that do not fit: they go on below where they begin, or, where a line is too short
 * for that, stand below the row. */
static void put_broken(struct str *line, const char *words, const char *color, const struct look *look, FILE *out)
{
    size_t begin = width_of(line->data) - width_of(words), at;
    const struct look uncut = {look->color, 0};          /* a word may be longer than a line */
    struct str first = STR_INIT;
    str_add_bytes(&first, line->data, line->len - strlen(words));
    if (begin + WORDS_WIDTH > look->width) {
        put_line(&first, color, look, out);
        str_clear(&first);
        begin = 4;
        str_add(&first, "    ");
    }
    while (width_of(words) > look->width - begin && (at = break_of(words, look->width - begin))) {
        str_add_bytes(&first, words, at);
        put_line(&first, color, &uncut, out);
        str_clear(&first);
        for (size_t i = 0; i < begin; i++)
            str_add_char(&first, ' ');
        words += at + strspn(words + at, " ");
    }
    str_add(&first, words);
    put_line(&first, color, &uncut, out);
    str_release(&first);
}

static void put_table(const struct table *t, const struct look *look, FILE *out)
{
    struct str line = STR_INIT;
    char **texts = cell_texts(t);
    size_t *widths = widths_of(t, texts), rows = table_rows(t);
    size_t gap = fit_columns(t, texts, widths, look), last = last_shown(t, widths);
    if (t->title)                        /* figures at its end: never cut */
        put_words(t->title, BOLD, look, out);
    put_row(t, NULL, widths, gap, &line);
    put_line(&line, BOLD, look, out);
    for (size_t r = 0; r < rows; r++) {
        put_row(t, texts + r * t->column_count, widths, gap, &line);
        const char *color = t->hot.items[r] ? RED : NULL;
        if (look->width && width_of(line.data) > look->width && t->columns[last - 1].kind == COLUMN_WORDS)
            put_broken(&line, texts[r * t->column_count + last - 1], color, look, out);
        else
            put_line(&line, color, look, out);
    }
    for (size_t i = 0; i < rows * t->column_count; i++)
        free(texts[i]);
    free(texts);
    free(widths);
    str_release(&line);
}

/* Tables without rows are left out: a head above nothing tells nobody anything. */
static void write_text(const struct doc *d, const struct look *look, FILE *out)
{
    bool begun = d->head.count;
    for (size_t i = 0; i < d->head.count; i++)
        put_words(d->head.items[i], NULL, look, out);
    for (size_t i = 0; i < d->tables.count; i++) {
        if (!table_rows(d->tables.items[i]))
            continue;
        if (begun)
            fputc('\n', out);
        put_table(d->tables.items[i], look, out);
        begun = true;
    }
    if (d->foot.count && begun)
        fputc('\n', out);
    for (size_t i = 0; i < d->foot.count; i++)
        put_words(d->foot.items[i], NULL, look, out);
}

const struct format format_text = {"text", false, write_text};
