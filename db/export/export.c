/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/export/export.h"

#include <string.h>

#include "base/file.h"
#include "db/argv.h"
#include "db/store.h"

extern const struct export_format export_lcov, export_cobertura, export_gcov, export_callgrind, export_pprof,
    export_folded, export_speedscope, export_trace, export_prometheus;

static const struct export_format *const formats[] = {
    &export_lcov, &export_cobertura, &export_gcov, &export_callgrind, &export_pprof, &export_folded,
    &export_speedscope, &export_trace, &export_prometheus,
};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

const struct export_format *export_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(formats[i]->name, name) == 0)
            return formats[i];
    return NULL;
}

char *export_argv(const struct export *e)
{
    struct sql_stmt *s = store_prepare(e->db, "run_head");
    sql_bind_int(s, "run", e->selection->runs.count ? e->selection->runs.items[0] : 0);
    char *argv = str_copy(sql_step(s) ? sql_text(s, 1) : "[]");
    sql_done(s);
    return argv;
}

char *export_program(const struct export *e)
{
    char *json = export_argv(e), **words = argv_words(json);
    char *name = str_copy(words && words[0] ? file_name(words[0]) : "");
    argv_free(words);
    free(json);
    return name;
}
