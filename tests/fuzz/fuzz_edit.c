/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is a list of insertions (offset, length, text) and, behind a zero length, the text they go into. Whatever
 * it is, the result must hold the text in order, each insertion at its place, and else only blanks between words.
 */
#include <stdlib.h>

#include "instrument/edit.h"
#include "instrument/lines.h"
#include "instrument/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
    if (!good)
        abort();
}

/* The bytes come next in the result, where words meet behind a blank. */
static void expect_next(const struct str *out, size_t *at, const char *bytes, size_t len)
{
    if (len && *at < out->len && out->data[*at] == ' ' && bytes[0] != ' ')
        ++*at;
    check(out->len - *at >= len && memcmp(out->data + *at, bytes, len) == 0);
    *at += len;
}

/* Removing what was inserted, in order, must give the text back. */
static void check_result(const struct edit *e, const char *text, size_t len, const struct str *out)
{
    size_t at = 0, from = 0;
    for (size_t i = 0; i < e->insertions.count; i++) {
        const struct edit_insertion *in = &e->insertions.items[i];
        size_t offset = in->offset < len ? in->offset : len;
        check(offset >= from);
        expect_next(out, &at, text + from, offset - from);
        expect_next(out, &at, e->text.data + in->first, in->len);
        from = offset;
    }
    expect_next(out, &at, text + from, len - from);
    check(at == out->len);
}

/* The scanners must stay inside of any text. */
static void scan_all(const char *text, size_t len)
{
    struct scan_text t = {text, (uint32_t)len};
    struct scan_header header;
    struct lines l;
    lines_init(&l, text, len);
    for (uint32_t at = 0; at < len; at++) {
        struct lines_spot spot = lines_at(&l, at);
        check(spot.file < l.files.count);
        check(scan_space(t, at) <= len && scan_token(t, at) <= len && scan_semicolon(t, at) <= len);
        if (scan_for(t, at, &header))
            check(header.open < header.first && header.first < header.second && header.second < header.close);
    }
    scan_pragma(t, 0, (uint32_t)len, true);
    lines_release(&l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct edit e = {0};
    struct str out = STR_INIT;
    size_t at = 0;
    while (at + 2 < size && data[at + 1] && at + 2 + data[at + 1] <= size) {
        char *text = str_copy_bytes((const char *)data + at + 2, data[at + 1]);
        edit_insert(&e, data[at], text);
        free(text);
        at += 2 + data[at + 1];
    }
    char *text = str_copy_bytes((const char *)data + at, size - at);
    edit_apply(&e, text, size - at, &out);
    check_result(&e, text, size - at, &out);
    scan_all(text, size - at);
    free(text);
    str_release(&out);
    edit_release(&e);
    return 0;
}
