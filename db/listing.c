/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/listing.h"

#include "base/msg.h"
#include "base/source.h"

void listing_release(struct listing *l)
{
    str_release(&l->text);
    vec_release(&l->starts);
    l->file = 0;
}

static void split(struct listing *l)
{
    size_t start = 0;
    for (size_t i = 0; i < l->text.len; i++) {
        if (l->text.data[i] != '\n')
            continue;
        *vec_push(&l->starts) = (uint32_t)start;
        l->text.data[i] = 0;
        if (i > start && l->text.data[i - 1] == '\r')
            l->text.data[i - 1] = 0;
        start = i + 1;
    }
    if (start < l->text.len)
        *vec_push(&l->starts) = (uint32_t)start;
}

int listing_load(struct sql *db, struct listing *l, int64_t file)
{
    if (l->file == file)
        return (int)l->starts.count;
    str_clear(&l->text);
    vec_clear(&l->starts);
    l->file = file;
    struct sql_stmt *s = sql_prepare(db, "SELECT packed FROM source JOIN file USING (hash) WHERE file.id = :file");
    sql_bind_int(s, "file", file);
    if (sql_step(s)) {
        size_t len, taken;
        uint8_t hash[SOURCE_HASH_LEN];
        struct str err = STR_INIT;
        const void *packed = sql_blob(s, 0, &len);
        if (!source_unpack(packed, len, hash, &l->text, &taken, &err))
            warn("a source text in the store is damaged: %s", err.data);
        str_release(&err);
    }
    sql_done(s);
    split(l);
    return (int)l->starts.count;
}

const char *listing_line(const struct listing *l, int number)
{
    if (number < 1 || (size_t)number > l->starts.count)
        return "";
    return l->text.data + l->starts.items[number - 1];
}
