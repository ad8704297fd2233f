/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db/markup.h"

void markup_add(struct str *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '<': str_add(out, "&lt;"); break;
        case '>': str_add(out, "&gt;"); break;
        case '&': str_add(out, "&amp;"); break;
        case '"': str_add(out, "&quot;"); break;
        default: str_add_char(out, (unsigned char)*text < ' ' && *text != '\n' ? '?' : *text);
        }
}
