/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A body's brace follows `)`, an attribute's `]`, or the `;` of an old-style parameter list; that of a struct, enum or
 * initialiser follows a name or `=`. What looks like a body and is none costs only the time saved.
 */
#include "instrument/glance.h"

#include <ctype.h>
#include <string.h>

struct glance {
    const char *at, *end;
    const char *main_name;       /* of the first linemarker, quotes included */
    size_t main_len;
    bool in_system;
};

static void skip_line(struct glance *g)
{
    const char *line_end = memchr(g->at, '\n', (size_t)(g->end - g->at));
    g->at = line_end ? line_end : g->end;
}

/* At `#` that begins a line. A linemarker decides whether a system header follows; system macros used in the main file
 * have its name and the flag 3. */
static void take_directive(struct glance *g)
{
    const char *start = g->at;
    skip_line(g);
    const char *name = memchr(start, '"', (size_t)(g->at - start));
    if (!name || !isdigit((unsigned char)start[1 + strspn(start + 1, " \t")]))
        return;
    const char *flags = g->at;
    while (flags > name && flags[-1] != '"')
        flags--;
    size_t len = (size_t)(flags - name);
    if (!g->main_name) {
        g->main_name = name;
        g->main_len = len;
    }
    bool main_file = len == g->main_len && memcmp(name, g->main_name, len) == 0;
    g->in_system = !main_file && memchr(flags, '3', (size_t)(g->at - flags));
}

static void skip_quoted(struct glance *g)
{
    char quote = *g->at++;
    while (g->at < g->end && *g->at != quote && *g->at != '\n')
        g->at += *g->at == '\\' && g->at + 1 < g->end ? 2 : 1;
    if (g->at < g->end)
        g->at++;
}

static void skip_comment(struct glance *g)
{
    if (g->at[1] == '/') {
        skip_line(g);
        return;
    }
    const char *stop = strstr(g->at + 2, "*/");
    g->at = stop ? stop + 2 : g->end;
}

bool glance_has_function(const char *text, size_t len)
{
    struct glance g = {.at = text, .end = text + len};
    char previous = 0;
    bool line_start = true;
    while (g.at < g.end) {
        char c = *g.at;
        bool space = isspace((unsigned char)c);
        if (c == '#' && line_start) {
            take_directive(&g);
        } else if (c == '/' && (g.at[1] == '*' || g.at[1] == '/')) {
            skip_comment(&g);
        } else if (c == '"' || c == '\'') {
            skip_quoted(&g);
            previous = c;
            line_start = false;
        } else {
            if (c == '{' && previous && strchr(");]", previous) && !g.in_system)
                return true;
            previous = space ? previous : c;
            line_start = c == '\n' || (line_start && space);
            g.at++;
        }
    }
    return false;
}
