/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts of strangers in XML and HTML.
 */
#ifndef DB_MARKUP_H
#define DB_MARKUP_H

#include "base/str.h"

/* Appends the text for an element or a quoted attribute, whatever bytes it has: it cannot end either. Characters that
 * control something (a terminal, the direction of writing) are shown, not obeyed; what is no UTF-8 becomes U+FFFD. */
void markup_add(struct str *out, const char *text);

#endif
