/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sites.h"

#include "runtime/format.h"
#include "tests/unit/check.h"

static struct sites_term terms[] = {{1, 0}, {1, 1}, {-1, 2}, {2000000, 1}};
static struct sites_file files[] = {{.path = "a.c", .hash = {1, 2, 0, 255}}, {.path = "inc/b \xff.h"}};
static struct sites_function functions[] = {
    {.name = "f", .file = 0, .line = 3, .last_line = 400000, .instrumented = true, .calls = {0, 1}},
    {.name = "g", .file = 1, .line = 9, .last_line = 2, .reason = "why", .line_obstacle = "threads"},
};
static struct sites_line lines[] = {
    {.function = 0, .file = 0, .line = 5, .hits = {0, 1}},
    {.function = 0, .file = 1, .line = 2, .loop = true, .hits = {1, 3}},
    {.function = 1, .file = 0, .line = 70000, .hits = {0, 0}},
};

static struct sites_branch branches[] = {
    {.function = 0, .file = 1, .line = 2, .taken = {0, 1}, .missed = {0, 0}},
    {.function = 1, .file = 0, .line = 9, .taken = {1, 3}, .missed = {2, 1}},
};

static struct sites_lap laps[] = {{0, 1, 7, 0, 10}, {0, 1, 8, 0, 12}};

static struct sites example(void)
{
    return (struct sites){.id = 0x0123456789abcdef, .counters = 14, .directory = "/d", .unit = "a.c", .files = files,
                          .functions = functions, .lines = lines, .terms = terms, .file_count = 2, .function_count = 2,
                          .line_count = 3, .branches = branches, .branch_count = 2, .laps = laps, .lap_count = 2,
                          .term_count = 4};
}

static void check_round_trip(const struct str *bytes)
{
    struct sites s;
    struct str err = STR_INIT;
    size_t taken = 0;
    CHECK(sites_decode(bytes->data, bytes->len, &s, &taken, &err));
    CHECK_INT(taken, bytes->len);
    CHECK_INT(taken % 8, 0);
    CHECK(s.id == 0x0123456789abcdef && s.counters == 14 && !s.reason);
    CHECK_STR(s.directory, "/d");
    CHECK_STR(s.files[1].path, "inc/b \xff.h");
    CHECK(memcmp(s.files[0].hash, files[0].hash, 16) == 0);
    CHECK_INT(s.functions[0].last_line, 400000);
    CHECK_INT(s.functions[1].last_line, 2);
    CHECK(s.functions[0].instrumented && !s.functions[0].reason);
    CHECK(!s.functions[1].instrumented);
    CHECK_STR(s.functions[1].reason, "why");
    CHECK_INT(s.line_count, 3);
    CHECK_INT(s.lines[2].line, 70000);
    CHECK(s.lines[1].loop && !s.lines[2].loop);
    uint64_t counters[14] = {7, 10, 4};
    CHECK_INT(sites_value(&s, s.functions[0].calls, counters), 7);
    CHECK_INT(sites_value(&s, s.lines[1].hits, counters), 10 - 4 + 20000000);
    CHECK_INT(sites_value(&s, s.lines[2].hits, counters), 0);
    CHECK_INT(s.branch_count, 2);
    CHECK(s.branches[1].function == 1 && s.branches[1].file == 0 && s.branches[1].line == 9);
    CHECK_INT(sites_value(&s, s.branches[0].taken, counters), 7);
    CHECK_INT(sites_value(&s, s.branches[0].missed, counters), 0);
    CHECK_INT(sites_value(&s, s.branches[1].taken, counters), 10 - 4 + 20000000);
    CHECK_INT(sites_value(&s, s.branches[1].missed, counters), -4);
    CHECK_INT(s.lap_count, 2);
    CHECK(s.laps[1].function == 0 && s.laps[1].file == 1 && s.laps[1].line == 8 && s.laps[1].ticks == 12);
    CHECK_STR(s.functions[1].line_obstacle, "threads");
    sites_release(&s);
    str_release(&err);
}

/* Each byte changed, each length cut: refused, or at least every index is in range (the sanitizers watch). */
static void check_damage(const struct str *bytes)
{
    struct str err = STR_INIT;
    struct sites s;
    size_t taken;
    for (size_t len = 0; len + 8 <= bytes->len; len++) {
        CHECK(!sites_decode(bytes->data, len, &s, &taken, &err));
        CHECK(s.files == NULL);
    }
    CHECK(err.len > 0);
    char *copy = str_copy_bytes(bytes->data, bytes->len);
    for (size_t at = sizeof(struct farm_sites_head); at < bytes->len; at++) {
        for (int bit = 0; bit < 8; bit++) {
            copy[at] = (char)(copy[at] ^ 1 << bit);
            if (sites_decode(copy, bytes->len, &s, &taken, &err)) {
                uint64_t *counters = xcalloc(s.counters < 1000 ? s.counters : 1000, sizeof *counters);
                for (size_t i = 0; s.counters < 1000 && i < s.line_count; i++)
                    sites_value(&s, s.lines[i].hits, counters);
                free(counters);
                sites_release(&s);
            }
            copy[at] = (char)(copy[at] ^ 1 << bit);
        }
    }
    free(copy);
    str_release(&err);
}

int main(void)
{
    struct str bytes = STR_INIT;
    struct sites s = example();
    sites_encode(&s, &bytes);
    check_round_trip(&bytes);
    check_damage(&bytes);

    struct str twice = STR_INIT;
    sites_encode(&s, &twice);
    CHECK(twice.len == bytes.len && memcmp(twice.data, bytes.data, bytes.len) == 0);
    str_release(&twice);
    str_release(&bytes);
    return check_done();
}
