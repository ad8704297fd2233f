/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/argv.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

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

/* The store's arrays are our own: strings with \" \\ and \u00xx as only escapes. */
void argv_shell(const char *json, struct str *out)
{
    struct str word = STR_INIT, line = STR_INIT;
    for (const char *at = strchr(json, '"'); at; at = strchr(at + 1, '"')) {
        str_clear(&word);
        for (at++; *at && *at != '"'; at++) {
            if (*at == '\\' && at[1] == 'u' && strlen(at) >= 6) {
                char code[5] = {at[2], at[3], at[4], at[5], 0};
                str_add_char(&word, (char)strtol(code, NULL, 16));
                at += 5;
                continue;
            }
            at += *at == '\\' && at[1];
            str_add_char(&word, *at);
        }
        add_word(&line, word.data, word.len);
        if (!*at)
            break;
    }
    str_add(out, line.data);
    str_release(&word);
    str_release(&line);
}
