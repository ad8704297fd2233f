/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lcov's tracefile (geninfo(1)): FN and FNDA by function, BRDA by outcome of a condition, DA by line.
 */
#include <inttypes.h>

#include "db/export/export.h"
#include "db/export/profile.h"

extern const struct export_format export_lcov;

static void add_functions(const struct profile *p, const struct profile_file *f, struct str *out)
{
    struct str calls = STR_INIT;
    int64_t found = 0, hit = 0;
    for (size_t i = 0; i < f->functions; i++) {
        const struct profile_function *function = &p->functions.items[f->first_function + i];
        if (function->left_out || function->calls < 0)
            continue;
        str_addf(out, "FN:%" PRId64 ",%s\n", function->line, function->name);
        str_addf(&calls, "FNDA:%" PRId64 ",%s\n", function->calls, function->name);
        found++;
        hit += function->calls > 0;
    }
    str_addf(out, "%sFNF:%" PRId64 "\nFNH:%" PRId64 "\n", calls.data, found, hit);
    str_release(&calls);
}

/* A condition has two outcomes: 0, it was true, and 1, it was false. `-` says that it was never evaluated. */
static void add_branches(const struct profile *p, const struct profile_file *f, struct str *out)
{
    int64_t found = 0, hit = 0;
    for (size_t i = 0; i < f->branches; i++) {
        const struct profile_branch *b = &p->branches.items[f->first_branch + i];
        for (int k = 0; k < 2 && !b->left_out; k++) {
            str_addf(out, "BRDA:%" PRId64 ",%" PRId64 ",%d,", b->line, b->place, k);
            if (b->outcomes[0] || b->outcomes[1])
                str_addf(out, "%" PRId64 "\n", b->outcomes[k]);
            else
                str_add(out, "-\n");
            found++;
            hit += b->outcomes[k] > 0;
        }
    }
    if (found)
        str_addf(out, "BRF:%" PRId64 "\nBRH:%" PRId64 "\n", found, hit);
}

static void add_lines(const struct profile *p, const struct profile_file *f, struct str *out)
{
    int64_t found = 0, hit = 0;
    for (size_t at = 0; at < f->lines;) {
        int64_t line = p->lines.items[f->first_line + at].line, hits = profile_hits(p, f, &at);
        if (hits < 0)
            continue;
        str_addf(out, "DA:%" PRId64 ",%" PRId64 "\n", line, hits);
        found++;
        hit += hits > 0;
    }
    str_addf(out, "LF:%" PRId64 "\nLH:%" PRId64 "\n", found, hit);
}

static bool write_lcov(const struct export *e, struct str *out, struct str *err)
{
    struct profile p;
    if (!profile_load(&p, e, err))
        return false;
    for (size_t i = 0; i < p.files.count; i++) {
        const struct profile_file *f = &p.files.items[i];
        str_addf(out, "TN:\nSF:%s\n", f->path);
        add_functions(&p, f, out);
        add_branches(&p, f, out);
        add_lines(&p, f, out);
        str_add(out, "end_of_record\n");
    }
    profile_release(&p);
    return true;
}

const struct export_format export_lcov = {"lcov", write_lcov};
