/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/export/profile.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/source.h"
#include "db/exclude.h"
#include "db/store.h"

struct loader {
    struct sql *db;
    struct profile *out;
    struct sql_stmt *branches, *lines, *source;
    bool branch_row, line_row;   /* they stand on a row that is not taken yet */
    size_t function;             /* the next one that is in no file yet */
    size_t last;                 /* the function that was found last */
    struct exclude exclude;      /* of the file at hand */
};

static void load_functions(struct profile *p, struct sql *db)
{
    struct sql_stmt *s = store_prepare(db, "export_functions");
    while (sql_step(s))
        *vec_push(&p->functions) = (struct profile_function){
            .path = str_copy(sql_text(s, 0)), .name = str_copy(sql_text(s, 2)), .line = sql_int(s, 1),
            .last_line = sql_int(s, 3), .calls = sql_is_null(s, 4) ? -1 : sql_int(s, 4),
            .self_ns = sql_real(s, 5), .total_ns = sql_real(s, 6)};
    sql_done(s);
}

static int compare_function(const struct profile_function *f, const char *path, int64_t line, const char *name)
{
    int order = strcmp(f->path, path);
    return order ? order : f->line != line ? (f->line > line) - (f->line < line) : strcmp(f->name, name);
}

/* In the order of the query, so that it is found by halves; neighbours are mostly of one function. */
static size_t find_function(struct loader *l, const char *path, int64_t line, const char *name)
{
    const struct profile *p = l->out;
    size_t low = 0, high = p->functions.count;
    if (l->last < high && compare_function(&p->functions.items[l->last], path, line, name) == 0)
        return l->last;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_function(&p->functions.items[middle], path, line, name);
        if (order == 0)
            return l->last = middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    BUG("a line of a function that is not there");
}

static void read_markers(struct loader *l, const char *path)
{
    struct str text = STR_INIT, err = STR_INIT;
    uint8_t hash[SOURCE_HASH_LEN];
    size_t len, taken;
    sql_bind_text(l->source, "path", path);
    if (sql_step(l->source)) {
        const void *packed = sql_blob(l->source, 0, &len);
        if (!source_unpack(packed, len, hash, &text, &taken, &err))
            die(EXIT_DATA, "the store holds a damaged source of %s: %s", path, err.data);
        sql_step(l->source);
    }
    exclude_read(&l->exclude, text.data, text.len);
    str_release(&text);
    str_release(&err);
}

static void take_functions(struct loader *l, struct profile_file *f)
{
    struct profile *p = l->out;
    f->first_function = l->function;
    for (; l->function < p->functions.count; l->function++) {
        struct profile_function *function = &p->functions.items[l->function];
        if (strcmp(function->path, f->path) != 0)
            break;
        function->left_out = exclude_line(&l->exclude, function->line);
        f->functions++;
    }
}

static void take_branches(struct loader *l, struct profile_file *f)
{
    f->first_branch = l->out->branches.count;
    while (l->branch_row && strcmp(sql_text(l->branches, 0), f->path) == 0) {
        int64_t line = sql_int(l->branches, 1);
        *vec_push(&l->out->branches) =
            (struct profile_branch){line, sql_int(l->branches, 2), {sql_int(l->branches, 3), sql_int(l->branches, 4)},
                                    exclude_branch(&l->exclude, line)};
        f->branches++;
        l->branch_row = sql_step(l->branches);
    }
}

static void take_lines(struct loader *l, struct profile_file *f)
{
    struct sql_stmt *s = l->lines;
    f->first_line = l->out->lines.count;
    while (l->line_row && strcmp(sql_text(s, 0), f->path) == 0) {
        int64_t line = sql_int(s, 1);
        size_t function = find_function(l, sql_text(s, 2), sql_int(s, 3), sql_text(s, 4));
        *vec_push(&l->out->lines) = (struct profile_line){
            .line = line, .file = l->out->files.count - 1, .function = function,
            .hits = sql_is_null(s, 5) ? -1 : sql_int(s, 5), .ns = sql_real(s, 6), .allocs = sql_int(s, 7),
            .bytes = sql_int(s, 8), .left_out = exclude_line(&l->exclude, line)};
        f->lines++;
        l->line_row = sql_step(s);
    }
}

/* Files come in the order of their paths, as the functions and both queries do. */
static const char *next_path(const struct loader *l)
{
    const struct profile *p = l->out;
    const char *paths[] = {l->function < p->functions.count ? p->functions.items[l->function].path : NULL,
                           l->branch_row ? sql_text(l->branches, 0) : NULL,
                           l->line_row ? sql_text(l->lines, 0) : NULL};
    const char *least = NULL;
    for (int i = 0; i < 3; i++)
        if (paths[i] && (!least || strcmp(paths[i], least) < 0))
            least = paths[i];
    return least;
}

bool profile_load(struct profile *p, const struct export *e, struct str *err)
{
    struct sql *db = e->db;
    *p = (struct profile){0};
    load_functions(p, db);
    struct loader l = {.db = db, .out = p};
    l.branches = store_prepare(db, "export_branches");
    l.lines = store_prepare(db, "export_lines");
    l.source = store_prepare(db, "export_source");
    l.branch_row = sql_step(l.branches);
    l.line_row = sql_step(l.lines);
    for (const char *path; (path = next_path(&l));) {
        struct profile_file *f = vec_push(&p->files);
        f->path = str_copy(path);
        read_markers(&l, f->path);
        take_functions(&l, f);
        take_branches(&l, f);
        take_lines(&l, f);
    }
    sql_done(l.branches);
    sql_done(l.lines);
    sql_done(l.source);
    exclude_release(&l.exclude);
    if (!p->files.count)
        str_addf(err, "nothing of %s is instrumented: there are no lines to write", e->selection->name);
    return p->files.count;
}

void profile_release(struct profile *p)
{
    for (size_t i = 0; i < p->files.count; i++)
        free(p->files.items[i].path);
    for (size_t i = 0; i < p->functions.count; i++) {
        free(p->functions.items[i].path);
        free(p->functions.items[i].name);
    }
    vec_release(&p->files);
    vec_release(&p->functions);
    vec_release(&p->lines);
    vec_release(&p->branches);
}

int64_t profile_hits(const struct profile *p, const struct profile_file *f, size_t *at)
{
    const struct profile_line *lines = &p->lines.items[f->first_line];
    int64_t line = lines[*at].line, sum = 0;
    bool known = false, left_out = lines[*at].left_out;
    for (; *at < f->lines && lines[*at].line == line; ++*at) {
        known |= lines[*at].hits >= 0;
        sum += lines[*at].hits > 0 ? lines[*at].hits : 0;
    }
    return known && !left_out ? sum : -1;
}
