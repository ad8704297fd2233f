/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

char str_empty[1];

void *xmalloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p)
        die(EXIT_DATA, "out of memory (%zu bytes)", size);
    return p;
}

void *xcalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        die(EXIT_DATA, "out of memory (%zu x %zu bytes)", count, size);
    return p;
}

void *xrealloc(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);
    if (!p)
        die(EXIT_DATA, "out of memory (%zu bytes)", size);
    return p;
}

void str_init(struct str *s)
{
    s->data = str_empty;
    s->len = s->cap = 0;
}

void str_release(struct str *s)
{
    if (s->cap)
        free(s->data);
    str_init(s);
}

void str_clear(struct str *s)
{
    s->len = 0;
    if (s->cap)
        s->data[0] = 0;
}

void str_reserve(struct str *s, size_t more)
{
    size_t need = s->len + more + 1;
    if (need <= s->cap)
        return;
    size_t cap = s->cap * 2 > need ? s->cap * 2 : need + 24;
    char *data = xrealloc(s->cap ? s->data : NULL, cap);
    data[s->len] = 0;
    s->data = data;
    s->cap = cap;
}

void str_add_bytes(struct str *s, const void *bytes, size_t len)
{
    if (!len)
        return;
    str_reserve(s, len);
    memcpy(s->data + s->len, bytes, len);
    s->len += len;
    s->data[s->len] = 0;
}

void str_add(struct str *s, const char *text)
{
    str_add_bytes(s, text, strlen(text));
}

void str_add_char(struct str *s, char c)
{
    str_add_bytes(s, &c, 1);
}

void str_vaddf(struct str *s, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        BUG("vsnprintf failed");
    str_reserve(s, (size_t)len);
    vsnprintf(s->data + s->len, (size_t)len + 1, format, again);
    s->len += (size_t)len;
    va_end(again);
}

void str_addf(struct str *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vaddf(s, format, args);
    va_end(args);
}

char *str_detach(struct str *s)
{
    char *data = s->cap ? s->data : str_copy("");
    str_init(s);
    return data;
}

char *str_format(const char *format, ...)
{
    struct str s = STR_INIT;
    va_list args;
    va_start(args, format);
    str_vaddf(&s, format, args);
    va_end(args);
    return str_detach(&s);
}

char *str_copy_bytes(const char *bytes, size_t len)
{
    char *copy = xmalloc(len + 1);
    memcpy(copy, bytes, len);
    copy[len] = 0;
    return copy;
}

char *str_copy(const char *text)
{
    return str_copy_bytes(text, strlen(text));
}

char *str_join_path(const char *directory, const char *name)
{
    return name[0] == '/' || !directory[0] ? str_copy(name) : str_format("%s/%s", directory, name);
}

bool str_ends(const char *text, const char *end)
{
    size_t len = strlen(text), tail = strlen(end);
    return len >= tail && strcmp(text + len - tail, end) == 0;
}
