/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/reader.h"

#include <stdlib.h>

#include "tests/unit/check.h"
#include "tests/unit/make_record.h"

/* A record of one module, two units, two blocks, three nodes. */
static void make(struct str *out)
{
    static const char info[] = "exe\0/bin/demo\0label\0first";
    static const uint8_t build_id[4] = {0xde, 0xad, 0xbe, 0xef};
    struct farm_header h = make_header(0xab);
    struct str modules = STR_INIT;
    struct farm_unit_entry units[] = {{7, 0, 2, 0}, {8, 0, 3, 16}};
    uint64_t first[] = {1, 2, 3, 4, 5}, second[] = {20, 30};
    struct farm_node nodes[] = {{0x1010, FARM_NO_NODE, 1}, {0x1020, 0, 2}, {0x1030, 1, 3}};
    make_begin(out);
    make_chunk(out, FARM_INFO, 0, 0, info, sizeof info);
    make_module(&modules, 0, "/bin/demo", build_id, 4, 1, 0x1000, 0x1000, 0x2000);
    make_module(&modules, 1, "/lib/libc.so.6", build_id, 0, 0, 0x7000, 0x7000, 0x8000);
    make_chunk(out, FARM_MODULES, 0, 0, modules.data, modules.len);
    make_chunk(out, FARM_UNITS, 0, 0, units, sizeof units);
    make_chunk(out, 77, 0, 0, "a kind of tomorrow", 18);
    make_chunk(out, FARM_COUNTERS, 0, 0, first, sizeof first);
    make_chunk(out, FARM_COUNTERS, 1, 8, second, sizeof second);
    make_chunk(out, FARM_NODES, 0, 0, nodes, 2 * sizeof *nodes);
    make_chunk(out, FARM_NODES, 0, 0, nodes + 2, sizeof *nodes);
    make_end(out, &h);
    str_release(&modules);
}

static void test_whole(void)
{
    struct str file = STR_INIT, err = STR_INIT;
    struct record r;
    uint64_t sum[3];
    make(&file);
    CHECK(record_parse(&file, &r, &err));
    CHECK_STR(r.uuid, "abababab-abab-abab-abab-abababababab");
    CHECK_STR(r.parent_uuid, "");
    CHECK(!r.cut);
    CHECK_STR(record_info(&r, "exe"), "/bin/demo");
    CHECK_STR(record_info(&r, "label"), "first");
    CHECK_STR(record_info(&r, "none"), "");
    CHECK_INT(r.modules.count, 2);
    CHECK_STR(r.modules.items[0].build_id, "deadbeef");
    CHECK_STR(r.modules.items[1].path, "/lib/libc.so.6");
    CHECK(record_module_at(&r, 0x1fff) == &r.modules.items[0]);
    CHECK(record_module_at(&r, 0x2000) == NULL);
    record_counters(&r, &r.units.items[0], sum);
    CHECK_INT(sum[0], 1);
    CHECK_INT(sum[1], 22);
    record_counters(&r, &r.units.items[1], sum);
    CHECK_INT(sum[0], 33);
    CHECK_INT(sum[1], 4);
    CHECK_INT(sum[2], 5);
    CHECK_INT(r.nodes.count, 3);
    CHECK_INT(r.nodes.items[2].parent, 1);
    record_close(&r);
    str_release(&err);
}

/* However short the file is, it is read as far as it goes, or refused with a sentence. */
static void test_cut(void)
{
    struct str whole = STR_INIT;
    make(&whole);
    for (size_t len = 0; len <= whole.len; len += len < FARM_PAGE ? 997 : 61) {
        struct str file = STR_INIT, err = STR_INIT;
        struct record r;
        str_add_bytes(&file, whole.data, len);
        if (record_parse(&file, &r, &err)) {
            CHECK(r.cut == (len < whole.len));
            CHECK_INT(err.len, 0);
        } else {
            CHECK(err.len > 0);
        }
        record_close(&r);
        str_release(&err);
    }
    str_release(&whole);
}

/* Changes one 64-bit word of the whole record and says whether it is still accepted. */
static int accepted(size_t at, uint64_t value, size_t size)
{
    struct str file = STR_INIT, err = STR_INIT;
    struct record r;
    make(&file);
    memcpy(file.data + at, &value, size);
    bool ok = record_parse(&file, &r, &err);
    CHECK(ok == (err.len == 0));
    record_close(&r);
    str_release(&err);
    return ok;
}

static void test_damaged(void)
{
    const size_t chunk = FARM_PAGE, units = 3 * FARM_PAGE, nodes = 7 * FARM_PAGE;
    CHECK(accepted(0, 0x0043455246524146, 8) == 0);                              /* magic */
    CHECK(!accepted(offsetof(struct farm_header, byte_order), 0x04030201, 4));
    CHECK(!accepted(offsetof(struct farm_header, version), 99, 4));
    CHECK(!accepted(chunk + offsetof(struct farm_chunk, head_len), 3, 4));
    CHECK(!accepted(chunk + offsetof(struct farm_chunk, len), 16, 8));
    CHECK(accepted(chunk + offsetof(struct farm_chunk, used), UINT64_MAX, 8) ==
          1); /* zeros behind: read as empty keys */
    CHECK(accepted(chunk + offsetof(struct farm_chunk, kind), 99, 4) == 1);
    CHECK(!accepted(units + sizeof(struct farm_chunk) + offsetof(struct farm_unit_entry, module), 5, 4));
    CHECK(!accepted(units + sizeof(struct farm_chunk) + offsetof(struct farm_unit_entry, offset), 4, 8));
    CHECK(!accepted(nodes + sizeof(struct farm_chunk) + offsetof(struct farm_node, parent), 0, 4));
    CHECK(accepted(units + sizeof(struct farm_chunk) + offsetof(struct farm_unit_entry, offset), ~7ull, 8) == 1);
}

/* Three words of a sound record overwritten at a time, mostly where header and chunks begin, from a fixed seed. */
static void test_random_damage(void)
{
    static const uint64_t values[] = {0, 1, 7, 8, 4095, 4096, 0x7fffffff, 0xffffffff, UINT64_MAX, UINT64_MAX - 7};
    uint64_t seed = 1;
    int good = 0, refused = 0;
    for (int turn = 0; turn < 5000; turn++) {
        struct str file = STR_INIT, err = STR_INIT;
        struct record r;
        make(&file);
        for (int i = 0; i < 3; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            size_t at = (seed >> 16) % (file.len / FARM_PAGE) * FARM_PAGE + (seed >> 28) % 16 * 4;
            memcpy(file.data + at, &values[(seed >> 36) % 10], (seed >> 46) % 2 ? 8 : 4);
        }
        bool ok = record_parse(&file, &r, &err);
        good += ok;
        refused += !ok && err.len > 0;
        for (size_t i = 0; ok && i < r.units.count; i++) {
            uint64_t sum[3];
            if (r.units.items[i].counters <= 3)
                record_counters(&r, &r.units.items[i], sum);
        }
        record_close(&r);
        str_release(&err);
    }
    CHECK_INT(good + refused, 5000);
    CHECK(good > 100 && refused > 100);
}

int main(void)
{
    test_whole();
    test_cut();
    test_damaged();
    test_random_damage();
    return check_done();
}
