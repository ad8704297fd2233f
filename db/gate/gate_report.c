/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/gate/gate_report.h"

#include <math.h>
#include <string.h>

#include "base/msg.h"
#include "db/compare/compare_view.h"
#include "db/format.h"

static const char *const verdicts[] = {"fine", "better", "WORSE", "not tested"};

static const struct column columns[] = {
    {"Figure", "figure", COLUMN_TEXT, USE_ALL},
    {"", "function", COLUMN_TEXT, USE_PROGRAMS},
    {"", "file", COLUMN_TEXT, USE_PROGRAMS},
    {"", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"Before", "", COLUMN_TEXT, USE_PEOPLE},
    {"After", "", COLUMN_TEXT, USE_PEOPLE},
    {"Change", "", COLUMN_TEXT, USE_PEOPLE},
    {"Allowed", "", COLUMN_TEXT, USE_PEOPLE},
    {"q", "", COLUMN_TEXT, USE_PEOPLE},
    {"Verdict", "verdict", COLUMN_TEXT, USE_ALL},
    {"", "exact", COLUMN_FLAG, USE_PROGRAMS},
    {"", "before", COLUMN_ANY, USE_PROGRAMS},
    {"", "after", COLUMN_ANY, USE_PROGRAMS},
    {"", "ratio", COLUMN_ANY, USE_PROGRAMS},
    {"", "ratio_low", COLUMN_ANY, USE_PROGRAMS},
    {"", "ratio_high", COLUMN_ANY, USE_PROGRAMS},
    {"", "tolerance", COLUMN_ANY, USE_PROGRAMS},
    {"", "p", COLUMN_ANY, USE_PROGRAMS},
    {"", "q", COLUMN_ANY, USE_PROGRAMS},
};

static const struct column cause_columns[] = {
    {"Place", "file", COLUMN_PLACE, USE_ALL},
    {"", "line", COLUMN_NUMBER, USE_PROGRAMS},
    {"Because", "text", COLUMN_TEXT, USE_ALL},
};

void gate_sentence(const struct gate *g, int code, struct str *out)
{
    if (code == EXIT_REGRESSION)
        str_addf(out, "%s is worse than %s in %zu of %zu figures", g->name[1], g->name[0], g->worse, g->figures.count);
    else if (code == EXIT_OK)
        str_addf(out, "%s is not worse than %s: %zu figures", g->name[1], g->name[0], g->figures.count);
    else
        str_addf(out, "not decided whether %s is worse than %s", g->name[1], g->name[0]);
    if (g->missing)
        str_addf(out, "; %s, since %zu + %zu runs are too few for %zu tests: %zu more of each side would do",
                 g->too_few ? "no time could be tested" : "only figures of the program were tested", g->n[0], g->n[1],
                 g->tests, g->missing);
}

static void people_cells(const struct gate_figure *f, struct table *t)
{
    const struct judged *d = &f->judged;
    struct str s = STR_INIT;
    compare_add_value(&s, f->name, d->before);
    table_str(t, &s);
    compare_add_value(&s, f->name, d->after);
    table_str(t, &s);
    if (d->delta != 0)
        compare_add_percent(&s, d->ratio);
    table_str(t, &s);
    str_addf(&s, "%.4g %%", 100 * f->tolerance);
    table_str(t, &s);
    if (f->exact)
        str_add(&s, "exact");
    else if (!isnan(d->q))
        str_addf(&s, d->q < 0.0001 ? "<.0001" : "%.4f", d->q);
    table_str(t, &s);
    str_release(&s);
}

static void add_figure(const struct gate_figure *f, bool programs, struct table *t)
{
    const struct judged *d = &f->judged;
    struct str name = STR_INIT;
    gate_name(f, &name);
    table_text(t, programs ? f->name : name.data);
    str_release(&name);
    table_text(t, f->function ? f->function : "");
    table_text(t, f->file ? f->file : "");
    table_int(t, f->line);
    people_cells(f, t);
    table_text(t, programs && f->verdict == GATE_WORSE ? "worse" : verdicts[f->verdict]);
    table_int(t, f->exact);
    const double cells[] = {d->before, d->after, d->ratio, d->ratio_ci.low, d->ratio_ci.high, f->tolerance, d->p, d->q};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        table_finite(t, cells[i]);
    if (f->verdict == GATE_WORSE)
        table_hot(t);
}

void gate_document(const struct gate *g, int code, bool programs, struct doc *d)
{
    struct str s = STR_INIT;
    gate_sentence(g, code, &s);
    doc_head(d, "%s", s.data);
    str_release(&s);
    doc_fact_text(d, "verdict", code == EXIT_OK ? "fine" : code == EXIT_REGRESSION ? "worse" : "undecided");
    doc_fact_int(d, "exit", code);
    doc_fact_text(d, "before", g->name[0]);
    doc_fact_text(d, "after", g->name[1]);
    doc_fact_int(d, "runs_before", (int64_t)g->n[0]);
    doc_fact_int(d, "runs_after", (int64_t)g->n[1]);
    doc_fact_int(d, "runs_missing", (int64_t)g->missing);
    doc_fact_int(d, "tests", (int64_t)g->tests);
    doc_fact_real(d, "alpha", g->alpha);
    doc_fact_int(d, "seed", (int64_t)g->seed);
    struct table *t = doc_table(d, "figures", NULL, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < g->figures.count; i++)
        add_figure(&g->figures.items[i], programs, t);
    t = programs || g->causes.count ? doc_table(d, "causes", NULL, cause_columns, 3) : NULL;
    for (size_t i = 0; i < g->causes.count; i++) {
        const struct gate_cause *c = &g->causes.items[i];
        char *place = programs ? str_copy(c->file) : str_format("%s:%d", c->file, c->line);
        table_text(t, place);
        table_int(t, c->line);
        table_text(t, c->text);
        free(place);
    }
}

static void add_change(const struct gate_figure *f, struct str *out)
{
    gate_name(f, out);
    str_add(out, ": ");
    compare_add_value(out, f->name, f->judged.before);
    str_add(out, " -> ");
    compare_add_value(out, f->name, f->judged.after);
    if (f->judged.delta != 0) {
        str_add(out, ", ");
        compare_add_percent(out, f->judged.ratio);
    }
    str_addf(out, " (allowed %.4g %%)", 100 * f->tolerance);
}

/* Escapes as GitHub's runner undoes them: data of a workflow command, or one of its properties. */
static void put_command(const char *text, bool property, FILE *out)
{
    for (const char *at = text; *at; at++)
        if (*at == '%' || *at == '\n' || *at == '\r' || (property && (*at == ',' || *at == ':')))
            fprintf(out, "%%%02X", (unsigned char)*at);
        else
            fputc(*at, out);
}

static void put_annotation(const char *level, const char *file, int line, const char *text, FILE *out)
{
    fprintf(out, "::%s ", level);
    if (file && *file) {
        fputs("file=", out);
        put_command(file, true, out);
        fprintf(out, ",line=%d,", line);
    }
    fputs("title=farmdb check::", out);
    put_command(text, false, out);
    fputc('\n', out);
}

void gate_github(const struct gate *g, int code, FILE *out)
{
    struct str s = STR_INIT;
    for (size_t i = 0; i < g->figures.count; i++) {
        const struct gate_figure *f = &g->figures.items[i];
        if (f->verdict != GATE_WORSE)
            continue;
        add_change(f, &s);
        put_annotation("error", f->file, f->line, s.data, out);
        str_clear(&s);
    }
    for (size_t i = 0; i < g->causes.count; i++)
        put_annotation("error", g->causes.items[i].file, g->causes.items[i].line, g->causes.items[i].text, out);
    gate_sentence(g, code, &s);
    if (code == EXIT_UNDECIDED || g->missing)
        put_annotation("warning", NULL, 0, s.data, out);
    else if (code == EXIT_OK)
        put_annotation("notice", NULL, 0, s.data, out);
    str_release(&s);
}

static void put_xml(const char *text, FILE *out)
{
    for (const char *at = text; *at; at++)
        switch (*at) {
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '&': fputs("&amp;", out); break;
        case '"': fputs("&quot;", out); break;
        default: fputc((unsigned char)*at < 0x20 && *at != '\t' ? ' ' : *at, out);
        }
}

static void put_case(const struct gate_figure *f, FILE *out)
{
    struct str name = STR_INIT, change = STR_INIT;
    gate_name(f, &name);
    add_change(f, &change);
    fputs("  <testcase classname=\"farmdb check\" name=\"", out);
    put_xml(name.data, out);
    fputs("\">", out);
    if (f->verdict == GATE_WORSE || f->verdict == GATE_UNTESTED) {
        fputs(f->verdict == GATE_WORSE ? "<failure message=\"" : "<skipped message=\"", out);
        put_xml(f->verdict == GATE_WORSE ? change.data : "too few runs", out);
        fputs("\"/>", out);
    }
    fputs("</testcase>\n", out);
    str_release(&name);
    str_release(&change);
}

/* The schema that Jenkins, GitLab and others read. */
void gate_junit(const struct gate *g, int code, FILE *out)
{
    size_t skipped = 0;
    struct str s = STR_INIT;
    for (size_t i = 0; i < g->figures.count; i++)
        skipped += g->figures.items[i].verdict == GATE_UNTESTED;
    fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"farmdb check\" tests=\"%zu\" "
            "failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n", g->figures.count, g->worse, skipped);
    for (size_t i = 0; i < g->figures.count; i++)
        put_case(&g->figures.items[i], out);
    fputs("  <system-out>", out);
    gate_sentence(g, code, &s);
    put_xml(s.data, out);
    for (size_t i = 0; i < g->causes.count; i++) {
        fprintf(out, "\n%s:%d: ", g->causes.items[i].file, g->causes.items[i].line);
        put_xml(g->causes.items[i].text, out);
    }
    fputs("</system-out>\n</testsuite>\n", out);
    str_release(&s);
}

void gate_markdown(const struct gate *g, int code, FILE *out)
{
    struct doc d;
    const char *title = code == EXIT_OK ? "fine" : code == EXIT_REGRESSION ? "worse" : "not decided";
    doc_init(&d, "check");
    gate_document(g, code, false, &d);
    fprintf(out, "## farmdb check: %s\n\n", title);
    format_find("md")->write(&d, &(struct look){false, 0}, out);
    doc_release(&d);
}
