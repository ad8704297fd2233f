/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The payload is a stream of variable-length numbers (7 bits a byte, lowest first) and texts (length, bytes): counts
 * of things first, then the things. Lines and files are stored as differences from the entry before, because they rise.
 * A payload is read in two steps that share one reader, which goes bad at the first impossible byte and stays bad, so
 * that the code below needs no branch for each number.
 */
#include "base/sites.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/format.h"

/* No thing takes fewer bytes than this in the payload: a damaged count must not ask for memory without end. */
enum { MIN_FILE = 17, MIN_FUNCTION = 8, MIN_LINE = 5, MIN_BRANCH = 5, MIN_LAP = 5, MIN_TERM = 2 };

void sites_release(struct sites *s)
{
    for (size_t i = 0; i < s->file_count; i++)
        free(s->files[i].path);
    for (size_t i = 0; i < s->function_count; i++) {
        free(s->functions[i].name);
        free(s->functions[i].reason);
        free(s->functions[i].line_obstacle);
    }
    free(s->directory);
    free(s->unit);
    free(s->reason);
    free(s->files);
    free(s->functions);
    free(s->lines);
    free(s->branches);
    free(s->laps);
    free(s->terms);
    memset(s, 0, sizeof *s);
}

/* ---- writing ---- */

static void put(struct str *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        str_add_char(out, (char)(value | 0x80));
    str_add_char(out, (char)value);
}

static void put_signed(struct str *out, int64_t value)
{
    put(out, value < 0 ? ((uint64_t)~value << 1) | 1 : (uint64_t)value << 1);
}

static void put_text(struct str *out, const char *text)
{
    size_t len = strlen(text);
    put(out, len);
    str_add_bytes(out, text, len);
}

static void put_optional(struct str *out, const char *text)
{
    put(out, text != NULL);
    if (text)
        put_text(out, text);
}

static void put_expr(struct str *out, const struct sites *s, struct sites_expr e)
{
    put(out, e.count);
    for (uint32_t i = 0; i < e.count; i++) {
        put_signed(out, s->terms[e.first + i].factor);
        put(out, s->terms[e.first + i].counter);
    }
}

static void put_functions(struct str *out, const struct sites *s)
{
    for (size_t i = 0; i < s->function_count; i++) {
        const struct sites_function *f = &s->functions[i];
        put_text(out, f->name);
        put(out, f->file);
        put(out, f->line);
        put_signed(out, (int64_t)f->last_line - f->line);
        put(out, (unsigned)f->instrumented | (unsigned)f->allocates << 1);
        put_optional(out, f->reason);
        put_expr(out, s, f->calls);
        put(out, f->timing);
        put_optional(out, f->line_obstacle);
    }
}

static void put_lines(struct str *out, const struct sites *s)
{
    struct sites_line before = {0};
    for (size_t i = 0; i < s->line_count; i++) {
        const struct sites_line *l = &s->lines[i];
        put_signed(out, (int64_t)l->function - before.function);
        put_signed(out, (int64_t)l->file - before.file);
        put_signed(out, (int64_t)l->line - before.line);
        put(out, l->loop);
        put_expr(out, s, l->hits);
        before = *l;
    }
}

static void put_branches(struct str *out, const struct sites *s)
{
    struct sites_branch before = {0};
    for (size_t i = 0; i < s->branch_count; i++) {
        const struct sites_branch *b = &s->branches[i];
        put_signed(out, (int64_t)b->function - before.function);
        put_signed(out, (int64_t)b->file - before.file);
        put_signed(out, (int64_t)b->line - before.line);
        put_expr(out, s, b->taken);
        put_expr(out, s, b->missed);
        before = *b;
    }
}

static void put_laps(struct str *out, const struct sites *s)
{
    for (size_t i = 0; i < s->lap_count; i++) {
        const struct sites_lap *l = &s->laps[i];
        put(out, l->function);
        put(out, l->file);
        put(out, l->line);
        put(out, l->state);
        put(out, l->ticks);
    }
}

/* Expressions may share slices of `terms`; in the payload each has its own. */
static size_t terms_written(const struct sites *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->function_count; i++)
        count += s->functions[i].calls.count;
    for (size_t i = 0; i < s->line_count; i++)
        count += s->lines[i].hits.count;
    for (size_t i = 0; i < s->branch_count; i++)
        count += s->branches[i].taken.count + s->branches[i].missed.count;
    return count;
}

void sites_encode(const struct sites *s, struct str *out)
{
    struct str body = STR_INIT;
    put(&body, s->counters);
    put(&body, s->file_count);
    put(&body, s->function_count);
    put(&body, s->line_count);
    put(&body, s->branch_count);
    put(&body, s->lap_count);
    put(&body, terms_written(s));
    put_text(&body, s->directory);
    put_text(&body, s->unit);
    put_optional(&body, s->reason);
    for (size_t i = 0; i < s->file_count; i++) {
        put_text(&body, s->files[i].path);
        str_add_bytes(&body, s->files[i].hash, sizeof s->files[i].hash);
    }
    put_functions(&body, s);
    put_lines(&body, s);
    put_branches(&body, s);
    put_laps(&body, s);

    struct farm_sites_head head = {.magic = FARM_SITES_MAGIC, .len = (uint32_t)body.len, .id = s->id};
    str_add_bytes(out, &head, sizeof head);
    str_add_bytes(out, body.data, body.len);
    for (size_t at = sizeof head + body.len; at % 8; at++)
        str_add_char(out, 0);
    str_release(&body);
}

/* ---- reading ---- */

struct reader {
    const unsigned char *at, *end;
    const char *trouble;         /* first thing found wrong; NULL so far */
};

static void go_bad(struct reader *r, const char *trouble)
{
    if (!r->trouble)
        r->trouble = trouble;
    r->at = r->end;
}

static uint64_t get(struct reader *r)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && r->at < r->end; shift += 7) {
        unsigned char byte = *r->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    go_bad(r, "is cut off or holds a number that is too long");
    return 0;
}

static int64_t get_signed(struct reader *r)
{
    uint64_t value = get(r);
    return value & 1 ? (int64_t)~(value >> 1) : (int64_t)(value >> 1);
}

/* A number in 0 .. below - 1. */
static uint32_t get_below(struct reader *r, uint64_t below, const char *trouble)
{
    uint64_t value = get(r);
    if (value < below)
        return (uint32_t)value;
    go_bad(r, trouble);
    return 0;
}

/* before + difference, in 0 .. below - 1. */
static uint32_t get_step(struct reader *r, uint32_t before, uint64_t below, const char *trouble)
{
    int64_t step = get_signed(r);
    if (step >= -(int64_t)before && step < (int64_t)below - (int64_t)before)
        return (uint32_t)(before + step);
    go_bad(r, trouble);
    return 0;
}

static size_t get_count(struct reader *r, size_t least_bytes)
{
    uint64_t count = get(r);
    if (count <= (size_t)(r->end - r->at) / least_bytes)
        return (size_t)count;
    go_bad(r, "names more entries than it can hold");
    return 0;
}

static char *get_text(struct reader *r)
{
    size_t len = get_count(r, 1);
    char *text = str_copy_bytes((const char *)r->at, len);
    r->at += len;
    return text;
}

static char *get_optional(struct reader *r)
{
    return get_below(r, 2, "holds an impossible flag") ? get_text(r) : NULL;
}

static struct sites_expr get_expr(struct reader *r, struct sites *s, size_t room)
{
    struct sites_expr e = {.first = (uint32_t)s->term_count};
    e.count = get_below(r, room - s->term_count + 1, "holds more terms than it says");
    for (uint32_t i = 0; i < e.count; i++) {
        struct sites_term *term = &s->terms[s->term_count++];
        int64_t factor = get_signed(r);
        if (factor == 0 || factor < INT32_MIN || factor > INT32_MAX)
            go_bad(r, "holds an impossible factor");
        term->factor = (int32_t)factor;
        term->counter = get_below(r, s->counters, "names a counter that does not exist");
    }
    return e;
}

static void get_files(struct reader *r, struct sites *s, size_t count)
{
    s->files = xcalloc(count + 1, sizeof *s->files);
    for (; s->file_count < count && !r->trouble; s->file_count++) {
        struct sites_file *f = &s->files[s->file_count];
        f->path = get_text(r);
        if ((size_t)(r->end - r->at) < sizeof f->hash)
            go_bad(r, "is cut off in a file's hash");
        else
            memcpy(f->hash, r->at, sizeof f->hash), r->at += sizeof f->hash;
    }
}

static void get_functions(struct reader *r, struct sites *s, size_t count, size_t terms)
{
    s->functions = xcalloc(count + 1, sizeof *s->functions);
    for (; s->function_count < count && !r->trouble; s->function_count++) {
        struct sites_function *f = &s->functions[s->function_count];
        f->name = get_text(r);
        f->file = get_below(r, s->file_count, "names a file that does not exist");
        f->line = get_below(r, UINT32_MAX, "holds an impossible line");
        f->last_line = get_step(r, f->line, UINT32_MAX, "holds an impossible line");
        uint32_t flags = get_below(r, 4, "holds an impossible flag");
        f->instrumented = flags & 1;
        f->allocates = flags & 2;
        f->reason = get_optional(r);
        f->calls = get_expr(r, s, terms);
        f->timing = get_below(r, (uint64_t)s->counters + 1, "names a counter that does not exist");
        f->line_obstacle = get_optional(r);
    }
}

static void get_lines(struct reader *r, struct sites *s, size_t count, size_t terms)
{
    struct sites_line before = {0};
    s->lines = xcalloc(count + 1, sizeof *s->lines);
    for (; s->line_count < count && !r->trouble; s->line_count++) {
        struct sites_line *l = &s->lines[s->line_count];
        l->function = get_step(r, before.function, s->function_count, "names a function that does not exist");
        l->file = get_step(r, before.file, s->file_count, "names a file that does not exist");
        l->line = get_step(r, before.line, UINT32_MAX, "holds an impossible line");
        l->loop = get_below(r, 2, "holds an impossible flag");
        l->hits = get_expr(r, s, terms);
        before = *l;
    }
}

static void get_branches(struct reader *r, struct sites *s, size_t count, size_t terms)
{
    struct sites_branch before = {0};
    s->branches = xcalloc(count + 1, sizeof *s->branches);
    for (; s->branch_count < count && !r->trouble; s->branch_count++) {
        struct sites_branch *b = &s->branches[s->branch_count];
        b->function = get_step(r, before.function, s->function_count, "names a function that does not exist");
        b->file = get_step(r, before.file, s->file_count, "names a file that does not exist");
        b->line = get_step(r, before.line, UINT32_MAX, "holds an impossible line");
        b->taken = get_expr(r, s, terms);
        b->missed = get_expr(r, s, terms);
        before = *b;
    }
}

static void get_laps(struct reader *r, struct sites *s, size_t count)
{
    s->laps = xcalloc(count + 1, sizeof *s->laps);
    for (; s->lap_count < count && !r->trouble; s->lap_count++) {
        struct sites_lap *l = &s->laps[s->lap_count];
        l->function = get_below(r, s->function_count, "names a function that does not exist");
        l->file = get_below(r, s->file_count, "names a file that does not exist");
        l->line = get_below(r, UINT32_MAX, "holds an impossible line");
        l->state = get_below(r, s->counters, "names a counter that does not exist");
        l->ticks = get_below(r, s->counters, "names a counter that does not exist");
        if (l->ticks - l->state < FARM_LAP_WORDS || l->ticks + 1 >= s->counters || l->ticks < l->state)
            go_bad(r, "places a timed line where there is none");
    }
}

static void get_table(struct reader *r, struct sites *s)
{
    s->counters = get_below(r, UINT32_MAX, "holds an impossible number of counters");
    size_t files = get_count(r, MIN_FILE), functions = get_count(r, MIN_FUNCTION);
    size_t lines = get_count(r, MIN_LINE), branches = get_count(r, MIN_BRANCH);
    size_t laps = get_count(r, MIN_LAP), terms = get_count(r, MIN_TERM);
    s->terms = xcalloc(terms + 1, sizeof *s->terms);
    s->directory = get_text(r);
    s->unit = get_text(r);
    s->reason = get_optional(r);
    get_files(r, s, files);
    get_functions(r, s, functions, terms);
    get_lines(r, s, lines, terms);
    get_branches(r, s, branches, terms);
    get_laps(r, s, laps);
    if (r->at != r->end)
        go_bad(r, "is longer than what it holds");
}

bool sites_decode(const void *data, size_t len, struct sites *s, size_t *taken, struct str *err)
{
    struct farm_sites_head head;
    memset(s, 0, sizeof *s);
    if (len < sizeof head) {
        str_add(err, "the site table is cut off in its head");
        return false;
    }
    memcpy(&head, data, sizeof head);
    if (head.magic != FARM_SITES_MAGIC || head.len > len - sizeof head) {
        str_add(err, head.magic == FARM_SITES_MAGIC ? "the site table is cut off" : "this is no site table");
        return false;
    }
    const unsigned char *body = (const unsigned char *)data + sizeof head;
    struct reader r = {.at = body, .end = body + head.len};
    s->id = head.id;
    get_table(&r, s);
    if (r.trouble) {
        str_addf(err, "the site table %s", r.trouble);
        sites_release(s);
        return false;
    }
    size_t whole = (sizeof head + head.len + 7) & ~(size_t)7;
    *taken = whole < len ? whole : len;
    return true;
}

int64_t sites_value(const struct sites *s, struct sites_expr e, const uint64_t *counters)
{
    uint64_t value = 0;
    for (uint32_t i = 0; i < e.count; i++)
        value += (uint64_t)(int64_t)s->terms[e.first + i].factor * counters[s->terms[e.first + i].counter];
    return (int64_t)value;
}
