/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/source.h"
#include "tests/unit/check.h"

/* Packs `text`, unpacks it behind "before", compares. */
static void round_trip(const char *text)
{
    struct str packed = STR_INIT, out = STR_INIT, err = STR_INIT;
    uint8_t hash[SOURCE_HASH_LEN], expected[SOURCE_HASH_LEN];
    size_t taken = 0;
    source_pack(text, strlen(text), &packed);
    source_hash(text, strlen(text), expected);
    CHECK_INT(packed.len % 8, 0);
    str_add(&out, "before");
    CHECK(source_unpack(packed.data, packed.len, hash, &out, &taken, &err));
    CHECK_INT(taken, packed.len);
    CHECK(memcmp(hash, expected, sizeof hash) == 0);
    CHECK_INT(out.len, strlen("before") + strlen(text));
    CHECK_STR(out.data + strlen("before"), text);
    str_release(&packed);
    str_release(&out);
    str_release(&err);
}

static void damage(size_t at)
{
    struct str packed = STR_INIT, out = STR_INIT, err = STR_INIT;
    uint8_t hash[SOURCE_HASH_LEN];
    size_t taken = 0;
    const char *text = "int main(void)\n{\n    return 0;\n}\n";
    source_pack(text, strlen(text), &packed);
    packed.data[at] ^= 1;
    str_add(&out, "before");
    CHECK(!source_unpack(packed.data, packed.len, hash, &out, &taken, &err));
    CHECK(err.len > 0);
    CHECK_STR(out.data, "before");
    str_release(&packed);
    str_release(&out);
    str_release(&err);
}

int main(void)
{
    round_trip("int main(void)\n");
    round_trip("\n\nint x;\n");          /* an empty first line once went missing, and all lines with it moved */
    round_trip("");
    damage(0);                           /* magic */
    damage(8);                           /* hash */
    damage(36);                          /* data */
    return check_done();
}
