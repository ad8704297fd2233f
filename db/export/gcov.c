/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `gcov --json-format --stdout` prints (gcov(1), "JSON intermediate format"), all files in one document. Blocks
 * are gcov's own and not known here: a function that ran has one, that ran. A condition's outcomes are two branches.
 */
#include <inttypes.h>

#include "db/export/export.h"
#include "db/export/profile.h"
#include "db/format.h"

extern const struct export_format export_gcov;

static void add_functions(const struct profile *p, const struct profile_file *f, struct str *out)
{
    const char *comma = "";
    for (size_t i = 0; i < f->functions; i++) {
        const struct profile_function *function = &p->functions.items[f->first_function + i];
        if (function->left_out || function->calls < 0)
            continue;
        str_addf(out, "%s\n{\"name\": ", comma);
        format_json_string(function->name, out);
        str_add(out, ", \"demangled_name\": ");
        format_json_string(function->name, out);
        str_addf(out, ", \"start_line\": %" PRId64 ", \"start_column\": 1, \"end_line\": %" PRId64
                      ", \"end_column\": 1, \"blocks\": 1, \"blocks_executed\": %d, \"execution_count\": %" PRId64 "}",
                 function->line, function->last_line, function->calls > 0, function->calls);
        comma = ",";
    }
}

static void add_branches(const struct profile *p, const struct profile_file *f, int64_t line, size_t *at,
                         struct str *out)
{
    const char *comma = "";
    for (; *at < f->branches; ++*at) {
        const struct profile_branch *b = &p->branches.items[f->first_branch + *at];
        if (b->line > line)
            return;
        for (int k = 0; k < 2 && b->line == line && !b->left_out; k++) {
            str_addf(out, "%s{\"count\": %" PRId64 ", \"throw\": false, \"fallthrough\": %s}", comma, b->outcomes[k],
                     k ? "false" : "true");
            comma = ", ";
        }
    }
}

static void add_lines(const struct profile *p, const struct profile_file *f, struct str *out)
{
    const char *comma = "";
    size_t branch = 0;
    for (size_t at = 0; at < f->lines;) {
        const struct profile_line *l = &p->lines.items[f->first_line + at];
        int64_t hits = profile_hits(p, f, &at);
        if (hits < 0)
            continue;
        str_addf(out, "%s\n{\"line_number\": %" PRId64 ", \"function_name\": ", comma, l->line);
        format_json_string(p->functions.items[l->function].name, out);
        str_addf(out, ", \"count\": %" PRId64 ", \"unexecuted_block\": %s, \"branches\": [", hits,
                 hits ? "false" : "true");
        add_branches(p, f, l->line, &branch, out);
        str_add(out, "]}");
        comma = ",";
    }
}

static bool write_gcov(const struct export *e, struct str *out, struct str *err)
{
    struct profile p;
    if (!profile_load(&p, e, err))
        return false;
    str_add(out, "{\"format_version\": \"1\", \"gcc_version\": \"farmdb " FARM_TOOL_VERSION
                 "\", \"current_working_directory\": ");
    format_json_string(e->selection->folder, out);
    str_add(out, ", \"data_file\": ");
    format_json_string(e->selection->name, out);
    str_add(out, ", \"files\": [");
    for (size_t i = 0; i < p.files.count; i++) {
        str_addf(out, "%s\n{\"file\": ", i ? "," : "");
        format_json_string(p.files.items[i].path, out);
        str_add(out, ", \"functions\": [");
        add_functions(&p, &p.files.items[i], out);
        str_add(out, "], \"lines\": [");
        add_lines(&p, &p.files.items[i], out);
        str_add(out, "]}");
    }
    str_add(out, "]}\n");
    profile_release(&p);
    return true;
}

const struct export_format export_gcov = {"gcov", write_gcov};
