/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The module's side.
 */
#include "instrument/plugin.h"

#include "instrument/ast.h"

enum rewrite_outcome plugin_rewrite_unit(const struct rewrite_request *r, struct str *out, struct sites *sites,
                                         struct str *reason)
{
    return rewrite_unit(r, out, sites, reason);
}

char *plugin_version(void)
{
    return ast_version();
}
