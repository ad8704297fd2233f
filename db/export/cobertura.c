/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cobertura's XML (coverage-04.dtd), as CI services read it: a folder is a package, a file a class.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "db/export/export.h"
#include "db/export/profile.h"
#include "db/markup.h"
#include "db/path.h"

extern const struct export_format export_cobertura;

struct tally {
    int64_t lines, lines_hit, branches, branches_hit;
};

struct writer {
    const struct profile *p;
    const char *folder;          /* names of files are from there on */
    struct str *out;
};

static double rate(int64_t hit, int64_t all)
{
    return all ? (double)hit / (double)all : 1;
}

/* With the rates of lines and branches. */
static void open_element(struct writer *w, const char *element, const char *name, const struct tally *t)
{
    str_addf(w->out, "<%s name=\"", element);
    markup_add(w->out, name);
    str_addf(w->out, "\" line-rate=\"%.6g\" branch-rate=\"%.6g\"", rate(t->lines_hit, t->lines),
             rate(t->branches_hit, t->branches));
}

static void add_tally(struct tally *sum, const struct tally *t)
{
    sum->lines += t->lines;
    sum->lines_hit += t->lines_hit;
    sum->branches += t->branches;
    sum->branches_hit += t->branches_hit;
}

/* The conditions of a line: <conditions> and what it says of them itself. */
static void add_conditions(struct writer *w, const struct profile_file *f, int64_t line, struct tally *t)
{
    struct str inner = STR_INIT;
    int64_t all = 0, hit = 0;
    for (size_t i = 0; i < f->branches; i++) {
        const struct profile_branch *b = &w->p->branches.items[f->first_branch + i];
        if (b->line != line || b->left_out)
            continue;
        int taken = (b->outcomes[0] > 0) + (b->outcomes[1] > 0);
        str_addf(&inner, "<condition number=\"%" PRId64 "\" type=\"jump\" coverage=\"%d%%\"/>", b->place, taken * 50);
        all += 2;
        hit += taken;
    }
    t->branches += all;
    t->branches_hit += hit;
    if (!all)
        str_add(w->out, " branch=\"false\"/>\n");
    else
        str_addf(w->out, " branch=\"true\" condition-coverage=\"%" PRId64 "%% (%" PRId64 "/%" PRId64
                         ")\"><conditions>%s</conditions></line>\n", hit * 100 / all, hit, all, inner.data);
    str_release(&inner);
}

/* Lines first .. last of a file. Where only the tally is wanted the text is thrown away. */
static void add_lines(struct writer *w, const struct profile_file *f, int64_t first, int64_t last, struct tally *t)
{
    str_add(w->out, "<lines>\n");
    for (size_t at = 0; at < f->lines;) {
        int64_t line = w->p->lines.items[f->first_line + at].line, hits = profile_hits(w->p, f, &at);
        if (hits < 0 || line < first || line > last)
            continue;
        str_addf(w->out, "<line number=\"%" PRId64 "\" hits=\"%" PRId64 "\"", line, hits);
        add_conditions(w, f, line, t);
        t->lines++;
        t->lines_hit += hits > 0;
    }
    str_add(w->out, "</lines>\n");
}

static void add_method(struct writer *w, const struct profile_file *f, const struct profile_function *function)
{
    struct str *out = w->out, lines = STR_INIT;
    struct tally t = {0};
    w->out = &lines;
    add_lines(w, f, function->line, function->last_line, &t);
    w->out = out;
    open_element(w, "method", function->name, &t);
    str_addf(out, " signature=\"\" complexity=\"0\">\n%s</method>\n", lines.data);
    str_release(&lines);
}

static void add_class(struct writer *w, const struct profile_file *f, struct tally *sum)
{
    struct str *out = w->out, lines = STR_INIT;
    struct tally t = {0};
    w->out = &lines;
    add_lines(w, f, 0, INT64_MAX, &t);
    w->out = out;
    open_element(w, "class", file_name(f->path), &t);
    str_add(out, " complexity=\"0\" filename=\"");
    markup_add(out, path_inside(w->folder, f->path));
    str_add(out, "\">\n<methods>\n");
    for (size_t i = 0; i < f->functions; i++) {
        const struct profile_function *function = &w->p->functions.items[f->first_function + i];
        if (!function->left_out && function->calls >= 0)
            add_method(w, f, function);
    }
    str_addf(out, "</methods>\n%s</class>\n", lines.data);
    add_tally(sum, &t);
    str_release(&lines);
}

/* Files *i and those behind it that are in the same folder. */
static void add_package(struct writer *w, size_t *i, struct tally *sum)
{
    struct str *out = w->out, classes = STR_INIT;
    struct tally t = {0};
    char *folder = file_folder(w->p->files.items[*i].path), *next = NULL;
    w->out = &classes;
    do {
        add_class(w, &w->p->files.items[*i], &t);
        free(next);
        next = ++*i < w->p->files.count ? file_folder(w->p->files.items[*i].path) : NULL;
    } while (next && strcmp(next, folder) == 0);
    w->out = out;
    const char *name = strcmp(folder, w->folder) == 0 ? "." : path_inside(w->folder, folder);
    open_element(w, "package", name, &t);
    str_addf(out, " complexity=\"0\">\n<classes>\n%s</classes>\n</package>\n", classes.data);
    add_tally(sum, &t);
    str_release(&classes);
    free(folder);
    free(next);
}

static bool write_cobertura(const struct export *e, struct str *out, struct str *err)
{
    struct profile p;
    struct str packages = STR_INIT;
    struct tally t = {0};
    if (!profile_load(&p, e, err))
        return false;
    struct writer w = {&p, e->selection->folder, &packages};
    for (size_t i = 0; i < p.files.count;)
        add_package(&w, &i, &t);
    str_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">\n"
                  "<coverage line-rate=\"%.6g\" branch-rate=\"%.6g\" lines-covered=\"%" PRId64 "\" lines-valid=\"%"
                  PRId64 "\" branches-covered=\"%" PRId64 "\" branches-valid=\"%" PRId64 "\" complexity=\"0\" "
                  "version=\"farmdb\" timestamp=\"%lld\">\n<sources><source>",
             rate(t.lines_hit, t.lines), rate(t.branches_hit, t.branches), t.lines_hit, t.lines, t.branches_hit,
             t.branches, (long long)time(NULL));
    markup_add(out, *e->selection->folder ? e->selection->folder : "/");
    str_addf(out, "</source></sources>\n<packages>\n%s</packages>\n</coverage>\n", packages.data);
    str_release(&packages);
    profile_release(&p);
    return true;
}

const struct export_format export_cobertura = {"cobertura", write_cobertura};
