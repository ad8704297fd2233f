/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/html/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/source.h"
#include "db/markup.h"

extern const struct embed html_parts[], flame_script[];

void html_page_init(struct html_page *p, const char *title)
{
    *p = (struct html_page){.title = str_copy(title), .data = STR_INIT};
}

void html_page_release(struct html_page *p)
{
    for (size_t i = 0; i < p->views.count; i++) {
        str_release(&p->views.items[i]->body);
        free(p->views.items[i]);
    }
    vec_release(&p->views);
    str_release(&p->data);
    free(p->title);
}

struct html_view *html_page_view(struct html_page *p, const char *id, const char *title)
{
    struct html_view *v = xcalloc(1, sizeof *v);
    *v = (struct html_view){id, title, STR_INIT};
    *vec_push(&p->views) = v;
    return v;
}

static const char *part(const char *name)
{
    const struct embed *e = html_parts;
    while (strcmp(e->name, name) != 0)
        e++;
    return e->text;
}

/* Scripts run only with this word on them. It follows from the whole page, so nothing inside can name it. */
static void make_nonce(const struct html_page *p, char nonce[2 * SOURCE_HASH_LEN + 1])
{
    uint8_t hash[SOURCE_HASH_LEN];
    struct str all = STR_INIT;
    str_add_bytes(&all, p->data.data, p->data.len);
    for (size_t i = 0; i < p->views.count; i++)
        str_add_bytes(&all, p->views.items[i]->body.data, p->views.items[i]->body.len);
    source_hash(all.data, all.len, hash);
    for (size_t i = 0; i < SOURCE_HASH_LEN; i++)
        snprintf(nonce + 2 * i, 3, "%02x", hash[i]);
    str_release(&all);
}

static void add_head(const struct html_page *p, const char *nonce, struct str *out)
{
    str_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    str_addf(out,
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'nonce-%s'; "
             "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
             "require-trusted-types-for 'script'\">\n",
             nonce);
    str_add(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"farmdb "
                 FARM_TOOL_VERSION "\">\n<link rel=\"icon\" href=\"data:,\">\n<title>");
    markup_add(out, p->title);
    str_addf(out, "</title>\n<style>\n%s</style>\n"
                  "<script nonce=\"%s\">document.documentElement.classList.add(\"js\")</script>\n</head>\n",
             part("page.css"), nonce);
}

static void add_bar(const struct html_page *p, struct str *out)
{
    str_add(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header class=\"bar\">\n<h1>");
    markup_add(out, p->title);
    str_add(out, "</h1>\n<div id=\"tools\"></div>\n");
    if (p->views.count > 1) {
        str_add(out, "<nav aria-label=\"Views\"><ul>\n");
        for (size_t i = 0; i < p->views.count; i++)
            str_addf(out, "<li><a href=\"#%s\">%s</a></li>\n", p->views.items[i]->id, p->views.items[i]->title);
        str_add(out, "</ul></nav>\n");
    }
    str_add(out, "</header>\n");
}

/* As JSON inside of an element: no "<" may stand there, and JSON has them in strings only. */
static void add_data(const struct str *data, struct str *out)
{
    str_add(out, "<script type=\"application/json\" id=\"data\">");
    for (const char *at = data->data, *end = at + data->len; at < end;) {
        size_t plain = strcspn(at, "<");
        str_add_bytes(out, at, plain);
        at += plain;
        if (at < end) {
            str_add(out, "\\u003c");
            at++;
        }
    }
    str_add(out, "</script>\n");
}

void html_page_write(const struct html_page *p, struct str *out)
{
    char nonce[2 * SOURCE_HASH_LEN + 1];
    make_nonce(p, nonce);
    add_head(p, nonce, out);
    add_bar(p, out);
    str_add(out, "<main id=\"main\" tabindex=\"-1\">\n");
    if (p->data.len)
        str_add(out, "<noscript><p class=\"note\">Functions, lines and source texts are shown by a script, and this "
                     "browser runs none.</p></noscript>\n");
    for (size_t i = 0; i < p->views.count; i++) {
        const struct html_view *v = p->views.items[i];
        str_addf(out, "<section class=\"view\" data-view=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\" "
                      "tabindex=\"-1\">%s</h2>\n",
                 v->id, v->id, v->id, v->title);
        str_add_bytes(out, v->body.data, v->body.len);
        str_add(out, "</section>\n");
    }
    str_add(out, "</main>\n<footer>farmdb " FARM_TOOL_VERSION "</footer>\n");
    if (p->data.len)
        add_data(&p->data, out);
    str_addf(out, "<script nonce=\"%s\">\n%s\n%s", nonce, flame_script[0].text, part("page.js"));
    if (p->data.len)
        str_addf(out, "\n%s", part("profile.js"));
    str_add(out, "</script>\n</body>\n</html>\n");
}
