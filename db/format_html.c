/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer as a page of its own, made of the same parts as that of `farmdb html`.
 */
#include "db/format.h"
#include "db/html/page.h"

extern const struct format format_html;

static void write_html(const struct doc *d, const struct look *look, FILE *out)
{
    struct html_page page;
    struct str text = STR_INIT;
    char *title = str_format("farmdb %s", d->command);
    html_page_init(&page, title);
    html_doc(d, &html_page_view(&page, d->command, "Answer")->body);
    html_page_write(&page, &text);
    fwrite(text.data, 1, text.len, out);
    html_page_release(&page);
    str_release(&text);
    free(title);
}

const struct format format_html = {"html", false, write_html};
