/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/gzip.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "base/msg.h"

enum { GZIP = 16 + MAX_WBITS, MEMORY_LEVEL = 8, CHUNK = 1 << 16 };

void gzip_pack(const void *bytes, size_t len, struct str *out)
{
    z_stream z = {0};
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        BUG("zlib refuses its own settings");
    size_t bound = deflateBound(&z, len);
    str_reserve(out, bound);
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out->data + out->len;
    z.avail_out = (uInt)bound;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        BUG("zlib refuses a buffer of the size it asked for");
    out->len += z.total_out;
    out->data[out->len] = 0;
    deflateEnd(&z);
}

bool gzip_is(const void *bytes, size_t len)
{
    return len > 2 && memcmp(bytes, "\x1f\x8b", 2) == 0;
}

bool gzip_unpack(const void *bytes, size_t len, size_t most, struct str *out, struct str *err)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)len};
    Bytef chunk[CHUNK];
    int status = inflateInit2(&z, GZIP);
    while (status == Z_OK && out->len <= most) {
        z.next_out = chunk;
        z.avail_out = CHUNK;
        status = inflate(&z, Z_NO_FLUSH);
        str_add_bytes(out, chunk, CHUNK - z.avail_out);
    }
    inflateEnd(&z);
    if (out->len > most)
        str_addf(err, "it holds more than %zu MB", most / 1000000);
    else if (status != Z_STREAM_END)
        str_add(err, "its compressed data is damaged or cut off");
    return status == Z_STREAM_END && out->len <= most;
}
