/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts of strangers in XML and HTML.
 */
#ifndef DB_MARKUP_H
#define DB_MARKUP_H

#include "base/str.h"

/* Appends the text for an element or a quoted attribute; what is no character in XML becomes a question mark. */
void markup_add(struct str *out, const char *text);

#endif
