/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/edit.h"

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

void edit_apply(struct edit *e, const char *text, size_t len, struct str *out)
{
    if (e->insertions.count)
        qsort(e->insertions.items, e->insertions.count, sizeof *e->insertions.items, by_place);
    str_reserve(out, len + e->text.len);
    size_t done = 0;
    for (size_t i = 0; i < e->insertions.count; i++) {
        const struct edit_insertion *insertion = &e->insertions.items[i];
        size_t at = insertion->offset < len ? insertion->offset : len;
        str_add_bytes(out, text + done, at - done);
        str_add_bytes(out, e->text.data + insertion->first, insertion->len);
        done = at;
    }
    str_add_bytes(out, text + done, len - done);
}
