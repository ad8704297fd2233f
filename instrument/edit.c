/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/edit.h"

#include <ctype.h>

void edit_release(struct edit *e)
{
    str_release(&e->text);
    vec_release(&e->insertions);
}

static struct edit_insertion *start(struct edit *e, uint32_t offset)
{
    if (!e->text.data)
        str_init(&e->text);
    struct edit_insertion *i = vec_push(&e->insertions);
    i->offset = offset;
    i->sequence = (uint32_t)e->insertions.count;
    i->first = (uint32_t)e->text.len;
    return i;
}

void edit_insert(struct edit *e, uint32_t offset, const char *text)
{
    struct edit_insertion *i = start(e, offset);
    str_add(&e->text, text);
    i->len = (uint32_t)e->text.len - i->first;
}

void edit_insertf(struct edit *e, uint32_t offset, const char *format, ...)
{
    struct edit_insertion *i = start(e, offset);
    va_list args;
    va_start(args, format);
    str_vaddf(&e->text, format, args);
    va_end(args);
    i->len = (uint32_t)e->text.len - i->first;
}

static int by_place(const void *a, const void *b)
{
    const struct edit_insertion *x = a, *y = b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

static bool is_word(unsigned char c)
{
    return isalnum(c) || c == '_' || c == '$' || c >= 0x80;
}

/* `len` bytes behind what `out` has; a blank first where a word of the source and one of an insertion would meet. */
static void add_apart(struct str *out, const char *bytes, size_t len)
{
    if (len && out->len && is_word((unsigned char)*bytes) && is_word((unsigned char)out->data[out->len - 1]))
        str_add(out, " ");
    str_add_bytes(out, bytes, len);
}

void edit_apply(struct edit *e, const char *text, size_t len, struct str *out)
{
    if (e->insertions.count)
        qsort(e->insertions.items, e->insertions.count, sizeof *e->insertions.items, by_place);
    str_reserve(out, len + e->text.len);
    size_t done = 0;
    for (size_t i = 0; i < e->insertions.count; i++) {
        const struct edit_insertion *insertion = &e->insertions.items[i];
        const char *inserted = e->text.data + insertion->first;
        size_t at = insertion->offset < len ? insertion->offset : len;
        add_apart(out, text + done, at - done);
        if (at > done)
            add_apart(out, inserted, insertion->len);
        else
            str_add_bytes(out, inserted, insertion->len);
        done = at;
    }
    add_apart(out, text + done, len - done);
}
