/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/make_record.h"

#include <string.h>

struct farm_header make_header(uint8_t identity)
{
    struct farm_header h = {.magic = FARM_MAGIC, .version = FARM_VERSION, .header_len = sizeof h,
                            .byte_order = FARM_BYTE_ORDER_MARK, .page = FARM_PAGE, .boot_id = "another boot", .pid = 1,
                            .state = FARM_EXITED};
    memset(h.uuid, identity, sizeof h.uuid);
    return h;
}

static void add_zeros(struct str *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        str_add_char(out, 0);
}

void make_begin(struct str *out)
{
    add_zeros(out, FARM_PAGE);
}

void make_chunk(struct str *out, uint32_t kind, uint64_t arg0, uint64_t arg1, const void *body, size_t len)
{
    struct farm_chunk c = {.kind = kind, .head_len = sizeof c, .used = len, .arg0 = arg0, .arg1 = arg1};
    c.len = (sizeof c + len + FARM_PAGE - 1) / FARM_PAGE * FARM_PAGE;
    str_add_bytes(out, &c, sizeof c);
    str_add_bytes(out, body, len);
    add_zeros(out, c.len - sizeof c - len);
}

void make_module(struct str *body, uint32_t index, const char *path, const uint8_t *build_id, uint32_t build_id_len,
                 uint32_t instrumented, uint64_t bias, uint64_t low, uint64_t high)
{
    const size_t head = offsetof(struct farm_module, path);
    struct farm_module m = {.index = index, .bias = bias, .low = low, .high = high, .build_id_len = build_id_len,
                            .instrumented = instrumented};
    size_t len = head + strlen(path) + 1;
    m.len = (uint32_t)(len + 7) / 8 * 8;
    memcpy(m.build_id, build_id, build_id_len);
    str_add_bytes(body, &m, head);
    str_add_bytes(body, path, strlen(path) + 1);
    add_zeros(body, m.len - len);
}

void make_end(struct str *out, struct farm_header *header)
{
    header->file_len = out->len;
    memcpy(out->data, header, sizeof *header);
}
