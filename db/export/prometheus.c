/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures of runs in Prometheus' text format, for a Pushgateway or a textfile collector: a gauge for each figure,
 * with run, label and program as labels. Units are Prometheus' own: seconds and bytes.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "db/export/export.h"
#include "db/store.h"

extern const struct export_format export_prometheus;

static const struct {
    const char *name, *words;
} known[] = {
    {"wall_s", "Time from start to end."},
    {"cpu_s", "CPU time, user and system."},
    {"user_s", "CPU time in user mode."},
    {"system_s", "CPU time in the kernel."},
    {"max_rss_bytes", "Most memory that was resident at a time."},
    {"allocs", "Allocations."},
    {"alloc_bytes", "Bytes asked for in allocations."},
    {"peak_heap_bytes", "Most allocated memory that was live at a time."},
};

static void replace_end(struct str *s, const char *end, const char *by)
{
    size_t len = strlen(end);
    if (s->len <= len || strcmp(s->data + s->len - len, end) != 0)
        return;
    s->len -= len;
    str_add(s, by);
}

/* farm_run_wall_seconds: letters, digits and underscores, and the unit spelt out. */
static char *metric_name(const char *name)
{
    struct str s = STR_INIT;
    str_add(&s, "farm_run_");
    for (; *name; name++)
        str_add_char(&s, isalnum((unsigned char)*name) ? *name : '_');
    replace_end(&s, "_per_s", "_per_second");
    replace_end(&s, "_s", "_seconds");
    return str_detach(&s);
}

static const char *words_of(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].words;
    return "A figure of the program's own.";
}

static void add_label(struct str *out, const char *name, const char *value)
{
    str_addf(out, "%s=\"", name);
    for (; *value; value++)
        if (*value == '\n')
            str_add(out, "\\n");
        else
            str_addf(out, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    str_add(out, "\"");
}

static bool write_prometheus(const struct export *e, struct str *out, struct str *err)
{
    struct sql_stmt *s = store_prepare(e->db, "export_metrics");
    char *last = NULL;
    while (sql_step(s)) {
        char *name = metric_name(sql_text(s, 0));
        if (!last || strcmp(last, name) != 0)
            str_addf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, words_of(sql_text(s, 0)), name);
        free(last);
        last = name;
        str_addf(out, "%s{run=\"%lld\",", name, (long long)sql_int(s, 2));
        add_label(out, "label", sql_text(s, 3));
        str_add(out, ",");
        add_label(out, "program", sql_text(s, 4));
        str_addf(out, "} %.17g\n", sql_real(s, 1));
    }
    sql_done(s);
    if (!last)
        str_addf(err, "%s has no figures", e->selection->name);
    bool any = last;
    free(last);
    return any;
}

const struct export_format export_prometheus = {"prometheus", write_prometheus};
