/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lcov's tracefiles (geninfo(1)), of lcov 1 and 2: hits by line, calls and outcomes of conditions. A line belongs to
 * the last function that begins at it or above.
 */
#include <stdlib.h>
#include <string.h>

#include "db/import/import.h"
#include "db/import/text.h"

extern const struct import_format import_lcov;

#define NO_FUNCTION "(no function)"

struct mark {                    /* FN: where a function begins */
    int64_t line, last_line;
    size_t function;
};

struct pending {                 /* DA or BRDA, until all functions of the file are known */
    int64_t line, count;
    int64_t block, branch;       /* -1: DA */
};

struct reader {
    struct import *im;
    struct text t;
    bool open;                   /* between SF and end_of_record */
    size_t file;
    VEC(struct mark) marks;
    VEC(struct pending) pending;
    VEC(size_t) indexed;         /* FNL's index -> mark */
};

static bool begin_file(struct reader *r, const char *path)
{
    if (!*path)
        return text_refuse(&r->t, "SF names no file");
    r->open = true;
    r->file = import_file(r->im, path);
    vec_clear(&r->marks);
    vec_clear(&r->pending);
    vec_clear(&r->indexed);
    return true;
}

static void add_mark(struct reader *r, int64_t line, int64_t last_line, const char *name)
{
    size_t function = import_function(r->im, r->file, name);
    struct import_function *f = &r->im->functions.items[function];
    f->line = line;
    f->last_line = last_line > f->last_line ? last_line : f->last_line;
    *vec_push(&r->marks) = (struct mark){line, last_line, function};
}

/* FN:LINE,NAME or FN:LINE,LAST,NAME */
static bool take_function(struct reader *r, char *rest)
{
    int64_t line, last = 0;
    if (!text_number_then(&rest, ',', &line))
        return text_refuse(&r->t, "FN has no line");
    char *second = rest;
    if (text_number_then(&second, ',', &last))
        rest = second;
    else
        last = 0;
    if (!*rest)
        return text_refuse(&r->t, "FN names no function");
    add_mark(r, line, last, rest);
    return true;
}

/* FNDA:COUNT,NAME */
static bool take_calls(struct reader *r, char *rest)
{
    int64_t count;
    if (!text_number_then(&rest, ',', &count) || !*rest)
        return text_refuse(&r->t, "FNDA is no count and a name");
    size_t function = import_function(r->im, r->file, rest);
    import_add(&r->im->functions.items[function].calls, count);
    return true;
}

/* lcov 2: FNL:INDEX,LINE[,LAST], then FNA:INDEX,COUNT,NAME. */
static bool take_function_2(struct reader *r, char *rest)
{
    int64_t index, line, last = 0;
    if (!text_number_then(&rest, ',', &index) || !text_number(&rest, &line) ||
        (*rest == ',' && (rest++, !text_number(&rest, &last))))
        return text_refuse(&r->t, "FNL is no index and line");
    if (index != (int64_t)r->indexed.count)
        return text_refuse(&r->t, "FNL has the index %lld, where %zu comes next", (long long)index, r->indexed.count);
    *vec_push(&r->indexed) = r->marks.count;
    *vec_push(&r->marks) = (struct mark){line, last, SIZE_MAX};
    return true;
}

static bool take_calls_2(struct reader *r, char *rest)
{
    int64_t index, count;
    if (!text_number_then(&rest, ',', &index) || !text_number_then(&rest, ',', &count) || !*rest)
        return text_refuse(&r->t, "FNA is no index, count and name");
    if (index >= (int64_t)r->indexed.count)
        return text_refuse(&r->t, "FNA has an index without FNL");
    struct mark *m = &r->marks.items[r->indexed.items[index]];
    size_t function = import_function(r->im, r->file, rest);
    struct import_function *f = &r->im->functions.items[function];
    m->function = m->function == SIZE_MAX ? function : m->function;
    f->line = m->line;
    f->last_line = m->last_line;
    import_add(&f->calls, count);
    return true;
}

/* DA:LINE,COUNT[,CHECKSUM] */
static bool take_line(struct reader *r, char *rest)
{
    int64_t line, count;
    if (!text_number_then(&rest, ',', &line) || !text_number(&rest, &count) || (*rest && *rest != ','))
        return text_refuse(&r->t, "DA is no line and count");
    if (!line)
        return text_refuse(&r->t, "DA counts line 0");
    *vec_push(&r->pending) = (struct pending){line, count, -1, -1};
    return true;
}

/* BRDA:LINE,BLOCK,BRANCH,COUNT; a block has an e in front where it belongs to an exception */
static bool take_branch(struct reader *r, char *rest)
{
    struct pending b = {0};
    if (!text_number_then(&rest, ',', &b.line))
        return text_refuse(&r->t, "BRDA has no line");
    rest += *rest == 'e';
    if (!text_number_then(&rest, ',', &b.block))
        return text_refuse(&r->t, "BRDA has no block");
    char *count = strrchr(rest, ',');
    if (!count)
        return text_refuse(&r->t, "BRDA has no count");
    if (!text_number_then(&rest, ',', &b.branch))
        return true;                     /* lcov 2 may have an expression here: no outcome of ours */
    if (strcmp(rest, "-") != 0 && !text_number_then(&rest, 0, &b.count))
        return text_refuse(&r->t, "BRDA has no count");
    *vec_push(&r->pending) = b;
    return true;
}

static int mark_order(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : (x->function > y->function) * 2 - 1;
}

static int pending_order(const void *a, const void *b)
{
    const struct pending *x = a, *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

/* The function of a line, *at moving on as lines do; one that stands for none before the first. */
static size_t function_at(struct reader *r, int64_t line, size_t *at)
{
    while (*at < r->marks.count && r->marks.items[*at].line <= line)
        ++*at;
    size_t function = *at && r->marks.items[*at - 1].function != SIZE_MAX
                          ? r->marks.items[*at - 1].function
                          : import_function(r->im, r->file, NO_FUNCTION);
    struct import_function *f = &r->im->functions.items[function];
    f->line = f->line ? f->line : line;
    f->last_line = line > f->last_line ? line : f->last_line;
    return function;
}

/* Branches of one condition come as a pair; conditions with more outcomes, of switch, are none of ours. */
static void add_branch(struct reader *r, size_t function, const struct pending *p)
{
    if (p->branch <= 1)
        import_add(&import_branch(r->im, function, r->file, p->line, p->block)->outcomes[p->branch], p->count);
}

static void end_file(struct reader *r)
{
    size_t at = 0;
    if (r->marks.count)
        qsort(r->marks.items, r->marks.count, sizeof *r->marks.items, mark_order);
    if (r->pending.count)
        qsort(r->pending.items, r->pending.count, sizeof *r->pending.items, pending_order);
    for (size_t i = 0; i < r->pending.count; i++) {
        const struct pending *p = &r->pending.items[i];
        size_t function = function_at(r, p->line, &at);
        if (p->block < 0)
            import_add(&import_line(r->im, function, r->file, p->line)->hits, p->count);
        else
            add_branch(r, function, p);
    }
    r->open = false;
}

static bool take(struct reader *r, char *line)
{
    static const struct {
        const char *head;
        bool (*take)(struct reader *, char *);
    } kinds[] = {{"FN:", take_function}, {"FNDA:", take_calls}, {"FNL:", take_function_2}, {"FNA:", take_calls_2},
                 {"DA:", take_line}, {"BRDA:", take_branch}};
    static const char *const others[] = {"TN:", "VER:", "FNF:", "FNH:", "BRF:", "BRH:", "LF:", "LH:", "MCDC:", "MCF:",
                                         "MCH:"};
    char *rest = text_behind(line, "SF:");
    if (rest)
        return begin_file(r, rest);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((rest = text_behind(line, kinds[i].head)))
            return r->open ? kinds[i].take(r, rest) : text_refuse(&r->t, "%s before SF", kinds[i].head);
    if (strcmp(line, "end_of_record") == 0) {
        end_file(r);
        return true;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_behind(line, others[i]))
            return true;
    return !*line || *line == '#' || text_refuse(&r->t, "this is no line of an lcov tracefile");
}

static bool read_lcov(struct import *im, const char *name, struct str *text, struct str *err)
{
    struct reader r = {.im = im, .t = {name, text->data, text->data + text->len, 0, err}};
    bool ok = true;
    for (char *line; ok && (line = text_line(&r.t));)
        ok = take(&r, line);
    if (ok && (r.open || !im->files.list.count))
        ok = text_refuse(&r.t, r.open ? "the tracefile is cut off: no end_of_record" : "the tracefile is empty");
    im->hits = true;
    for (size_t i = 0; i < im->functions.count; i++)
        im->calls |= im->functions.items[i].calls >= 0;
    vec_release(&r.marks);
    vec_release(&r.pending);
    vec_release(&r.indexed);
    return ok;
}

const struct import_format import_lcov = {"lcov", read_lcov};
