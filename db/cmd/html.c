/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page with everything, for a browser.
 */
#include <string.h>

#include "base/file.h"
#include "db/cmd.h"
#include "db/html/profile.h"
#include "db/select.h"

static const char *output_option, *title_option;

static const struct opt options[] = {
    {'o', "output", OPT_TEXT, &output_option, "FILE", "write there (default: stdout)"},
    {0, "title", OPT_TEXT, &title_option, "TEXT", "what stands above (default: program and runs)"},
    {0},
};

/* "farmsim: after", or "farmsim: run 12", by the program that most know the runs by. */
static char *make_title(struct sql *db, const struct selection *s)
{
    struct sql_stmt *q = sql_prepare(db, "SELECT exe FROM selected JOIN process ON process.id = process_id "
                                         "ORDER BY started_ns, process.id LIMIT 1");
    bool number = !s->name[strspn(s->name, "0123456789")];
    char *name = str_format("%s%s", number ? "run " : "", s->name);
    char *title = sql_step(q) ? str_format("%s: %s", file_name(sql_text(q, 0)), name) : str_copy(name);
    free(name);
    sql_done(q);
    return title;
}

static void add_script_view(struct html_page *p, const char *id, const char *title)
{
    str_addf(&html_page_view(p, id, title)->body, "<div id=\"at-%s\"></div>\n", id);
}

/* Views that compare have selections of their own; what is read behind them is of the runs that the page is about. */
static void add_views(struct sql *db, const char *before, const char *spec, struct html_page *page)
{
    struct selection selection;
    struct str err = STR_INIT;
    select_or_die(db, spec, &selection);
    char *title = title_option ? str_copy(title_option) : make_title(db, &selection);
    html_page_init(page, title);
    html_overview(db, &selection, page);
    html_data(db, &selection, &page->data);
    if (before && !html_comparison(db, before, spec, page, &err))
        die(EXIT_UNDECIDED, "%s", err.data);
    add_script_view(page, "functions", "Functions");
    add_script_view(page, "lines", "Lines");
    add_script_view(page, "files", "Files");
    html_flame(db, before, spec, page);
    select_release(&selection);
    select_or_die(db, spec, &selection);
    html_course(db, &selection, page);
    html_missing(db, &selection, page);
    html_scaling(db, &selection, spec, page);
    select_release(&selection);
    free(title);
}

static int run(struct context *c, int argc, char **argv)
{
    struct html_page page;
    struct str text = STR_INIT, err = STR_INIT;
    if (argc > 2)
        die(EXIT_USAGE, "html takes one selection of runs, or two to compare: BEFORE AFTER");
    sql_run(c->store.db, "BEGIN");
    add_views(c->store.db, argc == 2 ? argv[0] : NULL, argv[argc - 1 > 0 ? argc - 1 : 0], &page);
    sql_run(c->store.db, "COMMIT");
    html_page_write(&page, &text);
    if (!output_option)
        fwrite(text.data, 1, text.len, stdout);
    else if (!file_write(output_option, text.data, text.len, &err))
        die(EXIT_DATA, "%s", err.data);
    html_page_release(&page);
    str_release(&text);
    return EXIT_OK;
}

const struct cmd cmd_html = {
    "html",
    "[RUNS [AFTER]]",
    "one page for a browser: functions, source, flame graph, growth",
    "The page needs no network and no other file. With AFTER it is about these runs, and says what changed since\n"
    "RUNS. Links name lines: page.html#src/main.c:12. Growth is shown where the store has sweeps of the program.\n"
    "? in the page lists its keys.",
    options,
    NEEDS_STORE,
    false,
    run};
