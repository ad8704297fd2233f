/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/response.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/str.h"

enum { DEPTH_LIMIT = 20 };       /* a file that names itself ends somewhere, as in gcc */

void words_release(struct words *w)
{
    for (size_t i = 0; i < w->list.count; i++)
        free(w->list.items[i]);
    vec_release(&w->list);
}

/* Takes one word from `text` into `word`; returns where it ends. */
static const char *take_word(const char *text, struct str *word)
{
    char quote = 0;
    for (; *text && (quote || !isspace((unsigned char)*text)); text++) {
        if (*text == '\\' && text[1]) {
            str_add_char(word, *++text);
        } else if (quote && *text == quote) {
            quote = 0;
        } else if (!quote && (*text == '\'' || *text == '"')) {
            quote = *text;
        } else {
            str_add_char(word, *text);
        }
    }
    return text;
}

void response_split(const char *text, struct words *out)
{
    for (;;) {
        while (isspace((unsigned char)*text))
            text++;
        if (!*text)
            return;
        struct str word = STR_INIT;
        text = take_word(text, &word);
        *vec_push(&out->list) = str_detach(&word);
    }
}

void response_write(const struct words *w, size_t first, struct str *text)
{
    for (size_t i = first; i < w->list.count; i++) {
        str_add_char(text, '"');
        for (const char *at = w->list.items[i]; *at; at++) {
            if (*at == '"' || *at == '\\')
                str_add_char(text, '\\');
            str_add_char(text, *at);
        }
        str_add(text, "\"\n");
    }
}

static void add(const char *word, int depth, struct words *out)
{
    struct str text = STR_INIT, err = STR_INIT;
    if (word[0] == '@' && depth < DEPTH_LIMIT && file_read(word + 1, &text, &err)) {
        struct words inner = {0};
        response_split(text.data, &inner);
        for (size_t i = 0; i < inner.list.count; i++)
            add(inner.list.items[i], depth + 1, out);
        words_release(&inner);
    } else {
        *vec_push(&out->list) = str_copy(word);
    }
    str_release(&text);
    str_release(&err);
}

void response_expand(char *const *argv, struct words *out)
{
    for (; *argv; argv++)
        add(*argv, 0, out);
}
