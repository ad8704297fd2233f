/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/intake/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

struct chunk {
    struct farm_chunk head;
    const char *body;
    uint64_t len;                /* of the data in body, as far as the file goes */
};

static bool refuse(struct str *err, const char *why)
{
    str_add(err, why);
    return false;
}

static void uuid_text(const uint8_t uuid[16], char out[37])
{
    static const char digits[] = "0123456789abcdef";
    static const uint8_t none[16];
    if (memcmp(uuid, none, 16) == 0) {
        out[0] = 0;
        return;
    }
    char *at = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = digits[uuid[i] >> 4];
        *at++ = digits[uuid[i] & 15];
    }
    *at = 0;
}

/* A header shorter than ours is from an older writer: what it lacks is zero. A longer one has more at its end. */
static bool read_header(const void *bytes, size_t len, struct farm_header *h, struct str *err)
{
    memset(h, 0, sizeof *h);
    if (len < FARM_PAGE)
        return refuse(err, "it is shorter than a record's header");
    memcpy(h, bytes, sizeof *h);
    if (memcmp(h->magic, FARM_MAGIC, 8) != 0)
        return refuse(err, "it is no record of farm");
    if (h->byte_order != FARM_BYTE_ORDER_MARK)
        return refuse(err, "it was written on a machine of another byte order");
    if (h->version != FARM_VERSION)
        return refuse(err, "it is of another version of the record format");
    if (h->header_len < sizeof *h)
        memset((char *)h + h->header_len, 0, sizeof *h - h->header_len);
    h->boot_id[sizeof h->boot_id - 1] = 0;
    h->sampler_note[sizeof h->sampler_note - 1] = 0;
    h->note[sizeof h->note - 1] = 0;
    return true;
}

bool record_peek(const char *path, struct farm_header *header, struct str *err)
{
    char page[FARM_PAGE];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return refuse(err, strerror(errno));
    ssize_t got = pread(fd, page, sizeof page, 0);
    close(fd);
    return read_header(page, got < 0 ? 0 : (size_t)got, header, err);
}

static bool take_info(struct record *r, const struct chunk *c, struct str *err)
{
    const char *at = c->body, *end = c->body + c->len;
    while (at < end) {
        const char *value = memchr(at, 0, (size_t)(end - at));
        value = value ? value + 1 : end;
        const char *stop = value < end ? memchr(value, 0, (size_t)(end - value)) : NULL;
        if (!stop)
            return r->cut || refuse(err, "its information is not made of keys and values");
        *vec_push(&r->info) = (struct record_info){at, value};
        at = stop + 1;
    }
    return true;
}

static bool take_module(struct record *r, const char *at, uint32_t len, struct str *err)
{
    const size_t head = offsetof(struct farm_module, path);
    struct farm_module m;
    memcpy(&m, at, head);
    if (m.index != r->modules.count || m.build_id_len > sizeof m.build_id || !memchr(at + head, 0, len - head))
        return refuse(err, "an entry of its module list is damaged");
    struct record_module *out = vec_push(&r->modules);
    out->index = m.index;
    out->bias = m.bias;
    out->low = m.low;
    out->high = m.high;
    out->instrumented = m.instrumented;
    out->path = at + head;
    for (uint32_t i = 0; i < m.build_id_len; i++)
        snprintf(out->build_id + 2 * i, 3, "%02x", m.build_id[i]);
    return true;
}

static bool take_modules(struct record *r, const struct chunk *c, struct str *err)
{
    for (uint64_t at = 0; at < c->len;) {
        uint32_t len = 0;
        if (c->len - at >= sizeof len)
            memcpy(&len, c->body + at, sizeof len);
        if (len <= offsetof(struct farm_module, path) || len > c->len - at)
            return r->cut || refuse(err, "its module list is damaged");
        if (!take_module(r, c->body + at, len, err))
            return false;
        at += len;
    }
    return true;
}

static bool take_units(struct record *r, const struct chunk *c, struct str *err)
{
    for (uint64_t at = 0; at + sizeof(struct farm_unit_entry) <= c->len; at += sizeof(struct farm_unit_entry))
        memcpy(vec_push(&r->units), c->body + at, sizeof(struct farm_unit_entry));
    return true;
}

static bool take_counters(struct record *r, const struct chunk *c, struct str *err)
{
    if (c->head.arg1 % 8 || c->head.arg1 > UINT64_MAX - c->len)
        return refuse(err, "its counters are out of place");
    *vec_push(&r->blocks) = (struct record_block){c->head.arg1, c->len / 8 * 8, c->body};
    return true;
}

static bool take_nodes(struct record *r, const struct chunk *c, struct str *err)
{
    for (uint64_t at = 0; at + sizeof(struct farm_node) <= c->len; at += sizeof(struct farm_node)) {
        struct farm_node *n = c->head.kind == FARM_NODES ? vec_push(&r->nodes) : vec_push(&r->heap_nodes);
        memcpy(n, c->body + at, sizeof *n);
        size_t count = c->head.kind == FARM_NODES ? r->nodes.count : r->heap_nodes.count;
        if (n->parent != FARM_NO_NODE && n->parent >= count - 1)
            return refuse(err, "its tree of stacks is damaged");
    }
    return true;
}

static bool take_heap(struct record *r, const struct chunk *c, struct str *err)
{
    size_t len = c->len < sizeof r->heap ? c->len : sizeof r->heap;
    memcpy(&r->heap, c->body, len);
    r->has_heap = len > 0;
    return true;
}

static bool take_heap_sites(struct record *r, const struct chunk *c, struct str *err)
{
    for (uint64_t at = 0; at + sizeof(struct farm_heap_site) <= c->len; at += sizeof(struct farm_heap_site)) {
        struct farm_heap_site *site = vec_push(&r->heap_sites);
        memcpy(site, c->body + at, sizeof *site);
        if (site->frames > FARM_HEAP_FRAMES || site->offset % sizeof(struct farm_heap_row))
            return refuse(err, "its sites of allocations are damaged");
    }
    return true;
}

static bool take_bases(struct record *r, const struct chunk *c, struct str *err)
{
    if (c->head.arg1 % 8 || c->head.arg1 > UINT64_MAX - c->len)
        return refuse(err, "what its counters start from is out of place");
    *vec_push(&r->bases) = (struct record_block){c->head.arg1, c->len / 8 * 8, c->body};
    return true;
}

static bool take_points(struct record *r, const struct chunk *c, struct str *err)
{
    uint64_t len = c->head.arg0, cores = c->head.arg1, least = sizeof(struct farm_point);
    if (cores > 65536 || len % 8 || len < least + cores * sizeof(struct farm_core) + FARM_POINT_THREADS * 4)
        return refuse(err, "its time series is damaged");
    for (uint64_t at = 0; len <= c->len && at <= c->len - len; at += len) {
        struct record_point p = {.core_count = (uint32_t)cores};
        memcpy(&p.p, c->body + at, sizeof p.p);
        p.cores = (const void *)(c->body + at + sizeof p.p);
        p.threads = (const void *)(p.cores + cores);
        if (!r->points.count || p.p.time_ns > r->points.items[r->points.count - 1].p.time_ns)
            *vec_push(&r->points) = p;
    }
    return true;
}

static bool take_threads(struct record *r, const struct chunk *c, struct str *err)
{
    for (uint64_t at = 0; at + sizeof(struct farm_thread) <= c->len; at += sizeof(struct farm_thread)) {
        struct farm_thread *t = vec_push(&r->threads);
        memcpy(t, c->body + at, sizeof *t);
        t->name[sizeof t->name - 1] = 0;
    }
    return true;
}

/* The rest of a mark's row behind its head, by its kind. False: the row is too short for it. */
static bool take_mark_tail(struct record_mark *m, const char *at, uint64_t len)
{
    uint64_t slots = m->m.kind == FARM_MARK_STEP ? FARM_MARK_SLOTS * sizeof *m->slots : 0;
    uint64_t bins = slots || m->m.kind == FARM_MARK_METRIC ? FARM_MARK_BINS * sizeof *m->bins : 0;
    if (len < slots + bins)
        return false;
    m->slots = slots ? (const void *)at : NULL;
    m->bins = bins ? (const void *)(at + slots) : NULL;
    m->text = m->m.kind == FARM_MARK_TEXT ? at : NULL;
    return !m->text || memchr(at, 0, len);
}

static bool take_marks(struct record *r, const struct chunk *c, struct str *err)
{
    for (uint64_t at = 0; c->len - at >= sizeof(struct farm_mark);) {
        struct record_mark m = {0};
        memcpy(&m.m, c->body + at, sizeof m.m);
        if (m.m.len < sizeof m.m || m.m.len % 8 || m.m.bin_shift > 63)
            return r->cut || refuse(err, "a mark in it is damaged");
        if (m.m.len > c->len - at)
            return r->cut || refuse(err, "a mark in it is cut off");
        m.m.name[sizeof m.m.name - 1] = 0;
        bool is_param = m.m.kind == FARM_MARK_PARAM || m.m.kind == FARM_MARK_TEXT;
        if (!take_mark_tail(&m, c->body + at + sizeof m.m, m.m.len - sizeof m.m))
            return refuse(err, "a mark in it is too short");
        if (is_param || c->head.arg1 == r->header.resets)
            *vec_push(&r->marks) = m;
        at += m.m.len;
    }
    return true;
}

static bool take_timings(struct record *r, const struct chunk *c, struct str *err)
{
    for (uint64_t at = 0; at + sizeof(struct farm_timing) <= c->len; at += sizeof(struct farm_timing)) {
        struct farm_timing t;
        memcpy(&t, c->body + at, sizeof t);
        if (t.offset)
            *vec_push(&r->timings) = t;
    }
    return true;
}

static bool (*const takers[])(struct record *, const struct chunk *, struct str *) = {
    [FARM_INFO] = take_info,
    [FARM_MODULES] = take_modules,
    [FARM_UNITS] = take_units,
    [FARM_COUNTERS] = take_counters,
    [FARM_NODES] = take_nodes,
    [FARM_HEAP_NODES] = take_nodes,
    [FARM_HEAP] = take_heap,
    [FARM_HEAP_SITES] = take_heap_sites,
    [FARM_SERIES] = take_points,
    [FARM_THREADS] = take_threads,
    [FARM_MARKS] = take_marks,
    [FARM_BASE] = take_bases,
    [FARM_TIMINGS] = take_timings,
};

static bool take_chunk(struct record *r, const struct chunk *c, struct str *err)
{
    bool known = c->head.kind < sizeof takers / sizeof *takers && takers[c->head.kind];
    return !known || takers[c->head.kind](r, c, err);
}

static bool walk(struct record *r, struct str *err)
{
    uint64_t size = r->file.len, end = r->header.file_len;
    r->cut = end > size;
    if (r->cut)
        end = size;
    for (uint64_t at = FARM_PAGE; at < end;) {
        struct chunk c = {0};
        if (end - at < sizeof c.head)
            break;
        memcpy(&c.head, r->file.data + at, sizeof c.head);
        if (c.head.len == 0)             /* room made, nothing written yet when the process died */
            break;
        if (c.head.head_len < sizeof c.head || c.head.head_len % 8 || c.head.len < c.head.head_len || c.head.len % 8)
            return refuse(err, "one of its chunks is damaged");
        uint64_t body = at + c.head.head_len, room = c.head.len - c.head.head_len;
        uint64_t there = body < end ? end - body : 0;
        c.body = r->file.data + (body < end ? body : end);
        c.len = c.head.used < room ? c.head.used : room;
        if (c.len > there) {
            c.len = there;
            r->cut = true;
        }
        if (!take_chunk(r, &c, err))
            return false;
        if (c.head.len > end - at)
            break;
        at += c.head.len;
    }
    return true;
}

/* What points from one chunk into another. */
static bool check_links(const struct record *r, struct str *err)
{
    for (size_t i = 0; i < r->units.count; i++) {
        const struct farm_unit_entry *u = &r->units.items[i];
        if (u->module >= r->modules.count || u->offset % 8)
            return refuse(err, "a unit of it belongs to no module");
    }
    return true;
}

bool record_parse(struct str *file, struct record *r, struct str *err)
{
    *r = (struct record){.file = *file};
    str_init(file);
    bool ok = read_header(r->file.data, r->file.len, &r->header, err) && walk(r, err) && check_links(r, err);
    if (ok) {
        uuid_text(r->header.uuid, r->uuid);
        uuid_text(r->header.parent_uuid, r->parent_uuid);
        ok = *r->uuid || refuse(err, "it has no identity");
    }
    if (!ok)
        record_close(r);
    return ok;
}

bool record_open(const char *path, struct record *r, struct str *err)
{
    struct str file = STR_INIT;
    *r = (struct record){0};
    if (file_read(path, &file, err))
        return record_parse(&file, r, err);
    str_release(&file);
    return false;
}

void record_close(struct record *r)
{
    vec_release(&r->info);
    vec_release(&r->modules);
    vec_release(&r->units);
    vec_release(&r->blocks);
    vec_release(&r->nodes);
    vec_release(&r->heap_nodes);
    vec_release(&r->heap_sites);
    vec_release(&r->bases);
    vec_release(&r->points);
    vec_release(&r->threads);
    vec_release(&r->marks);
    vec_release(&r->timings);
    str_release(&r->file);
    *r = (struct record){0};
}

const char *record_info(const struct record *r, const char *key)
{
    for (size_t i = 0; i < r->info.count; i++)
        if (strcmp(r->info.items[i].key, key) == 0)
            return r->info.items[i].value;
    return "";
}

/* Adds `factor` times what the block holds of the unit. */
static void add_block(const struct record_block *b, const struct farm_unit_entry *u, uint64_t factor, uint64_t *sum)
{
    uint64_t len = (uint64_t)u->counters * 8;
    uint64_t low = b->from > u->offset ? b->from : u->offset;
    uint64_t high = b->from + b->len < u->offset + len ? b->from + b->len : u->offset + len;
    for (uint64_t at = low; at < high; at += 8) {
        uint64_t value;
        memcpy(&value, b->bytes + (at - b->from), 8);
        sum[(at - u->offset) / 8] += factor * value;
    }
}

void record_counters(const struct record *r, const struct farm_unit_entry *u, uint64_t *sum)
{
    uint64_t len = (uint64_t)u->counters * 8;
    memset(sum, 0, len);
    if (u->offset > UINT64_MAX - len || r->header.collecting == FARM_CHANGING)
        return;
    bool on = r->header.collecting == FARM_ON;
    for (size_t i = 0; on && i < r->blocks.count; i++)
        add_block(&r->blocks.items[i], u, 1, sum);
    for (size_t i = 0; i < r->bases.count; i++)
        add_block(&r->bases.items[i], u, on ? (uint64_t)-1 : 1, sum);
}

const char *record_block_bytes(const struct record_block *b, uint64_t offset, uint64_t len)
{
    bool there = offset >= b->from && b->len >= len && offset - b->from <= b->len - len;
    return there ? b->bytes + (offset - b->from) : NULL;
}

/* The same figures as far as they were collected (farm_stop, farm_reset). What is live is live in any case, but no more
 * than was allocated meanwhile: frees are told such that this is what remains. */
static void leave_collected(const struct record *r, const struct farm_heap_site *site, struct record_heap *sum)
{
    struct farm_heap_row base = {0};
    for (size_t i = 0; i < r->bases.count; i++) {
        struct farm_heap_row row;
        const char *bytes = record_block_bytes(&r->bases.items[i], site->offset, sizeof row);
        if (!bytes)
            continue;
        memcpy(&row, bytes, sizeof row);
        base.allocs += row.allocs;
        base.bytes += row.bytes;
        base.temporary += row.temporary;
    }
    bool on = r->header.collecting == FARM_ON;
    int64_t live = (int64_t)(sum->allocs - sum->frees), live_bytes = (int64_t)(sum->bytes - sum->freed);
    sum->allocs = on ? sum->allocs - base.allocs : base.allocs;
    sum->bytes = on ? sum->bytes - base.bytes : base.bytes;
    sum->temporary = on ? sum->temporary - base.temporary : base.temporary;
    live = live < 0 ? 0 : live;
    live_bytes = live_bytes < 0 ? 0 : live_bytes;
    sum->frees = (uint64_t)live < sum->allocs ? sum->allocs - (uint64_t)live : 0;
    sum->freed = (uint64_t)live_bytes < sum->bytes ? sum->bytes - (uint64_t)live_bytes : 0;
}

struct record_heap record_heap_of(const struct record *r, const struct farm_heap_site *site)
{
    struct record_heap sum = {0};
    int64_t untold = 0, own_peak = 0;
    for (size_t i = 0; i < r->blocks.count; i++) {
        struct farm_heap_row row;
        const char *bytes = record_block_bytes(&r->blocks.items[i], site->offset, sizeof row);
        if (!bytes)
            continue;
        memcpy(&row, bytes, sizeof row);
        int64_t live = (int64_t)(row.bytes - row.freed);
        sum.allocs += row.allocs;
        sum.bytes += row.bytes;
        sum.frees += row.frees;
        sum.freed += row.freed;
        sum.temporary += row.temporary;
        sum.at_peak += row.epoch == r->heap.epoch ? row.at_peak : live;
        untold += row.shared ? 0 : live;
        if (!row.shared && row.top > own_peak)
            own_peak = row.top;
    }
    sum.peak = site->peak + (site->peak ? untold : 0);
    if (sum.peak < own_peak)
        sum.peak = own_peak;
    if (r->header.switches || r->header.collecting != FARM_ON)
        leave_collected(r, site, &sum);
    return sum;
}

const struct record_module *record_module_at(const struct record *r, uint64_t pc)
{
    for (size_t i = r->modules.count; i-- > 0;) { /* the newest first: addresses of an unloaded one are used again */
        const struct record_module *m = &r->modules.items[i];
        if (pc >= m->low && pc < m->high)
            return m;
    }
    return NULL;
}
