/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/stats.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/elf.h"
#include "base/msg.h"
#include "base/sites.h"
#include "base/vec.h"
#include "runtime/format.h"

enum { EXAMPLES = 3 };

struct cause {
    char *what;                  /* a reason up to its particulars */
    bool units;                  /* of whole units, else of functions */
    VEC(char *) examples;
};

struct stats {
    VEC(uint64_t) seen;          /* ids of tables */
    VEC(struct cause) causes;
    size_t units, whole, functions, counted, lines;
    uint64_t counters;
    bool all;
};

static bool is_new(struct stats *s, uint64_t id)
{
    for (size_t i = 0; i < s->seen.count; i++)
        if (s->seen.items[i] == id)
            return false;
    *vec_push(&s->seen) = id;
    return true;
}

/* "cannot read it: expected ';'" is a case of "cannot read it". */
static void add_reason(struct stats *s, const char *reason, bool units, const char *who)
{
    size_t len = strcspn(reason, ":");
    struct cause *cause = NULL;
    for (size_t i = 0; i < s->causes.count && !cause; i++) {
        struct cause *c = &s->causes.items[i];
        if (c->units == units && strlen(c->what) == len && memcmp(c->what, reason, len) == 0)
            cause = c;
    }
    if (!cause) {
        cause = vec_push(&s->causes);
        *cause = (struct cause){.what = str_copy_bytes(reason, len), .units = units};
    }
    *vec_push(&cause->examples) = str_format("%s%s", who, reason + len);
}

static void add_function(struct stats *s, const struct sites *table, const struct sites_function *f)
{
    s->functions++;
    s->counted += f->instrumented;
    if (f->instrumented)
        return;
    char *who = str_format("%s:%u %s", table->files[f->file].path, f->line, f->name);
    add_reason(s, f->reason ? f->reason : "no reason is given", false, who);
    free(who);
}

static void add_table(struct stats *s, const struct sites *table)
{
    s->units++;
    s->whole += !table->reason;
    s->lines += table->line_count;
    s->counters += table->counters;
    if (table->reason && !table->function_count)
        add_reason(s, table->reason, true, table->unit);
    for (size_t i = 0; i < table->function_count; i++)
        add_function(s, table, &table->functions[i]);
}

static bool add_file(struct stats *s, const char *path, struct str *err)
{
    struct str tables = STR_INIT;
    bool good = elf_collect(path, FARM_SITES_SECTION, &tables, err);
    for (size_t at = 0, taken; good && at < tables.len; at += taken) {
        struct sites table;
        good = sites_decode(tables.data + at, tables.len - at, &table, &taken, err);
        if (!good)
            str_addf(err, " (%s)", path);
        else if (is_new(s, table.id))
            add_table(s, &table);
        sites_release(&table);
    }
    if (good && !tables.len)
        warn("%s holds nothing of farmcc: not compiled by it, without functions, or still to be linked (-flto)", path);
    str_release(&tables);
    return good;
}

static int by_count(const void *a, const void *b)
{
    const struct cause *x = a, *y = b;
    if (x->units != y->units)
        return x->units ? -1 : 1;
    if (x->examples.count != y->examples.count)
        return x->examples.count > y->examples.count ? -1 : 1;
    return strcmp(x->what, y->what);
}

static void print_cause(const struct stats *s, const struct cause *c, FILE *out)
{
    size_t count = c->examples.count, shown = s->all || count <= EXAMPLES ? count : EXAMPLES;
    fprintf(out, "%zu %s%s: %s\n", count, c->units ? "source" : "function", count == 1 ? "" : "s", c->what);
    for (size_t i = 0; i < shown; i++)
        fprintf(out, "    %s\n", c->examples.items[i]);
    if (shown < count)
        fprintf(out, "    and %zu more (--farm-verbose names all)\n", count - shown);
}

static void print(struct stats *s, FILE *out)
{
    if (!s->units) {
        fprintf(out, "no C source in there was compiled by farmcc\n");
        return;
    }
    fprintf(out, "sources    %zu of %zu instrumented\n", s->whole, s->units);
    fprintf(out, "functions  %zu of %zu instrumented\n", s->counted, s->functions);
    fprintf(out, "lines      %zu with a count, by %" PRIu64 " counters\n", s->lines, s->counters);
    if (!s->causes.count)
        return;
    fprintf(out, "\nnot instrumented:\n");
    qsort(s->causes.items, s->causes.count, sizeof *s->causes.items, by_count);
    for (size_t i = 0; i < s->causes.count; i++)
        print_cause(s, &s->causes.items[i], out);
}

static void release(struct stats *s)
{
    for (size_t i = 0; i < s->causes.count; i++) {
        struct cause *c = &s->causes.items[i];
        for (size_t k = 0; k < c->examples.count; k++)
            free(c->examples.items[k]);
        vec_release(&c->examples);
        free(c->what);
    }
    vec_release(&s->causes);
    vec_release(&s->seen);
}

int stats_print(char *const *files, bool all, FILE *out)
{
    struct stats s = {.all = all};
    int code = EXIT_OK;
    bool any = false;
    for (; *files; files++) {
        struct str err = STR_INIT;
        if (add_file(&s, *files, &err)) {
            any = true;
        } else {
            warn("%s", err.data);
            code = EXIT_DATA;
        }
        str_release(&err);
    }
    if (any)
        print(&s, out);
    release(&s);
    return fflush(out) == 0 ? code : EXIT_DATA;
}
