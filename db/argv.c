/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/argv.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

#define BLANKS " \t\n\v\f\r"
#define RECORD_SEPARATOR 0x1f

static void add_json(struct str *out, const char *word, size_t len)
{
    str_add(out, "\"");
    for (size_t i = 0; i < len; i++) {
        if (word[i] == '"' || word[i] == '\\')
            str_addf(out, "\\%c", word[i]);
        else if ((unsigned char)word[i] < 0x20)
            str_addf(out, "\\u%04x", word[i]);
        else
            str_add_char(out, word[i]);
    }
    str_add(out, "\"");
}

void argv_from_record(const char *joined, struct str *out)
{
    str_add(out, "[");
    for (const char *at = joined;;) {
        size_t len = strcspn(at, "\x1f");
        add_json(out, at, len);
        if (at[len] != RECORD_SEPARATOR)
            break;
        str_add(out, ",");
        at += len + 1;
    }
    str_add(out, "]");
}

void argv_from_words(char *const argv[], struct str *out)
{
    str_add(out, "[");
    for (int i = 0; argv[i]; i++) {
        str_add(out, i ? "," : "");
        add_json(out, argv[i], strlen(argv[i]));
    }
    str_add(out, "]");
}

static bool needs_quotes(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)word[i]) && !strchr("_-+=./,:@%^", word[i]) && (unsigned char)word[i] < 0x80)
            return true;
    return len == 0;
}

static void add_word(struct str *out, const char *word, size_t len)
{
    if (out->len)
        str_add_char(out, ' ');
    if (!needs_quotes(word, len)) {
        str_add_bytes(out, word, len);
        return;
    }
    str_add_char(out, '\'');
    for (size_t i = 0; i < len; i++) {
        if (word[i] == '\'')
            str_add(out, "'\\'");
        str_add_char(out, word[i]);
    }
    str_add_char(out, '\'');
}

struct words {
    VEC(char *) list;
};

static char **words_end(struct words *w)
{
    *vec_push(&w->list) = NULL;
    return w->list.items;
}

/* The store's arrays are our own: strings with \" \\ and \u00xx as only escapes. `at` is behind a string's first quote;
 * returns where its last one is. */
static const char *take_string(const char *at, struct str *word)
{
    for (; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1] == 'u' && strlen(at) >= 6) {
            char code[5] = {at[2], at[3], at[4], at[5], 0};
            str_add_char(word, (char)strtol(code, NULL, 16));
            at += 5;
            continue;
        }
        at += *at == '\\' && at[1];
        str_add_char(word, *at);
    }
    return at;
}

char **argv_words(const char *json)
{
    struct words words = {0};
    for (const char *at = strchr(json, '"'); at && *at; at = strchr(at + 1, '"')) {
        struct str word = STR_INIT;
        at = take_string(at + 1, &word);
        *vec_push(&words.list) = str_detach(&word);
        if (!*at)
            break;
    }
    return words_end(&words);
}

/* One character, or what a backslash makes of the next; false at the end of the text. */
static bool take_plain(const char **at, char quote, struct str *word)
{
    if (**at == '\\' && quote != '\'' && (*at)[1])
        ++*at;
    if (!**at)
        return false;
    str_add_char(word, *(*at)++);
    return true;
}

/* The word that begins here; false where a quote is not closed. */
static bool take_word(const char **at, struct str *word)
{
    char quote = 0;
    while (quote || (**at && !strchr(BLANKS, **at))) {
        if (**at == quote || (!quote && strchr("'\"", **at))) {
            quote = quote ? 0 : **at;
            ++*at;
        } else if (!take_plain(at, quote, word)) {
            return false;
        }
    }
    return true;
}

char **argv_split(const char *text)
{
    struct words words = {0};
    for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
        struct str word = STR_INIT;
        bool closed = take_word(&text, &word);
        *vec_push(&words.list) = str_detach(&word);
        if (!closed) {
            argv_free(words_end(&words));
            return NULL;
        }
    }
    return words_end(&words);
}

char **argv_copy(char *const argv[])
{
    struct words words = {0};
    for (size_t i = 0; argv[i]; i++)
        *vec_push(&words.list) = str_copy(argv[i]);
    return words_end(&words);
}

void argv_free(char **argv)
{
    for (size_t i = 0; argv && argv[i]; i++)
        free(argv[i]);
    free(argv);
}

void argv_shell(const char *json, struct str *out)
{
    struct str line = STR_INIT;
    char **words = argv_words(json);
    for (size_t i = 0; words[i]; i++)
        add_word(&line, words[i], strlen(words[i]));
    str_add(out, line.data);
    argv_free(words);
    str_release(&line);
}
