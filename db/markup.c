/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/markup.h"

#include <stdbool.h>

#include "db/format.h"

/* Code points that change how what follows is shown: marks of direction and joiners of no width. */
static bool is_invisible(const unsigned char *s, size_t len)
{
    if (len != 3)
        return false;
    unsigned code = (s[0] & 0x0fu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
    return (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

static void add_character(const unsigned char *s, size_t len, struct str *out)
{
    unsigned char c = *s;
    if (c == '<')
        str_add(out, "&lt;");
    else if (c == '>')
        str_add(out, "&gt;");
    else if (c == '&')
        str_add(out, "&amp;");
    else if (c == '"')
        str_add(out, "&quot;");
    else if (c == '\'')
        str_add(out, "&#39;");
    else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)      /* its picture, U+2400 and on */
        str_addf(out, "&#x%x;", c == 0x7f ? 0x2421u : 0x2400u + c);
    else if (!len || is_invisible(s, len))
        str_add(out, "\xef\xbf\xbd");
    else
        str_add_bytes(out, s, len);
}

void markup_add(struct str *out, const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        size_t len = format_sequence((const char *)at);
        add_character(at, len, out);
        at += len ? len : 1;
    }
}
