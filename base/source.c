/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/source.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#include <zlib.h>

#include "base/msg.h"
#include "runtime/format.h"

enum { LEVEL = 6, LARGEST_RATIO = 1032 };      /* deflate cannot shrink further: a greater claim is damage */

void source_hash(const void *text, size_t len, uint8_t hash[SOURCE_HASH_LEN])
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(text, len));
    memcpy(hash, canonical.digest, SOURCE_HASH_LEN);
}

uint64_t source_hash64(const void *bytes, size_t len, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, len, seed);
}

void source_pack(const void *text, size_t len, struct str *out)
{
    uLongf packed_len = compressBound(len);
    Bytef *packed = xmalloc(packed_len);
    if (compress2(packed, &packed_len, text, len, LEVEL) != Z_OK)
        BUG("zlib refuses a buffer of the size it asked for");
    struct farm_source_head head = {.magic = FARM_SOURCE_MAGIC, .len = (uint32_t)packed_len, .raw_len = len};
    source_hash(text, len, head.hash);
    str_add_bytes(out, &head, sizeof head);
    str_add_bytes(out, packed, packed_len);
    for (size_t at = sizeof head + packed_len; at % 8; at++)
        str_add_char(out, 0);
    free(packed);
}

static bool refuse(struct str *err, const char *trouble)
{
    str_addf(err, "the source text %s", trouble);
    return false;
}

bool source_unpack(const void *data, size_t len, uint8_t hash[SOURCE_HASH_LEN], struct str *out, size_t *taken,
                   struct str *err)
{
    struct farm_source_head head;
    if (len < sizeof head)
        return refuse(err, "is cut off in its head");
    memcpy(&head, data, sizeof head);
    if (head.magic != FARM_SOURCE_MAGIC)
        return refuse(err, "has no head");
    if (head.len > len - sizeof head || head.raw_len > (uint64_t)head.len * LARGEST_RATIO)
        return refuse(err, "is cut off");

    size_t before = out->len;
    uLongf raw_len = head.raw_len;
    str_reserve(out, head.raw_len + 1);
    int status = uncompress((Bytef *)out->data + before, &raw_len, (const Bytef *)data + sizeof head, head.len);
    if (status == Z_OK && raw_len == head.raw_len)
        source_hash(out->data + before, raw_len, hash);
    if (status != Z_OK || raw_len != head.raw_len || memcmp(hash, head.hash, SOURCE_HASH_LEN) != 0) {
        out->data[before] = 0;
        return refuse(err, "is damaged");
    }
    out->len = before + raw_len;
    out->data[out->len] = 0;
    size_t whole = (sizeof head + head.len + 7) & ~(size_t)7;
    *taken = whole < len ? whole : len;
    return true;
}
