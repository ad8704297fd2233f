/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/source.h"

#include "runtime/format.h"
#include "tests/unit/check.h"

static void check_text(const char *text, size_t len)
{
    struct str packed = STR_INIT, out = STR_INIT, err = STR_INIT;
    uint8_t hash[SOURCE_HASH_LEN], expected[SOURCE_HASH_LEN];
    size_t taken;
    source_pack(text, len, &packed);
    CHECK_INT(packed.len % 8, 0);
    str_add(&out, "before");
    CHECK(source_unpack(packed.data, packed.len, hash, &out, &taken, &err));
    CHECK_INT(taken, packed.len);
    CHECK(out.len == len + 6 && memcmp(out.data + 6, text, len) == 0);
    source_hash(text, len, expected);
    CHECK(memcmp(hash, expected, sizeof hash) == 0);

    packed.data[sizeof(struct farm_source_head) + 1] ^= 1;
    CHECK(!source_unpack(packed.data, packed.len, hash, &out, &taken, &err));
    CHECK_INT(out.len, len + 6);
    CHECK(!source_unpack(packed.data, 10, hash, &out, &taken, &err));
    CHECK(err.len > 0);
    str_release(&packed);
    str_release(&out);
    str_release(&err);
}

/* A record that claims a text larger than its data can hold must not ask for the memory. */
static void check_claim(void)
{
    struct farm_source_head head = {.magic = FARM_SOURCE_MAGIC, .len = 8, .raw_len = UINT64_MAX / 2};
    char bytes[sizeof head + 8] = "";
    struct str out = STR_INIT, err = STR_INIT;
    uint8_t hash[SOURCE_HASH_LEN];
    size_t taken;
    memcpy(bytes, &head, sizeof head);
    CHECK(!source_unpack(bytes, sizeof bytes, hash, &out, &taken, &err));
    str_release(&err);
}

int main(void)
{
    struct str large = STR_INIT;
    check_text("", 0);
    check_text("int x;\n", 7);
    check_text("\n\nint x;\n", 9);        /* an empty first line once went missing, and all lines with it moved */
    check_text("a\0b", 3);
    for (int i = 0; i < 20000; i++)
        str_addf(&large, "line %d\n", i);
    check_text(large.data, large.len);
    check_claim();
    str_release(&large);

    /* the hash is stored for years: it must stay what it is */
    uint8_t hash[SOURCE_HASH_LEN];
    source_hash("int main(void) { return 0; }\n", 29, hash);
    char hex[2 * SOURCE_HASH_LEN + 1];
    for (size_t i = 0; i < SOURCE_HASH_LEN; i++)
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    CHECK_STR(hex, "7a228c18965c49c2a0bbd16cca17e978");
    return check_done();
}
